extension LedgerSchema {
    /// How many leads stand where and how many attempts ended how, so that figures cost the same however many rows there are.
    ///
    /// Triggers keep them, in the transaction of whatever changes a row, so that no code can forget to. One for each lead
    /// that is added would make imports half as fast (measured): the counts hold those up to an id, and whoever reads them
    /// counts the few after it. Neither leads nor attempts are ever deleted. No text is the ending of a lead that is not
    /// finished, and the outcome of an open attempt. The indexes that only served counting go.
    static let counts = """
        CREATE TABLE lead_counts (
            campaign INTEGER NOT NULL REFERENCES campaigns (id),
            state TEXT NOT NULL,
            ending TEXT NOT NULL,
            leads INTEGER NOT NULL CHECK (leads >= 0),
            PRIMARY KEY (campaign, state, ending)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO lead_counts (campaign, state, ending, leads)
        SELECT campaign, state, coalesce(ending, ''), count(*) FROM leads GROUP BY 1, 2, 3;

        CREATE TABLE counted_leads (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            through INTEGER NOT NULL
        ) STRICT;
        INSERT INTO counted_leads (id, through) SELECT 1, coalesce(max(id), 0) FROM leads;

        CREATE TRIGGER leads_are_counted_anew AFTER UPDATE OF state, ending ON leads
        WHEN (OLD.state <> NEW.state OR OLD.ending IS NOT NEW.ending)
            AND OLD.id <= (SELECT through FROM counted_leads WHERE id = 1)
        BEGIN
            UPDATE lead_counts SET leads = leads - 1
            WHERE campaign = OLD.campaign AND state = OLD.state AND ending = coalesce(OLD.ending, '');
            INSERT INTO lead_counts (campaign, state, ending, leads)
            VALUES (NEW.campaign, NEW.state, coalesce(NEW.ending, ''), 1)
            ON CONFLICT DO UPDATE SET leads = leads + 1;
        END;

        CREATE TABLE attempt_counts (
            campaign INTEGER NOT NULL REFERENCES campaigns (id),
            vendor TEXT NOT NULL,
            outcome TEXT NOT NULL,
            attempts INTEGER NOT NULL CHECK (attempts >= 0),
            PRIMARY KEY (campaign, vendor, outcome)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO attempt_counts (campaign, vendor, outcome, attempts)
        SELECT campaign, vendor, coalesce(outcome, ''), count(*) FROM attempts GROUP BY 1, 2, 3;

        CREATE TRIGGER attempts_are_counted AFTER INSERT ON attempts
        BEGIN
            INSERT INTO attempt_counts (campaign, vendor, outcome, attempts)
            VALUES (NEW.campaign, NEW.vendor, coalesce(NEW.outcome, ''), 1)
            ON CONFLICT DO UPDATE SET attempts = attempts + 1;
        END;
        CREATE TRIGGER attempts_are_counted_anew AFTER UPDATE OF outcome ON attempts
        WHEN OLD.outcome IS NOT NEW.outcome
        BEGIN
            UPDATE attempt_counts SET attempts = attempts - 1
            WHERE campaign = OLD.campaign AND vendor = OLD.vendor AND outcome = coalesce(OLD.outcome, '');
            INSERT INTO attempt_counts (campaign, vendor, outcome, attempts)
            VALUES (NEW.campaign, NEW.vendor, coalesce(NEW.outcome, ''), 1)
            ON CONFLICT DO UPDATE SET attempts = attempts + 1;
        END;

        DROP INDEX leads_dialing;
        DROP INDEX leads_finished;
        DROP INDEX leads_standby;
        """
}
