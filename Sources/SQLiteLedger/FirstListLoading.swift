import GRDB
import Glibc

/// How the transaction is run that loads the first list of a ledger.
///
/// References are not checked, since the index that attempts refer to is away meanwhile. A long list goes straight into the
/// file: what is written to a log is written once more when that is emptied, while a journal only keeps pages that were there
/// before, of which a file without leads has few. So half is written, in a sixth less time (measured), as durably: whoever
/// opens the file of an import that was killed has SQLite take it back. Meanwhile nobody else can read the file, in which
/// there are no leads yet.
struct FirstListLoading: Sendable {
    /// Bytes of a list that is worth the handful of syncs that it takes to change from log to journal and back.
    static let longSize = 8 << 20
    /// How often it is tried to leave the log, a millisecond apart.
    private static let tries = 100

    /// Bytes of the list.
    let size: Int

    /// Whether the log is to be left.
    var isLong: Bool { size >= Self.longSize }

    /// Runs the transaction of an import; one into a ledger with leads runs as any other.
    func run(_ db: Database, _ transaction: () throws -> Void) throws {
        guard try ListedNumbers.canTakeAwayIndex(in: db) else { return try transaction() }
        try db.execute(sql: "PRAGMA foreign_keys = OFF")
        defer { try? db.execute(sql: "PRAGMA foreign_keys = ON") }
        guard isLong else { return try transaction() }
        leaveLog(db)
        defer { returnToLog(db) }
        try transaction()
    }

    /// If others have the file open, the log stays in use.
    private func leaveLog(_ db: Database) {
        // A commit is the end of the journal, which FULL does not make durable.
        try? db.execute(sql: "PRAGMA synchronous = EXTRA")
        // A connection of our own that has just been read by may take a moment to be closed.
        for _ in 0..<Self.tries {
            if (try? String.fetchOne(db, sql: "PRAGMA journal_mode = DELETE")) == "delete" { return }
            usleep(1_000)
        }
    }

    /// Should that fail, the journal does as well, until the file is opened anew; what was loaded is kept in either case.
    private func returnToLog(_ db: Database) {
        guard (try? String.fetchOne(db, sql: "PRAGMA journal_mode = WAL")) == "wal" else { return }
        try? db.execute(sql: "PRAGMA synchronous = FULL")
    }
}
