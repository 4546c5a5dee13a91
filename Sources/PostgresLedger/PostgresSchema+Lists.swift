extension PostgresSchema {
    /// The numbers that may be shown, what was made of them, and why each was chosen.
    static let callerIDs = """
        CREATE TABLE caller_ids (
            id \(id),
            account \(text) NOT NULL,
            number \(text) NOT NULL CHECK (number <> ''),
            listed BIGINT NOT NULL CHECK (listed IN (0, 1)),
            paused BIGINT NOT NULL CHECK (paused IN (0, 1)),
            quarantined_until BIGINT,
            quarantine_ms BIGINT CHECK (quarantine_ms > 0),
            kind \(text) NOT NULL CHECK (kind IN ('landline', 'mobile', 'service400', 'other')),
            usage \(text) NOT NULL CHECK (usage IN ('Inbound', 'Outbound', 'Bidirection')),
            allows_outbound BIGINT NOT NULL CHECK (allows_outbound IN (0, 1)),
            province \(text),
            city \(text),
            skill_groups \(text) NOT NULL CHECK ((skill_groups::json) IS NOT NULL),
            pools \(text) NOT NULL CHECK ((pools::json) IS NOT NULL),
            owner \(text),
            provider \(text),
            virtual_number \(text),
            virtual_province \(text),
            virtual_city \(text),
            virtual_pool \(text),
            virtual_pool_size BIGINT CHECK (virtual_pool_size >= 0),
            weight BIGINT NOT NULL CHECK (weight >= 0),
            max_concurrent BIGINT NOT NULL CHECK (max_concurrent BETWEEN 1 AND 20),
            max_per_day BIGINT CHECK (max_per_day >= 0),
            min_gap_ms BIGINT NOT NULL CHECK (min_gap_ms >= 0),
            blocked_provinces \(text) NOT NULL CHECK ((blocked_provinces::json) IS NOT NULL),
            opens BIGINT NOT NULL CHECK (opens >= 0),
            closes BIGINT NOT NULL CHECK (closes > opens AND closes <= 86400),
            UNIQUE (account, number),
            CHECK ((quarantined_until IS NULL) = (quarantine_ms IS NULL)),
            CHECK ((virtual_pool IS NULL) = (virtual_pool_size IS NULL)),
            CHECK (virtual_number IS NOT NULL
                OR (virtual_province IS NULL AND virtual_city IS NULL AND virtual_pool IS NULL))
        );

        CREATE TABLE caller_id_history (
            caller_id BIGINT NOT NULL REFERENCES caller_ids (id),
            sequence BIGINT NOT NULL CHECK (sequence >= 1),
            at BIGINT NOT NULL,
            step \(text) NOT NULL CHECK (
                step IN ('listed', 'changed', 'unlisted', 'paused', 'resumed', 'quarantined')),
            note \(text),
            PRIMARY KEY (caller_id, sequence)
        );

        CREATE TABLE caller_id_news (
            sequence \(id),
            account \(text) NOT NULL,
            event \(text) NOT NULL CHECK (event IN ('claimed', 'closed', 'changed', 'imported')),
            caller_id \(text),
            attempt BIGINT REFERENCES attempts (id),
            outcome \(text) CHECK (outcome IN (\(outcomes))),
            CHECK ((event = 'imported') = (caller_id IS NULL)),
            CHECK ((event IN ('claimed', 'closed')) = (attempt IS NOT NULL)),
            CHECK ((event = 'closed') = (outcome IS NOT NULL))
        );
        CREATE INDEX caller_id_outcomes ON caller_id_news (account, caller_id, sequence, outcome)
            WHERE event = 'closed';

        CREATE TABLE attempt_explanations (
            attempt BIGINT PRIMARY KEY REFERENCES attempts (id),
            explanation \(text) NOT NULL CHECK ((explanation::json) IS NOT NULL)
        );

        """

    /// Whom nobody may call; the key of an entry that is a hash is written in hexadecimal.
    static let doNotCall = """
        CREATE TABLE do_not_call_lists (
            id \(id),
            name \(text) NOT NULL CHECK (name <> ''),
            campaign BIGINT REFERENCES campaigns (id),
            hash_key BYTEA CHECK (length(hash_key) = 32),
            as_of BIGINT,
            created_at BIGINT NOT NULL
        );
        CREATE UNIQUE INDEX do_not_call_lists_global ON do_not_call_lists (name) WHERE campaign IS NULL;
        CREATE UNIQUE INDEX do_not_call_lists_of_campaign ON do_not_call_lists (campaign, name)
            WHERE campaign IS NOT NULL;

        CREATE TABLE do_not_call_imports (
            id \(id),
            list BIGINT NOT NULL REFERENCES do_not_call_lists (id) ON DELETE CASCADE,
            file_name \(text) NOT NULL,
            digest \(text) NOT NULL,
            source \(text),
            as_of BIGINT,
            imported_at BIGINT NOT NULL,
            replaced BIGINT NOT NULL CHECK (replaced IN (0, 1)),
            added BIGINT NOT NULL CHECK (added >= 0),
            changed BIGINT NOT NULL CHECK (changed >= 0),
            unchanged BIGINT NOT NULL CHECK (unchanged >= 0),
            removed BIGINT NOT NULL CHECK (removed >= 0),
            rejected BIGINT NOT NULL CHECK (rejected >= 0)
        );
        CREATE INDEX do_not_call_imports_by_list ON do_not_call_imports (list);

        CREATE TABLE do_not_call_entries (
            list BIGINT NOT NULL REFERENCES do_not_call_lists (id) ON DELETE CASCADE,
            key \(text) NOT NULL CHECK (key ~ '^[+][1-9]' OR key ~ '^[\\\\]x[0-9a-f]{32}$'),
            is_wildcard BIGINT NOT NULL
                CHECK (is_wildcard = (CASE WHEN key ~ '^[+].*[*X]$' THEN 1 ELSE 0 END)),
            expires_at BIGINT,
            added_at BIGINT NOT NULL,
            source \(text),
            import BIGINT,
            PRIMARY KEY (list, key),
            CHECK ((source IS NULL) <> (import IS NULL))
        );
        CREATE INDEX do_not_call_wildcards ON do_not_call_entries (list, key) WHERE is_wildcard = 1;

        """
}
