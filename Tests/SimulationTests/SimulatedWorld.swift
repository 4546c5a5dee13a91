import CallModel
import DialEngine
import DialModel
import Ledger
import Telephony

/// What happened in the world that checkers want to know, in order.
enum WorldFact: Sendable {
    /// A request left the process.
    case departed(VendorRequest)
    /// The vendor placed a call, by this index.
    case placed(Int)
    /// A callee's phone began to ring.
    case rang(Int)
    /// Somebody or something answered.
    case answered(Int)
    /// Callee and agent were joined.
    case joined(Int)
    /// The vendor ended a call for us.
    case isHungUp(Int)
    /// A call ended.
    case ended(Int)
}

/// All that is outside the process: the vendor, its agents, the callees, and the roads between.
///
/// Everything random about a request, a call or an agent is drawn from a generator of its own, so that the order in which
/// things of one instant are seen to changes nothing.
struct SimulatedWorld: Sendable {
    /// How soon a request is given up that is not answered, in seconds.
    static let timeOut = 5...30
    /// How long the message is that callees are left to.
    static let messageLength = Duration.seconds(6)
    /// How soon the vendor calls the next of its own numbers.
    static let ownPause = Duration.seconds(4)

    let scenario: Scenario
    var agenda: Agenda
    /// Every call by its number; the first ones may be forgotten.
    var calls: ArraySlice<SimulatedCall> = []
    var agents: [SimulatedAgent] = []
    /// The places of the calls by attempt; looked up only.
    var callOf: [AttemptID: Int] = [:]
    /// How often a number was called; looked up only.
    var callsTo: [PhoneNumber: Int] = [:]
    /// How the vendor refused an attempt; looked up only.
    var refusals: [AttemptID: CallOutcome] = [:]
    /// The process that asked a vendor of its own for an attempt's call; looked up only.
    var askers: [AttemptID: Int] = [:]
    /// The attempts whose requests have left and not arrived.
    var underWay: Set<AttemptID> = []
    /// The calls that wait for an agent of the vendor's choice, longest-waiting first.
    var queue: [Int] = []
    /// The process that runs, by number; nil while none does.
    var process: Int?
    /// Until when the machine that processes run on is suspended.
    var suspendedUntil = Timestamp(milliseconds: 0)
    /// How far the clock of that process is ahead of true clocks.
    var clockOffset = Duration.zero
    /// The processes that did not end by themselves.
    var killed: Set<Int> = []
    /// Whether the vendor gives calls of its own to agents.
    var takesOwnCalls = false
    /// How many of its own numbers the vendor has called.
    var ownCallCount = 0
    /// Until when the vendor cannot be observed.
    var isOut = false
    /// What went wrong so far.
    var injected: Set<Fault> = []
    var facts: [WorldFact] = []
    private var serial = 0
    private var newsRandom: SplitMix64

    init(_ scenario: Scenario) {
        self.scenario = scenario
        agenda = Agenda(at: Scenario.start)
        newsRandom = SplitMix64(seed: scenario.seed ^ 0x0B5E)
        var people = SplitMix64(seed: scenario.seed ^ 0x57AF)
        for (index, shifts) in scenario.staff.shifts.enumerated() {
            let isSkilled = index == 0 || people.chance(0.7)
            agents.append(
                SimulatedAgent(
                    id: AgentID("agent-\(index)"), skills: isSkilled ? [AgentSkill("sales")] : [],
                    since: Scenario.start))
            for shift in shifts {
                agenda.plan(.agent(index, .comes), at: Scenario.start + shift.lowerBound)
                agenda.plan(.agent(index, .leaves), at: Scenario.start + shift.upperBound)
            }
            // In the end everybody comes to see the rest of the work done.
            let last = Scenario.start + (shifts.last?.upperBound ?? .zero)
            agenda.plan(.agent(index, .comes), at: max(scenario.quietFrom, last) + .seconds(1))
        }
        for outage in scenario.faults.outages {
            agenda.plan(.outage(begins: true, isRefusal: outage.isRefusal), at: outage.during.lowerBound)
            agenda.plan(.outage(begins: false, isRefusal: outage.isRefusal), at: outage.during.upperBound)
        }
        planOthers()
    }

    /// Plans what people do who are neither callees nor agents.
    private mutating func planOthers() {
        for order in scenario.orders { agenda.plan(.ordered(order.kind), at: order.at) }
        for leap in scenario.faults.leaps { agenda.plan(.leaps(leap.by), at: leap.at) }
        for pause in scenario.faults.suspensions { agenda.plan(.isSuspended(pause.length), at: pause.at) }
        for listing in scenario.rules.listedLater { agenda.plan(.listed(listing.number), at: listing.at) }
        var random = SplitMix64(seed: scenario.seed ^ 0x51BA)
        for lead in scenario.leads where random.chance(scenario.faults.shares[.rivalCall] ?? 0) {
            let wait = random.milliseconds(0...Int(scenario.faults.length.milliseconds))
            agenda.plan(.rivalCalls(lead.number), in: wait)
        }
        agenda.plan(.starts, in: .zero)
    }

    var now: Timestamp { agenda.now }
    /// The time that the process's clock shows.
    var processNow: Timestamp { now + clockOffset }

    /// The clock that the process goes by; the machine was started when the simulation's time was zero.
    var clock: ClockOrigin { ClockOrigin(boot: "simulated", zero: Timestamp(milliseconds: clockOffset.milliseconds)) }
    /// The time that the vendor's clock shows.
    var vendorNow: Timestamp { now + scenario.vendor.clockError }
    /// Whether things still go wrong.
    var isFaulty: Bool { now < scenario.quietFrom }

    /// Whether something goes wrong now, with the chance that the scenario gives it; `lot` is drawn from 0 to 1.
    mutating func strikes(_ fault: Fault, _ lot: Double) -> Bool {
        guard isFaulty, lot < scenario.faults.shares[fault] ?? 0 else { return false }
        injected.insert(fault)
        return true
    }

    /// The place of the call of an attempt, or of that name; nil if the vendor has none.
    func call(of attempt: AttemptID, named name: VendorCallID? = nil) -> Int? {
        callOf[attempt] ?? name.flatMap { name in calls.firstIndex { $0.id == name } }
    }

    /// Lets something happen that is nobody's affair but the world's; false if it is not.
    mutating func happen(_ happening: Happening) -> Bool {
        switch happening {
        case .departs(let request): depart(request)
        case .arrives(let request): arrive(request)
        case .call(let call, let next): step(call, next)
        case .agent(let agent, let next): step(agent, next)
        case .observes(let number): observe(for: number)
        case .outage(let begins, let isRefusal): setOutage(begins, isRefusal: isRefusal)
        case .dialsByItself(let number): dialByItself(for: number)
        case .starts, .wakes, .commits, .answered, .told, .ordered, .leaps, .isSuspended, .listed, .rivalCalls,
            .rivalEnds:
            return false
        }
        return true
    }

    /// Forgets the first calls, as far as they ended before an instant, so that a long simulation takes no more memory than a
    /// short one.
    mutating func forgetCalls(endedBefore instant: Timestamp) {
        while let call = calls.first, let endedAt = call.endedAt, endedAt < instant {
            if let attempt = call.attempt { callOf[attempt] = nil }
            callsTo[call.number] = nil
            calls.removeFirst()
        }
    }

    // MARK: Requests

    /// A process asks for something; it leaves when it has had its turn.
    ///
    /// Returns the number of the request.
    @discardableResult
    mutating func ask(_ wish: VendorRequest.Wish) -> Int {
        guard let process else { preconditionFailure("nobody is there to ask") }
        serial += 1
        if scenario.vendor.isBuiltIn, case .place(let order) = wish { askers[order.attempt] = process }
        var random = generator(serial)
        var request = VendorRequest(serial: serial, process: process, wish: wish, fault: nil)
        request.fault = fault(of: wish, &random)
        var wait = random.milliseconds(scenario.vendor.queueing)
        if request.fault == .tooLate { wait += scenario.settings.placeLimit }
        agenda.plan(.departs(request), in: wait)
        return serial
    }

    /// A request leaves, unless its time is over or the process that made it is.
    mutating func depart(_ request: VendorRequest) {
        guard request.process == process else { return }
        var random = generator(request.serial, salt: 1)
        if let last = request.wish.notAfter, processNow > last {
            injected.insert(.tooLate)
            let late = processNow - last
            return agenda.plan(.answered(request.wish.refusal(.throttled(after: late), "late"), to: request), in: .zero)
        }
        facts.append(.departed(request))
        if case .place(let order) = request.wish { underWay.insert(order.attempt) }
        if request.fault == .requestLost {
            if case .place(let order) = request.wish { underWay.remove(order.attempt) }
            let answer = request.wish.refusal(.outcomeUnknown, "timed out")
            return agenda.plan(.answered(answer, to: request), in: random.seconds(Self.timeOut))
        }
        agenda.plan(.arrives(request), in: random.milliseconds(scenario.vendor.latency))
    }

    /// The answer to a request sets out; it may be lost on the way.
    mutating func answer(_ request: VendorRequest, _ answer: VendorAnswer) {
        var random = generator(request.serial, salt: 2)
        if request.fault == .answerLost {
            let unknown = request.wish.refusal(.outcomeUnknown, "reset")
            return agenda.plan(.answered(unknown, to: request), in: random.seconds(Self.timeOut))
        }
        agenda.plan(.answered(answer, to: request), in: random.milliseconds(scenario.vendor.latency))
    }

    /// A process begins, whose clock is ahead of true clocks by so much.
    mutating func begin(_ number: Int, clockOffset offset: Duration) {
        process = number
        clockOffset = offset
        agenda.plan(.observes(process: number), in: .milliseconds(50))
        if scenario.settings.style == .vendorPaced {
            agenda.plan(.dialsByItself(process: number), in: Self.ownPause)
        }
        if isOut { setOutage(true, isRefusal: false) }
    }

    /// The process is gone; what it asked for is on its way all the same, unless it died in the middle of asking.
    mutating func leave(wasKilled: Bool) {
        if wasKilled, let process { killed.insert(process) }
        process = nil
        takesOwnCalls = false
        guard scenario.vendor.isBuiltIn else { return }
        for index in calls.indices {
            calls[index].isForgotten = true
            if calls[index].stage != .ended { end(index) }
        }
    }

    /// Whether a request was lost with the process that had just sent it.
    func isLost(_ request: VendorRequest) -> Bool {
        if scenario.vendor.isBuiltIn, request.process != process { return true }
        var random = generator(request.serial, salt: 5)
        return killed.contains(request.process) && random.chance(0.5)
    }

    func generator(_ serial: Int, salt: UInt64 = 0) -> SplitMix64 {
        SplitMix64(seed: scenario.seed ^ (UInt64(serial) &* 0x9E37_79B9_7F4A_7C15) ^ (salt << 56))
    }

    private mutating func fault(of wish: VendorRequest.Wish, _ random: inout SplitMix64) -> Fault? {
        if let burst = scenario.faults.bursts.first(where: { $0.during.contains(now) }), isFaulty, random.chance(0.7) {
            injected.insert(burst.fault)
            return burst.fault
        }
        for fault in wish.faults where strikes(fault, random.unit()) { return fault }
        return nil
    }

    // MARK: News

    /// News sets out for the process; it may be lost, doubled, or come late.
    mutating func deliver(_ news: VendorNews, to follower: Int) {
        guard follower == process else { return }
        if strikes(.newsLost, newsRandom.unit()) { return }
        var delay = newsRandom.milliseconds(scenario.vendor.newsDelay)
        if strikes(.newsLate, newsRandom.unit()) { delay += newsRandom.seconds(1...120) }
        if isOut { delay += newsRandom.seconds(1...200) }
        agenda.plan(.told(news, process: follower), in: delay)
        if strikes(.newsDoubled, newsRandom.unit()) {
            agenda.plan(.told(news, process: follower), in: delay + newsRandom.seconds(0...60))
        }
    }

    /// Every agent as they are, as of a moment of the process's clock.
    mutating func observe(for process: Int) {
        guard process == self.process else { return }
        let pause = scenario.vendor.observation ?? .seconds(30)
        agenda.plan(.observes(process: process), in: pause)
        guard !isOut, !strikes(.observationLost, newsRandom.unit()) else { return }
        let delay = newsRandom.milliseconds(scenario.vendor.newsDelay)
        agenda.plan(
            .told(.event(.agents(agents.map(observation), asOf: processNow)), process: process), in: delay)
    }

    /// One agent, where the vendor tells of changes by itself.
    mutating func tell(ofAgent index: Int) {
        guard let process, scenario.vendor.observation == nil, !isOut, !strikes(.observationLost, newsRandom.unit())
        else {
            return
        }
        let delay = newsRandom.milliseconds(scenario.vendor.newsDelay)
        let news: VendorNews =
            scenario.vendor.tellsAgentsSingly
            ? .agent(observation(agents[index]), asOf: processNow)
            : .event(.agents(agents.map(observation), asOf: processNow))
        agenda.plan(.told(news, process: process), in: delay)
    }

    private func observation(_ agent: SimulatedAgent) -> AgentObservation {
        AgentObservation(
            id: agent.id, name: "", activity: agent.isVanished ? .offline : agent.activity,
            since: scenario.vendor.tellsTimes ? agent.since + scenario.vendor.clockError : nil, skills: agent.skills,
            isLeaving: !agent.isOnShift && agent.state == .talking)
    }

    /// An outage begins or ends.
    mutating func setOutage(_ begins: Bool, isRefusal: Bool) {
        isOut = begins
        injected.insert(isRefusal ? .refusedObservation : .outage)
        guard let process else { return }
        let error = VendorError(
            isRefusal ? .misconfigured : .unavailable, vendor: Scenario.account, operation: "observe", code: "out",
            message: "")
        agenda.plan(.told(.event(begins ? .trouble(error) : .recovered), process: process), in: .zero)
    }
}
