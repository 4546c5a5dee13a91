import DialModel
import Dispatch
import GRDB
package import Ledger
package import StoredLedger
import Wording

/// The ledger in one SQLite file, which several processes may use at once.
///
/// Writing calls are gathered by a `CommitQueue` and carried out on the writer's own dispatch queue; reading calls run on
/// reader connections of their own, each in one snapshot. Nothing blocks Swift's shared pool.
package final class SQLiteLedger: LedgerStore {
    /// What may be set besides the path.
    package struct Options: Sendable {
        /// How long a call waits for another process before it throws `.locked`.
        package var busyTimeout: Duration
        /// The most pages that the file may have, a quota; nil leaves it to the disk.
        package var pageLimit: Int?
        /// Told what the writer does; called on the ledger's or the caller's thread, and must return at once.
        package var observer: (@Sendable (WriterEvent) -> Void)?

        /// Five seconds of patience, no quota and no observer, unless said otherwise.
        package init(
            busyTimeout: Duration = .seconds(5), pageLimit: Int? = nil,
            observer: (@Sendable (WriterEvent) -> Void)? = nil
        ) {
            self.busyTimeout = busyTimeout
            self.pageLimit = pageLimit
            self.observer = observer
        }
    }

    /// The folder of a file, which holds a database's log and locks too: everything before the last separator.
    package static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// The database, as the user named it.
    package let database: String
    private let access: LedgerAccess
    private let pool: DatabasePool
    private let commits: CommitQueue

    private init(database: String, access: LedgerAccess, pool: DatabasePool, options: Options) {
        self.database = database
        self.access = access
        self.pool = pool
        commits = CommitQueue(pool: pool, observer: options.observer)
    }

    /// Opens a ledger, makes it if need be, and brings its schema up to date.
    ///
    /// Throws `.cannotOpen` when the file or its folder is missing or is not a ledger, `.readOnly` when it may not be
    /// written, `.corrupt`, `.newerSchema`, `.locked` and `.full`; a file that is refused is left as it was.
    package static func open(
        at path: String, access: LedgerAccess, options: Options = Options()
    ) async throws(LedgerError) -> SQLiteLedger {
        let result: Result<SQLiteLedger, LedgerError> = await withCheckedContinuation { continuation in
            DispatchQueue(label: "autodialer.ledger.open").async {
                let opened = Result {
                    let file = LedgerFile(name: path, options: options, isCopiedInto: access == .copyInto)
                    let pool = try file.open(access)
                    return SQLiteLedger(database: path, access: access, pool: pool, options: options)
                }
                continuation.resume(returning: opened.mapError { LedgerError($0, operation: "open", database: path) })
            }
        }
        return try result.get()
    }

    /// Carries out the calls that were made, and closes the file; calls made from now on throw `.cannotOpen`.
    package func close() async {
        commits.close()
        await withCheckedContinuation { continuation in
            DispatchQueue(label: "autodialer.ledger.close").async { [pool] in
                // A connection that cannot be closed now is closed with the last reference to the pool.
                try? pool.close()
                continuation.resume()
            }
        }
    }

    package func write<Value: Sendable>(
        _ operation: String, alone: Bool, undone: @escaping @Sendable () -> Void,
        locking locks: @escaping @Sendable (any StoreSession) throws -> [StoreLock],
        _ body: @escaping @Sendable (any StoreSession) throws -> Value
    ) async throws(LedgerError) -> Value {
        try await writeFile(operation, alone: alone, undone: undone) { db in try body(SQLiteSession(db)) }
    }

    /// Runs a call in a transaction of the writer, as `write` does, with all that SQLite can do.
    func writeFile<Value: Sendable>(
        _ operation: String, alone: Bool = false,
        around: @escaping CommitQueue.Surroundings = { _, transaction in try transaction() },
        undone: @escaping @Sendable () -> Void = {},
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(LedgerError) -> Value {
        let database = database
        guard access != .readExisting else {
            throw LedgerError(
                Refusal(.readOnly, StorePhrase.readingOnly.phrase), operation: operation, database: database)
        }
        let result: Result<Value, LedgerError> = await withCheckedContinuation { continuation in
            commits.add(
                CommitQueue.Call(
                    isAlone: alone, around: around,
                    work: { db in
                        let value = try body(db)
                        return { continuation.resume(returning: .success(value)) }
                    },
                    undone: undone,
                    fail: { error in
                        let failure = LedgerError(error, operation: operation, database: database)
                        continuation.resume(returning: .failure(failure))
                    }))
        }
        return try result.get()
    }

    /// Closes the connections for reading once nobody uses them; whoever reads from now on gets others.
    func closeReaders() async {
        await withCheckedContinuation { continuation in
            pool.asyncBarrierWriteWithoutTransaction { [pool] _ in
                pool.invalidateReadOnlyConnections()
                continuation.resume()
            }
        }
    }

    /// Writes the log into the file and empties it, as far as nobody else reads from it: what was erased is in there too.
    package func emptyLog() async {
        await withCheckedContinuation { continuation in
            pool.asyncWriteWithoutTransaction { db in
                _ = try? db.checkpoint(.truncate)
                continuation.resume()
            }
        }
    }

    package func read<Value: Sendable>(
        _ operation: String, _ body: @escaping @Sendable (any StoreSession) throws -> Value
    ) async throws(LedgerError) -> Value {
        try await readFile(operation) { db in try body(SQLiteSession(db)) }
    }

    /// Runs queries in one snapshot of the file, with all that SQLite can do.
    func readFile<Value: Sendable>(
        _ operation: String, _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(LedgerError) -> Value {
        let database = database
        let result: Result<Value, LedgerError> = await withCheckedContinuation { continuation in
            guard !commits.isClosed else {
                let failure = LedgerError(Refusal.closed, operation: operation, database: database)
                return continuation.resume(returning: .failure(failure))
            }
            pool.asyncRead { snapshot in
                let value = Result { try body(try snapshot.get()) }
                continuation.resume(
                    returning: value.mapError { LedgerError($0, operation: operation, database: database) })
            }
        }
        return try result.get()
    }
}
