extension LedgerSchema {
    /// The audit log, and the salts of the seals by which it names attempts.
    ///
    /// `AUTOINCREMENT` remembers the last id, so that a log whose end was cut off shows it. Actions are not checked, since
    /// later releases have more of them and the table is never made anew. Entries cannot be changed, and only those be
    /// removed of which an entry says that they are. An erasure takes the salt from its attempts; the seal in the log is
    /// then the hash of something that nobody can know.
    static let auditTables = """
        CREATE TABLE audit (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at INTEGER NOT NULL,
            actor TEXT NOT NULL CHECK (actor <> ''),
            action TEXT NOT NULL CHECK (action <> ''),
            campaign INTEGER REFERENCES campaigns (id),
            facts TEXT NOT NULL CHECK (json_valid(facts)),
            digest BLOB NOT NULL CHECK (length(digest) = 32)
        ) STRICT;
        CREATE INDEX audit_prunings ON audit (id) WHERE action = 'log_pruned';

        CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
        BEGIN SELECT RAISE(ABORT, 'entries of the audit log are never changed'); END;

        CREATE TRIGGER audit_is_not_shortened BEFORE DELETE ON audit
        WHEN OLD.id > coalesce((
            SELECT json_extract(facts, '$.through') FROM audit INDEXED BY audit_prunings
            WHERE action = 'log_pruned' ORDER BY id DESC LIMIT 1), 0)
        BEGIN SELECT RAISE(ABORT, 'entries of the audit log are removed by pruning only'); END;

        ALTER TABLE attempts ADD COLUMN salt BLOB CHECK (length(salt) = 16);
        """
}
