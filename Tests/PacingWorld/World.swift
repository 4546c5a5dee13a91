/// A shift, simulated: calls, callees and agents, with a policy that decides how many calls to place (`pacing.md`, section 2).
package final class World {
    /// What is simulated.
    package let scenario: Scenario
    /// The share of live answers that may be abandoned, by which the outcome is judged.
    package let limit: Double
    /// Calls that were placed, by their number.
    package private(set) var calls: [Call] = []
    /// Calls that ring, and those under analysis.
    package private(set) var inFlight = 0
    /// Calls that wait for an agent, by number, longest first.
    package private(set) var waiting: [Int] = []

    private let policy: any DialPolicy
    private let callees: CalleeStream
    private var events = EventQueue()
    private var agents: Staff
    private var tokens: Double
    private var tokensAt = 0.0
    private var isClosed = false
    private var outcome = ShiftOutcome()

    /// A shift that has not begun.
    package init(_ scenario: Scenario, seed: UInt64, policy: any DialPolicy, limit: Double = 0.03) {
        self.scenario = scenario
        self.policy = policy
        self.limit = limit
        callees = CalleeStream(scenario, seed: seed)
        agents = Staff(scenario.agents)
        tokens = scenario.burst
        for (index, change) in (scenario.staffChanges ?? []).enumerated() {
            events.add(.staffChanges(index), at: change.time)
        }
    }

    // MARK: What is there

    /// How many agents are in a state.
    package func count(_ state: AgentState) -> Int { agents.count(state) }
    /// How many agents are signed in.
    package var signedIn: Int { count(.idle) + count(.talking) + count(.wrappingUp) }
    /// Lines in use.
    package var busyLines: Int { inFlight + waiting.count + count(.talking) }
    /// Lines that are not.
    package var freeLines: Int { scenario.lines.map { $0 - busyLines } ?? .max }
    /// Leads that were not dialled.
    package var leadsLeft: Int { scenario.leads.map { $0 - calls.count } ?? .max }

    /// Whom a call would meet: for policies that know the future.
    package func callee(_ lead: Int, at time: Double) -> Callee { callees.callee(lead, at: time) }

    /// When each agent who is signed in will be free of the present call: for policies that know the future.
    package func freeTimes(at time: Double) -> [Double] { agents.freeTimes(at: time) }

    // MARK: Time

    /// Lets the shift pass.
    package func run() -> ShiftOutcome {
        var step = 0
        while true {
            let time = Double(step) * 0.5
            while let event = events.next(until: time) { happen(event.occurrence, at: event.time) }
            if time >= scenario.duration { close(at: time) }
            if isClosed {
                if inFlight + waiting.count == 0 { break }
            } else {
                place(policy.calls(in: self, at: time), at: time)
            }
            step += 1
        }
        return outcome
    }

    private func close(at time: Double) {
        guard !isClosed else { return }
        isClosed = true
        outcome.seconds = time
        outcome.utilisation = agents.utilisation(until: time)
    }

    private func happen(_ occurrence: EventQueue.Occurrence, at time: Double) {
        switch occurrence {
        case .ringEnds(let number): ringEnds(calls[number], at: time)
        case .analysisEnds(let number):
            inFlight -= 1
            judge(number, at: time)
        case .patienceEnds(let number): patienceEnds(number, at: time)
        case .talkEnds(let number): talkEnds(calls[number], at: time)
        case .wrapUpEnds(let number): wrapUpEnds(calls[number], at: time)
        case .staffChanges(let index): change(scenario.staffChanges?[index], at: time)
        }
    }

    // MARK: Calls

    private func place(_ wanted: Int, at time: Double) {
        var rate = scenario.callsPerSecond
        if let each = scenario.callsPerAgentSecond { rate = min(rate, each * Double(max(1, signedIn))) }
        tokens = min(scenario.burst, tokens + (time - tokensAt) * rate)
        tokensAt = time
        let count = min(wanted, leadsLeft, freeLines, Int(tokens + 1e-9))
        guard count > 0 else { return }
        tokens -= Double(count)
        if scenario.isOut(at: time) { return policy.heard(.vendorFailed, at: time) }
        for _ in 0..<count {
            let number = calls.count
            let call = Call(
                number: number, segment: scenario.segment(of: number).number, placedAt: time,
                callee: callee(number, at: time))
            calls.append(call)
            inFlight += 1
            events.add(.ringEnds(number), at: call.answeredAt)
            policy.heard(.placed(call), at: time)
        }
        outcome.dials += count
        if leadsLeft <= 0 { close(at: time) }
    }

    private func ringEnds(_ call: Call, at time: Double) {
        guard call.callee.answers else {
            inFlight -= 1
            return policy.heard(.unanswered(call), at: time)
        }
        policy.heard(.answered(call), at: time)
        if call.callee.analysis > 0 { return events.add(.analysisEnds(call.number), at: time + call.callee.analysis) }
        inFlight -= 1
        judge(call.number, at: time)
    }

    private func judge(_ number: Int, at time: Double) {
        policy.heard(.judged(calls[number]), at: time)
        guard calls[number].callee.isLive else { return }
        outcome.live += 1
        calls[number].liveNumber = outcome.live
        if calls[number].callee.kind == .person { outcome.people += 1 }
        if count(.idle) > 0 { return connect(number, at: time) }
        calls[number].waits = true
        waiting.append(number)
        events.add(.patienceEnds(number), at: time + scenario.patience)
    }

    private func patienceEnds(_ number: Int, at time: Double) {
        guard calls[number].waits else { return }
        calls[number].waits = false
        waiting.removeAll { $0 == number }
        outcome.countAbandoned(calls[number], limit: limit, isLastMinute: time > scenario.duration - 60)
        policy.heard(.abandoned(calls[number]), at: time)
    }

    // MARK: Agents

    private func connect(_ number: Int, at time: Double) {
        let callee = calls[number].callee
        calls[number].waits = false
        calls[number].agent = agents.take(until: time + callee.talk + callee.wrapUp, at: time)
        events.add(.talkEnds(number), at: time + callee.talk)
        policy.heard(.connected(calls[number]), at: time)
    }

    private func talkEnds(_ call: Call, at time: Double) {
        guard let agent = call.agent else { return }
        policy.heard(.talkEnded(call, agents.stay(of: agent)), at: time)
        agents.set(agent, .wrappingUp, at: time)
        events.add(.wrapUpEnds(call.number), at: time + call.callee.wrapUp)
    }

    private func wrapUpEnds(_ call: Call, at time: Double) {
        guard let agent = call.agent else { return }
        let stay = agents.stay(of: agent)
        policy.heard(.wrapUpEnded(call, stay), at: time)
        if stay.isLast { agents.leave(agent, at: time) } else { welcome(agent, at: time) }
    }

    private func welcome(_ agent: Int, at time: Double) {
        agents.release(agent, at: time)
        guard !waiting.isEmpty else { return }
        connect(waiting.removeFirst(), at: time)
    }

    private func change(_ change: StaffChange?, at time: Double) {
        guard let change else { return }
        if change.isLeaving {
            for stay in agents.send(change.agents, at: time) { policy.heard(.leaves(stay), at: time) }
        } else {
            let (staying, back) = agents.recall(change.agents)
            for stay in staying { policy.heard(.stays(stay), at: time) }
            for agent in back { welcome(agent, at: time) }
        }
    }
}
