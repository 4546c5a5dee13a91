/// Where databases differ when a whole ledger is copied.
package struct CopyDialect: Sendable {
    /// A text that distinguishes the database from all others.
    package var identity: String
    /// Whether there is a table.
    ///
    /// Argument: its name.
    package var hasTable: String
    /// The key of a do-not-call entry as the rows of `LedgerTable` have it: a text, or the bytes of a hash.
    package var entryKey: @Sendable (StoreValue) -> StoreValue
    /// Takes away whatever is in the audit log, and that anything ever was.
    package var emptyAuditLog: @Sendable (any StoreSession) throws -> Void
    /// The last id that was given out for a table; null or nothing if none was.
    package var lastGivenID: @Sendable (LedgerTable) -> String
    /// Has the next id of a table be the one after an id.
    package var giveIDsAfter: @Sendable (any StoreSession, LedgerTable, Int64) throws -> Void
    /// What is to be done when all rows are there.
    package var afterwards: [String]

    /// Memberwise.
    package init(
        identity: String, hasTable: String, entryKey: @escaping @Sendable (StoreValue) -> StoreValue,
        emptyAuditLog: @escaping @Sendable (any StoreSession) throws -> Void,
        lastGivenID: @escaping @Sendable (LedgerTable) -> String,
        giveIDsAfter: @escaping @Sendable (any StoreSession, LedgerTable, Int64) throws -> Void, afterwards: [String]
    ) {
        self.identity = identity
        self.hasTable = hasTable
        self.entryKey = entryKey
        self.emptyAuditLog = emptyAuditLog
        self.lastGivenID = lastGivenID
        self.giveIDsAfter = giveIDsAfter
        self.afterwards = afterwards
    }
}
