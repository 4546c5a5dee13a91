package import DialModel
import Ledger
import Wording

/// Where leads stand.
package struct LeadRows {
    let db: any StoreSession

    /// The leads as a transaction sees them.
    package init(db: any StoreSession) {
        self.db = db
    }

    /// What the turn of a lead is that has been dialled before; the arithmetic is that of `LeadOrder.turn`.
    private static let retryTurn = """
        priority * 1000 + part + (SELECT retry_turn FROM campaigns WHERE campaigns.id = leads.campaign)
        """

    /// What a lead is set to that is not dialled any more; `?2` is its ending.
    static let finished = """
        state = 'finished', ending = ?2, not_before = NULL, hold_reason = NULL, callback_at = NULL, callback_agent = NULL
        """

    /// Lets go of a lead whose attempt is over.
    func release(_ lead: LeadID, _ closing: AttemptClosing) throws {
        let sql = """
            SELECT state, contact, callback_at,
                (SELECT digest FROM imports WHERE imports.id = leads.import) AS list
            FROM leads WHERE id = ? /* FOR UPDATE */
            """
        guard let row = try db.row(sql, [lead.value]) else {
            throw Refusal(.constraint, StorePhrase.noLead.filled(lead.value))
        }
        try lock(try row.optional("contact"))
        let state: LeadState = try row.word("state")
        guard state == .dialing else {
            return try releaseOwn(
                lead, closing, in: state, of: try row.optional("contact"),
                hasCallback: try row.optional("callback_at") as Int64? != nil)
        }
        var closing = closing
        let isStranger = try row.required("list") == ImportedFile.strangers.digest
        if isStranger, case .wait = closing.lead { closing.lead = .finish(.notRetried) }
        try releaseDialled(lead, closing)
    }

    /// Lets go of a lead that no run was dialling: the vendor called them by itself.
    ///
    /// One that waits was not called by us when the call began, and has become due meanwhile: by a call-back, which stands,
    /// by a new list, or because another number of the callee came to nothing.
    private func releaseOwn(
        _ lead: LeadID, _ closing: AttemptClosing, in state: LeadState, of contact: Int64?, hasCallback: Bool
    ) throws {
        let wasHeard = closing.outcome.wasHeard
        if wasHeard, case .finish = closing.lead { try keepInReserve(othersThan: lead, of: contact) }
        switch (closing.lead, state) {
        case (.finish(.reached), .finished): try reachFinished(lead)
        case (.wait(let until), .waiting): if !hasCallback { try postpone(lead, until: until) }
        case (.finish(let ending), .waiting) where hasCallback && ending != .doNotCall: return
        case (.finish(let ending), .waiting), (.finish(let ending), .standby):
            try finish(lead, as: ending, in: state, wasHeard: wasHeard, at: closing.endedAt)
        case (.wait, _), (.finish, _): return
        }
    }

    private func postpone(_ lead: LeadID, until instant: Timestamp) throws {
        let sql = "UPDATE leads SET not_before = ?2 WHERE id = ?1 AND state = 'waiting' AND not_before < ?2"
        try db.execute(sql, [lead.value, instant.milliseconds])
    }

    private func releaseDialled(_ lead: LeadID, _ closing: AttemptClosing) throws {
        switch closing.lead {
        case .wait(let until):
            // The callee may have been heard on another number meanwhile.
            if try isForbidden(lead) { return try finish(lead, as: .doNotCall, in: .dialing, at: closing.endedAt) }
            // A call-back that was not placed is one still.
            let isPlaced = closing.outcome != .notPlaced
            let sql = """
                UPDATE leads SET state = 'waiting', not_before = ?2,
                    callback_at = CASE WHEN ?3 = 0 THEN callback_at END,
                    callback_agent = CASE WHEN ?3 = 0 THEN callback_agent END,
                    turn = CASE WHEN ?3 = 1 OR callback_at IS NULL THEN \(Self.retryTurn) ELSE turn END
                WHERE id = ?1 AND state = 'dialing'
                """
            let isReleased = try db.execute(sql, [lead.value, until.milliseconds, isPlaced])
            guard isReleased == 1 else { throw Refusal(.constraint, StorePhrase.leadNotDialled.filled(lead.value)) }
        case .finish(let ending):
            try finish(lead, as: ending, in: .dialing, wasHeard: closing.outcome.wasHeard, at: closing.endedAt)
        }
    }

    /// Finishes a lead, and has the callee's next number dialled, or none of them any more.
    ///
    /// Where the callee was heard the others stay in reserve, for what the agent says of it may be that the number is wrong.
    func finish(
        _ lead: LeadID, as ending: LeadEnding, in state: LeadState, wasHeard: Bool = false, at now: Timestamp
    ) throws {
        let sql = """
            UPDATE leads SET \(Self.finished) WHERE id = ?1 AND state = ?3 RETURNING contact
            """
        guard let row = try db.row(sql, [lead.value, ending.rawValue, state.rawValue]) else {
            throw Refusal(.constraint, StorePhrase.leadElsewhere.filled(lead.value, state.rawValue))
        }
        guard let contact: Int64 = try row.optional("contact"), !wasHeard else { return }
        try lock(contact)
        if ending.leavesOtherNumbers {
            try wakeNext(of: contact, at: now)
        } else {
            try finishOthers(of: contact, as: ending)
        }
    }

    /// Lets nobody else decide meanwhile which of a callee's numbers is dialled.
    private func lock(_ contact: Int64?) throws {
        guard let contact else { return }
        try db.lock(.contact(contact))
    }

    /// Whether the callee said on any of their numbers that they do not want to be called.
    func isForbidden(_ lead: LeadID) throws -> Bool {
        let sql = """
            SELECT EXISTS (
                SELECT 1 FROM leads AS others INDEXED BY leads_by_contact
                WHERE others.contact = (SELECT contact FROM leads WHERE id = ?1) AND others.ending = 'do_not_call')
            """
        return try db.flag(sql, [lead.value])
    }

    /// Has a callee called back: before all others, and instead of their other numbers.
    func callBack(_ lead: LeadID, of contact: LeadID?, at instant: Timestamp, agent: AgentID?) throws {
        try lock(contact?.value)
        let sql = """
            UPDATE leads SET state = 'waiting', ending = NULL, not_before = ?2, callback_at = ?2, callback_agent = ?3,
                hold_reason = NULL, turn = ?4
            WHERE id = ?1 AND state <> 'dialing'
            """
        try db.execute(sql, [lead.value, instant.milliseconds, agent?.value, LeadOrder.callbackTurn])
        try keepInReserve(othersThan: lead, of: contact?.value)
    }

    /// Keeps the callee's other numbers in reserve that wait to be dialled.
    private func keepInReserve(othersThan lead: LeadID, of contact: Int64?) throws {
        guard let contact else { return }
        let others = """
            UPDATE leads INDEXED BY leads_by_contact SET state = 'standby', not_before = NULL, hold_reason = NULL
            WHERE contact = ? AND id <> ? AND state = 'waiting'
            """
        try db.execute(others, [contact, lead.value])
    }

    /// An agent has spoken with somebody who had been given up; what was said of them otherwise stands.
    private func reachFinished(_ lead: LeadID) throws {
        let sql = """
            UPDATE leads SET ending = 'reached'
            WHERE id = ? AND ending IN ('invalid_number', 'not_retried', 'attempts_used', 'expired')
            """
        try db.execute(sql, [lead.value])
    }

    /// Lets the callee's next number be dialled, unless one of them still waits.
    package func wakeNext(of contact: Int64, at now: Timestamp) throws {
        let sql = """
            UPDATE leads SET state = 'waiting', not_before = ?2 WHERE id = (
                SELECT min(id) FROM leads INDEXED BY leads_by_contact WHERE contact = ?1 AND state = 'standby')
            AND NOT EXISTS (
                SELECT 1 FROM leads INDEXED BY leads_by_contact
                WHERE contact = ?1 AND state IN ('waiting', 'dialing'))
            """
        try db.execute(sql, [contact, now.milliseconds])
    }

    private func finishOthers(of contact: Int64, as ending: LeadEnding) throws {
        let sql = """
            UPDATE leads INDEXED BY leads_by_contact
            SET \(Self.finished) WHERE contact = ?1 AND state IN ('waiting', 'standby')
            """
        try db.execute(sql, [contact, ending.rawValue])
    }
}
