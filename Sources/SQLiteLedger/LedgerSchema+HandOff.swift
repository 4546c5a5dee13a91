extension LedgerSchema {
    /// What happened between answer and agent: who did not take which call, and which callees heard the message.
    static let handOffColumns = """
        ALTER TABLE attempts ADD COLUMN message_at INTEGER;

        CREATE TABLE missed_offers (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            attempt INTEGER NOT NULL REFERENCES attempts (id),
            agent TEXT NOT NULL,
            at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX missed_offers_by_attempt ON missed_offers (attempt);
        """
}
