extension LedgerSchema {
    /// Leads anew, with the same columns, so that lists are loaded several times faster (measured; `make bench-lists`).
    ///
    /// One index finds a number in a campaign and in all of them, where there were two that are filled in no order, and
    /// keeps it in a campaign once. SQLite makes a table of the words after `IN` for each statement that may ask for it;
    /// the words of most rows are compared before, and nothing is asked of a column without a word.
    ///
    /// Made in the way of `widenedLeads`, with foreign keys off.
    static let quicklyLoadedLeads = """
        CREATE TABLE quickly_loaded_leads (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            campaign INTEGER NOT NULL REFERENCES campaigns (id),
            import INTEGER NOT NULL REFERENCES imports (id),
            line INTEGER NOT NULL,
            number TEXT NOT NULL CHECK (number GLOB '+[1-9]*'),
            original_number TEXT NOT NULL,
            name TEXT,
            fields TEXT NOT NULL CHECK (json_valid(fields)),
            state TEXT NOT NULL CHECK (state = 'waiting' OR state IN ('dialing', 'finished', 'standby')),
            ending TEXT CHECK (
                ending IS NULL OR ending IN (
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
            earlier_attempts INTEGER NOT NULL DEFAULT 0 CHECK (earlier_attempts >= 0),
            earlier_outcome TEXT CHECK (
                earlier_outcome IS NULL OR earlier_outcome IN (
                    'connected', 'abandoned', 'machine', 'busy', 'no_answer', 'rejected', 'invalid_number',
                    'unreachable', 'congestion', 'agent_missed', 'refused', 'not_placed', 'unknown')),
            earlier_ended_at INTEGER CHECK ((earlier_ended_at IS NULL) = (earlier_outcome IS NULL)),
            erased_at INTEGER,
            keeps_number INTEGER NOT NULL DEFAULT 0
                CHECK (keeps_number IN (0, 1) AND (keeps_number = 0 OR erased_at IS NOT NULL)),
            CHECK ((state = 'waiting') = (not_before IS NOT NULL)),
            CHECK ((state = 'finished') = (ending IS NOT NULL))
        ) STRICT;

        INSERT INTO quickly_loaded_leads (
            id, campaign, import, line, number, original_number, name, fields, state, ending, not_before, hold_reason,
            priority, part, turn, place, contact, expires_at, callback_at, callback_agent, earlier_attempts,
            earlier_outcome, earlier_ended_at, erased_at, keeps_number)
        SELECT id, campaign, import, line, number, original_number, name, fields, state, ending, not_before, hold_reason,
            priority, part, turn, place, contact, expires_at, callback_at, callback_agent, earlier_attempts,
            earlier_outcome, earlier_ended_at, erased_at, keeps_number
        FROM leads ORDER BY id;

        DELETE FROM sqlite_sequence WHERE name = 'quickly_loaded_leads';
        INSERT INTO sqlite_sequence (name, seq)
        SELECT 'quickly_loaded_leads', seq FROM sqlite_sequence WHERE name = 'leads';

        DROP TABLE leads;
        ALTER TABLE quickly_loaded_leads RENAME TO leads;
        CREATE UNIQUE INDEX leads_by_number ON leads (number, campaign);
        CREATE INDEX leads_by_campaign ON leads (campaign);
        CREATE INDEX leads_waiting ON leads (campaign, turn, not_before, place, id) WHERE state = 'waiting';
        CREATE INDEX leads_dialing ON leads (campaign) WHERE state = 'dialing';
        CREATE INDEX leads_finished ON leads (campaign, ending) WHERE state = 'finished';
        CREATE INDEX leads_standby ON leads (campaign) WHERE state = 'standby';
        CREATE INDEX leads_by_contact ON leads (contact) WHERE contact IS NOT NULL;
        CREATE INDEX leads_listed ON leads (campaign) WHERE hold_reason GLOB 'do_not_call:*';
        CREATE INDEX leads_keeping_number ON leads (id) WHERE keeps_number = 1;
        """
}
