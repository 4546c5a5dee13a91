package import DialModel

/// A lead as a list has it.
package struct NewLead: Hashable, Sendable {
    /// The line of the file on which its row begins, from one.
    package var line: Int
    /// The number in normal form.
    package var number: PhoneNumber
    /// The number as the file has it.
    package var originalNumber: String
    /// The name to show, if the list has one.
    package var name: String?
    /// The other columns, in the file's order.
    package var fields: ListedFields
    /// Leads of higher priority are dialled first; within `LeadOrder.priorities`.
    package var priority: Int
    /// When it is no use dialling it any more; nil for never.
    package var expiresAt: Timestamp?
    /// Further numbers of the same callee, in the order in which they are tried.
    package var alternates: [AlternateNumber]
    /// What had become of it where it was exported; nil for a lead that begins here, and is due at once.
    package var standing: LeadStanding?

    /// Memberwise.
    package init(
        line: Int, number: PhoneNumber, originalNumber: String, name: String?, fields: ListedFields, priority: Int = 0,
        expiresAt: Timestamp? = nil, alternates: [AlternateNumber] = [], standing: LeadStanding? = nil
    ) {
        self.line = line
        self.number = number
        self.originalNumber = originalNumber
        self.name = name
        self.fields = fields
        self.priority = priority
        self.expiresAt = expiresAt
        self.alternates = alternates
        self.standing = standing
    }
}

/// A list being read: pulled by the ledger on its own executor, inside the import's transaction.
package protocol LeadSource: AnyObject, Sendable {
    /// The next leads, or nil at the end.
    func nextBatch() throws -> [NewLead]?
    /// Told of a lead that was not added because its number is there already; `index` is its place in the latest batch.
    func rejectDuplicate(_ lead: NewLead, at index: Int, in place: DuplicatePlace) throws
    /// How many rows the source itself turned away; asked after the last batch.
    var rejectedCount: Int { get }
    /// Bytes of the list, by which a ledger chooses how to load it; 0 where nobody knows.
    var size: Int { get }
}

extension LeadSource {
    /// Nobody knows.
    package var size: Int { 0 }
}

/// The file that an import reads.
package struct ImportedFile: Hashable, Sendable {
    /// The name as the user gave it.
    package var name: String
    /// The SHA-256 of its contents, in hexadecimal.
    package var digest: String

    /// Memberwise.
    package init(name: String, digest: String) {
        self.name = name
        self.digest = digest
    }

    /// Its name without the folders above it, which are nobody else's business.
    package var title: String { name.fileName }

    /// The list of those whom a vendor called by itself, and who are in no file that the campaign has read.
    package static let strangers = ImportedFile(name: "strangers", digest: "strangers")
}

/// An import that is in the ledger.
package struct ImportRecord: Hashable, Sendable {
    /// The file.
    package var file: ImportedFile
    /// When it was loaded.
    package var at: Timestamp
    /// How many leads were added.
    package var added: Int
    /// How many rows had a number that is there already.
    package var duplicates: Int
    /// How many rows were turned away for other reasons.
    package var rejected: Int
    /// How many leads of earlier lists were listed anew, which only happens where duplicates are looked for in one list.
    package var renewed: Int

    /// Memberwise.
    package init(file: ImportedFile, at: Timestamp, added: Int, duplicates: Int, rejected: Int, renewed: Int = 0) {
        self.renewed = renewed
        self.file = file
        self.at = at
        self.added = added
        self.duplicates = duplicates
        self.rejected = rejected
    }
}
