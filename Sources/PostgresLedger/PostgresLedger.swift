import DialModel
import Dispatch
package import Ledger
package import StoredLedger
import Wording

/// The ledger in a database of PostgreSQL, which runners on several machines may use at once.
///
/// Writing calls are gathered by a `PostgresWriter`, those that take long by another, and those about leases by a third;
/// reading calls run on connections of their own, each in one snapshot. Everything waits on queues of its own, and nothing blocks Swift's shared pool.
package final class PostgresLedger: LedgerStore {
    /// The database, without user and password.
    package let database: String
    private let mayWrite: Bool
    private let writer: PostgresWriter
    private let longWriter: PostgresWriter
    private let leaseWriter: PostgresWriter
    private let readers: PostgresReaders
    let listener: PostgresListener

    private init(door: PostgresDoor, mayWrite: Bool, observer: (@Sendable (WriterEvent) -> Void)?) {
        database = door.address.name
        self.mayWrite = mayWrite
        writer = PostgresWriter(door: door, for: .steps, observer: observer)
        longWriter = PostgresWriter(door: door, for: .long)
        leaseWriter = PostgresWriter(door: door, for: .leases)
        readers = PostgresReaders(door: door)
        listener = PostgresListener(door: door)
    }

    /// Connects to a ledger, makes it if need be, and brings its schema up to date.
    ///
    /// Throws `.unreachable`, `.denied` where the server does not let us in, `.cannotOpen` where it has no ledger,
    /// `.newerSchema` and `.readOnly`. The observer is told what the writer does, on the ledger's or the caller's thread, and
    /// must return at once.
    package static func open(
        at address: PostgresAddress, access: LedgerAccess, observer: (@Sendable (WriterEvent) -> Void)? = nil
    ) async throws(LedgerError) -> PostgresLedger {
        let result: Result<PostgresLedger, LedgerError> = await withCheckedContinuation { continuation in
            DispatchQueue(label: "autodialer.postgres.open").async {
                let opened = Result {
                    let door = try PostgresMigration(to: address, access).run()
                    return PostgresLedger(door: door, mayWrite: access != .readExisting, observer: observer)
                }
                continuation.resume(
                    returning: opened.mapError {
                        LedgerError(postgres: $0, operation: "open", database: address.name)
                    })
            }
        }
        return try result.get()
    }

    /// Carries out the calls that were made, and hangs up; calls made from now on throw `.cannotOpen`.
    package func close() async {
        await writer.close()
        await longWriter.close()
        await leaseWriter.close()
        readers.close()
        listener.close()
    }

    package func write<Value: Sendable>(
        _ operation: String, alone: Bool, undone: @escaping @Sendable () -> Void,
        locking locks: @escaping @Sendable (any StoreSession) throws -> [StoreLock],
        _ body: @escaping @Sendable (any StoreSession) throws -> Value
    ) async throws(LedgerError) -> Value {
        try await write(operation, by: alone ? longWriter : writer, alone: alone, undone: undone, locking: locks, body)
    }

    /// Runs a call about a lease in a transaction, on a connection where it waits for no commit.
    func writeLease<Value: Sendable>(
        _ operation: String, _ body: @escaping @Sendable (any StoreSession) throws -> Value
    ) async throws(LedgerError) -> Value {
        try await write(operation, by: leaseWriter, alone: false, undone: {}, locking: { _ in [] }, body)
    }

    private func write<Value: Sendable>(
        _ operation: String, by writer: PostgresWriter, alone: Bool, undone: @escaping @Sendable () -> Void,
        locking locks: @escaping @Sendable (any StoreSession) throws -> [StoreLock],
        _ body: @escaping @Sendable (any StoreSession) throws -> Value
    ) async throws(LedgerError) -> Value {
        let database = database
        guard mayWrite else {
            throw LedgerError(
                .readOnly, operation: operation, database: database, message: StorePhrase.readingOnly.phrase)
        }
        let result: Result<Value, LedgerError> = await withCheckedContinuation { continuation in
            let call = PostgresWriter.Call(
                isAlone: alone, locking: locks,
                work: { session in
                    let value = try body(session)
                    return { continuation.resume(returning: .success(value)) }
                },
                undone: undone,
                fail: { error in
                    let failure = LedgerError(postgres: error, operation: operation, database: database)
                    continuation.resume(returning: .failure(failure))
                })
            writer.add(call)
        }
        return try result.get()
    }

    /// What was erased leaves the server's logs and tables when it sees fit: archives and replicas are the operator's.
    package func emptyLog() async {}

    package func read<Value: Sendable>(
        _ operation: String, _ body: @escaping @Sendable (any StoreSession) throws -> Value
    ) async throws(LedgerError) -> Value {
        let database = database
        let result: Result<Value, LedgerError> = await withCheckedContinuation { continuation in
            readers.ask(body) { value in
                continuation.resume(
                    returning: value.mapError { LedgerError(postgres: $0, operation: operation, database: database) })
            }
        }
        return try result.get()
    }
}
