import DialModel
import GRDB
import Ledger
import StoredLedger

/// One list on its way into the ledger, inside one transaction, or in a rehearsal up to the ledger's door.
///
/// Only one batch is in memory at a time; what exceeds SQLite's cache goes to its log before the commit.
struct LeadImport {
    /// What may be in memory of the pages that are being filled, in kibibytes: leads come in no order of their numbers, so
    /// that a page that had to make room is soon read again and written once more.
    static let cacheSize = 64 << 10

    let campaign: CampaignID?
    let file: ImportedFile
    let duplicates: DuplicateScope
    let now: Timestamp

    /// Loads the list; throws `Refusal` when the source fails, and the transaction is undone.
    func run(in db: Database, from source: any LeadSource) throws -> ImportRecord {
        let usualSize = try Int.fetchOne(db, sql: "PRAGMA cache_size") ?? 0
        defer { try? db.execute(sql: "PRAGMA cache_size = \(usualSize)") }
        let id = try insertRecord(db)
        var intake = try LeadIntake(into: campaign, from: id, duplicates: duplicates, at: now, of: db)
        let record = try pull(from: source) { try intake.take($0) }
        try intake.finish()
        let session = SQLiteSession(db)
        try CampaignRows(db: session).countNewLeads(of: campaign)
        // Where order is more than that of the list, the next run puts the new leads into it.
        if let campaign { try CampaignRows(db: session).forgetArrangement(of: campaign) }
        try db.execute(
            sql: "UPDATE imports SET added = ?, duplicates = ?, rejected = ?, renewed = ?, columns = ? WHERE id = ?",
            arguments: [
                record.added, record.duplicates, record.rejected, record.renewed,
                NameListText.encode(intake.columns ?? []), id,
            ])
        var facts = AuditFacts(file)
        facts.add("added", record.added)
        facts.add("renewed", record.renewed)
        facts.add("duplicates", record.duplicates)
        facts.add("rejected", record.rejected)
        try AuditRows(db: session).append(.listImported, facts, of: campaign, at: now)
        return record
    }

    /// Says what `run` would do; `seen` remembers the list's own numbers, on disk, so that memory does not grow with it.
    func rehearse(in db: Database, from source: any LeadSource, remembering seen: DatabaseQueue) throws -> ImportRecord
    {
        let own = try db.makeStatement(sql: LedgerQuery.importOfNumber)
        let any = try db.makeStatement(sql: LedgerQuery.anyLeadOfNumber)
        return try seen.write { memory in
            try memory.execute(sql: "PRAGMA cache_size = -\(Self.cacheSize)")
            try memory.execute(sql: "CREATE TABLE numbers (number TEXT PRIMARY KEY) STRICT, WITHOUT ROWID")
            let remember = try memory.makeStatement(sql: "INSERT OR IGNORE INTO numbers VALUES (?)")
            func fate(of lead: NewLead) throws -> LeadIntake.Fate {
                let isOurs = try Row.fetchOne(own, arguments: [campaign?.value, lead.number.e164]) != nil
                let isAnybodys = try duplicates == .all && Int.fetchOne(any, arguments: [lead.number.e164]) != nil
                if duplicates != .list, isOurs { return .duplicate(.campaign) }
                if isAnybodys { return .duplicate(.elsewhere) }
                try remember.execute(arguments: [lead.number.e164])
                guard memory.changesCount == 1 else { return .duplicate(.list) }
                return isOurs ? .renewed : .added
            }
            return try pull(from: source) { try $0.map(fate) }
        }
    }

    /// Pulls the list to its end and counts what becomes of its leads.
    private func pull(
        from source: any LeadSource, _ take: ([NewLead]) throws -> [LeadIntake.Fate]
    ) throws -> ImportRecord {
        var record = ImportRecord(file: file, at: now, added: 0, duplicates: 0, rejected: 0)
        while let batch = try Self.reading(source.nextBatch) {
            for (index, fate) in try take(batch).enumerated() {
                switch fate {
                case .added: record.added += 1
                case .renewed: record.renewed += 1
                case .duplicate(let place):
                    record.duplicates += 1
                    try Self.reading { try source.rejectDuplicate(batch[index], at: index, in: place) }
                }
            }
        }
        record.rejected = source.rejectedCount
        return record
    }

    private func insertRecord(_ db: Database) throws -> Int64 {
        // References may be suspended.
        let exists = "SELECT EXISTS (SELECT 1 FROM campaigns WHERE id = ?)"
        guard try Bool.fetchOne(db, sql: exists, arguments: [campaign?.value]) == true else {
            throw Refusal(.constraint, "there is no such campaign")
        }
        let sql = """
            INSERT INTO imports (campaign, file_name, digest, imported_at, added, duplicates, rejected)
            VALUES (?, ?, ?, ?, 0, 0, 0)
            """
        try db.execute(sql: sql, arguments: [campaign?.value, file.name, file.digest, now.milliseconds])
        return db.lastInsertedRowID
    }

    /// Marks what the source throws as the source's, so that it is not taken for a failure of storage.
    static func reading<Value>(_ step: () throws -> Value) throws -> Value {
        do {
            return try step()
        } catch {
            throw Refusal(
                .rejectedBySource,
                "the list could not be read to its end, and nothing of it was kept: \(withoutNumbers("\(error)"))")
        }
    }

    /// The text with every run of five or more digits hidden, since the row it speaks of may be quoted in it.
    static func withoutNumbers(_ text: String) -> String {
        var result = ""
        var digits = ""
        for character in text + "\n" {
            if character.isNumber {
                digits.append(character)
            } else {
                result += digits.count < 5 ? digits : "…"
                digits = ""
                result.append(character)
            }
        }
        return String(result.dropLast())
    }
}
