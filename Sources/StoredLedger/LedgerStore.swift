package import Ledger

/// A ledger in a database that speaks SQL: what it has to offer so that all the rest of a ledger can be built upon it.
package protocol LedgerStore: Ledger, CallerIDLedger, DoNotCallLedger, AuditLedger, PrivacyLedger, ReportLedger {
    /// The database, as messages name it.
    var database: String { get }

    /// Runs a call in a transaction and returns when it is durable.
    ///
    /// Calls that wait at the same time share a transaction unless they are `alone`; `body` may then run a second time, so it
    /// must depend on nothing but the rows, or forget what it learnt when it is `undone`. The locks are taken before the
    /// first of the calls runs; only where there are several writers is anybody asked for them.
    func write<Value: Sendable>(
        _ operation: String, alone: Bool, undone: @escaping @Sendable () -> Void,
        locking locks: @escaping @Sendable (any StoreSession) throws -> [StoreLock],
        _ body: @escaping @Sendable (any StoreSession) throws -> Value
    ) async throws(LedgerError) -> Value

    /// Carries out the calls that were made, and lets go of the database; calls made from now on throw `.cannotOpen`.
    func close() async

    /// Does what is to be done so that what was erased does not stay behind where transactions are logged.
    func emptyLog() async

    /// Runs queries in one snapshot.
    func read<Value: Sendable>(
        _ operation: String, _ body: @escaping @Sendable (any StoreSession) throws -> Value
    ) async throws(LedgerError) -> Value
}

extension LedgerStore {
    /// Runs a call that leaves no trace but in the rows.
    package func write<Value: Sendable>(
        _ operation: String, alone: Bool = false, locking locks: [StoreLock] = [],
        _ body: @escaping @Sendable (any StoreSession) throws -> Value
    ) async throws(LedgerError) -> Value {
        try await write(operation, alone: alone, undone: {}, locking: { _ in locks }, body)
    }
}
