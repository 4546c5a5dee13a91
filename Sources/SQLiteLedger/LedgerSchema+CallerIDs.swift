extension LedgerSchema {
    /// The numbers that may be shown, what was made of them, and why each was chosen.
    ///
    /// `caller_id_news` is what policies in all processes follow: a row for whatever changes what may be chosen, in the
    /// order in which it was committed. It never counts; figures are counted from the attempts. An import has no number,
    /// since it is news about all of them. Attempts that were made before have their rows made up from their times.
    static let callerIDTables = """
        CREATE TABLE caller_ids (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            account TEXT NOT NULL,
            number TEXT NOT NULL CHECK (number <> ''),
            listed INTEGER NOT NULL CHECK (listed IN (0, 1)),
            paused INTEGER NOT NULL CHECK (paused IN (0, 1)),
            quarantined_until INTEGER,
            quarantine_ms INTEGER CHECK (quarantine_ms > 0),
            kind TEXT NOT NULL CHECK (kind IN ('landline', 'mobile', 'service400', 'other')),
            usage TEXT NOT NULL CHECK (usage IN ('Inbound', 'Outbound', 'Bidirection')),
            allows_outbound INTEGER NOT NULL CHECK (allows_outbound IN (0, 1)),
            province TEXT,
            city TEXT,
            skill_groups TEXT NOT NULL CHECK (json_valid(skill_groups)),
            pools TEXT NOT NULL CHECK (json_valid(pools)),
            owner TEXT,
            provider TEXT,
            virtual_number TEXT,
            virtual_province TEXT,
            virtual_city TEXT,
            virtual_pool TEXT,
            virtual_pool_size INTEGER CHECK (virtual_pool_size >= 0),
            weight INTEGER NOT NULL CHECK (weight >= 0),
            max_concurrent INTEGER NOT NULL CHECK (max_concurrent BETWEEN 1 AND 20),
            max_per_day INTEGER CHECK (max_per_day >= 0),
            min_gap_ms INTEGER NOT NULL CHECK (min_gap_ms >= 0),
            blocked_provinces TEXT NOT NULL CHECK (json_valid(blocked_provinces)),
            opens INTEGER NOT NULL CHECK (opens >= 0),
            closes INTEGER NOT NULL CHECK (closes > opens AND closes <= 86400),
            UNIQUE (account, number),
            CHECK ((quarantined_until IS NULL) = (quarantine_ms IS NULL)),
            CHECK ((virtual_pool IS NULL) = (virtual_pool_size IS NULL)),
            CHECK (virtual_number IS NOT NULL
                OR (virtual_province IS NULL AND virtual_city IS NULL AND virtual_pool IS NULL))
        ) STRICT;

        CREATE TABLE caller_id_history (
            caller_id INTEGER NOT NULL REFERENCES caller_ids (id),
            sequence INTEGER NOT NULL CHECK (sequence >= 1),
            at INTEGER NOT NULL,
            step TEXT NOT NULL CHECK (
                step IN ('listed', 'changed', 'unlisted', 'paused', 'resumed', 'quarantined')),
            note TEXT,
            PRIMARY KEY (caller_id, sequence)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE caller_id_news (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            account TEXT NOT NULL,
            event TEXT NOT NULL CHECK (event IN ('claimed', 'closed', 'changed', 'imported')),
            caller_id TEXT,
            attempt INTEGER REFERENCES attempts (id),
            outcome TEXT CHECK (
                outcome IN (
                    'connected', 'abandoned', 'machine', 'busy', 'no_answer', 'rejected', 'invalid_number',
                    'unreachable', 'congestion', 'agent_missed', 'refused', 'not_placed', 'unknown')),
            CHECK ((event = 'imported') = (caller_id IS NULL)),
            CHECK ((event IN ('claimed', 'closed')) = (attempt IS NOT NULL)),
            CHECK ((event = 'closed') = (outcome IS NOT NULL))
        ) STRICT;
        CREATE INDEX caller_id_outcomes ON caller_id_news (account, caller_id, sequence, outcome)
            WHERE event = 'closed';

        CREATE TABLE attempt_explanations (
            attempt INTEGER PRIMARY KEY REFERENCES attempts (id),
            explanation TEXT NOT NULL CHECK (json_valid(explanation))
        ) STRICT;

        CREATE INDEX attempts_by_caller_id ON attempts (vendor, caller_id, claimed_at) WHERE caller_id IS NOT NULL;

        ALTER TABLE leads ADD COLUMN hold_reason TEXT CHECK (hold_reason IS NULL OR state = 'waiting');

        INSERT INTO caller_id_news (account, event, caller_id, attempt, outcome)
        SELECT vendor, event, caller_id, id, result FROM (
            SELECT vendor, 'claimed' AS event, caller_id, id, NULL AS result, claimed_at AS at
            FROM attempts WHERE caller_id IS NOT NULL
            UNION ALL
            SELECT vendor, 'closed', caller_id, id, outcome, ended_at
            FROM attempts WHERE caller_id IS NOT NULL AND outcome IS NOT NULL)
        ORDER BY at, id, event;
        """
}
