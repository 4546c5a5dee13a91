import DialModel

extension LedgerQuery {
    /// Adds `count` leads, each unless its number is among the leads of a scope; more than one only where the scope is no wider
    /// than the campaign, since each has to see those before it.
    ///
    /// Arguments: campaign, import; then for each lead: line, number, number as listed, name, fields, state, ending,
    /// not-before; attempts that it had where it was exported, how the last ended, and when; priority, when its time is
    /// over, first lead of the callee; when it is to be called back, and by whom; why it was held back.
    static func insertLeads(_ count: Int, _ duplicates: DuplicateScope) -> String {
        let insertion = """
            INSERT INTO leads (
                campaign, import, line, number, original_number, name, fields, state, ending, not_before,
                earlier_attempts, earlier_outcome, earlier_ended_at, priority, expires_at, contact, callback_at,
                callback_agent, hold_reason, turn)
            """
        switch duplicates {
        case .campaign, .list:
            let leads = (0..<count).map { "(\(values(ofLead: $0)))" }.joined(separator: ", ")
            return "\(insertion) VALUES \(leads) ON CONFLICT (campaign, number) DO NOTHING"
        case .all:
            return "\(insertion) SELECT \(values(ofLead: 0)) WHERE NOT EXISTS (SELECT 1 FROM leads WHERE number = ?4)"
        }
    }

    /// The values of one of the leads that `insertLeads` adds.
    private static func values(ofLead index: Int) -> String {
        let ownCount = 17
        let own = (0..<ownCount).map { "?\(3 + index * ownCount + $0)" }
        let (attempts, priority, callbackAt) = (own[8], own[11], own[14])
        return """
            ?1, ?2, \(own.joined(separator: ", ")),
            CASE WHEN \(callbackAt) IS NOT NULL THEN \(LeadOrder.callbackTurn)
                ELSE \(priority) * 1000
                    + iif(\(attempts) > 0, (SELECT retry_turn FROM campaigns WHERE id = ?1), 0) END
            """
    }

    /// Lists a lead of an earlier list anew: one that is finished is due again, one that waits or is in a call goes on, and
    /// whoever is not to be called any more stays so.
    ///
    /// Arguments: campaign, import, line, number, number as listed, name, fields, priority, when its time is over, now.
    static let renewLead = """
        UPDATE leads SET import = ?2, line = ?3, original_number = ?5, name = ?6, fields = ?7, priority = ?8, expires_at = ?9,
            turn = CASE WHEN callback_at IS NULL THEN ?8 * 1000 + turn - priority * 1000 ELSE turn END,
            state = iif(state = 'finished', 'waiting', state), ending = NULL,
            not_before = iif(state = 'finished', ?10, not_before)
        WHERE campaign = ?1 AND number = ?4 AND ending IS NOT 'do_not_call' AND erased_at IS NULL
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
