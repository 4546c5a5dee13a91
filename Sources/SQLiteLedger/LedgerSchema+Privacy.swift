extension LedgerSchema {
    /// When people were forgotten, whose number may have to stay with the records of calls for a time; and under which rules
    /// a campaign's leads were held back.
    static let privacyColumns = """
        ALTER TABLE campaigns ADD COLUMN policy TEXT;
        ALTER TABLE leads ADD COLUMN erased_at INTEGER;
        ALTER TABLE leads ADD COLUMN keeps_number INTEGER NOT NULL DEFAULT 0
            CHECK (keeps_number IN (0, 1) AND (keeps_number = 0 OR erased_at IS NOT NULL));
        CREATE INDEX leads_keeping_number ON leads (id) WHERE keeps_number = 1;
        """
}
