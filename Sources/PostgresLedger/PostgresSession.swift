import DialModel
import Ledger
import StoredLedger

/// A connection within a transaction of ours.
///
/// `tell` and `noteForbidding` are put off to the transaction's end: both need a lock that everybody needs, which is then
/// held for a moment only.
final class PostgresSession: StoreSession {
    private let connection: PostgresConnection
    /// What distinguishes the locks of this database's ledger from those of another in the same database.
    private let locks: PostgresLocks
    private var entries: [AuditEntry] = []
    private var forbids = false

    init(_ connection: PostgresConnection, locks: PostgresLocks) {
        self.connection = connection
        self.locks = locks
    }

    var dialect: StoreDialect { .postgres }

    @discardableResult
    func execute(_ sql: String, _ arguments: StoreArguments) throws -> Int {
        try connection.execute(sql, arguments).changed
    }

    func send(_ sql: String, _ arguments: StoreArguments) throws { try connection.send(sql, arguments) }

    func rows(_ sql: String, _ arguments: StoreArguments) throws -> [StoreRow] {
        let answer = try connection.execute(sql, arguments)
        return try (0..<answer.count).map { try answer.row($0) }
    }

    func each(_ sql: String, _ arguments: StoreArguments, _ take: (StoreRow) throws -> Void) throws {
        try connection.each(sql, arguments, take)
    }

    func value(_ sql: String, _ arguments: StoreArguments) throws -> StoreValue {
        let answer = try connection.execute(sql, arguments)
        return answer.count == 0 ? .null : try answer.value(0, 0)
    }

    func lock(_ lock: StoreLock) throws {
        // Whoever claims only wants nobody to add to a list meanwhile.
        let function = lock == .claiming ? "pg_advisory_xact_lock_shared" : "pg_advisory_xact_lock"
        _ = try value("SELECT \(function)(?)", [locks.key(of: lock)])
    }

    func tryLock(_ lock: StoreLock) throws -> Bool {
        try value("SELECT pg_try_advisory_xact_lock(?)", [locks.key(of: lock)]) == .integer(1)
    }

    func noteForbidding() { forbids = true }

    func tell(_ entry: AuditEntry) { entries.append(entry) }

    func admit(_ run: RunID) throws { try RunnerRows(db: self).admit(run) }

    // MARK: - The end of a transaction

    /// What has been put off, to be undone with a part of the transaction.
    var mark: (entries: Int, forbids: Bool) { (entries.count, forbids) }

    /// Forgets what was put off after a mark.
    func rewind(to mark: (entries: Int, forbids: Bool)) {
        entries.removeSubrange(mark.entries...)
        forbids = mark.forbids
    }

    /// Does what was put off.
    func finish() throws {
        if forbids {
            // Those who have asked the lists end first; those who ask later see what was added.
            _ = try value("SELECT pg_advisory_xact_lock(?)", [locks.key(of: .claiming)])
            try RunnerRows(db: self).give(.doNotCall, to: nil, by: AuditRows.user)
        }
        if !entries.isEmpty { try AuditRows(db: self).append(entries) }
        rewind(to: (0, false))
    }
}

/// The numbers of advisory locks: a hash of what is locked, different in each schema.
struct PostgresLocks: Sendable {
    /// The number of the ledger's schema.
    let schema: Int64

    /// The number of a lock; two that share one by chance wait for each other, and nothing else comes of it.
    func key(of lock: StoreLock) -> Int64 {
        switch lock {
        case .account(let name): hash("account", name)
        case .claiming: hash("claiming")
        case .number(let number): hash("number", number.e164)
        case .contact(let lead): hash("contact", String(lead))
        case .strangers(let campaign): hash("strangers", String(campaign.value))
        case .runners(let campaign): hash("runners", String(campaign.value))
        case .orders: hash("orders")
        case .auditLog: hash("audit")
        }
    }

    /// A word about the ledger itself.
    func key(of word: String) -> Int64 { hash("ledger", word) }

    /// FNV-1a, which is the same in every process.
    private func hash(_ words: String...) -> Int64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in ([String(schema)] + words).joined(separator: "\u{1F}").utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
        }
        return Int64(bitPattern: hash)
    }
}

extension StoreDialect {
    /// What PostgreSQL wants to be told.
    static let postgres = StoreDialect(
        hasSeveralWriters: true,
        // Rows that are deleted are overwritten in time by the server's vacuum.
        beginErasing: ["SET CONSTRAINTS ALL DEFERRED"],
        auditHead: """
            SELECT given, last.id, last.digest
            FROM audit_head LEFT JOIN (SELECT id, digest FROM audit ORDER BY id DESC LIMIT 1) AS last ON true
            """,
        leadCounts: """
            SELECT state, ending, sum(leads) AS leads FROM lead_count_slots WHERE campaign = ?1 GROUP BY state, ending
            """,
        countNewLeads: { _, _ in },
        bytesOf: { "convert_to(\($0), 'UTF8')" },
        copying: .postgres)
}
