import DialModel
import GRDB
import Ledger

/// Campaigns with their imports and runs.
struct CampaignRows {
    let db: Database

    func open(named name: String, at now: Timestamp) throws -> CampaignID {
        if let campaign = try find(named: name) { return campaign }
        try db.execute(
            sql: "INSERT INTO campaigns (name, created_at, retry_turn, arrangement) VALUES (?, ?, ?, ?)",
            arguments: [name, now.milliseconds, LeadOrder().retryTurn, LeadOrder().word])
        return CampaignID(db.lastInsertedRowID)
    }

    func find(named name: String) throws -> CampaignID? {
        try Int64.fetchOne(db, sql: "SELECT id FROM campaigns WHERE name = ?", arguments: [name]).map(CampaignID.init)
    }

    /// The imports of a campaign, oldest first; of one content only if a digest is given.
    func imports(of campaign: CampaignID, digest: String? = nil) throws -> [ImportRecord] {
        let sql = """
            SELECT file_name, digest, imported_at, added, duplicates, rejected, renewed FROM imports
            WHERE campaign = ?1 AND (?2 IS NULL OR digest = ?2) ORDER BY id
            """
        return try Row.fetchAll(db, sql: sql, arguments: [campaign.value, digest]).map { row in
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
        return try Row.fetchAll(db, sql: sql, arguments: [campaign.value]).map { row in
            guard let names = texts.decode(try row.required("columns")) else {
                throw Refusal.impossible("columns")
            }
            return names
        }
    }

    /// Notes that new leads may not stand in the campaign's order.
    func forgetArrangement(of campaign: CampaignID) throws {
        // A plain order is one of a few words, since it has neither seeds nor shares.
        let plain = LeadOrder.Retries.allCases.map { LeadOrder(retries: $0).word }
        let isPlain = plain.map { _ in "?" }.joined(separator: ", ")
        try db.execute(
            sql: "UPDATE campaigns SET arrangement = NULL WHERE arrangement NOT IN (\(isPlain)) AND id = ?",
            arguments: StatementArguments(plain) + [campaign.value])
    }

    /// How many leads are put into an order at a time.
    private static let arrangedAtATime = 50_000

    /// Gives leads their part and their place; arguments: campaign, and the ids after which and up to which they are.
    private static let placing = """
        UPDATE leads NOT INDEXED
        SET part = lead_part((SELECT file_name FROM imports WHERE imports.id = leads.import)), place = lead_place(id)
        WHERE id > ?2 AND id <= ?3 AND campaign = ?1 AND state <> 'finished'
        """

    /// Gives leads their turn; the arguments are the same.
    private static let turning = """
        UPDATE leads NOT INDEXED
        SET turn = lead_turn(
            priority, part, earlier_attempts > 0 OR EXISTS (SELECT 1 FROM attempts WHERE attempts.lead = leads.id),
            callback_at IS NOT NULL)
        WHERE id > ?2 AND id <= ?3 AND campaign = ?1 AND state <> 'finished'
        """

    /// Puts every lead that may yet be dialled into an order, unless they stand in it.
    func arrange(_ campaign: CampaignID, _ order: LeadOrder) throws {
        let known = try String.fetchOne(
            db, sql: "SELECT arrangement FROM campaigns WHERE id = ?", arguments: [campaign.value])
        guard known != order.word else { return }
        let part = DatabaseFunction("lead_part", argumentCount: 1, pure: true) { values in
            order.part(ofList: String.fromDatabaseValue(values[0]) ?? "")
        }
        let place = DatabaseFunction("lead_place", argumentCount: 1, pure: true) { values in
            Int64.fromDatabaseValue(values[0]).map { order.place(of: LeadID($0)) }
        }
        let turn = DatabaseFunction("lead_turn", argumentCount: 4, pure: true) { values in
            let numbers = values.map { Int.fromDatabaseValue($0) ?? 0 }
            return numbers[3] != 0
                ? LeadOrder.callbackTurn
                : order.turn(priority: numbers[0], part: numbers[1], isRetry: numbers[2] != 0)
        }
        let functions = [part, place, turn]
        functions.forEach(db.add)
        defer { functions.forEach(db.remove) }
        let last = try Int64.fetchOne(db, sql: "SELECT max(id) FROM leads") ?? 0
        // SQLite first writes down, in memory, which rows it is going to change.
        for before in stride(from: 0, to: last, by: Self.arrangedAtATime) {
            let arguments: StatementArguments = [campaign.value, before, before + Int64(Self.arrangedAtATime)]
            for sql in [Self.placing, Self.turning] { try db.execute(sql: sql, arguments: arguments) }
        }
        try db.execute(
            sql: "UPDATE campaigns SET retry_turn = ?, arrangement = ? WHERE id = ?",
            arguments: [order.retryTurn, order.word, campaign.value])
    }

    /// Has held leads asked about anew if they were held by other rules, and once a day those that wait until something is
    /// changed, since not every change is one that the ledger hears of.
    func takeUp(policy: String, of campaign: CampaignID, at now: Timestamp) throws {
        let known = try String.fetchOne(
            db, sql: "SELECT policy FROM campaigns WHERE id = ?", arguments: [campaign.value])
        let word = "\(policy) \(now.milliseconds / 86_400_000)"
        guard known != word else { return }
        let isOtherDay = known?.hasPrefix(policy + " ") == true
        try db.execute(
            sql: isOtherDay ? LedgerQuery.releaseOnHold : LedgerQuery.releaseOfCampaign,
            arguments: [now.milliseconds, campaign.value])
        try db.execute(sql: "UPDATE campaigns SET policy = ? WHERE id = ?", arguments: [word, campaign.value])
    }

    /// Counts the leads that were added since the last time, which are most likely of `campaign`.
    func countNewLeads(of campaign: CampaignID?) throws {
        // Each of the statements takes the name for itself.
        try db.execute(sql: LedgerQuery.countNewLeads, arguments: ["campaign": campaign?.value])
    }

    func beginRun(
        of campaign: CampaignID, vendor: String, under settings: AuditFacts, at now: Timestamp
    ) throws -> RunID {
        try countNewLeads(of: campaign)
        try db.execute(
            sql: "INSERT INTO runs (campaign, vendor, started_at) VALUES (?, ?, ?)",
            arguments: [campaign.value, vendor, now.milliseconds])
        let run = RunID(db.lastInsertedRowID)
        var facts = AuditFacts()
        facts.add("run", run.value)
        facts.add("account", text: vendor)
        facts.add(contentsOf: settings)
        try AuditRows(db: db).append(.runBegun, facts, of: campaign, at: now)
        return run
    }

    func endRun(_ run: RunID, because ending: String, at now: Timestamp) throws {
        try db.execute(
            sql: "UPDATE runs SET ended_at = ?, ending = ? WHERE id = ? AND ended_at IS NULL",
            arguments: [now.milliseconds, ending, run.value])
        guard db.changesCount == 1 else {
            throw Refusal(.constraint, "run \(run.value) has ended already, or there is no such run")
        }
        let campaign = try Int64.fetchOne(db, sql: "SELECT campaign FROM runs WHERE id = ?", arguments: [run.value])
        var facts = AuditFacts()
        facts.add("run", run.value)
        facts.add("because", text: ending)
        try AuditRows(db: db).append(.runEnded, facts, of: campaign.map { CampaignID($0) }, at: now)
    }
}
