package import DialModel
import GRDB
package import Ledger
import StoredLedger

// What is done to millions of rows at a time is done by SQLite's own means; all else is the same in every database.
extension SQLiteLedger {
    package func importLeads(
        into campaign: CampaignID, file: ImportedFile, from source: any LeadSource, duplicates: DuplicateScope,
        at now: Timestamp
    ) async throws(LedgerError) -> ImportRecord {
        let list = LeadImport(campaign: campaign, file: file, duplicates: duplicates, now: now)
        let loading = FirstListLoading(size: source.size)
        // Whoever leaves the log has to have the file alone.
        if loading.isLong { await closeReaders() }
        return try await writeFile("import", alone: true, around: loading.run) { db in
            let usualSize = try Int.fetchOne(db, sql: "PRAGMA cache_size") ?? 0
            defer { try? db.execute(sql: "PRAGMA cache_size = \(usualSize)") }
            return try list.run(in: SQLiteSession(db), from: source) { id in
                try SQLiteLeadDoor(db, to: campaign, from: id, duplicates: duplicates, at: now)
            }
        }
    }

    package func rehearseImport(
        into campaign: CampaignID?, file: ImportedFile, from source: any LeadSource, duplicates: DuplicateScope,
        at now: Timestamp
    ) async throws(LedgerError) -> ImportRecord {
        let list = LeadImport(campaign: campaign, file: file, duplicates: duplicates, now: now)
        return try await readFile("rehearse import") { db in
            // A database without a name is a file that SQLite removes by itself, so that memory does not grow with the list.
            try DatabaseQueue(path: "").write { memory in
                try memory.execute(sql: "PRAGMA cache_size = -\(SQLiteLeadDoor.cacheSize)")
                try memory.execute(sql: "CREATE TABLE numbers (number TEXT PRIMARY KEY) STRICT, WITHOUT ROWID")
                let remember = try memory.makeStatement(sql: "INSERT OR IGNORE INTO numbers VALUES (?)")
                return try list.rehearse(in: SQLiteSession(db), from: source) { number in
                    try remember.execute(arguments: [number.e164])
                    return memory.changesCount == 1
                }
            }
        }
    }

    package func arrange(_ campaign: CampaignID, _ order: LeadOrder) async throws(LedgerError) {
        try await writeFile("arrange leads") { db in try LeadArrangement(db: db).arrange(campaign, order) }
    }
}
