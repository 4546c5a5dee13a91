import DialModel

extension LedgerQuery {
    /// Adds `count` leads that begin here, each unless its campaign has the number already.
    ///
    /// Arguments: campaign, import, not-before; then for each lead: line, number, number as listed, name, fields, priority,
    /// when its time is over.
    package static func insertNewLeads(_ count: Int) -> String {
        let ownCount = 7
        let leads = (0..<count).map { index in
            let own = (0..<ownCount).map { "?\(4 + index * ownCount + $0)" }
            return "(?1, ?2, \(own.joined(separator: ", ")), 'waiting', ?3, CAST(\(own[5]) AS BIGINT) * 1000)"
        }
        return """
            INSERT INTO leads (
                campaign, import, line, number, original_number, name, fields, priority, expires_at, state, not_before,
                turn)
            VALUES \(leads.joined(separator: ", ")) ON CONFLICT DO NOTHING
            """
    }

    /// Adds a lead as it stands, unless its campaign has the number.
    ///
    /// Arguments: campaign, import; line, number, number as listed, name, fields, state, ending, not-before; attempts that
    /// it had where it was exported, how the last ended, and when; priority, when its time is over, first lead of the
    /// callee; when it is to be called back, and by whom; why it was held back.
    package static let insertLead = """
        INSERT INTO leads (
            campaign, import, line, number, original_number, name, fields, state, ending, not_before,
            earlier_attempts, earlier_outcome, earlier_ended_at, priority, expires_at, contact, callback_at,
            callback_agent, hold_reason, turn)
        VALUES (
            ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19,
            CASE WHEN CAST(?17 AS BIGINT) IS NOT NULL THEN \(LeadOrder.callbackTurn)
                ELSE CAST(?14 AS BIGINT) * 1000
                    + CASE WHEN CAST(?11 AS BIGINT) > 0
                        THEN (SELECT retry_turn FROM campaigns WHERE id = CAST(?1 AS BIGINT)) ELSE 0 END END)
        ON CONFLICT DO NOTHING RETURNING id
        """

    /// Lists a lead of an earlier list anew: one that is finished is due again, one that waits or is in a call goes on, and
    /// whoever is not to be called any more stays so.
    ///
    /// Arguments: campaign, import, line, number, number as listed, name, fields, priority, when its time is over, now.
    static let renewLead = """
        UPDATE leads SET import = ?2, line = ?3, original_number = ?5, name = ?6, fields = ?7, priority = ?8, expires_at = ?9,
            turn = CASE WHEN callback_at IS NULL THEN CAST(?8 AS BIGINT) * 1000 + turn - priority * 1000 ELSE turn END,
            state = CASE WHEN state = 'finished' THEN 'waiting' ELSE state END, ending = NULL,
            not_before = CASE WHEN state = 'finished' THEN ?10 ELSE not_before END
        WHERE campaign = ?1 AND number = ?4 AND (ending IS NULL OR ending <> 'do_not_call') AND erased_at IS NULL
        """

    /// In which list the campaign has a number, and in which line of it.
    ///
    /// Arguments: campaign, number.
    package static let importOfNumber = "SELECT import, line FROM leads WHERE campaign = ?1 AND number = ?2"

    /// Whether any campaign has a number.
    ///
    /// Argument: number.
    package static let anyLeadOfNumber = "SELECT 1 FROM leads INDEXED BY leads_by_number WHERE number = ?1 LIMIT 1"
}
