import StoredLedger

extension CopyDialect {
    /// What SQLite wants to be told.
    static let sqlite = CopyDialect(
        identity: "SELECT file FROM pragma_database_list WHERE name = 'main'",
        hasTable: "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1)",
        entryKey: { $0 },
        emptyAuditLog: { db in
            // Entries are removed by pruning only, and this is none.
            let guarding = "SELECT sql FROM sqlite_schema WHERE name = 'audit_is_not_shortened'"
            guard case .text(let trigger) = try db.value(guarding, []) else { throw Refusal.impossible("sql") }
            try db.execute("DROP TRIGGER audit_is_not_shortened", [])
            try db.execute("DELETE FROM audit", [])
            try db.execute(trigger, [])
            try db.execute("DELETE FROM sqlite_sequence WHERE name = 'audit'", [])
        },
        lastGivenID: { "SELECT seq FROM sqlite_sequence WHERE name = '\($0.name)'" },
        giveIDsAfter: { db, table, id in
            try db.execute("DELETE FROM sqlite_sequence WHERE name = ?", [table.name])
            try db.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", [table.name, id])
        },
        afterwards: [])
}
