package import DialModel
package import Ledger
import Wording

/// The do-not-call lists, each with its entries.
package struct DoNotCallRows {
    let db: any StoreSession

    /// What is needed of a list to work on its entries.
    package struct List {
        /// Its id.
        package var id: Int64
        /// How its entries are kept.
        package var key: DoNotCallKey
        /// Whether it was made just now.
        package var isNew = false
    }

    /// The lists as a transaction sees them.
    package init(db: any StoreSession) {
        self.db = db
    }

    /// All lists, those of all campaigns first.
    func all(at now: Timestamp) throws -> [DoNotCallList] {
        let sql = """
            SELECT lists.*, campaigns.name AS campaign_name,
                (SELECT max(imported_at) FROM do_not_call_imports WHERE list = lists.id) AS imported_at
            FROM do_not_call_lists AS lists LEFT JOIN campaigns ON campaigns.id = lists.campaign
            ORDER BY campaigns.name NULLS FIRST, lists.name
            """
        return try db.rows(sql).map { row in
            var list = DoNotCallList(
                try name(row), isHashed: try (row.optional("hash_key") as [UInt8]?) != nil,
                asOf: try row.optionalInstant("as_of"))
            list.campaign = try row.optional("campaign_name")
            list.importedAt = try row.optionalInstant("imported_at")
            let id: Int64 = try row.required("id")
            let counts = try db.row(LedgerQuery.doNotCallCounts, [id, now.milliseconds])
            list.entries = try counts?.required("entries") ?? 0
            list.wildcards = try counts?.required("wildcards") ?? 0
            list.expired = try counts?.required("expired") ?? 0
            return list
        }
    }

    /// Which list a row is of.
    func name(_ row: StoreRow) throws -> DoNotCallListName {
        let campaign: Int64? = try row.optional("campaign")
        return DoNotCallListName(
            try row.required("name"), scope: campaign.map { .campaign(CampaignID($0)) } ?? .global)
    }

    /// A list; nil if it is not there.
    package func find(_ list: DoNotCallListName) throws -> List? {
        let sql = "SELECT id, hash_key FROM do_not_call_lists WHERE name = ? AND campaign IS NOT DISTINCT FROM ?"
        let arguments: StoreArguments = [list.name, list.scope.campaign?.value]
        return try db.row(sql, arguments).map { row in
            List(id: try row.required("id"), key: DoNotCallKey(secret: try row.optional("hash_key")))
        }
    }

    /// A list, made if it is not there; throws `.constraint` if hashes are wanted of one that keeps numbers.
    package func open(_ list: DoNotCallListName, hashed: Bool, at now: Timestamp) throws -> List {
        if let found = try find(list) {
            guard !hashed || found.key.secret != nil else {
                throw Refusal(.constraint, StorePhrase.listKeepsNumbers.filled(list.name))
            }
            return found
        }
        let secret = hashed ? try DoNotCallKey.fresh() : nil
        let id = try db.insert(
            "INSERT INTO do_not_call_lists (name, campaign, hash_key, created_at) VALUES (?, ?, ?, ?) RETURNING id",
            [list.name, list.scope.campaign?.value, secret, now.milliseconds])
        return List(id: id, key: DoNotCallKey(secret: secret), isNew: true)
    }

    /// Empties a list, and has it keep hashes from now on.
    package func beginHashing(_ list: List) throws -> (list: List, removed: Int) {
        let removed = try clear(list.id)
        let secret = try DoNotCallKey.fresh()
        try db.execute("UPDATE do_not_call_lists SET hash_key = ? WHERE id = ?", [secret, list.id])
        return (List(id: list.id, key: DoNotCallKey(secret: secret)), removed)
    }

    /// Takes entries off a list, and lets their leads go.
    func remove(
        _ patterns: [DoNotCallPattern], from name: DoNotCallListName, at now: Timestamp
    ) throws -> DoNotCallChange {
        var change = DoNotCallChange()
        let list = try find(name)
        let deletion = "DELETE FROM do_not_call_entries WHERE list = ? AND key = ?"
        for pattern in patterns {
            guard let list, let key = try? list.key.value(of: pattern) else {
                change.unchanged += 1
                continue
            }
            guard try db.execute(deletion, [list.id, key]) > 0 else {
                change.unchanged += 1
                continue
            }
            change.removed += 1
            try release(name.scope, numbers: pattern.like, at: now)
        }
        return change
    }

    /// Removes a list; how many entries it had, nil if it is not there.
    func drop(_ name: DoNotCallListName, at now: Timestamp) throws -> Int? {
        guard let list = try find(name) else { return nil }
        let removed = try clear(list.id)
        try db.execute("DELETE FROM do_not_call_lists WHERE id = ?", [list.id])
        try release(name.scope, at: now)
        var change = DoNotCallChange()
        change.removed = removed
        try tell(.doNotCallDropped, change, of: name, at: now)
        return removed
    }

    /// Tells the audit log what was done to a list, by numbers that are counted and wildcards that are named.
    package func tell(
        _ action: AuditAction, _ change: DoNotCallChange, of list: DoNotCallListName,
        _ patterns: [DoNotCallPattern] = [], file: ImportedFile? = nil, at now: Timestamp
    ) throws {
        var facts = AuditFacts()
        facts.add("list", text: list.name)
        if let file { facts.add(contentsOf: AuditFacts(file)) }
        facts.add("added", change.added)
        facts.add("changed", change.changed)
        facts.add("unchanged", change.unchanged)
        facts.add("removed", change.removed)
        facts.add("rejected", change.rejected)
        let wildcards = patterns.filter(\.isWildcard).map(\.text)
        if !wildcards.isEmpty { facts.add("wildcards", text: wildcards.joined(separator: " ")) }
        try AuditRows(db: db).append(action, facts, of: list.scope.campaign, at: now)
    }

    /// Has the leads asked about anew that a list held back.
    package func release(_ scope: DoNotCallScope, numbers like: String = "%", at now: Timestamp) throws {
        try db.execute(LedgerQuery.releaseListed, [now.milliseconds, scope.campaign?.value, like])
    }

    private func clear(_ list: Int64) throws -> Int {
        try db.execute("DELETE FROM do_not_call_entries WHERE list = ?", [list])
    }
}
