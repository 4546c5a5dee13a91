import DialModel
import GRDB
import Ledger

/// Campaigns with their imports and runs.
struct CampaignRows {
    let db: Database

    func open(named name: String, at now: Timestamp) throws -> CampaignID {
        if let campaign = try find(named: name) { return campaign }
        try db.execute(
            sql: "INSERT INTO campaigns (name, created_at) VALUES (?, ?)", arguments: [name, now.milliseconds])
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

    func beginRun(of campaign: CampaignID, vendor: String, at now: Timestamp) throws -> RunID {
        try db.execute(
            sql: "INSERT INTO runs (campaign, vendor, started_at) VALUES (?, ?, ?)",
            arguments: [campaign.value, vendor, now.milliseconds])
        return RunID(db.lastInsertedRowID)
    }

    func endRun(_ run: RunID, because ending: String, at now: Timestamp) throws {
        try db.execute(
            sql: "UPDATE runs SET ended_at = ?, ending = ? WHERE id = ? AND ended_at IS NULL",
            arguments: [now.milliseconds, ending, run.value])
        guard db.changesCount == 1 else {
            throw Refusal(.constraint, "run \(run.value) has ended already, or there is no such run")
        }
    }
}
