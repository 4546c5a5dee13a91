package import Wording

/// A failure of storage, in words that an operator can act on.
package struct LedgerError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of failure it is.
    package enum Code: String, CaseIterable, Hashable, Sendable {
        /// Another process holds the database; try again.
        case locked
        /// The disk is full; nothing of this transaction was kept.
        case full
        /// The file or its folder may not be written.
        case readOnly
        /// The file cannot be opened or made.
        case cannotOpen
        /// The database's server does not let us in, or does not prove that it is the one that is meant.
        case denied
        /// The file is damaged, or is no database.
        case corrupt
        /// The file was written by a newer release.
        case newerSchema
        /// A rule of the schema would have been broken; nothing was kept.
        case constraint
        /// The lease of the run was taken over, so that it may write no more; nothing was kept.
        case fenced
        /// The database's server cannot be reached, or went away; whether a commit was kept is not known.
        case unreachable
        /// The device failed.
        case io
        /// The list being imported could not be read to its end; nothing was kept.
        case rejectedBySource
        /// Anything else.
        case other
    }

    /// What kind of failure it is.
    package var code: Code
    /// What was being done, `commit`.
    package var operation: String
    /// The database, as the user named it.
    package var database: String
    /// The store's own extended code, if it has one.
    package var nativeCode: Int32?
    /// What is wrong and what to do about it, with the store's own words; never a phone number.
    package var message: Phrase

    /// Memberwise.
    package init(_ code: Code, operation: String, database: String, nativeCode: Int32? = nil, message: Phrase) {
        self.code = code
        self.operation = operation
        self.database = database
        self.nativeCode = nativeCode
        self.message = message
    }

    package var description: String { phrase.english }

    /// The failure as it is told; what was being done is told in English alone, as in logs.
    package var phrase: Phrase { LedgerPhrase.failure.filled(Phrase("\(database): \(operation)", database), message) }
}
