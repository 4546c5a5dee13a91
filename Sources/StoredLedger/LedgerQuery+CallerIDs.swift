extension LedgerQuery {
    /// The numbers that an account lists, ascending.
    ///
    /// Argument: account.
    package static let listedNumbers = "SELECT * FROM caller_ids WHERE account = ?1 AND listed = 1 ORDER BY number"

    /// Every number that was ever shown for an account, ascending: a step through the index for each.
    ///
    /// Argument: account.
    package static let shownNumbers = """
        WITH RECURSIVE shown (caller_id) AS (
            SELECT (
                SELECT min(caller_id) FROM attempts INDEXED BY attempts_by_caller_id
                WHERE vendor = ?1 AND caller_id IS NOT NULL)
            UNION ALL
            SELECT (
                SELECT min(caller_id) FROM attempts INDEXED BY attempts_by_caller_id
                WHERE vendor = ?1 AND caller_id > shown.caller_id)
            FROM shown WHERE shown.caller_id IS NOT NULL)
        SELECT caller_id FROM shown WHERE caller_id IS NOT NULL
        """

    /// A number's dials in a time, without those that were given back.
    ///
    /// Arguments: account, number, first instant, first instant after.
    package static let dialCount = """
        SELECT (
            SELECT count(*) FROM attempts INDEXED BY attempts_by_caller_id
            WHERE vendor = ?1 AND caller_id = ?2 AND claimed_at >= ?3 AND claimed_at < ?4)
        - (
            SELECT count(*) FROM attempts INDEXED BY attempts_given_back
            WHERE vendor = ?1 AND caller_id = ?2 AND claimed_at >= ?3 AND claimed_at < ?4
                AND outcome IN ('refused', 'not_placed'))
        """

    /// When a number was last claimed.
    ///
    /// Arguments: account, number.
    package static let lastDial = """
        SELECT max(claimed_at) FROM attempts INDEXED BY attempts_by_caller_id WHERE vendor = ?1 AND caller_id = ?2
        """

    /// When a number was claimed after an instant, ascending.
    ///
    /// Arguments: account, number, instant.
    package static let dialTimes = """
        SELECT claimed_at FROM attempts INDEXED BY attempts_by_caller_id
        WHERE vendor = ?1 AND caller_id = ?2 AND claimed_at > ?3 ORDER BY claimed_at
        """

    /// How a number's last attempts ended, the latest first.
    ///
    /// Arguments: account, number, limit.
    package static let lastOutcomes = """
        SELECT outcome FROM caller_id_news INDEXED BY caller_id_outcomes
        WHERE account = ?1 AND caller_id = ?2 AND event = 'closed' ORDER BY sequence DESC LIMIT ?3
        """

    /// An account's open attempts that show a number and were claimed after an instant; there are never more open
    /// attempts than lines.
    ///
    /// Arguments: account, instant.
    package static let heldLines = """
        SELECT id, caller_id, claimed_at FROM attempts INDEXED BY attempts_open_number
        WHERE outcome IS NULL AND vendor = ?1 AND caller_id IS NOT NULL AND claimed_at > ?2 ORDER BY id
        """

    /// What happened to the numbers of all accounts after a position.
    ///
    /// Arguments: position, limit.
    package static let newsAfter = """
        SELECT news.sequence, news.account, news.event, news.caller_id, news.attempt, news.outcome,
            attempts.claimed_at
        FROM caller_id_news AS news LEFT JOIN attempts ON attempts.id = news.attempt
        WHERE news.sequence > ?1 ORDER BY news.sequence LIMIT ?2
        """

    /// Dials to a callee from an instant on, oldest first, by way of the leads that have the number.
    ///
    /// An index of attempts by callee would find them at once, and make every claim dearer, asked or not. The campaigns that
    /// have a number are few, and so are a lead's attempts; the cross join keeps the planner from starting elsewhere.
    ///
    /// Arguments: callee, instant.
    package static let dialsToCallee = """
        SELECT attempts.lead, attempts.claimed_at, attempts.caller_id, attempts.outcome, attempts.ended_at
        FROM leads INDEXED BY leads_by_number CROSS JOIN attempts ON attempts.lead = leads.id
        WHERE leads.number = ?1 AND attempts.claimed_at >= ?2 ORDER BY attempts.claimed_at, attempts.id
        """

    /// The dials of a callee's other numbers by one campaign from an instant on.
    ///
    /// Arguments: contact, the lead to leave out, instant.
    package static let dialsOfContact = """
        SELECT attempts.lead, attempts.claimed_at, attempts.caller_id, attempts.outcome, attempts.ended_at
        FROM leads INDEXED BY leads_by_contact
        CROSS JOIN attempts ON attempts.lead = leads.id
        WHERE leads.contact = ?1 AND leads.id <> ?2 AND attempts.claimed_at >= ?3
        ORDER BY attempts.claimed_at, attempts.id
        """

    /// One number's days; the number 28,800,000 is the eight hours by which Shanghai is ahead.
    ///
    /// Arguments: account, number, first instant, first instant after.
    package static let daysOfNumber = """
        SELECT (claimed_at + 28800000) / 86400000 AS day,
            count(*) - count(*) FILTER (WHERE outcome IN ('refused', 'not_placed')) AS dials,
            count(*) FILTER (WHERE outcome IN ('connected', 'abandoned', 'machine')) AS answered,
            count(*) FILTER (WHERE outcome = 'connected') AS connected,
            count(*) FILTER (WHERE outcome = 'refused') AS refused,
            count(*) FILTER (WHERE shown_caller_id <> caller_id) AS mismatches
        FROM attempts INDEXED BY attempts_by_caller_id
        WHERE vendor = ?1 AND caller_id = ?2 AND claimed_at >= ?3 AND claimed_at < ?4 GROUP BY day ORDER BY day
        """

    /// Adds a line to the news.
    static let insertNews = """
        INSERT INTO caller_id_news (account, event, caller_id, attempt, outcome) VALUES (?, ?, ?, ?, ?)
        RETURNING sequence
        """
}
