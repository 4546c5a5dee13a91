import DialEngine
import DialModel
import Testing

/// Looks on while an engine gives calls to agents, and keeps books of its own, from directives alone where it can.
struct HandOffChecker {
    let settings: EngineSettings
    let seed: UInt64
    /// How many offers it has seen, and how many callees who waited: a check of nothing proves nothing.
    private(set) var offers = 0
    private(set) var waits = 0
    private var answeredAt: [AttemptID: Timestamp] = [:]
    private var heardRingingAt: [AttemptID: Timestamp] = [:]
    /// The call that each agent is asked to take or has, as of the last directive about it.
    private var calls: [AgentID: AttemptID] = [:]
    private var asideUntil: [AgentID: Timestamp] = [:]
    private var waiting: Set<AttemptID> = []
    /// The calls that a supervisor wanted to be ended, however long they had rung.
    private var dropped: Set<AttemptID> = []

    init(settings: EngineSettings, seed: UInt64) {
        self.settings = settings
        self.seed = seed
    }

    mutating func check(
        _ event: DialEvent, _ directives: [Directive], before: AgentPool, after engine: DialEngine, at now: Timestamp
    ) {
        forget(before: engine.agents)
        if case .dropRequested(let attempt, _) = event { dropped.insert(attempt) }
        for directive in directives {
            switch directive {
            case .record(.reached(let attempt, .answered, let instant, let detail)):
                answeredAt[attempt] = answeredAt[attempt] ?? instant
                if let agent = detail.missedBy { asideUntil[agent] = now + EngineSettings.noShowPause }
            case .record(.reached(let attempt, .ringing, _, _)):
                if heardRingingAt[attempt] == nil { heardRingingAt[attempt] = now }
            case .connect(let call, let agent, _): checkOffer(call.attempt, agent, before, engine, at: now)
            case .hangUp(let call): checkEnd(of: call.attempt, at: now)
            case .record, .claimLeads, .adopt, .takeOwnCalls, .placeCall, .playMessage, .reconcile, .setTimer,
                .cancelTimer, .finish:
                break
            }
        }
        checkWaiting(engine, at: now)
        if case .callProgressed(_, .connected(let agent?), _) = event { asideUntil[agent] = nil }
    }

    /// Agents whose calls ended or were taken from them are free, by the engine's account.
    private mutating func forget(before agents: AgentPool) {
        calls = calls.filter { agents.account(of: $0.key)?.reservedFor == $0.value }
    }

    private mutating func checkOffer(
        _ attempt: AttemptID, _ agent: AgentID, _ before: AgentPool, _ engine: DialEngine, at now: Timestamp
    ) {
        offers += 1
        #expect(settings.handOff == .byEngine, "seed \(seed)")
        #expect(calls[agent] == nil || calls[agent] == attempt, "seed \(seed): \(agent) has two calls")
        calls[agent] = attempt
        let account = engine.agents.account(of: agent)
        #expect(account?.reservedFor == attempt && account?.activity == .idle, "seed \(seed): \(agent) was not idle")
        #expect(asideUntil[agent].map { $0 <= now } ?? true, "seed \(seed): \(agent) was set aside")
        // Whoever is idle still has been so for less long, and whoever waits still has waited for less long.
        for other in engine.agents.accounts where other.isIdle {
            #expect(
                (account?.since ?? now, agent) < (other.since, other.id),
                "seed \(seed): \(other.id) was idle for longer")
        }
        let since = answeredAt[attempt] ?? now
        for other in engine.waiting {
            #expect((since, attempt) < (answeredAt[other] ?? now, other), "seed \(seed): \(other) waited for longer")
        }
        if before.account(of: agent)?.isIdle == true {
            // They could have been anybody's before, and nobody was kept waiting then.
            #expect(!waiting.contains(attempt), "seed \(seed): \(attempt) waited beside an idle agent")
        }
    }

    private func checkEnd(of attempt: AttemptID, at now: Timestamp) {
        guard !dropped.contains(attempt) else { return }
        guard answeredAt[attempt] == nil, let heard = heardRingingAt[attempt] else {
            #expect(answeredAt[attempt] != nil, "seed \(seed): \(attempt) was ended before it rang")
            return
        }
        let rang = now - heard
        #expect(
            rang >= settings.ringTimeout && rang >= settings.minimumRing,
            "seed \(seed): \(attempt) was ended after \(rang)")
    }

    private mutating func checkWaiting(_ engine: DialEngine, at now: Timestamp) {
        let line = engine.waiting
        #expect(line.isEmpty || engine.agents.idleCount == 0, "seed \(seed): callees wait beside idle agents")
        #expect(line == line.sorted { (answeredAt[$0] ?? now, $0) < (answeredAt[$1] ?? now, $1) }, "seed \(seed)")
        for attempt in line {
            let waited = now - (answeredAt[attempt] ?? now)
            #expect(waited < settings.answerPatience, "seed \(seed): \(attempt) waits for \(waited)")
        }
        waits += Set(line).subtracting(waiting).count
        waiting = Set(line)
        let held = engine.agents.accounts.compactMap(\.reservedFor)
        #expect(Set(held).count == held.count, "seed \(seed): a call has two agents")
    }
}
