import DialModel
import GRDB
import Ledger

/// One list on its way into the ledger, inside one transaction.
///
/// Only one batch is in memory at a time; what exceeds SQLite's cache goes to its log before the commit.
struct LeadImport {
    let db: Database
    let campaign: CampaignID
    let file: ImportedFile
    let now: Timestamp

    /// Pulls the list to its end; throws `Refusal` when the source fails, and the transaction is undone.
    func run(from source: any LeadSource) throws -> ImportRecord {
        let id = try insertRecord()
        var record = ImportRecord(file: file, at: now, added: 0, duplicates: 0, rejected: 0)
        let insertion = try db.makeStatement(sql: LedgerQuery.insertLead)
        while let batch = try Self.reading(source.nextBatch) {
            for lead in batch {
                try insertion.execute(arguments: arguments(of: lead, import: id))
                if db.changesCount == 1 {
                    record.added += 1
                    if !lead.alternates.isEmpty {
                        record.added += try addAlternates(of: lead, db.lastInsertedRowID, import: id, by: insertion)
                    }
                } else {
                    record.duplicates += 1
                    try Self.reading { try source.rejectDuplicate(lead) }
                }
            }
        }
        record.rejected = source.rejectedCount
        // Where order is more than that of the list, the next run puts the new leads into it.
        try CampaignRows(db: db).forgetArrangement(of: campaign)
        try db.execute(
            sql: "UPDATE imports SET added = ?, duplicates = ?, rejected = ? WHERE id = ?",
            arguments: [record.added, record.duplicates, record.rejected, id])
        return record
    }

    private func insertRecord() throws -> Int64 {
        let sql = """
            INSERT INTO imports (campaign, file_name, digest, imported_at, added, duplicates, rejected)
            VALUES (?, ?, ?, ?, 0, 0, 0)
            """
        try db.execute(sql: sql, arguments: [campaign.value, file.name, file.digest, now.milliseconds])
        return db.lastInsertedRowID
    }

    /// Adds a callee's further numbers, to be dialled when those before come to nothing; a number that the campaign has
    /// already is left out.
    private func addAlternates(
        of lead: NewLead, _ first: Int64, import id: Int64, by insertion: Statement
    ) throws -> Int {
        var added = 0
        for alternate in lead.alternates {
            var other = lead
            other.number = alternate.number
            other.originalNumber = alternate.original
            try insertion.execute(arguments: arguments(of: other, import: id, contact: first))
            added += db.changesCount
        }
        if added > 0 { try db.execute(sql: "UPDATE leads SET contact = id WHERE id = ?", arguments: [first]) }
        return added
    }

    private func arguments(of lead: NewLead, import id: Int64, contact: Int64? = nil) -> StatementArguments {
        let state = contact == nil ? LeadState.waiting : .standby
        return [
            campaign.value, id, lead.line, lead.number.e164, lead.originalNumber, lead.name,
            LeadFieldsText.encode(lead.fields), state.rawValue, contact == nil ? now.milliseconds : nil, lead.priority,
            LeadOrder().turn(priority: lead.priority, part: 0, isRetry: false), lead.expiresAt?.milliseconds, contact,
        ]
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
