package import Compliance
package import DialModel
package import Ledger

/// A ledger of one campaign in memory: claims, closings and caller IDs, by the same rules as a ledger on disk.
///
/// It asks the same policy about the same candidates in the same order, so that a forecast dials whom a run would dial.
package struct VirtualLedger: Sendable {
    /// What a claim leaves for its closing.
    private struct OpenClaim: Sendable {
        var lead: Int32
        var callerID: Int32
        var claimedAt: Timestamp
    }

    /// The most leads that one claim holds back, as on disk.
    private static let holdLimit = 5_000
    /// How soon a call-back is looked at again whose agent is not idle, as on disk.
    private static let agentPause = Duration.seconds(30)

    private let policy: any ClaimPolicy
    private let order: LeadOrder
    private let firstDial: Int64
    private let contacts: [LeadID: [Int]]
    private var leads: [VirtualLead]
    private var callees: [VirtualCallee]
    private var waiting: WaitingLeads
    private var claims: [OpenClaim] = []
    /// The leads of attempts that an earlier run left open.
    private var leftOpen: [AttemptID: Int] = [:]
    /// The account's numbers, and what was made of them.
    package private(set) var callerIDs: CallerIDUsages

    /// Whether some call-back is one agent's alone, so that claims ask who is idle.
    let hasReservations: Bool

    /// A ledger with these leads, whose claims ask `policy`, one that nobody else uses.
    package init(_ campaign: CampaignLeads, policy: any ClaimPolicy) {
        self.policy = policy
        order = campaign.order
        firstDial = campaign.nextDial
        contacts = campaign.contacts
        leads = campaign.leads
        callees = campaign.callees
        waiting = campaign.waiting
        callerIDs = CallerIDUsages(campaign.callerIDs)
        hasReservations = campaign.hasReservations
        for open in campaign.leftOpen {
            guard let index = campaign.index(of: open.claim.lead) else { continue }
            leftOpen[open.claim.attempt] = index
            callees[Int(leads[index].callee)].isOpen = true
        }
    }

    /// How many attempts were claimed.
    package var attemptCount: Int { claims.count }

    /// How many leads are in each state, in the order of `LeadState.allCases`.
    package var stateCounts: [Int] {
        LeadState.allCases.map { state in leads.reduce(0) { $0 + ($1.state == state ? 1 : 0) } }
    }

    /// How many leads have each ending, in the order of `LeadEnding.allCases`.
    package var endingCounts: [Int] {
        LeadEnding.allCases.map { ending in leads.reduce(0) { $0 + ($1.ending == ending ? 1 : 0) } }
    }

    /// How many leads wait, by what holds them back; those that no gate holds wait for their time.
    package var waitingCounts: [(gate: Gate, count: Int)] {
        let gates = leads.lazy.filter { $0.state == .waiting }.map { Self.gate(of: $0) }
        let counts = gates.reduce(into: [Gate: Int]()) { $0[$1, default: 0] += 1 }
        return Gate.allCases.compactMap { gate in counts[gate].map { (gate, $0) } }
    }

    /// The gate that keeps the lead that is due first, and until when; nil if none waits.
    mutating func next() -> (gate: Gate, at: Timestamp)? {
        waiting.earliest(among: leads).map { (Self.gate(of: leads[$0.index]), $0.place.notBefore) }
    }

    /// The callee of an attempt: the index of its list, and how often the number was called before.
    mutating func call(_ attempt: AttemptID) -> (list: Int, ordinal: Int) {
        let lead = leads[leadIndex(of: attempt)]
        let callee = Int(lead.callee)
        callees[callee].calls += 1
        return (Int(lead.list), callees[callee].calls - 1)
    }

    private static func gate(of lead: VirtualLead) -> Gate {
        guard let reason = lead.holdReason else { return .retryWait }
        return Gate(holdReason: reason) ?? .callerID
    }

    private func leadIndex(of attempt: AttemptID) -> Int {
        if let index = leftOpen[attempt] { return index }
        let ordinal = Int(attempt.value - firstDial)
        precondition(claims.indices.contains(ordinal), "\(attempt) was never claimed")
        return Int(claims[ordinal].lead)
    }
}

// MARK: - Claiming

extension VirtualLedger {
    /// What a policy's answer came to.
    private enum Verdict {
        case claimed(Claim)
        case held
        case passed
        case everyoneIsHeld(ClaimHold)
    }

    /// Claims up to so many due leads, in their order.
    package mutating func claim(_ count: Int, idleAgents: [AgentID]?, at now: Timestamp) -> ClaimResult {
        var result = ClaimResult(claims: [], nextDueAt: nil)
        var passedOver: [WaitingLeads.Entry] = []
        var agents = idleAgents ?? []
        var heldCount = 0
        while result.claims.count < count, result.hold == nil, !result.isCutShort,
            let entry = waiting.popDue(by: now, dial: nextAttempt.value, order: order, among: leads)
        {
            if callees[Int(leads[entry.index].callee)].isOpen {
                passedOver.append(entry)
                continue
            }
            if result.claims.isEmpty, heldCount == 0 { tellNews(at: now) }
            switch decide(on: entry.index, isAskingAgents: idleAgents != nil, agents, at: now) {
            case .claimed(let claim):
                result.claims.append(claim)
                agents.removeAll { $0 == claim.agent }
            case .held: heldCount += 1
            case .passed: passedOver.append(entry)
            case .everyoneIsHeld(let hold):
                result.hold = hold
                passedOver.append(entry)
            }
            result.isCutShort = heldCount >= Self.holdLimit
        }
        for entry in passedOver { waiting.add(entry) }
        result.nextDueAt = waiting.earliest(among: leads).flatMap {
            $0.place.notBefore == .never ? nil : max($0.place.notBefore, now)
        }
        return result
    }

    private var nextAttempt: AttemptID { AttemptID(firstDial + Int64(claims.count)) }

    private mutating func decide(
        on index: Int, isAskingAgents: Bool, _ agents: [AgentID], at now: Timestamp
    ) -> Verdict {
        let reservation = isAskingAgents ? reservation(of: leads[index], at: now) : nil
        if let (agent, until) = reservation, !agents.contains(agent) {
            let soon = min(until, now + Self.agentPause)
            hold(index, until: soon, because: HoldReason.agentNotIdle, at: now)
            return .held
        }
        switch policy.decide(on: question(about: index, at: now), at: now) {
        case .dial(let callerID, _):
            return .claimed(take(index, callerID: callerID, agent: reservation?.agent, at: now))
        case .hold(let until, let reason):
            hold(index, until: until, because: reason, at: now)
            return .held
        case .pass: return .passed
        case .finish(let ending):
            finish(index, as: ending, wasHeard: false, at: now)
            return .held
        case .holdEveryone(let hold): return .everyoneIsHeld(hold)
        }
    }

    private func reservation(of lead: VirtualLead, at now: Timestamp) -> (agent: AgentID, until: Timestamp)? {
        guard let agent = lead.callbackAgent, let since = lead.callbackAt else { return nil }
        let until = since + ClaimRequest.agentPatience
        return until > now ? (agent, until) : nil
    }

    private func question(about index: Int, at now: Timestamp) -> ClaimCandidate {
        let lead = leads[index]
        let callee = callees[Int(lead.callee)]
        var question = ClaimCandidate(
            lead: lead.id, number: callee.number, history: lead.history, fields: lead.fields,
            expiresAt: lead.expiresAt, doNotCall: lead.doNotCall)
        guard policy.lookBack > .zero else { return question }
        let since = now - policy.lookBack
        question.recentDials = callee.dials.filter { $0.at >= since }
        guard let contact = lead.contact else { return question }
        for other in contacts[contact] ?? [] where other != index {
            let (id, dials) = (leads[other].id, callees[Int(leads[other].callee)].dials)
            question.otherDials += dials.filter { $0.lead == id && $0.at >= since }
        }
        question.otherDials.sort { $0.at < $1.at }
        return question
    }

    private mutating func take(_ index: Int, callerID: String?, agent: AgentID?, at now: Timestamp) -> Claim {
        let attempt = nextAttempt
        let callee = Int(leads[index].callee)
        precondition(leads[index].state == .waiting && !callees[callee].isOpen, "lead \(leads[index].id) claimed twice")
        leads[index].state = .dialing
        leads[index].holdReason = nil
        callees[callee].isOpen = true
        callees[callee].dials.append(CalleeDial(lead: leads[index].id, at: now, callerID: callerID, outcome: nil))
        let number = callerID.map { callerIDs.claim($0, for: attempt, at: now) }
        claims.append(OpenClaim(lead: Int32(index), callerID: Int32(number ?? -1), claimedAt: now))
        if let callerID {
            let use = CallerIDUse(attempt: attempt, callerID: callerID, claimedAt: now)
            policy.chooser?.learn(CallerIDNews(content: .events([.claimed(use)]), position: attempt.value))
        }
        return Claim(
            attempt: attempt, lead: leads[index].id, number: callees[callee].number, callerID: callerID,
            history: leads[index].history, agent: agent, list: ListID(Int64(leads[index].list) + 1))
    }

    /// A hold that is over already would have the lead asked about for ever, so it lasts at least a millisecond.
    private mutating func hold(_ index: Int, until: Timestamp, because reason: String?, at now: Timestamp) {
        leads[index].holdReason = reason
        wait(index, until: max(until, now + .milliseconds(1)))
    }

    private mutating func wait(_ index: Int, until instant: Timestamp) {
        leads[index].state = .waiting
        leads[index].place.notBefore = instant
        waiting.add(WaitingLeads.Entry(place: leads[index].place, index: index))
    }

    /// A policy that knows nothing, or wants to know all, is told everything.
    private func tellNews(at now: Timestamp) {
        guard let chooser = policy.chooser, chooser.position == nil else { return }
        chooser.learn(CallerIDNews(content: .snapshot(callerIDs.snapshot(at: now)), position: nextAttempt.value))
    }
}

// MARK: - Closing

extension VirtualLedger {
    /// Closes an attempt, and lets its lead, its number and its caller ID go.
    package mutating func close(_ attempt: AttemptID, _ closing: AttemptClosing) {
        let index = leadIndex(of: attempt)
        let callee = Int(leads[index].callee)
        precondition(leads[index].state == .dialing, "\(attempt) is closed already")
        callees[callee].isOpen = false
        let lead = leads[index].id
        if let dial = callees[callee].dials.lastIndex(where: { $0.lead == lead && $0.outcome == nil }) {
            callees[callee].dials[dial].outcome = closing.outcome
            callees[callee].dials[dial].endedAt = closing.endedAt
        }
        leads[index].history[closing.outcome] += 1
        freeCallerID(of: attempt, closing.outcome)
        switch closing.lead {
        case .wait(let until): release(index, until: until, isPlaced: closing.outcome != .notPlaced)
        case .finish(let ending): finish(index, as: ending, wasHeard: closing.outcome.wasHeard, at: closing.endedAt)
        }
    }

    private mutating func freeCallerID(of attempt: AttemptID, _ outcome: CallOutcome) {
        guard leftOpen[attempt] == nil else { return }
        let claim = claims[Int(attempt.value - firstDial)]
        guard claim.callerID >= 0 else { return }
        let callerID = callerIDs.close(Int(claim.callerID), attempt, claimedAt: claim.claimedAt, as: outcome)
        let use = CallerIDUse(attempt: attempt, callerID: callerID, claimedAt: claim.claimedAt)
        policy.chooser?.learn(
            CallerIDNews(content: .events([.closed(use, outcome: outcome)]), position: nextAttempt.value))
    }

    /// A call-back that was not placed is one still.
    private mutating func release(_ index: Int, until: Timestamp, isPlaced: Bool) {
        if isPlaced || leads[index].callbackAt == nil { leads[index].place.turn = leads[index].retryTurn }
        if isPlaced {
            leads[index].callbackAt = nil
            leads[index].callbackAgent = nil
        }
        wait(index, until: until)
    }

    /// Finishes a lead, and has the callee's next number dialled, or none of them any more.
    ///
    /// Where the callee was heard the others stay in reserve.
    private mutating func finish(_ index: Int, as ending: LeadEnding, wasHeard: Bool, at now: Timestamp) {
        end(index, as: ending)
        guard let contact = leads[index].contact, !wasHeard, let numbers = contacts[contact] else { return }
        if ending.leavesOtherNumbers {
            guard !numbers.contains(where: { [.waiting, .dialing].contains(leads[$0].state) }) else { return }
            if let next = numbers.first(where: { leads[$0].state == .standby }) { wait(next, until: now) }
        } else {
            for other in numbers where [.waiting, .standby].contains(leads[other].state) { end(other, as: ending) }
        }
    }

    private mutating func end(_ index: Int, as ending: LeadEnding) {
        leads[index].state = .finished
        leads[index].ending = ending
        leads[index].holdReason = nil
        leads[index].callbackAt = nil
        leads[index].callbackAgent = nil
    }
}
