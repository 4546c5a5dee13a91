package import DialModel
package import Ledger

extension LedgerStore {
    package func doNotCallLists(at now: Timestamp) async throws(LedgerError) -> [DoNotCallList] {
        try await read("look at do-not-call lists") { db in try DoNotCallRows(db: db).all(at: now) }
    }

    package func addDoNotCall(
        _ entries: [DoNotCallEntry], to list: DoNotCallListName, hashed: Bool, because source: String, at now: Timestamp
    ) async throws(LedgerError) -> DoNotCallChange {
        try await write("add to do-not-call list") { db in
            let rows = DoNotCallRows(db: db)
            let opened = try rows.open(list, hashed: hashed, at: now)
            var intake = DoNotCallIntake(db: db, list: opened, origin: .hand(source), now: now)
            try intake.take(entries)
            try intake.finish()
            // Leads may have waited for the list to be there.
            if opened.isNew { try rows.release(list.scope, at: now) }
            try rows.tell(.doNotCallAdded, intake.change, of: list, entries.map(\.pattern), at: now)
            db.noteForbidding()
            return intake.change
        }
    }

    package func importDoNotCall(
        _ wish: DoNotCallImport, from source: any DoNotCallSource, at now: Timestamp
    ) async throws(LedgerError) -> DoNotCallChange {
        try await write("import do-not-call list", alone: true) { db in
            let change = try DoNotCallFile(db: db, wish: wish, now: now).load(from: source)
            db.noteForbidding()
            return change
        }
    }

    package func removeDoNotCall(
        _ patterns: [DoNotCallPattern], from list: DoNotCallListName, at now: Timestamp
    ) async throws(LedgerError) -> DoNotCallChange {
        try await write("take off do-not-call list") { db in
            let rows = DoNotCallRows(db: db)
            let change = try rows.remove(patterns, from: list, at: now)
            try rows.tell(.doNotCallRemoved, change, of: list, patterns, at: now)
            return change
        }
    }

    package func dropDoNotCall(_ list: DoNotCallListName, at now: Timestamp) async throws(LedgerError) -> Int? {
        try await write("drop do-not-call list") { db in try DoNotCallRows(db: db).drop(list, at: now) }
    }

    package func doNotCallAnswers(
        about number: PhoneNumber, for campaign: CampaignID?, at now: Timestamp
    ) async throws(LedgerError) -> [DoNotCallAnswer] {
        try await read("ask do-not-call lists") { db in
            let book = try DoNotCallBook(db: db, campaign: campaign)
            return try book.lists.map { list in
                let match = try book.match(number, in: list, at: now).map { row in
                    try DoNotCallRows(db: db).match(row, of: number, isHashed: list.key.secret != nil)
                }
                return DoNotCallAnswer(list: list.name, asOf: list.asOf, match: match)
            }
        }
    }

    package func doNotCallGaps(
        in question: DoNotCallQuestion, of campaign: CampaignID?, at now: Timestamp
    ) async throws(LedgerError) -> [DoNotCallFinding] {
        try await read("look at do-not-call lists") { db in
            try DoNotCallBook(db: db, campaign: campaign).gaps(in: question, at: now)
        }
    }
}

extension DoNotCallRows {
    /// An entry that forbids a number, which is the entry's own where only its hash is kept.
    fileprivate func match(
        _ row: StoreRow, of number: PhoneNumber, isHashed: Bool
    ) throws -> DoNotCallAnswer.Match {
        // A hash is not told, and it is that of the number that was asked about.
        let pattern = isHashed ? DoNotCallPattern(number) : DoNotCallPattern(normalForm: try row.required("key"))
        guard let pattern else {
            throw Refusal.impossible("key")
        }
        return DoNotCallAnswer.Match(
            pattern: pattern, until: try row.optionalInstant("expires_at"), addedAt: try row.instant("added_at"),
            source: try row.optional("source") ?? fileName(ofImport: try row.required("import")))
    }

    private func fileName(ofImport id: Int64) throws -> String {
        let sql = "SELECT coalesce(source, file_name) FROM do_not_call_imports WHERE id = ?"
        return try db.text(sql, [id]) ?? ""
    }
}
