/// The statements whose speed matters, in one place so that tests can ask SQLite how it would carry them out.
///
/// `INDEXED BY` makes a statement fail rather than scan, should its index ever be missing.
package enum LedgerQuery {
    /// The places of so many arguments from one on, separated by commas; null for none, which nothing is equal to.
    static func places(_ count: Int, from first: Int) -> String {
        count == 0 ? "NULL" : (first..<(first + count)).map { "?\($0)" }.joined(separator: ", ")
    }

    /// The turns of a campaign's waiting leads, highest first, found by steps through their index; the last row is empty.
    ///
    /// Argument: campaign.
    package static let turns = """
        WITH RECURSIVE turns (turn) AS (
            SELECT max(turn) FROM leads INDEXED BY leads_waiting WHERE campaign = ?1 AND state = 'waiting'
            UNION ALL
            SELECT (
                SELECT max(leads.turn) FROM leads INDEXED BY leads_waiting
                WHERE campaign = ?1 AND state = 'waiting' AND leads.turn < turns.turn)
            FROM turns WHERE turns.turn IS NOT NULL)
        """

    /// Due leads of a turn after a place in the order of claims, without those whose number is being called already; with when
    /// another campaign's last call to the number ended, if it went through the same account: that is looked for by the number,
    /// and never by the account, which has far more calls.
    ///
    /// Arguments: campaign, turn, now, not-before, place and id of the last one, limit, vendor account.
    package static let dueLeads = """
        SELECT id, import, number, not_before, place, fields, contact, expires_at, callback_at, callback_agent, (
                SELECT max(attempts.ended_at) FROM leads AS others INDEXED BY leads_by_number
                JOIN attempts ON attempts.lead = others.id
                WHERE others.number = leads.number AND others.campaign <> ?1 AND coalesce(attempts.vendor, '') = ?8
                    AND attempts.outcome <> 'not_placed') AS freed_at
        FROM leads INDEXED BY leads_waiting
        WHERE campaign = ?1 AND state = 'waiting' AND turn = ?2 AND not_before <= ?3
            AND (not_before, place, id) > (?4, ?5, ?6)
            AND NOT EXISTS (
                SELECT 1 FROM attempts INDEXED BY attempts_open_number
                WHERE attempts.number = leads.number AND attempts.outcome IS NULL)
        ORDER BY not_before, place, id LIMIT ?7 /* FOR UPDATE SKIP LOCKED */
        """

    /// When a campaign's earliest waiting lead is due.
    ///
    /// Argument: campaign.
    package static let earliestWaiting =
        turns + """
             SELECT min((
                SELECT min(not_before) FROM leads INDEXED BY leads_waiting
                WHERE campaign = ?1 AND state = 'waiting' AND leads.turn = turns.turn))
            FROM turns
            """

    /// How the attempts of a lead ended.
    ///
    /// Argument: lead.
    package static let outcomesOfLead = "SELECT outcome FROM attempts WHERE lead = ?1 AND outcome IS NOT NULL"

    /// How many attempts a lead had where it was exported, if any, and how the last of them ended.
    ///
    /// Argument: lead.
    package static let earlierOfLead = """
        SELECT earlier_outcome, earlier_attempts FROM leads WHERE id = ?1 AND earlier_outcome IS NOT NULL
        """

    /// Whether a number is being called.
    ///
    /// Argument: number.
    package static let hasOpenAttempt = """
        SELECT EXISTS (SELECT 1 FROM attempts INDEXED BY attempts_open_number WHERE number = ?1 AND outcome IS NULL)
        """

    /// How many calls of an account have no outcome.
    ///
    /// Argument: vendor account.
    package static let openOfAccount = """
        SELECT count(*) FROM attempts INDEXED BY attempts_open_number WHERE outcome IS NULL AND vendor = ?1
        """

    /// How many attempts an account has made since an instant.
    ///
    /// Arguments: vendor account, instant.
    package static let attemptsOfAccount = """
        SELECT count(*) FROM attempts INDEXED BY attempts_by_vendor WHERE vendor = ?1 AND claimed_at >= ?2
        """

    /// When an account made one of its attempts since an instant, the oldest having the place 0.
    ///
    /// Arguments: vendor account, instant, place.
    package static let attemptOfAccount = """
        SELECT claimed_at FROM attempts INDEXED BY attempts_by_vendor WHERE vendor = ?1 AND claimed_at >= ?2
        ORDER BY claimed_at LIMIT 1 OFFSET ?3
        """

    /// Adds the attempt of a claim.
    static let insertAttempt = """
        INSERT INTO attempts (campaign, lead, run, ordinal, number, vendor, caller_id, state, claimed_at, salt)
        VALUES (?, ?, ?, ?, ?, ?, ?, 'placing', ?, ?) RETURNING id
        """

    /// Adds a line to an attempt's timeline.
    ///
    /// Arguments: attempt, instant, state, note.
    static let insertEvent = """
        INSERT INTO attempt_events (attempt, sequence, at, state, note)
        VALUES (?1, (SELECT coalesce(max(sequence), 0) + 1 FROM attempt_events WHERE attempt = ?1), ?2, ?3, ?4)
        """
}

extension LedgerQuery {
    /// How many attempts of each account ended how, by account.
    ///
    /// Argument: campaign.
    package static let attemptCounts = """
        SELECT vendor, outcome, attempts FROM attempt_counts WHERE campaign = ?1 ORDER BY vendor
        """

    /// Leads that may be dialled now, counted no further than to a limit.
    ///
    /// Arguments: campaign, now, limit.
    package static let dueCount = waitingCount(where: "not_before <= ?2")

    /// Leads that wait for their time, counted no further than to a limit.
    ///
    /// Arguments: campaign, now, limit.
    package static let laterCount = waitingCount(where: "not_before > ?2")

    private static func waitingCount(where condition: String) -> String {
        "SELECT count(*) FROM (" + turns + """
             SELECT 1 FROM turns CROSS JOIN leads INDEXED BY leads_waiting ON leads.turn = turns.turn
            WHERE campaign = ?1 AND state = 'waiting' AND \(condition) LIMIT ?3) AS waiting
            """
    }

    /// When the first of the leads is due that wait for their time.
    ///
    /// Arguments: campaign, now.
    package static let nextWaiting =
        turns + """
             SELECT min((
                SELECT min(not_before) FROM leads INDEXED BY leads_waiting
                WHERE campaign = ?1 AND state = 'waiting' AND leads.turn = turns.turn AND not_before > ?2))
            FROM turns
            """

    /// Why one of the leads waits that are due at an instant to come; null where none of them is held back.
    ///
    /// Arguments: campaign, instant.
    package static let reasonOfWaiting =
        turns + """
             SELECT min((
                SELECT hold_reason FROM leads INDEXED BY leads_waiting
                WHERE campaign = ?1 AND state = 'waiting' AND leads.turn = turns.turn AND not_before = ?2
                ORDER BY place, id LIMIT 1))
            FROM turns
            """

    /// The campaign's first attempt.
    ///
    /// Argument: campaign.
    package static let firstAttempt = """
        SELECT claimed_at FROM attempts INDEXED BY attempts_by_campaign WHERE campaign = ?1 ORDER BY id LIMIT 1
        """

    /// Finished calls that people answered since an instant, and those of them that no agent took in time.
    ///
    /// Arguments: campaign, the instant, milliseconds that are in time.
    package static let liveAnswers = """
        SELECT count(*) AS live, count(*) FILTER (
                WHERE connected_at IS NULL OR connected_at - coalesce(answered_at, connected_at) > ?3) AS abandoned
        FROM attempts INDEXED BY attempts_closed
        WHERE campaign = ?1 AND outcome IN ('connected', 'abandoned', 'agent_missed')
            AND coalesce(answered_at, connected_at, ended_at) >= ?2
            AND (outcome <> 'agent_missed' OR answered_at IS NOT NULL)
            AND (cpa IS NULL OR cpa NOT IN ('machine', 'fax'))
        """

    /// Some of the runs before one, latest first.
    ///
    /// Arguments: campaign, id of a run.
    package static let runsBackwards = """
        SELECT id, vendor, started_at, ended_at, ending FROM runs WHERE campaign = ?1 AND id < ?2
        ORDER BY id DESC LIMIT 8
        """

    /// The latest attempts, with how they ended and when they were last moved on.
    ///
    /// Arguments: campaign, limit.
    package static let latestAttempts = """
        SELECT outcome, claimed_at, answered_at, connected_at, ended_at
        FROM attempts INDEXED BY attempts_by_campaign WHERE campaign = ?1 ORDER BY id DESC LIMIT ?2
        """
}
