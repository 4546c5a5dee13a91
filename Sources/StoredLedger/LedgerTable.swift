/// A table that a ledger has in every database.
///
/// What is not among them is made anew where a ledger is copied to: counts, by triggers and `countNewLeads`, and what only
/// several writers need. An attempt belongs to its run again, whoever had taken it over.
package struct LedgerTable: Hashable, Sendable {
    /// What it is called.
    package let name: String
    /// Its columns.
    package let columns: [String]
    /// Those of its primary key, which its rows are in order of.
    package let key: [String]
    /// The column of ids of which none is ever given out twice; nil if rows have no such id.
    package let ids: String?

    private init(_ name: String, key: [String], _ columns: String) {
        self.name = name
        self.key = key
        ids = nil
        self.columns = key + Self.words(columns)
    }

    private init(_ name: String, ids: String = "id", _ columns: String) {
        self.name = name
        key = [ids]
        self.ids = ids
        self.columns = [ids] + Self.words(columns)
    }

    private static func words(_ text: String) -> [String] {
        text.split(whereSeparator: \.isWhitespace).map(String.init)
    }

    /// All of them, each after those that it refers to.
    package static let all = [
        LedgerTable("campaigns", "name created_at retry_turn arrangement policy"),
        LedgerTable(
            "imports", "campaign file_name digest imported_at added duplicates rejected renewed columns"),
        LedgerTable("runs", "campaign vendor started_at ended_at ending boot clock_zero"),
        LedgerTable(
            "leads",
            """
            campaign import line number original_number name fields state ending not_before hold_reason priority part
            turn place contact expires_at callback_at callback_agent earlier_attempts earlier_outcome earlier_ended_at
            erased_at keeps_number
            """),
        LedgerTable(
            "attempts",
            """
            campaign lead run ordinal number vendor caller_id shown_caller_id vendor_call state outcome cpa agent
            claimed_at answered_at connected_at message_at ended_at talk_ms vendor_reason salt
            """),
        LedgerTable("attempt_events", key: ["attempt", "sequence"], "at state note"),
        LedgerTable("attempt_explanations", key: ["attempt"], "explanation"),
        LedgerTable("missed_offers", "attempt agent at"),
        LedgerTable("dispositions", "lead attempt code callback_at callback_agent note noted_at"),
        LedgerTable(
            "caller_ids",
            """
            account number listed paused quarantined_until quarantine_ms kind usage allows_outbound province city
            skill_groups pools owner provider virtual_number virtual_province virtual_city virtual_pool
            virtual_pool_size weight max_concurrent max_per_day min_gap_ms blocked_provinces opens closes
            """),
        LedgerTable("caller_id_history", key: ["caller_id", "sequence"], "at step note"),
        LedgerTable("caller_id_news", ids: "sequence", "account event caller_id attempt outcome"),
        LedgerTable("do_not_call_lists", "name campaign hash_key as_of created_at"),
        LedgerTable(
            "do_not_call_imports",
            "list file_name digest source as_of imported_at replaced added changed unchanged removed rejected"),
        LedgerTable("do_not_call_entries", key: ["list", "key"], "is_wildcard expires_at added_at source import"),
        LedgerTable(auditLog, "at actor action campaign facts digest"),
    ]

    /// The one that tells of what was done.
    static let auditLog = "audit"
}

// MARK: - Rows

extension LedgerTable {
    /// How many rows are in memory at a time, and in one transaction.
    static let pageSize = 2_000
    /// How many rows one statement adds, since on a server each is a way there and back.
    private static let together = 200

    /// The rows after one, by its key, or the first of all; fewer than `pageSize` are the last.
    func page(after last: [StoreValue]?, in db: any StoreSession) throws -> [[StoreValue]] {
        let order = key.joined(separator: ", ")
        let places = key.indices.map { "?\($0 + 1)" }.joined(separator: ", ")
        let sql = """
            SELECT \(columns.joined(separator: ", ")) FROM \(name)
            \(last == nil ? "" : "WHERE (\(order)) > (\(places))") ORDER BY \(order) LIMIT \(Self.pageSize)
            """
        return try db.rows(sql, StoreArguments(last ?? [])).map { values(of: $0, in: db) }
    }

    /// The key of the last row; nil without any.
    func lastKey(in db: any StoreSession) throws -> [StoreValue]? {
        let order = key.map { $0 + " DESC" }.joined(separator: ", ")
        let sql = "SELECT \(key.joined(separator: ", ")) FROM \(name) ORDER BY \(order) LIMIT 1"
        return try db.row(sql).map { values(of: $0, in: db) }
    }

    /// The key of a row of a page.
    func key(of row: [StoreValue]) -> [StoreValue] { Array(row.prefix(key.count)) }

    /// Adds rows.
    func add(_ rows: [[StoreValue]], to db: any StoreSession) throws {
        let one = "(" + columns.map { _ in "?" }.joined(separator: ", ") + ")"
        for start in stride(from: 0, to: rows.count, by: Self.together) {
            let some = rows[start..<min(start + Self.together, rows.count)]
            let sql = """
                INSERT INTO \(name) (\(columns.joined(separator: ", ")))
                VALUES \(some.map { _ in one }.joined(separator: ", "))
                """
            try db.execute(sql, StoreArguments(some.flatMap { $0 }))
        }
    }

    /// A row, or a key, with the same values in every database.
    private func values(of row: StoreRow, in db: any StoreSession) -> [StoreValue] {
        guard name == "do_not_call_entries" else { return row.values }
        return zip(row.names, row.values).map { $0 == "key" ? db.dialect.copying.entryKey($1) : $1 }
    }
}
