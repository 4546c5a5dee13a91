package import DialModel
import Ledger
import Wording

/// Attempts and their timelines.
package struct AttemptRows {
    let db: any StoreSession

    /// The attempts as a transaction sees them.
    package init(db: any StoreSession) {
        self.db = db
    }

    /// Applies a change to an attempt that is open; anything else throws `.constraint`.
    func apply(_ change: AttemptChange) throws {
        switch change {
        case .reached(let attempt, let state, let at, let detail):
            try reach(attempt, state, at: at, detail: detail)
        case .closed(let attempt, let closing):
            try close(attempt, closing)
        }
    }

    /// Appends to a timeline.
    func note(_ attempt: AttemptID, _ state: AttemptState, at: Timestamp, note: String?) throws {
        try db.send(LedgerQuery.insertEvent, [attempt.value, at.milliseconds, state.rawValue, note])
    }

    /// Keeps why an attempt's number was chosen; a text that is not JSON throws `.constraint`.
    func explain(_ attempt: AttemptID, _ explanation: String) throws {
        try db.execute(
            "INSERT INTO attempt_explanations (attempt, explanation) VALUES (?, ?)", [attempt.value, explanation])
    }

    private func reach(
        _ attempt: AttemptID, _ state: AttemptState, at: Timestamp, detail: AttemptDetail
    ) throws {
        _ = try openRow(attempt)
        guard state != .closed else { throw Refusal(.constraint, StorePhrase.attemptUnsettled.filled(attempt.value)) }
        let sql = """
            UPDATE attempts SET state = ?2, vendor_call = coalesce(?3, vendor_call), agent = coalesce(?4, agent),
                cpa = coalesce(?5, cpa), answered_at = coalesce(answered_at, ?6),
                connected_at = coalesce(connected_at, ?7), message_at = coalesce(message_at, ?8)
            WHERE id = ?1 AND outcome IS NULL
            """
        let arguments: StoreArguments = [
            attempt.value, state.rawValue, detail.vendorCall?.value, detail.agent?.value, detail.cpa?.rawValue,
            state == .answered ? at.milliseconds : nil, state == .connected ? at.milliseconds : nil,
            detail.isMessage ? at.milliseconds : nil,
        ]
        try db.send(sql, arguments)
        if let agent = detail.missedBy {
            try db.send(
                "INSERT INTO missed_offers (attempt, agent, at) VALUES (?, ?, ?)",
                [attempt.value, agent.value, at.milliseconds])
        }
        try note(attempt, state, at: at, note: detail.note)
    }

    private func close(_ attempt: AttemptID, _ closing: AttemptClosing) throws {
        let row = try openRow(attempt)
        let sql = """
            UPDATE attempts SET state = 'closed', outcome = ?2, ended_at = ?3,
                answered_at = coalesce(?4, answered_at), connected_at = coalesce(?5, connected_at), talk_ms = ?6,
                agent = coalesce(?7, agent), vendor_reason = ?8, shown_caller_id = ?9
            WHERE id = ?1 AND outcome IS NULL
            """
        let arguments: StoreArguments = [
            attempt.value, closing.outcome.rawValue, closing.endedAt.milliseconds, closing.answeredAt?.milliseconds,
            closing.connectedAt?.milliseconds, closing.talk?.milliseconds, closing.agent?.value, closing.vendorReason,
            closing.shownCallerID,
        ]
        try db.send(sql, arguments)
        try LeadRows(db: db).release(LeadID(try row.required("lead")), closing)
        let reason = closing.vendorReason
        if let callerID: String = try row.optional("caller_id") {
            let account: String = try row.required("vendor")
            try CallerIDNewsRows(db: db).append(.closed(attempt, callerID, closing.outcome), account: account)
            if let cause = Quarantine.cause(in: reason) {
                try CallerIDRows(db: db, account: account)
                    .quarantine(callerID, because: cause, in: attempt, at: closing.endedAt)
            }
        }
        try note(attempt, .closed, at: closing.endedAt, note: reason.isEmpty ? nil : reason)
    }

    /// What is needed of an attempt that is open; anything else throws `.constraint`.
    private func openRow(_ attempt: AttemptID) throws -> StoreRow {
        let sql = "SELECT lead, vendor, caller_id, outcome FROM attempts WHERE id = ? /* FOR UPDATE */"
        guard let row = try db.row(sql, [attempt.value]) else {
            throw Refusal(.constraint, StorePhrase.noAttempt.filled(attempt.value))
        }
        let outcome: CallOutcome? = try row.optionalWord("outcome")
        guard outcome == nil else { throw Refusal(.constraint, StorePhrase.attemptClosed.filled(attempt.value)) }
        return row
    }
}

// MARK: - Reading

extension AttemptRows {
    /// The attempts of a campaign without an outcome, oldest first.
    package func open(of campaign: CampaignID) throws -> [OpenAttempt] {
        let sql = """
            SELECT attempts.id, lead, number, attempts.vendor, caller_id, state, claimed_at, vendor_call, agent, cpa,
                answered_at, connected_at, boot, clock_zero, (SELECT import FROM leads WHERE leads.id = attempts.lead) AS list
            FROM attempts INDEXED BY attempts_open_number JOIN runs ON runs.id = attempts.run
            WHERE attempts.campaign = ? AND outcome IS NULL ORDER BY attempts.id
            """
        return try db.rows(sql, [campaign.value]).map { row in
            let lead = LeadID(try row.required("lead"))
            let claim = Claim(
                attempt: AttemptID(try row.required("id")), lead: lead, number: try row.number("number"),
                callerID: try row.optional("caller_id"), history: try history(of: lead),
                list: ListID(try row.required("list")))
            return OpenAttempt(
                claim: claim, vendor: try row.required("vendor"), state: try row.word("state"),
                claimedAt: try row.instant("claimed_at"),
                vendorCall: try row.optional("vendor_call").map(VendorCallID.init),
                agent: try row.optional("agent").map(AgentID.init), clock: try Self.clock(in: row),
                answeredAt: try row.optionalInstant("answered_at"),
                connectedAt: try row.optionalInstant("connected_at"), cpa: try row.optionalWord("cpa"))
        }
    }

    private static func clock(in row: StoreRow) throws -> ClockOrigin? {
        guard let boot: String = try row.optional("boot") else { return nil }
        return ClockOrigin(boot: boot, zero: try row.instant("clock_zero"))
    }

    /// How the closed attempts of a lead ended; counted from the rows each time, so that it cannot disagree with them.
    ///
    /// Of attempts that it had where it was exported only the last outcome is known, which is taken for that of all: it is
    /// the one whose limit the next attempt is likeliest to meet.
    func history(of lead: LeadID) throws -> OutcomeCounts {
        var history = OutcomeCounts()
        for row in try db.rows(LedgerQuery.outcomesOfLead, [lead.value]) {
            history[try row.word("outcome")] += 1
        }
        if let row = try db.row(LedgerQuery.earlierOfLead, [lead.value]) {
            history[try row.word("earlier_outcome")] += try row.required("earlier_attempts")
        }
        return history
    }

    /// What a claim policy is told of a lead.
    func question(
        about lead: LeadID, _ number: PhoneNumber, of contact: LeadID?, lookBack: Duration, lists: DoNotCallCheck,
        at now: Timestamp
    ) throws -> ClaimCandidate {
        var question = ClaimCandidate(lead: lead, number: number, history: try history(of: lead))
        question.doNotCall = try lists.finding(on: number)
        guard lookBack > .zero else { return question }
        question.recentDials = try dials(to: number, since: now - lookBack)
        if let contact { question.otherDials = try dials(of: contact, besides: lead, since: now - lookBack) }
        return question
    }

    /// The id of the next attempt, unless ids were given out to attempts that were undone.
    func nextDial() throws -> Int64 {
        try db.integer(("SELECT max(id) + 1 FROM attempts")) ?? 1
    }

    /// The dials of a callee's other numbers by this campaign from an instant on, oldest first.
    func dials(of contact: LeadID, besides lead: LeadID, since: Timestamp) throws -> [CalleeDial] {
        try db.rows(LedgerQuery.dialsOfContact, [contact.value, lead.value, since.milliseconds]).map(Self.dial)
    }

    private static func dial(_ row: StoreRow) throws -> CalleeDial {
        CalleeDial(
            lead: LeadID(try row.required("lead")), at: try row.instant("claimed_at"),
            callerID: try row.optional("caller_id"), outcome: try row.optionalWord("outcome"),
            endedAt: try row.optionalInstant("ended_at"))
    }

    /// The dials to a callee from an instant on, by whichever campaign, oldest first.
    func dials(to number: PhoneNumber, since: Timestamp) throws -> [CalleeDial] {
        try db.rows(LedgerQuery.dialsToCallee, [number.e164, since.milliseconds]).map(Self.dial)
    }

    /// What happened in an attempt, in the order in which it was committed.
    func timeline(of attempt: AttemptID) throws -> [TimelineEntry] {
        let sql = "SELECT at, state, note FROM attempt_events WHERE attempt = ? ORDER BY sequence"
        return try db.rows(sql, [attempt.value]).map { row in
            TimelineEntry(at: try row.instant("at"), state: try row.word("state"), note: try row.optional("note"))
        }
    }
}
