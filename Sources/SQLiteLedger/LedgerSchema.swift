import DialModel
import GRDB
import StoredLedger

/// The tables of the ledger, and how older files become like new ones.
///
/// The schema is the guard of the rules: every closed vocabulary is checked, a lead is in exactly one state, and a number
/// has at most one open attempt in the whole file. A migration that has been released is never edited.
enum LedgerSchema {
    /// Marks the file as a ledger of ours: the letters `AUDL`.
    static let applicationID: Int32 = 0x4155_444C

    /// All migrations, oldest first.
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("v1", foreignKeyChecks: .immediate) { db in
            try db.execute(sql: tables)
            try db.execute(sql: "PRAGMA application_id = \(applicationID)")
        }
        migrator.registerMigration("v2", foreignKeyChecks: .immediate) { db in
            try db.execute(sql: indexesForFigures)
        }
        migrator.registerMigration("v3", foreignKeyChecks: .immediate) { db in
            try db.execute(sql: callerIDTables)
        }
        // Foreign keys are off until its end, since it makes a table anew that others refer to.
        migrator.registerMigration("v4", foreignKeyChecks: .deferred) { db in
            try db.execute(sql: widenedLeads)
            try db.execute(sql: doNotCallTables)
        }
        migrator.registerMigration("v5", foreignKeyChecks: .immediate) { db in
            try db.execute(sql: listColumns)
        }
        migrator.registerMigration("v6", foreignKeyChecks: .immediate) { db in
            try db.execute(sql: privacyColumns)
        }
        migrator.registerMigration("v7", foreignKeyChecks: .immediate) { db in
            try db.execute(sql: handOffColumns)
        }
        // Foreign keys are off until its end, as in v4.
        migrator.registerMigration("v8", foreignKeyChecks: .deferred) { db in
            try db.execute(sql: quicklyLoadedLeads)
        }
        migrator.registerMigration("v9", foreignKeyChecks: .immediate) { db in
            try db.execute(sql: accountIndex)
        }
        migrator.registerMigration("v10", foreignKeyChecks: .immediate) { db in
            try db.execute(sql: auditTables)
            let now = try Int64.fetchOne(db, sql: "SELECT CAST(strftime('%s', 'now') AS INTEGER) * 1000") ?? 0
            try AuditRows(db: SQLiteSession(db)).begin(at: Timestamp(milliseconds: now))
        }
        migrator.registerMigration("v11", foreignKeyChecks: .immediate) { db in
            try db.execute(sql: counts)
        }
        migrator.registerMigration("v12", foreignKeyChecks: .immediate) { db in
            try db.execute(sql: clockColumns)
        }
        return migrator
    }

    /// Times are milliseconds since 1970, durations milliseconds.
    ///
    /// `AUTOINCREMENT` keeps ids in order of time and never gives one out twice, which paging by id relies upon.
    private static let tables = """
        CREATE TABLE campaigns (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE,
            created_at INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE imports (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            campaign INTEGER NOT NULL REFERENCES campaigns (id),
            file_name TEXT NOT NULL,
            digest TEXT NOT NULL,
            imported_at INTEGER NOT NULL,
            added INTEGER NOT NULL CHECK (added >= 0),
            duplicates INTEGER NOT NULL CHECK (duplicates >= 0),
            rejected INTEGER NOT NULL CHECK (rejected >= 0)
        ) STRICT;
        CREATE INDEX imports_by_digest ON imports (campaign, digest);

        CREATE TABLE runs (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            campaign INTEGER NOT NULL REFERENCES campaigns (id),
            vendor TEXT NOT NULL,
            started_at INTEGER NOT NULL,
            ended_at INTEGER,
            ending TEXT,
            UNIQUE (campaign, id),
            CHECK ((ended_at IS NULL) = (ending IS NULL))
        ) STRICT;

        CREATE TABLE leads (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            campaign INTEGER NOT NULL REFERENCES campaigns (id),
            import INTEGER NOT NULL REFERENCES imports (id),
            line INTEGER NOT NULL,
            number TEXT NOT NULL CHECK (number GLOB '+[1-9]*'),
            original_number TEXT NOT NULL,
            name TEXT,
            fields TEXT NOT NULL CHECK (json_valid(fields)),
            state TEXT NOT NULL CHECK (state IN ('waiting', 'dialing', 'finished')),
            ending TEXT CHECK (ending IN ('reached', 'invalid_number', 'not_retried', 'attempts_used')),
            not_before INTEGER,
            UNIQUE (campaign, number),
            CHECK ((state = 'waiting') = (not_before IS NOT NULL)),
            CHECK ((state = 'finished') = (ending IS NOT NULL))
        ) STRICT;
        CREATE INDEX leads_waiting ON leads (campaign, not_before, id) WHERE state = 'waiting';

        CREATE TABLE attempts (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            campaign INTEGER NOT NULL,
            lead INTEGER NOT NULL REFERENCES leads (id),
            run INTEGER NOT NULL,
            ordinal INTEGER NOT NULL CHECK (ordinal >= 1),
            number TEXT NOT NULL,
            vendor TEXT NOT NULL,
            caller_id TEXT,
            shown_caller_id TEXT,
            vendor_call TEXT,
            state TEXT NOT NULL CHECK (
                state IN ('placing', 'dialing', 'ringing', 'answered', 'connected', 'unknown', 'closed')),
            outcome TEXT CHECK (
                outcome IN (
                    'connected', 'abandoned', 'machine', 'busy', 'no_answer', 'rejected', 'invalid_number',
                    'unreachable', 'congestion', 'agent_missed', 'refused', 'not_placed', 'unknown')),
            cpa TEXT CHECK (cpa IN ('human', 'machine', 'fax', 'unknown')),
            agent TEXT,
            claimed_at INTEGER NOT NULL,
            answered_at INTEGER,
            connected_at INTEGER,
            ended_at INTEGER,
            talk_ms INTEGER,
            vendor_reason TEXT,
            UNIQUE (lead, ordinal),
            FOREIGN KEY (campaign, run) REFERENCES runs (campaign, id),
            FOREIGN KEY (campaign, number) REFERENCES leads (campaign, number),
            CHECK ((state = 'closed') = (outcome IS NOT NULL)),
            CHECK ((state = 'closed') = (ended_at IS NOT NULL))
        ) STRICT;
        CREATE UNIQUE INDEX attempts_open_number ON attempts (number) WHERE outcome IS NULL;
        CREATE INDEX attempts_by_campaign ON attempts (campaign);

        CREATE TABLE attempt_events (
            attempt INTEGER NOT NULL REFERENCES attempts (id),
            sequence INTEGER NOT NULL CHECK (sequence >= 1),
            at INTEGER NOT NULL,
            state TEXT NOT NULL CHECK (
                state IN ('placing', 'dialing', 'ringing', 'answered', 'connected', 'unknown', 'closed')),
            note TEXT,
            PRIMARY KEY (attempt, sequence)
        ) STRICT, WITHOUT ROWID;
        """

    /// Lets the figures be counted from indexes alone, and pages of leads be read without those of other campaigns.
    ///
    /// With `leads_waiting`, every lead is in exactly one of the partial indexes.
    private static let indexesForFigures = """
        CREATE INDEX leads_dialing ON leads (campaign) WHERE state = 'dialing';
        CREATE INDEX leads_finished ON leads (campaign, ending) WHERE state = 'finished';
        CREATE INDEX leads_by_campaign ON leads (campaign);
        CREATE INDEX attempts_closed ON attempts (campaign, outcome) WHERE outcome IS NOT NULL;
        """
}
