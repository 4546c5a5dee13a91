extension LedgerSchema {
    /// Leads anew, with the endings and the columns that do-not-call lists, call-backs and dispositions ask for.
    ///
    /// A check cannot be altered, so the table is made again in the way that SQLite documents ("Making Other Kinds Of Table
    /// Schema Changes"): the rows keep their ids, and the counter that ids come from stays where it was, so that no id is
    /// ever given out twice. Runs with foreign keys off, and they are checked at its end.
    ///
    /// `turn` says which waiting leads are claimed first, and `place` which of those that have been due for equally long; both
    /// follow from the campaign's `LeadOrder`. A lead on `standby` has a further number of the callee whom `contact` names by
    /// the first of their leads.
    static let widenedLeads = """
        CREATE TABLE widened_leads (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            campaign INTEGER NOT NULL REFERENCES campaigns (id),
            import INTEGER NOT NULL REFERENCES imports (id),
            line INTEGER NOT NULL,
            number TEXT NOT NULL CHECK (number GLOB '+[1-9]*'),
            original_number TEXT NOT NULL,
            name TEXT,
            fields TEXT NOT NULL CHECK (json_valid(fields)),
            state TEXT NOT NULL CHECK (state IN ('waiting', 'dialing', 'finished', 'standby')),
            ending TEXT CHECK (
                ending IN (
                    'reached', 'invalid_number', 'not_retried', 'attempts_used', 'do_not_call', 'expired',
                    'not_interested', 'wrong_number', 'sold')),
            not_before INTEGER,
            hold_reason TEXT CHECK (hold_reason IS NULL OR state = 'waiting'),
            priority INTEGER NOT NULL DEFAULT 0 CHECK (priority BETWEEN -999 AND 999),
            part INTEGER NOT NULL DEFAULT 0 CHECK (part BETWEEN 0 AND 99),
            turn INTEGER NOT NULL DEFAULT 0,
            place INTEGER NOT NULL DEFAULT 0,
            contact INTEGER REFERENCES leads (id),
            expires_at INTEGER,
            callback_at INTEGER CHECK (callback_at IS NULL OR state <> 'finished'),
            callback_agent TEXT CHECK (
                callback_agent IS NULL OR (callback_agent <> '' AND callback_at IS NOT NULL)),
            UNIQUE (campaign, number),
            CHECK ((state = 'waiting') = (not_before IS NOT NULL)),
            CHECK ((state = 'finished') = (ending IS NOT NULL))
        ) STRICT;

        INSERT INTO widened_leads (
            id, campaign, import, line, number, original_number, name, fields, state, ending, not_before, hold_reason)
        SELECT id, campaign, import, line, number, original_number, name, fields, state, ending, not_before, hold_reason
        FROM leads ORDER BY id;

        DELETE FROM sqlite_sequence WHERE name = 'widened_leads';
        INSERT INTO sqlite_sequence (name, seq) SELECT 'widened_leads', seq FROM sqlite_sequence WHERE name = 'leads';

        DROP TABLE leads;
        ALTER TABLE widened_leads RENAME TO leads;
        CREATE INDEX leads_waiting ON leads (campaign, turn, not_before, place, id) WHERE state = 'waiting';
        CREATE INDEX leads_dialing ON leads (campaign) WHERE state = 'dialing';
        CREATE INDEX leads_finished ON leads (campaign, ending) WHERE state = 'finished';
        CREATE INDEX leads_by_campaign ON leads (campaign);
        CREATE INDEX leads_standby ON leads (campaign) WHERE state = 'standby';
        CREATE INDEX leads_by_contact ON leads (contact) WHERE contact IS NOT NULL;

        CREATE TABLE dispositions (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            lead INTEGER NOT NULL REFERENCES leads (id),
            attempt INTEGER REFERENCES attempts (id),
            code TEXT NOT NULL CHECK (
                code IN ('sale', 'not_interested', 'do_not_call', 'wrong_number', 'callback')),
            callback_at INTEGER,
            callback_agent TEXT CHECK (callback_agent <> ''),
            note TEXT,
            noted_at INTEGER NOT NULL,
            CHECK ((code = 'callback') = (callback_at IS NOT NULL)),
            CHECK (callback_agent IS NULL OR callback_at IS NOT NULL)
        ) STRICT;
        CREATE INDEX dispositions_by_lead ON dispositions (lead);

        ALTER TABLE campaigns ADD COLUMN retry_turn INTEGER NOT NULL DEFAULT 0 CHECK (retry_turn IN (-100, 0, 100));
        ALTER TABLE campaigns ADD COLUMN arrangement TEXT;
        """

    /// Whom nobody may call.
    ///
    /// An entry's key is a number or a wildcard in normal form if it is a text, and a number's hash under the list's own key
    /// if it is a blob; a wildcard cannot be hashed, because it is found by equality with what a number begins with. Where
    /// an entry is from is said by the import that brought it, or by whoever added it by hand; a foreign key on the import
    /// would want an index as large as the table. `leads_listed` finds the leads that wait because of a list, for when it
    /// lets them go.
    static let doNotCallTables = """
        CREATE TABLE do_not_call_lists (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL CHECK (name <> ''),
            campaign INTEGER REFERENCES campaigns (id),
            hash_key BLOB CHECK (length(hash_key) = 32),
            as_of INTEGER,
            created_at INTEGER NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX do_not_call_lists_global ON do_not_call_lists (name) WHERE campaign IS NULL;
        CREATE UNIQUE INDEX do_not_call_lists_of_campaign ON do_not_call_lists (campaign, name)
            WHERE campaign IS NOT NULL;

        CREATE TABLE do_not_call_imports (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            list INTEGER NOT NULL REFERENCES do_not_call_lists (id) ON DELETE CASCADE,
            file_name TEXT NOT NULL,
            digest TEXT NOT NULL,
            source TEXT,
            as_of INTEGER,
            imported_at INTEGER NOT NULL,
            replaced INTEGER NOT NULL CHECK (replaced IN (0, 1)),
            added INTEGER NOT NULL CHECK (added >= 0),
            changed INTEGER NOT NULL CHECK (changed >= 0),
            unchanged INTEGER NOT NULL CHECK (unchanged >= 0),
            removed INTEGER NOT NULL CHECK (removed >= 0),
            rejected INTEGER NOT NULL CHECK (rejected >= 0)
        ) STRICT;
        CREATE INDEX do_not_call_imports_by_list ON do_not_call_imports (list);

        CREATE TABLE do_not_call_entries (
            list INTEGER NOT NULL REFERENCES do_not_call_lists (id) ON DELETE CASCADE,
            key ANY NOT NULL CHECK (
                CASE typeof(key) WHEN 'text' THEN key GLOB '+[1-9]*' WHEN 'blob' THEN length(key) = 16 ELSE 0 END),
            is_wildcard INTEGER NOT NULL CHECK (is_wildcard = (typeof(key) = 'text' AND key GLOB '*[*X]')),
            expires_at INTEGER,
            added_at INTEGER NOT NULL,
            source TEXT,
            import INTEGER,
            PRIMARY KEY (list, key),
            CHECK ((source IS NULL) <> (import IS NULL))
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX do_not_call_wildcards ON do_not_call_entries (list, key) WHERE is_wildcard = 1;

        CREATE INDEX leads_listed ON leads (campaign) WHERE hold_reason GLOB 'do_not_call:*';
        """
}
