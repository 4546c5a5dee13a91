import DialModel
import Ledger
import Wording

/// One file on its way into a do-not-call list, inside one transaction.
struct DoNotCallFile {
    let db: any StoreSession
    let wish: DoNotCallImport
    let now: Timestamp

    private var rows: DoNotCallRows { DoNotCallRows(db: db) }

    /// Pulls the file to its end; throws `Refusal` when the source fails, and the transaction is undone.
    func load(from source: any DoNotCallSource) throws -> DoNotCallChange {
        let (list, cleared) = try openList()
        let id = try insertRecord(list.id)
        var intake = DoNotCallIntake(
            db: db, list: list, origin: .file(id: id, isReplacing: wish.isReplacing), now: now)
        let isHashed = list.key.secret != nil
        while let batch = try LeadImport.reading({ try source.nextBatch(isHashed: isHashed) }) {
            try intake.take(batch)
        }
        try intake.finish()
        var change = intake.change
        // A list without entries would look as if it had been asked.
        guard change.added + change.changed + change.unchanged > 0 else {
            throw Refusal(.constraint, StorePhrase.nothingToKeep.phrase)
        }
        change.removed += cleared
        change.rejected = source.rejectedCount
        try keep(change, id)
        if let asOf = wish.asOf {
            try db.execute("UPDATE do_not_call_lists SET as_of = ? WHERE id = ?", [asOf.milliseconds, list.id])
        }
        try rows.release(wish.list.scope, at: now)
        try rows.tell(.doNotCallImported, change, of: wish.list, file: wish.file, at: now)
        return change
    }

    /// The list; one that is replaced as a whole may begin to keep hashes, and has lost so many entries to that.
    private func openList() throws -> (list: DoNotCallRows.List, removed: Int) {
        if wish.isReplacing, wish.isHashed, let list = try rows.find(wish.list), list.key.secret == nil {
            return try rows.beginHashing(list)
        }
        return (try rows.open(wish.list, hashed: wish.isHashed, at: now), 0)
    }

    private func insertRecord(_ list: Int64) throws -> Int64 {
        let sql = """
            INSERT INTO do_not_call_imports (
                list, file_name, digest, source, as_of, imported_at, replaced, added, changed, unchanged, removed, rejected)
            VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, 0) RETURNING id
            """
        let arguments: StoreArguments = [
            list, wish.file.name, wish.file.digest, wish.source, wish.asOf?.milliseconds, now.milliseconds,
            wish.isReplacing,
        ]
        return try db.insert(sql, arguments)
    }

    private func keep(_ change: DoNotCallChange, _ id: Int64) throws {
        let sql = """
            UPDATE do_not_call_imports SET added = ?, changed = ?, unchanged = ?, removed = ?, rejected = ? WHERE id = ?
            """
        try db.execute(
            sql, [change.added, change.changed, change.unchanged, change.removed, change.rejected, id])
    }
}
