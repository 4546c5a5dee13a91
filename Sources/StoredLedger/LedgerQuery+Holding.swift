import DialModel

extension LedgerQuery {
    /// Has leads of a campaign asked about anew.
    ///
    /// Arguments: now, campaign.
    static let releaseOfCampaign = release(where: "campaign = ?2")

    /// Has leads of a campaign asked about anew that wait until something is changed.
    ///
    /// Arguments: now, campaign.
    static let releaseOnHold = release(where: "campaign = ?2 AND not_before = \(Timestamp.never.milliseconds)")

    /// How many leads of a campaign wait until something is changed, by the gate that holds them.
    ///
    /// Argument: campaign.
    package static let onHoldCounts =
        turns + """
             SELECT substr(hold_reason, 1, instr(hold_reason, ':') - 1) AS gate, count(*) AS leads
            FROM turns CROSS JOIN leads INDEXED BY leads_waiting ON leads.turn = turns.turn
            WHERE campaign = ?1 AND state = 'waiting' AND not_before = \(Timestamp.never.milliseconds)
            GROUP BY gate ORDER BY leads DESC, gate
            """

    /// Has leads of the campaigns that have run with an account asked about anew.
    ///
    /// Arguments: now, account.
    static let releaseOfAccount = release(where: "campaign IN (SELECT campaign FROM runs WHERE vendor = ?2)")

    /// Has leads asked about anew that a do-not-call list held back.
    ///
    /// Arguments: now, campaign or null, what the numbers are like.
    package static let releaseListed = release(
        by: "INDEXED BY leads_listed",
        where: "hold_reason GLOB 'do_not_call:*' AND (CAST(?2 AS BIGINT) IS NULL OR campaign = ?2) AND number LIKE ?3")

    /// Has leads that were held back asked about anew, since what held them may be gone.
    ///
    /// A lead that was held back was due, so no wait after an attempt is cut short; a call-back keeps its time.
    private static func release(by index: String = "", where condition: String) -> String {
        """
        UPDATE leads \(index) SET not_before = ?1, hold_reason = NULL
        WHERE state = 'waiting' AND hold_reason IS NOT NULL AND not_before > ?1 AND \(condition)
        """
    }
}
