package import DialModel

/// Which list a campaign calls, and how to read it.
package struct LeadListSettings: Hashable, Sendable {
    /// The file, relative to the campaign file.
    package var file: String
    /// The header of the column with the numbers; nil to recognise it.
    package var phoneColumn: String?
    /// The header of the column with the names; nil to recognise it.
    package var nameColumn: String?
    /// The headers of further columns that mean something to us.
    package var columns: ListColumns
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
        file: String, phoneColumn: String? = nil, nameColumn: String? = nil,
        columns: ListColumns = ListColumns(), header: [String]? = nil,
        country: String? = nil, encoding: TextEncoding? = nil, separator: CSVSeparator? = nil,
        duplicates: DuplicateScope = .campaign, acceptsExponent: Bool = false
    ) {
        self.file = file
        self.phoneColumn = phoneColumn
        self.nameColumn = nameColumn
        self.columns = columns
        self.header = header
        self.country = country
        self.encoding = encoding
        self.separator = separator
        self.duplicates = duplicates
        self.acceptsExponent = acceptsExponent
    }
}

/// The headers of the columns that say how a lead is to be treated; what a campaign does not name is not looked for.
package struct ListColumns: Hashable, Sendable {
    /// Whole numbers within `LeadOrder.priorities`; the higher, the sooner.
    package var priority: String?
    /// The last day of each lead, or an instant.
    package var expires: String?
    /// Further numbers of the callee, in the order in which they are tried.
    package var alternates: [String]
    /// The province or state where the callee lives, whatever their number says.
    package var province: String?
    /// The time zone where the callee lives, such as `Asia/Urumqi`.
    package var zone: String?

    /// Memberwise; none unless it is given.
    package init(
        priority: String? = nil, expires: String? = nil, alternates: [String] = [], province: String? = nil,
        zone: String? = nil
    ) {
        self.priority = priority
        self.expires = expires
        self.alternates = alternates
        self.province = province
        self.zone = zone
    }

    /// Every header with the key that names it.
    var named: [(role: String, header: String)] {
        [("priority", priority), ("expires", expires), ("province", province), ("zone", zone)]
            .compactMap { role, header in header.map { (role, $0) } } + alternates.map { ("alternates", $0) }
    }
}
