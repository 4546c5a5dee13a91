extension LedgerSchema {
    /// What lists bring along: the columns of each, leads that are listed anew, numbers looked for in every campaign, and
    /// what had become of leads where they were exported.
    ///
    /// All leads of a list have the same columns, so that any of them tells those of a list that was loaded before.
    static let listColumns = """
        CREATE INDEX leads_by_number ON leads (number);

        ALTER TABLE imports ADD COLUMN renewed INTEGER NOT NULL DEFAULT 0 CHECK (renewed >= 0);
        ALTER TABLE imports ADD COLUMN columns TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(columns));

        ALTER TABLE leads ADD COLUMN earlier_attempts INTEGER NOT NULL DEFAULT 0 CHECK (earlier_attempts >= 0);
        ALTER TABLE leads ADD COLUMN earlier_outcome TEXT CHECK (
            earlier_outcome IN (
                'connected', 'abandoned', 'machine', 'busy', 'no_answer', 'rejected', 'invalid_number',
                'unreachable', 'congestion', 'agent_missed', 'refused', 'not_placed', 'unknown'));
        ALTER TABLE leads ADD COLUMN earlier_ended_at INTEGER
            CHECK ((earlier_ended_at IS NULL) = (earlier_outcome IS NULL));

        UPDATE imports SET columns = firsts.names
        FROM (
            SELECT leads.import AS import,
                (SELECT json_group_array(json_extract(value, '$[0]')) FROM json_each(leads.fields)) AS names
            FROM leads WHERE leads.id IN (SELECT min(id) FROM leads GROUP BY import)
        ) AS firsts
        WHERE firsts.import = imports.id;
        """
}
