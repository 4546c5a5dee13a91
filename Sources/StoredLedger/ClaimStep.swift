import DialModel
import Ledger
import Wording

/// The claim of one commit, inside its transaction.
///
/// Due leads are taken in their order until there are enough claims, no due lead is left, or the policy holds everyone; each
/// is asked about once. Bounded batches keep the memory constant however many leads are held back, and a bound on those
/// keeps the transaction short: the rest are found by the next claim.
struct ClaimStep {
    let db: any StoreSession
    let request: ClaimRequest
    /// The request's policy, if it is one that chooses numbers and wants to be told.
    let chooser: (any CallerIDPolicy)?

    /// The most leads that one claim holds back.
    static let holdLimit = 5_000
    /// How soon a call-back is looked at again whose agent is not idle.
    static let agentPause = Duration.seconds(30)
    /// The most leads that one claim passes over for other accounts.
    static let passLimit = 500

    /// What the policy's answer came to.
    private enum Verdict {
        case claimed(Claim, AuditFacts)
        case held
        case passed
        case everyoneIsHeld(ClaimHold)
    }

    func run() throws -> ClaimResult {
        var claims: [Claim] = []
        var dials: [AuditFacts] = []
        let room = try AccountRoom(db: db, request: request)
        var hold = room.hold
        var (heldCount, passedCount) = (0, 0)
        var isCutShort = false
        var due = try DueLeads(db: db, request: request)
        let firstDial = try AttemptRows(db: db).nextDial()
        var lists: DoNotCallCheck?
        var agents = request.idleAgents ?? []
        while claims.count < min(request.count, room.count), hold == nil, !isCutShort, passedCount < Self.passLimit,
            let candidate = try due.next(forDial: firstDial + Int64(claims.count))
        {
            if lists == nil { try tellNews() }
            let asked = try lists ?? listsToAsk()
            lists = asked
            guard try isAlone(with: candidate) else { continue }
            switch try decide(on: candidate, asked, agents) {
            case .claimed(let claim, let dial):
                claims.append(claim)
                dials.append(dial)
                agents.removeAll { $0 == claim.agent }
            case .held: heldCount += 1
            case .passed: passedCount += 1
            case .everyoneIsHeld(let why): hold = why
            }
            isCutShort = heldCount >= Self.holdLimit
        }
        try tell(of: dials)
        if claims.count < request.count { hold = hold ?? room.hold(after: claims.count) }
        return ClaimResult(
            claims: claims, nextDueAt: try nextDueAt(), hold: hold, isCutShort: isCutShort, passed: passedCount)
    }

    /// The do-not-call lists as they stand; nobody can change them before this transaction has ended.
    private func listsToAsk() throws -> DoNotCallCheck {
        try db.lock(.claiming)
        return try DoNotCallCheck(
            db: db, question: request.policy.doNotCall, campaign: request.campaign, at: request.now)
    }

    /// Whether nobody else is about to dial the number, which another campaign may have too.
    ///
    /// Whoever was first has it; the lead stays due, and is found by the next claim unless the call is open by then.
    private func isAlone(with candidate: DueLeads.Candidate) throws -> Bool {
        guard db.dialect.hasSeveralWriters else { return true }
        return try db.tryLock(.number(candidate.number))
            && !db.flag(LedgerQuery.hasOpenAttempt, [candidate.number.e164])
    }

    private func decide(
        on candidate: DueLeads.Candidate, _ lists: DoNotCallCheck, _ agents: [AgentID]
    ) throws -> Verdict {
        // An end long to come is by a clock that has been set right since.
        if let freedAt = candidate.freedAt, request.now < freedAt + ClaimRequest.othersPause,
            freedAt <= request.now + ClaimRequest.othersPause
        {
            try hold(candidate.lead, until: freedAt + ClaimRequest.othersPause, because: HoldReason.justCalled)
            return .held
        }
        if let (agent, until) = candidate.reservation, !agents.contains(agent) {
            // Where there are several accounts, the agent may work with another.
            if request.isOneOfSeveral { return .passed }
            let soon = min(until, request.now + Self.agentPause)
            try hold(candidate.lead, until: soon, because: HoldReason.agentNotIdle)
            return .held
        }
        let question = try question(about: candidate, lists)
        switch request.policy.decide(on: question, at: request.now) {
        case .dial(let callerID, let explanation):
            let (claim, dial) = try claim(candidate, callerID: callerID, history: question.history)
            if let explanation { try AttemptRows(db: db).explain(claim.attempt, explanation) }
            return .claimed(claim, dial)
        case .hold(let until, let reason):
            try hold(candidate.lead, until: until, because: reason)
            return .held
        case .pass: return .passed
        case .finish(let ending):
            try LeadRows(db: db).finish(candidate.lead, as: ending, in: .waiting, at: request.now)
            return .held
        case .holdEveryone(let hold): return .everyoneIsHeld(hold)
        }
    }

    private func question(
        about candidate: DueLeads.Candidate, _ lists: DoNotCallCheck
    ) throws -> ClaimCandidate {
        var question = try AttemptRows(db: db).question(
            about: candidate.lead, candidate.number, of: candidate.contact, lookBack: request.policy.lookBack,
            lists: lists, at: request.now)
        question.fields = candidate.fields
        question.expiresAt = candidate.expiresAt
        return question
    }

    /// One entry of the audit log for all dials of the claim.
    private func tell(of dials: [AuditFacts]) throws {
        guard !dials.isEmpty else { return }
        try AuditRows(db: db).append(
            .dialled, dials, run: request.run, account: request.vendor, note: request.note, of: request.campaign,
            at: request.now)
    }

    private func claim(
        _ candidate: DueLeads.Candidate, callerID: String?, history: OutcomeCounts
    ) throws -> (Claim, AuditFacts) {
        let salt = try AuditHash.freshSalt()
        let arguments: StoreArguments = [
            request.campaign.value, candidate.lead.value, request.run.value, history.total + 1, candidate.number.e164,
            request.vendor, callerID, request.now.milliseconds, salt,
        ]
        let attempt = AttemptID(try db.insert(LedgerQuery.insertAttempt, arguments))
        let taking = """
            UPDATE leads SET state = 'dialing', not_before = NULL, hold_reason = NULL WHERE id = ?
            """
        try db.send(taking, [candidate.lead.value])
        try AttemptRows(db: db).note(attempt, .placing, at: request.now, note: request.note)
        if let callerID { try tellClaim(attempt, callerID) }
        let claim = Claim(
            attempt: attempt, lead: candidate.lead, number: candidate.number, callerID: callerID, history: history,
            agent: candidate.reservation?.agent, list: candidate.list)
        let dial = SealedDial(
            attempt: attempt.value, campaign: request.campaign.value, lead: candidate.lead.value,
            run: request.run.value,
            number: candidate.number.e164, account: request.vendor, callerID: callerID,
            claimedAt: request.now.milliseconds)
        return (claim, AuditFacts(dial, salt: salt))
    }

    /// A hold that is over already would have the lead asked about for ever, so it lasts at least a millisecond.
    private func hold(_ lead: LeadID, until: Timestamp, because reason: String?) throws {
        let notBefore = max(until.milliseconds, request.now.milliseconds + 1)
        try db.send(
            "UPDATE leads SET not_before = ?, hold_reason = ? WHERE id = ?", [notBefore, reason, lead.value])
    }

    /// Tells the policy what was committed since it was last told, before its first question.
    private func tellNews() throws {
        guard let chooser else { return }
        guard chooser.account == request.vendor else {
            throw Refusal(.constraint, StorePhrase.foreignNumbers.phrase)
        }
        // What it hears may leave it wanting all there is to know instead.
        repeat {
            let position = chooser.position
            let news = try CallerIDNewsRows(db: db).news(of: chooser.account, after: position, at: request.now)
            if let news { chooser.learn(news) }
            if position == nil { break }
        } while chooser.position == nil
    }

    /// Puts a claim into the news, and tells the policy right away, so that its next answer knows of it.
    private func tellClaim(_ attempt: AttemptID, _ callerID: String) throws {
        let position = try CallerIDNewsRows(db: db).append(.claimed(attempt, callerID), account: request.vendor)
        let use = CallerIDUse(attempt: attempt, callerID: callerID, claimedAt: request.now)
        chooser?.learn(CallerIDNews(content: .events([.claimed(use)]), position: position))
    }

    private func nextDueAt() throws -> Timestamp? {
        let earliest = try db.integer(LedgerQuery.earliestWaiting, [request.campaign.value])
        return earliest.map(Timestamp.init(milliseconds:)).flatMap { $0 == .never ? nil : max($0, request.now) }
    }
}
