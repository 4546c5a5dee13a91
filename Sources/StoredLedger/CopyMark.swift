import Ledger
import Wording

/// The mark upon a ledger into which another is being copied: before the copy is finished, nobody else may open it.
package struct CopyMark {
    /// What the beginning of a copy came to.
    enum Beginning: Hashable, Sendable {
        /// The ledger is marked, and so many steps of the copy were made.
        case marked(steps: Int64)
        /// The ledger is marked for a copy of another ledger, or of what this one was earlier.
        case markedForAnother
        /// The ledger is not marked, and has something in it.
        case occupied
    }

    private static let table = "unfinished_copy"

    private let db: any StoreSession

    /// The mark as a transaction sees it.
    package init(db: any StoreSession) {
        self.db = db
    }

    /// Throws `.cannotOpen` if the ledger is marked.
    package func expectNone() throws {
        guard try isThere else { return }
        throw Refusal(.cannotOpen, StorePhrase.copyUnfinished.phrase)
    }

    private var isThere: Bool { get throws { try db.flag(db.dialect.copying.hasTable, [Self.table]) } }

    /// Marks an empty ledger, or finds its mark; `source` tells one ledger, and what is in it, from others.
    ///
    /// What a new ledger's log says of its beginning goes, since it is to be the log of the other.
    func begin(from source: String) throws -> Beginning {
        if try isThere {
            guard let row = try db.row("SELECT source, steps FROM \(Self.table)") else {
                throw Refusal.impossible("steps")
            }
            return try row.required("source") == source
                ? .marked(steps: try row.required("steps")) : .markedForAnother
        }
        guard try isEmpty else { return .occupied }
        try db.dialect.copying.emptyAuditLog(db)
        try db.execute("CREATE TABLE \(Self.table) (source TEXT NOT NULL, steps BIGINT NOT NULL)")
        try db.execute("INSERT INTO \(Self.table) (source, steps) VALUES (?, 0)", [source])
        return .marked(steps: 0)
    }

    /// Counts a step, as the first thing that is done in it; throws `.locked` if somebody else made one meanwhile.
    func step(after steps: Int64) throws {
        guard try isThere, try db.execute("UPDATE \(Self.table) SET steps = ?1 + 1 WHERE steps = ?1", [steps]) == 1
        else { throw Refusal(.locked, StorePhrase.copyBusy.phrase) }
    }

    /// Takes the mark away.
    func remove() throws { try db.execute("DROP TABLE \(Self.table)") }

    /// Whether nothing was ever done with the ledger but to make it.
    private var isEmpty: Bool {
        get throws {
            for table in LedgerTable.all where table.name != LedgerTable.auditLog {
                if try db.flag("SELECT EXISTS (SELECT 1 FROM \(table.name))") { return false }
            }
            return try !db.flag("SELECT EXISTS (SELECT 1 FROM audit WHERE id > 1 OR action <> 'log_begun')")
        }
    }
}
