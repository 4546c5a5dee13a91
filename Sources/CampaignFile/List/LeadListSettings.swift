package import DialModel

/// Which list a campaign calls, and how to read it.
package struct LeadListSettings: Hashable, Sendable {
    /// The file, relative to the campaign file.
    package var file: String
    /// The header of the column with the numbers; nil to recognise it.
    package var phoneColumn: String?
    /// The header of the column with the names; nil to recognise it.
    package var nameColumn: String?
    /// The headers of a file that has none, in the order of its columns; nil if its first line is the header.
    package var header: [String]?
    /// The country of national numbers, as an ISO 3166 code.
    package var country: String?
    /// The file's encoding; nil to find it.
    package var encoding: TextEncoding?
    /// The file's separator; nil to find it.
    package var separator: CSVSeparator?
    /// Among which leads duplicates are looked for.
    package var duplicates: DuplicateScope
    /// Whether `1.38001380000E+10` is a number, which it is only while no digit is missing.
    package var acceptsExponent: Bool

    /// Memberwise; everything but the file may be left to be found.
    package init(
        file: String, phoneColumn: String? = nil, nameColumn: String? = nil, header: [String]? = nil,
        country: String? = nil, encoding: TextEncoding? = nil, separator: CSVSeparator? = nil,
        duplicates: DuplicateScope = .campaign, acceptsExponent: Bool = false
    ) {
        self.file = file
        self.phoneColumn = phoneColumn
        self.nameColumn = nameColumn
        self.header = header
        self.country = country
        self.encoding = encoding
        self.separator = separator
        self.duplicates = duplicates
        self.acceptsExponent = acceptsExponent
    }
}
