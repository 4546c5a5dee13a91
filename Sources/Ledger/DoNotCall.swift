package import DialModel

/// Which do-not-call lists are asked about a lead.
///
/// Asked in any case are the lists `house` and `erased` of all campaigns, so that nobody on them is ever called, and every list
/// of the campaign's own; these are the lists of all campaigns that are asked besides.
package struct DoNotCallQuestion: Hashable, Sendable {
    /// A list that is asked.
    package struct Demand: Hashable, Sendable {
        /// Its name, in whichever scope.
        package var list: String
        /// How old it may be, unless it is `house`; nil for as old as it is.
        package var maximumAge: Duration?

        /// Memberwise.
        package init(_ list: String, maximumAge: Duration? = nil) {
            self.list = list
            self.maximumAge = maximumAge
        }
    }

    /// The lists, each once.
    package var demands: [Demand]
    /// Whether nobody may be called while one of them is missing or too old; `house` may be missing.
    package var isStrict: Bool

    /// Memberwise; no list but those that are asked in any case, unless demands are given.
    package init(_ demands: [Demand] = [], isStrict: Bool = true) {
        self.demands = demands
        self.isStrict = isStrict
    }

    /// Whether a list is asked about the leads of a campaign that knows it.
    package func asks(_ list: DoNotCallListName) -> Bool {
        list.scope != .global || DoNotCallListName.always.contains(list.name)
            || demands.contains { $0.list == list.name }
    }
}

/// Why a lead is held back, in a form that the ledger finds again.
package enum HoldReason {
    /// How reasons begin that a do-not-call list gives: such leads are asked about anew when a list lets somebody go.
    package static let doNotCall = "do_not_call: "
    /// Of a call-back that only its own agent may make, who is at something else.
    package static let agentNotIdle = "retry_wait: the agent who is to call back is not idle"
    /// Of a number that another campaign called a moment ago.
    package static let justCalled = "retry_wait: another campaign called the number a moment ago"
}

/// An entry on its way into a do-not-call list.
package struct DoNotCallEntry: Hashable, Sendable {
    /// Whom it forbids to call.
    package var pattern: DoNotCallPattern
    /// The first instant at which it no longer counts; nil for never.
    package var expiresAt: Timestamp?

    /// Memberwise.
    package init(_ pattern: DoNotCallPattern, expiresAt: Timestamp? = nil) {
        self.pattern = pattern
        self.expiresAt = expiresAt
    }
}

/// What is to be imported into a do-not-call list besides its entries.
package struct DoNotCallImport: Hashable, Sendable {
    /// The list, which is made if it is not there.
    package var list: DoNotCallListName
    /// The file.
    package var file: ImportedFile
    /// Where the file is from, in the operator's words.
    package var source: String?
    /// Of when its contents are; nil leaves the list as old as it is.
    package var asOf: Timestamp?
    /// Whether the list is to hold nothing but these entries.
    package var isReplacing = false
    /// Whether numbers are to be kept as keyed hashes; false leaves the list as it is.
    package var isHashed = false

    /// An import that adds to a list.
    package init(into list: DoNotCallListName, file: ImportedFile) {
        self.list = list
        self.file = file
    }
}

/// A do-not-call list being read: pulled by the ledger on its own executor, inside the import's transaction.
package protocol DoNotCallSource: AnyObject, Sendable {
    /// The next entries, or nil at the end; a list that keeps hashes takes no wildcards, and the source turns them away.
    func nextBatch(isHashed: Bool) throws -> [DoNotCallEntry]?
    /// How many rows the source turned away; asked after the last batch.
    var rejectedCount: Int { get }
}

/// What a change did to a do-not-call list.
package struct DoNotCallChange: Hashable, Sendable {
    /// Entries that are new.
    package var added = 0
    /// Entries whose end is another one now.
    package var changed = 0
    /// Entries that were there, and stay as they are.
    package var unchanged = 0
    /// Entries that are gone.
    package var removed = 0
    /// Rows that were turned away.
    package var rejected = 0

    /// Nothing.
    package init() {}
}

/// A do-not-call list as it stands.
package struct DoNotCallList: Hashable, Sendable {
    /// Which it is.
    package var name: DoNotCallListName
    /// The campaign's name, if it binds but one.
    package var campaign: String?
    /// Of when its contents are; nil if nobody said.
    package var asOf: Timestamp?
    /// When a file was last imported; nil for never.
    package var importedAt: Timestamp?
    /// Whether it keeps keyed hashes instead of numbers.
    package var isHashed: Bool
    /// The entries that count.
    package var entries: Int
    /// How many of them are wildcards.
    package var wildcards: Int
    /// Entries whose time is over.
    package var expired: Int

    /// A list without entries.
    package init(_ name: DoNotCallListName, isHashed: Bool = false, asOf: Timestamp? = nil) {
        self.name = name
        self.isHashed = isHashed
        self.asOf = asOf
        entries = 0
        wildcards = 0
        expired = 0
    }
}

/// What one do-not-call list says of a number.
package struct DoNotCallAnswer: Hashable, Sendable {
    /// An entry that forbids to call the number.
    package struct Match: Hashable, Sendable {
        /// The number itself or a wildcard.
        package var pattern: DoNotCallPattern
        /// The first instant at which it no longer counts; nil for never.
        package var until: Timestamp?
        /// When it was added.
        package var addedAt: Timestamp
        /// Where it is from.
        package var source: String

        /// Memberwise.
        package init(pattern: DoNotCallPattern, until: Timestamp?, addedAt: Timestamp, source: String) {
            self.pattern = pattern
            self.until = until
            self.addedAt = addedAt
            self.source = source
        }
    }

    /// The list.
    package var list: DoNotCallListName
    /// Of when its contents are; nil if nobody said.
    package var asOf: Timestamp?
    /// The entry that counts for longest; nil if the number is not on the list.
    package var match: Match?

    /// Memberwise.
    package init(list: DoNotCallListName, asOf: Timestamp?, match: Match?) {
        self.list = list
        self.asOf = asOf
        self.match = match
    }
}
