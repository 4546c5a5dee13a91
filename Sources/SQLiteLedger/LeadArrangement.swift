import DialModel
import GRDB
import Ledger

/// The order in which a campaign's leads are claimed, as far as it stands in their rows.
struct LeadArrangement {
    let db: Database

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
}
