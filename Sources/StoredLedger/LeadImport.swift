package import DialModel
package import Ledger
import Wording

/// One list on its way into the ledger, inside one transaction, or in a rehearsal up to the ledger's door.
///
/// Only one batch is in memory at a time.
package struct LeadImport {
    /// The campaign; nil in the rehearsal of one that is not there yet.
    package let campaign: CampaignID?
    /// The list.
    package let file: ImportedFile
    /// Among which leads a number is looked for.
    package let duplicates: DuplicateScope
    /// The time.
    package let now: Timestamp

    /// Memberwise.
    package init(campaign: CampaignID?, file: ImportedFile, duplicates: DuplicateScope, now: Timestamp) {
        self.campaign = campaign
        self.file = file
        self.duplicates = duplicates
        self.now = now
    }

    /// Loads the list by a door that is opened for its import; throws `Refusal` when the source fails, and the transaction is
    /// undone.
    package func run(
        in db: any StoreSession, from source: any LeadSource, by door: (_ list: Int64) throws -> any LeadDoor
    ) throws -> ImportRecord {
        let id = try insertRecord(db)
        var intake = LeadIntake(
            into: campaign, from: id, by: try door(id), duplicates: duplicates, at: now, of: db)
        let record = try pull(from: source) { try intake.take($0) }
        try intake.finish()
        // Where order is more than that of the list, the next run puts the new leads into it.
        if let campaign { try CampaignRows(db: db).forgetArrangement(of: campaign) }
        try db.execute(
            "UPDATE imports SET added = ?, duplicates = ?, rejected = ?, renewed = ?, columns = ? WHERE id = ?",
            [
                record.added, record.duplicates, record.rejected, record.renewed,
                NameListText.encode(intake.columns ?? []), id,
            ])
        var facts = AuditFacts(file)
        facts.add("added", record.added)
        facts.add("renewed", record.renewed)
        facts.add("duplicates", record.duplicates)
        facts.add("rejected", record.rejected)
        try AuditRows(db: db).append(.listImported, facts, of: campaign, at: now)
        return record
    }

    /// Says what `run` would do; `remember` keeps a number of the list, and says whether it is new there.
    package func rehearse(
        in db: any StoreSession, from source: any LeadSource, remembering remember: (PhoneNumber) throws -> Bool
    ) throws -> ImportRecord {
        func fate(of lead: NewLead) throws -> LeadIntake.Fate {
            let isOurs = try db.row(LedgerQuery.importOfNumber, [campaign?.value, lead.number.e164]) != nil
            let isAnybodys = try duplicates == .all && db.row(LedgerQuery.anyLeadOfNumber, [lead.number.e164]) != nil
            if duplicates != .list, isOurs { return .duplicate(.campaign) }
            if isAnybodys { return .duplicate(.elsewhere) }
            guard try remember(lead.number) else { return .duplicate(.list) }
            return isOurs ? .renewed : .added
        }
        return try pull(from: source) { try $0.map(fate) }
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

    private func insertRecord(_ db: any StoreSession) throws -> Int64 {
        // References may be suspended.
        guard try db.flag("SELECT EXISTS (SELECT 1 FROM campaigns WHERE id = ?)", [campaign?.value]) else {
            throw Refusal(.constraint, StorePhrase.noCampaign.phrase)
        }
        let sql = """
            INSERT INTO imports (campaign, file_name, digest, imported_at, added, duplicates, rejected)
            VALUES (?, ?, ?, ?, 0, 0, 0) RETURNING id
            """
        return try db.insert(sql, [campaign?.value, file.name, file.digest, now.milliseconds])
    }

    /// Marks what the source throws as the source's, so that it is not taken for a failure of storage; the row that it speaks of
    /// may be quoted in it.
    static func reading<Value>(_ step: () throws -> Value) throws -> Value {
        do {
            return try step()
        } catch {
            throw Refusal(
                .rejectedBySource, StorePhrase.listBroken.filled(NumbersInText.removed(from: "\(error)")))
        }
    }
}
