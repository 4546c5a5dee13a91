import DialModel
import Ledger

/// Entries on their way into one do-not-call list, inside one transaction.
///
/// They are put down in the order of their keys, some ten thousands at a time: a list of millions then touches each page of
/// the table a few times instead of once for each entry, and memory does not grow with the list.
struct DoNotCallIntake {
    /// Where entries are from.
    enum Origin {
        /// Somebody added them, and says why.
        case hand(String)
        /// An import, which is told of in a row of its own.
        case file(id: Int64, isReplacing: Bool)
    }

    /// The most entries that wait to be put down.
    private static let batchLimit = 50_000

    let db: any StoreSession
    let list: DoNotCallRows.List
    let origin: Origin
    let now: Timestamp
    private(set) var change = DoNotCallChange()
    private var waiting: [(key: StoreValue, isWildcard: Bool, expiresAt: Int64?)] = []

    init(db: any StoreSession, list: DoNotCallRows.List, origin: Origin, now: Timestamp) {
        self.db = db
        self.list = list
        self.origin = origin
        self.now = now
    }

    /// Takes entries in; throws `.constraint` for a wildcard among hashes.
    mutating func take(_ entries: [DoNotCallEntry]) throws {
        for entry in entries {
            let key = try list.key.value(of: entry.pattern)
            waiting.append((key, entry.pattern.isWildcard, entry.expiresAt?.milliseconds))
        }
        if waiting.count >= Self.batchLimit { try putDown() }
    }

    /// Ends the intake; of a list that is replaced, what was not taken in goes.
    mutating func finish() throws {
        try putDown()
        guard case .file(let id, isReplacing: true) = origin else { return }
        change.removed += try db.execute(
            "DELETE FROM do_not_call_entries WHERE list = ? AND (import IS NULL OR import <> ?)", [list.id, id])
    }

    private mutating func putDown() throws {
        waiting.sort { Self.isBefore($0.key, $1.key) }
        for entry in waiting {
            let arguments: StoreArguments = [
                list.id, entry.key, entry.isWildcard, entry.expiresAt, now.milliseconds, source, importID,
            ]
            if try db.execute(LedgerQuery.insertDoNotCallEntry, arguments) == 1 {
                change.added += 1
            } else {
                try update(entry.key, expiresAt: entry.expiresAt)
            }
        }
        waiting.removeAll(keepingCapacity: true)
    }

    /// The order of the table.
    private static func isBefore(_ left: StoreValue, _ right: StoreValue) -> Bool {
        switch (left, right) {
        case (.text(let left), .text(let right)): left < right
        case (.blob(let left), .blob(let right)): left.lexicographicallyPrecedes(right)
        default: false
        }
    }

    /// Of two ends the later one counts, except that a file that replaces the list has the last word on what was there.
    private mutating func update(_ key: StoreValue, expiresAt: Int64?) throws {
        let row = try db.row(LedgerQuery.doNotCallEntry, [list.id, key])
        guard let row else { throw Refusal.impossible("key") }
        let earlier: Int64? = try row.optional("expires_at")
        let isOverruled = try isReplacing && row.optional("import") != importID
        let end = isOverruled ? expiresAt : earlier.flatMap { first in expiresAt.map { max(first, $0) } }
        if end == earlier { change.unchanged += 1 } else { change.changed += 1 }
        guard end != earlier || isOverruled else { return }
        let sql = """
            UPDATE do_not_call_entries SET expires_at = ?, source = ?, import = ? WHERE list = ? AND key = ?
            """
        try db.execute(sql, [end, source, importID, list.id, key])
    }

    private var isReplacing: Bool {
        guard case .file(_, let isReplacing) = origin else { return false }
        return isReplacing
    }

    private var source: String? {
        guard case .hand(let source) = origin else { return nil }
        return source
    }

    private var importID: Int64? {
        guard case .file(let id, _) = origin else { return nil }
        return id
    }
}
