import DialModel
import Ledger
import Wording

/// An inventory on its way into the ledger, inside one transaction.
struct CallerIDInventory {
    let rows: CallerIDRows
    let now: Timestamp

    private var db: any StoreSession { rows.db }

    /// Takes the numbers in; throws `.constraint` when one occurs twice, and the transaction is undone.
    func take(_ numbers: [OutboundNumber], replacing: Bool) throws -> CallerIDImport {
        var seen: Set<String> = []
        guard numbers.allSatisfy({ seen.insert($0.number).inserted }) else {
            throw Refusal(.constraint, StorePhrase.repeatedNumber.phrase)
        }
        var result = CallerIDImport()
        for number in numbers { try take(number, &result) }
        if replacing {
            for number in try rows.listed() where !seen.contains(number.number) {
                try unlist(number.number)
                result.removed += 1
            }
        }
        if result.added + result.changed + result.removed > 0 {
            try CallerIDNewsRows(db: db).append(.imported, account: rows.account)
            try rows.releaseHeldLeads(at: now)
            try tell(of: result, replacing: replacing)
        }
        return result
    }

    private func tell(of result: CallerIDImport, replacing: Bool) throws {
        var facts = AuditFacts()
        facts.add("account", text: rows.account)
        facts.add("added", result.added)
        facts.add("changed", result.changed)
        facts.add("unchanged", result.unchanged)
        facts.add("removed", result.removed)
        facts.add("replacing", isSo: replacing)
        try AuditRows(db: db).append(.callerIDsImported, facts, at: now)
    }

    private func take(_ number: OutboundNumber, _ result: inout CallerIDImport) throws {
        guard let row = try rows.row(of: number.number) else {
            try insert(number)
            result.added += 1
            return
        }
        let id: Int64 = try row.required("id")
        let isListed: Bool = try row.required("listed")
        let isSame = number.columns.allSatisfy { $0.value == row[$0.name] as StoreValue }
        switch (isListed, isSame) {
        case (true, true):
            result.unchanged += 1
        case (true, false):
            try update(id, number)
            try note(id, .changed)
            result.changed += 1
        case (false, _):
            try update(id, number)
            try note(id, .listed)
            result.added += 1
        }
    }

    private func insert(_ number: OutboundNumber) throws {
        var columns = number.columns + number.statusColumns
        columns += [("account", rows.account.storeValue), ("number", number.number.storeValue)]
        let names = columns.map(\.name).joined(separator: ", ")
        let places = columns.map { _ in "?" }.joined(separator: ", ")
        let id = try db.insert(
            "INSERT INTO caller_ids (listed, \(names)) VALUES (1, \(places)) RETURNING id",
            StoreArguments(columns.map(\.value)))
        try note(id, .listed)
    }

    private func update(_ id: Int64, _ number: OutboundNumber) throws {
        let columns = number.columns
        let settings = columns.map { "\($0.name) = ?" }.joined(separator: ", ")
        try db.execute(
            "UPDATE caller_ids SET listed = 1, \(settings) WHERE id = ?",
            StoreArguments(columns.map(\.value) + [id.storeValue]))
    }

    private func unlist(_ number: String) throws {
        guard let row = try rows.row(of: number) else { return }
        let id: Int64 = try row.required("id")
        try db.execute("UPDATE caller_ids SET listed = 0 WHERE id = ?", [id])
        try note(id, .unlisted)
    }

    private func note(_ id: Int64, _ step: CallerIDHistoryEntry.Step) throws {
        try rows.note(id, CallerIDHistoryEntry(at: now, step: step, note: nil))
    }
}
