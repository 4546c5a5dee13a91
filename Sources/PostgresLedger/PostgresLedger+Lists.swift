package import DialModel
package import Ledger
import StoredLedger

extension PostgresLedger {
    package func importLeads(
        into campaign: CampaignID, file: ImportedFile, from source: any LeadSource, duplicates: DuplicateScope,
        at now: Timestamp
    ) async throws(LedgerError) -> ImportRecord {
        let list = LeadImport(campaign: campaign, file: file, duplicates: duplicates, now: now)
        let record = try await write("import", alone: true) { db in
            try list.run(in: db, from: source) { id in
                PostgresLeadDoor(db, to: campaign, from: id, duplicates: duplicates, at: now)
            }
        }
        // Who claims next should not have to guess how many leads there are; where that cannot be counted now, the server
        // does it in its own time.
        _ = try? await write("count leads", alone: true) { db in try db.execute("ANALYZE leads", []) }
        return record
    }

    package func rehearseImport(
        into campaign: CampaignID?, file: ImportedFile, from source: any LeadSource, duplicates: DuplicateScope,
        at now: Timestamp
    ) async throws(LedgerError) -> ImportRecord {
        let list = LeadImport(campaign: campaign, file: file, duplicates: duplicates, now: now)
        return try await read("rehearse import") { db in
            // Nothing may be written here, so the numbers are kept in memory.
            var numbers: Set<PhoneNumber> = []
            return try list.rehearse(in: db, from: source) { numbers.insert($0).inserted }
        }
    }

    package func arrange(_ campaign: CampaignID, _ order: LeadOrder) async throws(LedgerError) {
        try await write("arrange leads") { db in try PostgresArrangement(db: db).arrange(campaign, order) }
    }
}

/// The order in which a campaign's leads are claimed, as far as it stands in their rows.
private struct PostgresArrangement {
    let db: any StoreSession

    /// How many leads are put into an order at a time.
    private static let arrangedAtATime = 1_000

    /// The leads after one that may yet be dialled.
    private static let page = """
        SELECT leads.id, leads.priority, imports.file_name, leads.callback_at IS NOT NULL AS is_callback,
            leads.earlier_attempts > 0 OR EXISTS (SELECT 1 FROM attempts WHERE attempts.lead = leads.id) AS is_retry
        FROM leads JOIN imports ON imports.id = leads.import
        WHERE leads.campaign = ? AND leads.id > ? AND leads.state <> 'finished' ORDER BY leads.id LIMIT ?
        """

    /// Gives so many leads their part, place and turn; the arguments are id, part, place and turn of each.
    private static func placing(_ count: Int) -> String {
        let row = "(CAST(? AS BIGINT), CAST(? AS BIGINT), CAST(? AS BIGINT), CAST(? AS BIGINT))"
        return """
            UPDATE leads SET part = places.part, place = places.place, turn = places.turn
            FROM (VALUES \(Array(repeating: row, count: count).joined(separator: ", "))) AS places (id, part, place, turn)
            WHERE leads.id = places.id
            """
    }

    /// Puts every lead that may yet be dialled into an order, unless they stand in it.
    func arrange(_ campaign: CampaignID, _ order: LeadOrder) throws {
        let known = "SELECT arrangement FROM campaigns WHERE id = ? FOR NO KEY UPDATE"
        guard let row = try db.row(known, [campaign.value]), try row.optional("arrangement") != order.word else {
            return
        }
        var last: Int64 = 0
        while case let leads = try db.rows(Self.page, [campaign.value, last, Self.arrangedAtATime]),
            let end = leads.last
        {
            let arguments = try leads.flatMap { lead -> [StoreValue] in
                let id: Int64 = try lead.required("id")
                let part = order.part(ofList: try lead.required("file_name"))
                let turn =
                    try lead.required("is_callback")
                    ? LeadOrder.callbackTurn
                    : order.turn(
                        priority: try lead.required("priority"), part: part, isRetry: try lead.required("is_retry"))
                return [
                    id.storeValue, part.storeValue, order.place(of: LeadID(id)).storeValue, turn.storeValue,
                ]
            }
            try db.execute(Self.placing(leads.count), StoreArguments(arguments))
            last = try end.required("id")
        }
        try db.execute(
            "UPDATE campaigns SET retry_turn = ?, arrangement = ? WHERE id = ?",
            [order.retryTurn, order.word, campaign.value])
    }
}
