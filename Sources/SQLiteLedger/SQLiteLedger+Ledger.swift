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
        return try await writeFile("import", alone: true, suspendingReferences: ListedNumbers.canTakeAwayIndex) { db in
            try list.run(in: db, from: source)
        }
    }

    package func rehearseImport(
        into campaign: CampaignID?, file: ImportedFile, from source: any LeadSource, duplicates: DuplicateScope,
        at now: Timestamp
    ) async throws(LedgerError) -> ImportRecord {
        let list = LeadImport(campaign: campaign, file: file, duplicates: duplicates, now: now)
        return try await readFile("rehearse import") { db in
            // A database without a name is a file that SQLite removes by itself.
            try list.rehearse(in: db, from: source, remembering: DatabaseQueue(path: ""))
        }
    }

    package func arrange(_ campaign: CampaignID, _ order: LeadOrder) async throws(LedgerError) {
        try await writeFile("arrange leads") { db in try LeadArrangement(db: db).arrange(campaign, order) }
    }

    package func addDoNotCall(
        _ entries: [DoNotCallEntry], to list: DoNotCallListName, hashed: Bool, because source: String, at now: Timestamp
    ) async throws(LedgerError) -> DoNotCallChange {
        try await writeFile("add to do-not-call list") { db in
            let rows = DoNotCallRows(db: SQLiteSession(db))
            let opened = try rows.open(list, hashed: hashed, at: now)
            var intake = DoNotCallIntake(db: SQLiteSession(db), list: opened, origin: .hand(source), now: now)
            try intake.take(entries)
            try intake.finish()
            // Leads may have waited for the list to be there.
            if opened.isNew { try rows.release(list.scope, at: now) }
            try rows.tell(.doNotCallAdded, intake.change, of: list, entries.map(\.pattern), at: now)
            return intake.change
        }
    }

    package func importDoNotCall(
        _ wish: DoNotCallImport, from source: any DoNotCallSource, at now: Timestamp
    ) async throws(LedgerError) -> DoNotCallChange {
        try await writeFile("import do-not-call list", alone: true) { db in
            try DoNotCallFile(db: db, wish: wish, now: now).load(from: source)
        }
    }
}
