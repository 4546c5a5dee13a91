extension LedgerQuery {
    /// The columns of an attempt in the order in which `AttemptRecord` reads them.
    private static let attemptColumns = """
        attempts.id, attempts.lead, attempts.run, attempts.ordinal, attempts.number, attempts.vendor, attempts.state,
        attempts.claimed_at, leads.name, attempts.caller_id, attempts.shown_caller_id, attempts.vendor_call,
        attempts.outcome, attempts.cpa, attempts.agent, attempts.answered_at, attempts.connected_at, attempts.ended_at,
        attempts.talk_ms, attempts.vendor_reason, attempts.message_at, (
            SELECT code FROM dispositions INDEXED BY dispositions_by_lead
            WHERE dispositions.lead = attempts.lead AND dispositions.attempt = attempts.id
            ORDER BY dispositions.id DESC LIMIT 1)
        """

    /// A page of attempts; the last column has those of the lead's list if one of them is asked for.
    ///
    /// Arguments: campaign, id before the page, limit, name of a column.
    package static let attemptPage = """
        SELECT \(attemptColumns), CASE WHEN CAST(?4 AS TEXT) IS NOT NULL THEN leads.fields END
        FROM attempts INDEXED BY attempts_by_campaign
        JOIN leads ON leads.id = attempts.lead
        WHERE attempts.campaign = ?1 AND attempts.id > ?2 ORDER BY attempts.id LIMIT ?3
        """

    /// One attempt.
    ///
    /// Argument: attempt.
    package static let oneAttempt = """
        SELECT \(attemptColumns), NULL FROM attempts JOIN leads ON leads.id = attempts.lead WHERE attempts.id = ?1
        """

    /// A page of leads, with how many attempts each has had and how the last closed one ended, in the order in which
    /// `LeadRecord` reads its columns.
    ///
    /// Arguments: campaign, id before the page, limit.
    package static let leadPage = """
        SELECT leads.id, leads.line, leads.number, leads.original_number, leads.name, leads.fields, leads.state,
            leads.ending, leads.not_before, leads.hold_reason,
            leads.earlier_attempts + (SELECT count(*) FROM attempts WHERE attempts.lead = leads.id),
            coalesce(last.outcome, leads.earlier_outcome), coalesce(last.ended_at, leads.earlier_ended_at),
            leads.priority, leads.expires_at, leads.callback_at, leads.callback_agent, leads.contact, imports.file_name
        FROM leads INDEXED BY leads_by_campaign JOIN imports ON imports.id = leads.import
        LEFT JOIN attempts AS last ON last.lead = leads.id AND last.ordinal = (
            SELECT max(ordinal) FROM attempts WHERE attempts.lead = leads.id AND attempts.outcome IS NOT NULL)
        WHERE leads.campaign = ?1 AND leads.id > ?2 ORDER BY leads.id LIMIT ?3
        """

    /// What each agent did in a campaign; a call that they did not take counts as one of their calls, whoever took it then.
    ///
    /// Arguments: campaign, below how many milliseconds a conversation is a short one.
    package static let agentFigures = """
        SELECT agent, count(*) AS calls, count(*) FILTER (WHERE outcome = 'connected') AS connected,
            count(*) FILTER (WHERE outcome = 'agent_missed') AS missed,
            count(*) FILTER (WHERE outcome = 'connected' AND talk_ms < ?2) AS short,
            coalesce(sum(talk_ms), 0) AS talk, min(claimed_at) AS first_at, max(claimed_at) AS last_at
        FROM (
            SELECT agent, outcome, talk_ms, claimed_at
            FROM attempts INDEXED BY attempts_by_campaign WHERE campaign = ?1 AND agent IS NOT NULL
            UNION ALL
            SELECT missed_offers.agent, 'agent_missed', 0, attempts.claimed_at
            FROM attempts INDEXED BY attempts_by_campaign JOIN missed_offers ON missed_offers.attempt = attempts.id
            WHERE attempts.campaign = ?1
        ) AS calls
        GROUP BY agent ORDER BY agent
        """
}
