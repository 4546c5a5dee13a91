extension PostgresSchema {
    /// The audit log; `audit_head` remembers the last id that was given out, so that a log whose end was cut off shows it.
    static let audit = """
        CREATE TABLE audit (
            id BIGINT PRIMARY KEY,
            at BIGINT NOT NULL,
            actor \(text) NOT NULL CHECK (actor <> ''),
            action \(text) NOT NULL CHECK (action <> ''),
            campaign BIGINT REFERENCES campaigns (id),
            facts \(text) NOT NULL CHECK ((facts::json) IS NOT NULL),
            digest BYTEA NOT NULL CHECK (length(digest) = 32)
        );
        CREATE INDEX audit_prunings ON audit (id) WHERE action = 'log_pruned';
        CREATE TABLE audit_head (id BIGINT PRIMARY KEY CHECK (id = 1), given BIGINT NOT NULL);
        INSERT INTO audit_head (id, given) VALUES (1, 0);

        CREATE FUNCTION audit_is_added() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            UPDATE audit_head SET given = greatest(given, NEW.id);
            RETURN NULL;
        END $$;
        CREATE TRIGGER audit_is_added AFTER INSERT ON audit FOR EACH ROW EXECUTE FUNCTION audit_is_added();

        CREATE FUNCTION audit_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'UPDATE' THEN
                RAISE EXCEPTION 'entries of the audit log are never changed' USING ERRCODE = '23000';
            END IF;
            IF OLD.id > coalesce((
                SELECT (facts::json ->> 'through')::bigint FROM audit WHERE action = 'log_pruned'
                ORDER BY id DESC LIMIT 1), 0)
            THEN
                RAISE EXCEPTION 'entries of the audit log are removed by pruning only' USING ERRCODE = '23000';
            END IF;
            RETURN OLD;
        END $$;
        CREATE TRIGGER audit_is_kept BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_is_kept();

        """

    /// How many leads stand where and how many attempts ended how, kept by triggers.
    ///
    /// Each connection that writes counts in a slot of its own, which it names by the setting `autodialer.slot`; a slot may
    /// hold less than nothing, and whoever reads adds them up.
    static let counts = """
        CREATE TABLE lead_count_slots (
            campaign BIGINT NOT NULL REFERENCES campaigns (id),
            state \(text) NOT NULL,
            ending \(text) NOT NULL,
            slot BIGINT NOT NULL,
            leads BIGINT NOT NULL,
            PRIMARY KEY (campaign, state, ending, slot)
        );
        CREATE TABLE attempt_count_slots (
            campaign BIGINT NOT NULL REFERENCES campaigns (id),
            vendor \(text) NOT NULL,
            outcome \(text) NOT NULL,
            slot BIGINT NOT NULL,
            attempts BIGINT NOT NULL,
            PRIMARY KEY (campaign, vendor, outcome, slot)
        );
        CREATE VIEW attempt_counts AS
            SELECT campaign, vendor, outcome, sum(attempts) AS attempts FROM attempt_count_slots
            GROUP BY campaign, vendor, outcome;

        CREATE FUNCTION count_slot() RETURNS BIGINT LANGUAGE sql STABLE AS $$
            SELECT coalesce(nullif(current_setting('autodialer.slot', true), ''), '0')::bigint
        $$;

        CREATE FUNCTION leads_are_counted() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            INSERT INTO lead_count_slots AS slots (campaign, state, ending, slot, leads)
            SELECT campaign, state, coalesce(ending, ''), count_slot(), count(*) FROM added GROUP BY 1, 2, 3
            ON CONFLICT (campaign, state, ending, slot) DO UPDATE SET leads = slots.leads + excluded.leads;
            RETURN NULL;
        END $$;
        CREATE TRIGGER leads_are_counted AFTER INSERT ON leads
            REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION leads_are_counted();

        CREATE FUNCTION leads_are_counted_anew() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            INSERT INTO lead_count_slots AS slots (campaign, state, ending, slot, leads)
            VALUES (OLD.campaign, OLD.state, coalesce(OLD.ending, ''), count_slot(), -1),
                (NEW.campaign, NEW.state, coalesce(NEW.ending, ''), count_slot(), 1)
            ON CONFLICT (campaign, state, ending, slot) DO UPDATE SET leads = slots.leads + excluded.leads;
            RETURN NULL;
        END $$;
        CREATE TRIGGER leads_are_counted_anew AFTER UPDATE OF state, ending ON leads FOR EACH ROW
            WHEN (OLD.state <> NEW.state OR OLD.ending IS DISTINCT FROM NEW.ending)
            EXECUTE FUNCTION leads_are_counted_anew();

        CREATE FUNCTION attempts_are_counted() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'UPDATE' THEN
                INSERT INTO attempt_count_slots AS slots (campaign, vendor, outcome, slot, attempts)
                VALUES (OLD.campaign, OLD.vendor, coalesce(OLD.outcome, ''), count_slot(), -1)
                ON CONFLICT (campaign, vendor, outcome, slot) DO UPDATE
                SET attempts = slots.attempts + excluded.attempts;
            END IF;
            INSERT INTO attempt_count_slots AS slots (campaign, vendor, outcome, slot, attempts)
            VALUES (NEW.campaign, NEW.vendor, coalesce(NEW.outcome, ''), count_slot(), 1)
            ON CONFLICT (campaign, vendor, outcome, slot) DO UPDATE SET attempts = slots.attempts + excluded.attempts;
            RETURN NULL;
        END $$;
        CREATE TRIGGER attempts_are_counted AFTER INSERT ON attempts
            FOR EACH ROW EXECUTE FUNCTION attempts_are_counted();
        CREATE TRIGGER attempts_are_counted_anew AFTER UPDATE OF outcome ON attempts FOR EACH ROW
            WHEN (OLD.outcome IS DISTINCT FROM NEW.outcome) EXECUTE FUNCTION attempts_are_counted();

        """

    /// The clock that each run went by, as in `LedgerSchema.clockColumns`.
    static let clocks = """
        ALTER TABLE runs ADD COLUMN boot \(text);
        ALTER TABLE runs ADD COLUMN clock_zero BIGINT CHECK ((clock_zero IS NULL) = (boot IS NULL));
        """

    /// Who runs campaigns; and which transactions of each connection that writes were kept.
    ///
    /// The last commit of a runner stands in a table of its own, so that a commit, however long it waits, is in nobody's way
    /// who renews the lease.
    ///
    /// A connection writes the number of each transaction down as the last thing before its end. Where the answer to that is
    /// lost, the next connection sets `last_allowed` to the number that it finds: what the server may still have to read of
    /// the lost one then breaks the check, and it is known for certain which transactions were kept. Times are the server's.
    static let runners = """
        CREATE TABLE runners (
            run BIGINT PRIMARY KEY REFERENCES runs (id),
            campaign BIGINT NOT NULL REFERENCES campaigns (id),
            vendor \(text) NOT NULL,
            name \(text) NOT NULL,
            report \(text) NOT NULL CHECK ((report::json) IS NOT NULL),
            share \(text) CHECK (share IS NULL OR (share::json) IS NOT NULL),
            renewed_at BIGINT NOT NULL,
            fenced_at BIGINT,
            joined_after BIGINT NOT NULL
        );
        CREATE INDEX runners_by_campaign ON runners (campaign, run);

        CREATE TABLE runner_commits (
            run BIGINT PRIMARY KEY REFERENCES runners (run),
            number BIGINT NOT NULL CHECK (number >= 0),
            claims \(text) NOT NULL CHECK ((claims::json) IS NOT NULL)
        );

        CREATE TABLE leaders (
            campaign BIGINT PRIMARY KEY REFERENCES campaigns (id),
            run BIGINT NOT NULL REFERENCES runs (id),
            epoch BIGINT NOT NULL CHECK (epoch >= 1),
            last_number BIGINT NOT NULL CHECK (last_number >= 0)
        );

        CREATE TABLE runner_orders (
            number BIGINT PRIMARY KEY,
            campaign BIGINT REFERENCES campaigns (id),
            kind \(text) NOT NULL CHECK (kind <> ''),
            giver \(text) NOT NULL,
            given_at BIGINT NOT NULL
        );

        CREATE TABLE ledger_writers (
            id \(id),
            begun_at BIGINT NOT NULL,
            sequence BIGINT NOT NULL,
            last_allowed BIGINT,
            CHECK (sequence <= last_allowed)
        );

        """
}
