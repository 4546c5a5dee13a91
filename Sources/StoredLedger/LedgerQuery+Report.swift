/// What reports ask.
extension LedgerQuery {
    /// The attempts of a campaign, in order of id, with what a report counts.
    ///
    /// One pass that counts in memory takes seconds for a million attempts (measured); to group them in SQL from each side
    /// that a report shows took close to a minute, since SQLite sorts all of them for each.
    ///
    /// Argument: campaign.
    package static let reportAttempts = """
        SELECT id, lead, run, ordinal, number, vendor, state, claimed_at, caller_id, shown_caller_id, outcome, cpa, agent,
            answered_at, connected_at, ended_at, talk_ms, message_at,
            CASE WHEN outcome IN ('refused', 'congestion', 'unknown', 'not_placed') THEN vendor_reason END
        FROM attempts INDEXED BY attempts_by_campaign WHERE campaign = ?1 ORDER BY id
        """

    /// The offers that agents of a campaign missed, by agent, run and when the attempt was claimed.
    ///
    /// They are few beside attempts, so they are gone through instead of looked for.
    ///
    /// Arguments: campaign, first instant, first instant after.
    package static let reportMissedOffers = """
        SELECT missed_offers.agent, attempts.run, attempts.claimed_at
        FROM missed_offers CROSS JOIN attempts ON attempts.id = missed_offers.attempt
        WHERE attempts.campaign = ?1 AND attempts.claimed_at >= ?2 AND attempts.claimed_at < ?3
        """

    /// How many leads were noted as a sale; dispositions belong to a period by when they were noted.
    ///
    /// Arguments: campaign, first instant, first instant after.
    package static let reportSales = """
        SELECT count(DISTINCT dispositions.lead) FROM dispositions CROSS JOIN leads ON leads.id = dispositions.lead
        WHERE leads.campaign = ?1 AND noted_at >= ?2 AND noted_at < ?3 AND code = 'sale'
        """

    /// Why leads are held back.
    ///
    /// Argument: campaign.
    package static let reportHeld = """
        SELECT hold_reason FROM leads INDEXED BY leads_waiting
        WHERE campaign = ?1 AND state = 'waiting' AND hold_reason IS NOT NULL
        """

    /// Numbers of some accounts that are out of use.
    ///
    /// Arguments: now, limit, and the names of so many accounts.
    static func reportResting(_ count: Int) -> String {
        """
        SELECT number, CASE WHEN quarantined_until > ?1 THEN quarantined_until END FROM caller_ids
        WHERE account IN (\(places(count, from: 3))) AND listed = 1 AND (paused = 1 OR quarantined_until > ?1)
        ORDER BY number LIMIT ?2
        """
    }
}
