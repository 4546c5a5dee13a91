import DialModel
import GRDB
import GRDBSQLite
package import StoredLedger

/// A connection of GRDB, spoken to by SQLite's own functions: GRDB puts each value into a box and each row into an object,
/// which takes longer than most statements of a claim (measured).
///
/// Statements are prepared once and kept by GRDB.
final class SQLiteSession: StoreSession {
    private let db: Database

    init(_ db: Database) {
        self.db = db
    }

    var dialect: StoreDialect { .sqlite }

    @discardableResult
    func execute(_ sql: String, _ arguments: StoreArguments) throws -> Int {
        let statement = try begin(sql, arguments)
        defer { sqlite3_reset(statement.sqliteStatement) }
        while try step(statement) {}
        return db.changesCount
    }

    // Nothing lies between us and the database that would have to be waited for.
    func send(_ sql: String, _ arguments: StoreArguments) throws { try execute(sql, arguments) }

    func rows(_ sql: String, _ arguments: StoreArguments) throws -> [StoreRow] {
        var rows: [StoreRow] = []
        try each(sql, arguments) { rows.append($0) }
        return rows
    }

    func each(_ sql: String, _ arguments: StoreArguments, _ take: (StoreRow) throws -> Void) throws {
        let statement = try begin(sql, arguments)
        defer { sqlite3_reset(statement.sqliteStatement) }
        let count = CInt(statement.columnCount)
        while try step(statement) {
            let values = (0..<count).map { Self.value(of: statement.sqliteStatement, $0) }
            try take(StoreRow(names: statement.columnNames, values: values))
        }
    }

    func value(_ sql: String, _ arguments: StoreArguments) throws -> StoreValue {
        let statement = try begin(sql, arguments)
        defer { sqlite3_reset(statement.sqliteStatement) }
        guard try step(statement) else { return .null }
        let value = Self.value(of: statement.sqliteStatement, 0)
        // A statement that changes something has done so only when it has come to its end.
        while try step(statement) {}
        return value
    }

    // MARK: - One writer

    // Nobody else can write before the transaction has ended.
    func lock(_ lock: StoreLock) {}
    func tryLock(_ lock: StoreLock) -> Bool { true }
    func noteForbidding() {}
    func admit(_ run: RunID) {}
    func tell(_ entry: AuditEntry) throws { try AuditRows(db: self).append([entry]) }

    // MARK: - Statements

    private func begin(_ sql: String, _ arguments: StoreArguments) throws -> Statement {
        let statement = try db.cachedStatement(sql: sql)
        sqlite3_reset(statement.sqliteStatement)
        for (index, value) in arguments.values.enumerated() {
            let code = Self.bind(value, to: statement.sqliteStatement, CInt(index + 1))
            guard code == SQLITE_OK else { throw db.failure(code) }
        }
        return statement
    }

    /// Whether there is another row.
    private func step(_ statement: Statement) throws -> Bool {
        switch sqlite3_step(statement.sqliteStatement) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code: throw db.failure(code)
        }
    }

    private static func bind(_ value: StoreValue, to statement: SQLiteStatement, _ position: CInt) -> CInt {
        switch value {
        case .null:
            return sqlite3_bind_null(statement, position)
        case .integer(let number):
            return sqlite3_bind_int64(statement, position, number)
        case .text(var text):
            return text.withUTF8 { SQLiteBinding.bind(text: $0, to: statement, position) }
        case .blob(let bytes):
            return bytes.isEmpty
                ? sqlite3_bind_zeroblob(statement, position, 0)
                : sqlite3_bind_blob(statement, position, bytes, CInt(bytes.count), SQLiteBinding.copying)
        }
    }

    private static func value(of statement: SQLiteStatement, _ column: CInt) -> StoreValue {
        switch sqlite3_column_type(statement, column) {
        case SQLITE_INTEGER:
            return .integer(sqlite3_column_int64(statement, column))
        case SQLITE_TEXT:
            let start = sqlite3_column_text(statement, column)
            let count = Int(sqlite3_column_bytes(statement, column))
            return .text(String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self))
        case SQLITE_BLOB:
            let start = sqlite3_column_blob(statement, column)
            let count = Int(sqlite3_column_bytes(statement, column))
            return .blob(Array(UnsafeRawBufferPointer(start: start, count: count)))
        default:
            // No table has fractions.
            return .null
        }
    }
}

extension StoreDialect {
    /// What SQLite wants to be told.
    package static let sqlite = StoreDialect(
        hasSeveralWriters: false,
        // What is deleted is overwritten, and not left in the file's free space.
        beginErasing: ["PRAGMA secure_delete = ON", "PRAGMA defer_foreign_keys = ON"],
        auditHead: """
            SELECT (SELECT seq FROM sqlite_sequence WHERE name = 'audit') AS given, last.id AS id, last.digest AS digest
            FROM (SELECT 1) LEFT JOIN (SELECT id, digest FROM audit ORDER BY id DESC LIMIT 1) AS last
            """,
        leadCounts: """
            SELECT state, ending, leads FROM lead_counts WHERE campaign = ?1
            UNION ALL
            SELECT state, coalesce(ending, ''), count(*) FROM leads INDEXED BY leads_by_campaign
            WHERE campaign = ?1 AND id > (SELECT through FROM counted_leads WHERE id = 1) GROUP BY 1, 2
            """,
        countNewLeads: { db, campaign in
            // Those that wait in one campaign are most, or all, and are counted without being put into groups first.
            try db.execute(
                """
                INSERT INTO lead_counts (campaign, state, ending, leads)
                SELECT ?1, 'waiting', '', waiting FROM (
                    SELECT count(*) AS waiting FROM leads NOT INDEXED
                    WHERE id > (SELECT through FROM counted_leads WHERE id = 1) AND campaign = ?1 AND state = 'waiting')
                WHERE waiting > 0
                ON CONFLICT DO UPDATE SET leads = leads + excluded.leads
                """, [campaign?.value])
            try db.execute(
                """
                INSERT INTO lead_counts (campaign, state, ending, leads)
                SELECT campaign, state, coalesce(ending, ''), count(*) FROM leads NOT INDEXED
                WHERE id > (SELECT through FROM counted_leads WHERE id = 1) AND NOT (campaign IS ?1 AND state = 'waiting')
                GROUP BY 1, 2, 3
                ON CONFLICT DO UPDATE SET leads = leads + excluded.leads
                """, [campaign?.value])
            try db.execute(LeadTally.haveAllCounted, [])
        },
        // Read as a text, one would end at its first zero byte.
        bytesOf: { "CAST(\($0) AS BLOB)" },
        copying: .sqlite)
}
