package import CallModel
package import DialEngine
package import DialModel
import Ledger
import Pacing

/// A campaign in virtual time: the engine of real runs, with callees, agents, vendor and ledger that are made up.
///
/// One thread, one queue of events. Whatever the engine answers is carried out here as `CampaignRunner` does it in the
/// world outside; the same seed gives the same events. Answered calls that are bound to no agent go to whoever has been
/// idle longest, else they wait, the first to come first (`pacing.md`, section 2).
package struct VirtualWorld: Sendable {
    /// What is still to happen; calls by the ordinal of their attempt, agents by index.
    enum Event: Sendable {
        case reached(Int)
        case responded(Int)
        case detected(Int)
        case patienceOver(Int, since: Timestamp)
        case pickedUp(Int, offer: Int32)
        case missed(Int, offer: Int32)
        case talkEnded(Int)
        case messageOver(Int)
        case wrapUpEnded(Int)
        case breakEnded(Int)
        case look(Int)
        case lookAtAgents
        case timer(DialTimer)
    }

    /// What shapes the vendor and the agents.
    package let centre: CentreSettings
    /// How callees and agents behave.
    package let model: CallModel
    /// Every call so far, in the order of their attempts.
    package internal(set) var calls: [VirtualCall] = []
    /// Every agent.
    package internal(set) var agents: [VirtualAgent]
    /// The campaign's leads.
    package internal(set) var ledger: VirtualLedger
    /// The present instant.
    package internal(set) var now: Timestamp
    /// Why the run is over; nil while it is not.
    package internal(set) var ending: RunEnding?
    /// What was counted.
    package internal(set) var tally: WorldTally
    /// How many events have happened.
    package private(set) var eventCount = 0
    /// How many calls the vendor has.
    package internal(set) var lineCount = 0

    var engine: DialEngine
    private let shares: AnswerShares?
    private let firstDial: Int64
    private let maxLines: Int
    private let isAgentFirst: Bool
    var events = EventQueue<Timestamp, Event>()
    /// What the engine is to be told next, in order.
    var inbox: [DialEvent] = []
    /// When each timer is due.
    private var timers: [DialTimer: Timestamp] = [:]
    /// The first event of each timer; one that is set anew and later is looked at then, and gets no further event before.
    private var timerEvents: [DialTimer: Timestamp] = [:]
    private var rate: RequestRate
    var detections: SplitMix64
    let agentIndices: [AgentID: Int]
    /// The calls that wait for whoever is idle first; those that wait no longer are passed over.
    var queue: [Int] = []
    /// The agents who became idle, longest ago first; those who are not any more are passed over.
    var idle: [(agent: Int, since: Timestamp)] = []
    var idleHead = 0
    var queueHead = 0
    var idleCount: Int
    /// How many agents were promised to a call that has not reached them.
    var promisedCount = 0
    var changedAgents: [Int] = []
    private var delay = Delay.answers

    /// A world at `start`, in which every agent is idle.
    package init(
        engine: EngineSettings, centre: CentreSettings, model: CallModel, shares: AnswerShares? = nil,
        campaign: CampaignLeads, ledger: VirtualLedger, abandonment: AbandonmentMeasure, start: Timestamp
    ) {
        self.engine = DialEngine(settings: engine)
        self.centre = centre
        self.model = model
        self.shares = shares
        self.ledger = ledger
        now = start
        firstDial = campaign.nextDial
        maxLines = engine.maxLines
        isAgentFirst = engine.style == .agentFirst
        tally = WorldTally(start: start, agents: centre.agents, abandonment: abandonment)
        rate = RequestRate(perSecond: centre.requestsPerSecond, burst: centre.burst)
        detections = SplitMix64(seed: model.seed ^ 0xDE7E_C710_0000_0001)
        agents = (0..<centre.agents).map { VirtualAgent(id: AgentID("agent\($0 + 1)"), since: start) }
        agentIndices = Dictionary(uniqueKeysWithValues: agents.enumerated().map { ($1.id, $0) })
        idle = agents.indices.map { ($0, start) }
        idleCount = agents.count
        inbox = [.agentsObserved(agents.map(observation(of:)), asOf: start), .started(leftOpen: campaign.leftOpen)]
        tellEngine()
    }

    /// Lets the next event happen, and everything that follows from it at once; false if there is none.
    package mutating func step() -> Bool {
        guard ending == nil, let (time, event) = events.take(dueBy: Timestamp(milliseconds: .max)) else { return false }
        if time > now {
            tally.pass(time.milliseconds - now.milliseconds, delay: delay)
            now = time
        }
        eventCount += 1
        happen(event)
        tellEngine()
        delay = presentDelay()
        return true
    }

    /// The ordinal of an attempt among those of this world.
    func ordinal(_ attempt: AttemptID) -> Int { Int(attempt.value - firstDial) }

    /// The attempt of an ordinal.
    func attempt(_ ordinal: Int) -> AttemptID { AttemptID(firstDial + Int64(ordinal)) }

    private mutating func happen(_ event: Event) {
        switch event {
        case .reached(let call): reached(call)
        case .responded(let call): responded(call)
        case .detected(let call): detected(call)
        case .patienceOver(let call, let since): patienceOver(call, since: since)
        case .pickedUp(let call, let offer): pickedUp(call, offer: offer)
        case .missed(let call, let offer): missed(call, offer: offer)
        case .talkEnded(let call): talkEnded(call)
        case .messageOver(let call): end(call)
        case .wrapUpEnded(let agent): becomeIdle(agent)
        case .breakEnded(let agent): becomeIdle(agent)
        case .look(let call): tellNews(of: call)
        case .lookAtAgents: tellOfAgents()
        case .timer(let timer): fire(timer)
        }
    }

    // MARK: The engine

    /// Tells the engine everything that it has not been told, and carries out what it answers.
    private mutating func tellEngine() {
        var position = 0
        while position < inbox.count {
            for directive in engine.handle(inbox[position], at: now) { carryOut(directive) }
            position += 1
        }
        inbox.removeAll(keepingCapacity: true)
    }

    private mutating func carryOut(_ directive: Directive) {
        switch directive {
        case .claimLeads(let count): claim(count)
        case .record(.reached): break
        case .record(.closed(let attempt, let closing)):
            ledger.close(attempt, closing)
            let ordinal = ordinal(attempt)
            tally.count(attempt, closing, of: calls.indices.contains(ordinal) ? calls[ordinal] : nil, at: now)
        case .placeCall(let order): place(order)
        // The vendors of forecasts dial nobody by themselves.
        case .adopt, .takeOwnCalls: break
        case .connect(let call, let agent, _): connect(call, to: agent)
        case .playMessage(let call): playMessage(call)
        case .hangUp(let call): hangUp(call)
        case .reconcile(let order): reconcile(order)
        case .setTimer(let timer, let instant): setTimer(timer, at: max(instant, now))
        case .cancelTimer(let timer): setTimer(timer, at: nil)
        case .finish(let ending): self.ending = ending
        }
    }

    /// The timers of calls are with these, since there are so many.
    private mutating func setTimer(_ timer: DialTimer, at instant: Timestamp?) {
        if case .attempt(let attempt) = timer, calls.indices.contains(ordinal(attempt)) {
            calls[ordinal(attempt)].remindAt = instant
            if let instant { events.add(.timer(timer), at: instant) }
        } else {
            timers[timer] = instant
            if let instant { awaitTimer(timer, at: instant) }
        }
    }

    private mutating func awaitTimer(_ timer: DialTimer, at instant: Timestamp) {
        if let first = timerEvents[timer], first <= instant { return }
        timerEvents[timer] = instant
        events.add(.timer(timer), at: instant)
    }

    /// Only the latest due time of a timer counts.
    private mutating func fire(_ timer: DialTimer) {
        if case .attempt(let attempt) = timer, calls.indices.contains(ordinal(attempt)) {
            guard calls[ordinal(attempt)].remindAt == now else { return }
        } else {
            if timerEvents[timer] == now { timerEvents[timer] = nil }
            guard let due = timers[timer] else { return }
            guard due == now else { return awaitTimer(timer, at: due) }
        }
        setTimer(timer, at: nil)
        inbox.append(.timerFired(timer))
    }

    private mutating func claim(_ count: Int) {
        let idleAgents = ledger.hasReservations ? engine.agentsToClaimFor : nil
        let result = ledger.claim(count, idleAgents: idleAgents, at: now)
        // A claim that the engine does not place is closed at once, and is a call of this world all the same.
        for _ in result.claims { calls.append(VirtualCall.unplaced(at: now)) }
        inbox.append(
            .leadsClaimed(
                requested: count, claims: result.claims, nextDueAt: result.nextDueAt, hold: result.hold,
                isCutShort: result.isCutShort))
        tally.noteWait(wait(after: result))
    }

    /// What the campaign waits for after a claim; nil if somebody is due.
    private mutating func wait(after result: ClaimResult) -> (delay: Delay, until: Timestamp)? {
        guard let nextDueAt = result.nextDueAt else { return (.lastCalls, Timestamp(milliseconds: .max)) }
        if nextDueAt > now { return (ledger.next().map { Delay($0.gate) } ?? .retryWait, nextDueAt) }
        return result.hold.map { (.callerID, $0.until) }
    }

    private mutating func place(_ order: CallOrder) {
        let departure = rate.departure(at: now)
        guard departure <= order.notAfter else {
            inbox.append(.callTurnedAway(order.attempt, .throttled(after: departure - order.notAfter)))
            return
        }
        let ordinal = ordinal(order.attempt)
        let (list, callOrdinal) = ledger.call(order.attempt)
        let behaviour = model.callee(
            number: order.number.e164, callOrdinal: callOrdinal, mix: shares?.mix(list: list, at: departure))
        let agent = order.agent.flatMap { agentIndices[$0] }
        let remindAt = calls[ordinal].remindAt
        calls[ordinal] = VirtualCall(placedAt: departure, behaviour: behaviour, agent: agent)
        calls[ordinal].remindAt = remindAt
        if let agent {
            agents[agent].promised = ordinal
            promisedCount += 1
        }
        lineCount += 1
        tally.noteLines(lineCount)
        inbox.append(.callAccepted(order.attempt, VendorCallID("virtual")))
        events.add(.reached(ordinal), at: departure + centre.setUpDelay)
    }

    /// What an earlier run left open is taken for a call that nobody answered.
    private mutating func reconcile(_ order: ReconcileOrder) {
        let ending = CallEnding(outcome: .noAnswer, vendorReason: "")
        inbox.append(
            .reconciled(
                order.attempt,
                .found(order.vendorCall ?? VendorCallID("virtual"), [DatedProgress(.ended(ending), at: now)])))
    }

    // MARK: What holds it back

    private mutating func presentDelay() -> Delay {
        if let waiting = tally.waiting(at: now, openCalls: lineCount) { return waiting }
        if lineCount >= maxLines { return .lines }
        switch engine.decision?.bound {
        case .risk where !rate.isUsedUp(at: now): return .risk
        case .pickUp where !rate.isUsedUp(at: now): return .pickUp
        case .pace where !rate.isUsedUp(at: now): return .pace
        case .noAgents, .agents, .risk, .pickUp, .lines, .pace, .vendor, nil: break
        }
        if idleCount - promisedCount <= 0 { return .agents }
        if rate.isUsedUp(at: now) { return .requestRate }
        return isAgentFirst ? .news : .answers
    }
}
