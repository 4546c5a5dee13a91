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
                } else {
                    record.duplicates += 1
                    try Self.reading { try source.rejectDuplicate(lead) }
                }
            }
        }
        record.rejected = source.rejectedCount
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

    private func arguments(of lead: NewLead, import id: Int64) -> StatementArguments {
        [
            campaign.value, id, lead.line, lead.number.e164, lead.originalNumber, lead.name,
            LeadFieldsText.encode(lead.fields), now.milliseconds,
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
