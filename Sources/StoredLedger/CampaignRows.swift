package import DialModel
import Ledger
import Wording

/// Campaigns with their imports and runs.
package struct CampaignRows {
    let db: any StoreSession

    /// The campaigns as a transaction sees them.
    package init(db: any StoreSession) {
        self.db = db
    }

    func open(named name: String, at now: Timestamp) throws -> CampaignID {
        if let campaign = try find(named: name) { return campaign }
        let insertion = """
            INSERT INTO campaigns (name, created_at, retry_turn, arrangement) VALUES (?, ?, ?, ?)
            ON CONFLICT (name) DO NOTHING RETURNING id
            """
        let order = LeadOrder()
        if let id = try db.integer(insertion, [name, now.milliseconds, order.retryTurn, order.word]) {
            return CampaignID(id)
        }
        // Somebody else has made it meanwhile.
        guard let campaign = try find(named: name) else { throw Refusal.impossible("name") }
        return campaign
    }

    func find(named name: String) throws -> CampaignID? {
        try db.integer("SELECT id FROM campaigns WHERE name = ?", [name]).map(CampaignID.init)
    }

    /// The imports of a campaign, oldest first; of one content only if a digest is given.
    func imports(of campaign: CampaignID, digest: String? = nil) throws -> [ImportRecord] {
        let sql = """
            SELECT file_name, digest, imported_at, added, duplicates, rejected, renewed FROM imports
            WHERE campaign = ?1 AND (CAST(?2 AS TEXT) IS NULL OR digest = ?2) ORDER BY id
            """
        return try db.rows(sql, [campaign.value, digest]).map { row in
            ImportRecord(
                file: ImportedFile(name: try row.required("file_name"), digest: try row.required("digest")),
                at: try row.instant("imported_at"), added: try row.required("added"),
                duplicates: try row.required("duplicates"), rejected: try row.required("rejected"),
                renewed: try row.required("renewed"))
        }
    }

    /// The headers of the columns of each list, oldest first; lists without any are left out.
    func listColumns(of campaign: CampaignID) throws -> [[String]] {
        let sql = "SELECT columns FROM imports WHERE campaign = ? AND columns <> '[]' ORDER BY id"
        var texts = NameListText()
        return try db.rows(sql, [campaign.value]).map { row in
            guard let names = texts.decode(try row.required("columns")) else {
                throw Refusal.impossible("columns")
            }
            return names
        }
    }

    /// Notes that new leads may not stand in the campaign's order.
    package func forgetArrangement(of campaign: CampaignID) throws {
        // A plain order is one of a few words, since it has neither seeds nor shares.
        let plain = LeadOrder.Retries.allCases.map { LeadOrder(retries: $0).word }
        let isPlain = plain.map { _ in "?" }.joined(separator: ", ")
        try db.execute(
            "UPDATE campaigns SET arrangement = NULL WHERE arrangement NOT IN (\(isPlain)) AND id = ?",
            StoreArguments(plain.map { .text($0) }) + [campaign.value])
    }

    /// Has held leads asked about anew if they were held by other rules, and once a day those that wait until something is
    /// changed, since not every change is one that the ledger hears of.
    func takeUp(policy: String, of campaign: CampaignID, at now: Timestamp) throws {
        let known = try db.text("SELECT policy FROM campaigns WHERE id = ?", [campaign.value])
        let word = "\(policy) \(now.milliseconds / 86_400_000)"
        guard known != word else { return }
        let isOtherDay = known?.hasPrefix(policy + " ") == true
        try db.execute(
            isOtherDay ? LedgerQuery.releaseOnHold : LedgerQuery.releaseOfCampaign,
            [now.milliseconds, campaign.value])
        try db.execute("UPDATE campaigns SET policy = ? WHERE id = ?", [word, campaign.value])
    }

    /// Counts the leads that were added since the last time, which are most likely of `campaign`.
    package func countNewLeads(of campaign: CampaignID?) throws {
        try db.dialect.countNewLeads(db, campaign)
    }

    func beginRun(
        of campaign: CampaignID, vendor: String, under settings: AuditFacts, by clock: ClockOrigin?, at now: Timestamp
    ) throws -> RunID {
        try countNewLeads(of: campaign)
        let run = RunID(
            try db.insert(
                "INSERT INTO runs (campaign, vendor, started_at, boot, clock_zero) VALUES (?, ?, ?, ?, ?) RETURNING id",
                [campaign.value, vendor, now.milliseconds, clock?.boot, clock?.zero.milliseconds]))
        var facts = AuditFacts()
        facts.add("run", run.value)
        facts.add("account", text: vendor)
        facts.add(contentsOf: settings)
        try AuditRows(db: db).append(.runBegun, facts, of: campaign, at: now)
        return run
    }

    func endRun(_ run: RunID, because ending: String, at now: Timestamp) throws {
        try db.admit(run)
        let isEnded = try db.execute(
            "UPDATE runs SET ended_at = ?, ending = ? WHERE id = ? AND ended_at IS NULL",
            [now.milliseconds, ending, run.value])
        guard isEnded == 1 else {
            throw Refusal(.constraint, StorePhrase.noRun.filled(run.value))
        }
        let campaign = try db.integer("SELECT campaign FROM runs WHERE id = ?", [run.value])
        var facts = AuditFacts()
        facts.add("run", run.value)
        facts.add("because", text: ending)
        try AuditRows(db: db).append(.runEnded, facts, of: campaign.map { CampaignID($0) }, at: now)
    }
}
