import GRDB
import GRDBSQLite

/// Counts what SQLite does on one connection: statements, steps of its machine, and pages that it looks at.
///
/// `@unchecked Sendable`: SQLite calls back on the connection's own queue, and the counts are read there.
final class StatementMeter: @unchecked Sendable {
    /// What was counted.
    struct Count {
        var statements = 0
        var steps = 0
        var pages = 0
    }

    private var count = Count()

    /// Begins to count the statements of a connection, which ends before the meter does.
    func attach(to db: Database) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        sqlite3_trace_v2(
            db.sqliteConnection, UInt32(SQLITE_TRACE_PROFILE),
            { _, context, statement, _ in
                guard let context, let statement else { return 0 }
                let meter = Unmanaged<StatementMeter>.fromOpaque(context).takeUnretainedValue()
                meter.count.statements += 1
                meter.count.steps += Int(sqlite3_stmt_status(OpaquePointer(statement), SQLITE_STMTSTATUS_VM_STEP, 1))
                return 0
            }, context)
    }

    func detach(from db: Database) {
        sqlite3_trace_v2(db.sqliteConnection, 0, nil, nil)
    }

    /// What was counted since the last time.
    func read(from db: Database) -> Count {
        defer { count = Count() }
        count.pages = pages(SQLITE_DBSTATUS_CACHE_HIT, db) + pages(SQLITE_DBSTATUS_CACHE_MISS, db)
        return count
    }

    private func pages(_ counter: CInt, _ db: Database) -> Int {
        var (current, highest): (CInt, CInt) = (0, 0)
        sqlite3_db_status(db.sqliteConnection, counter, &current, &highest, 1)
        return Int(current)
    }
}
