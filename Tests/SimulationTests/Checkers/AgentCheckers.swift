import DialEngine
import DialModel
import Ledger
import PlainLedger

/// No agent has two calls, and none is given a call who was not idle by the latest news of them.
struct AgentsHaveOneCall: Checker {
    private var known: [AgentID: (asOf: Timestamp, activity: AgentActivity)] = [:]

    mutating func check(_ moment: Moment, _ scene: Scene) -> String? {
        switch moment {
        case .began: known = [:]
        case .told(let event, let directives, _):
            learn(event, scene)
            for directive in directives {
                switch directive {
                case .connect(let call, let agent, _):
                    if let words = check(call.attempt, agent, scene) { return words }
                case .placeCall(let order):
                    guard let agent = order.agent else { continue }
                    if let words = check(order.attempt, agent, scene) { return words }
                case .claimLeads, .record, .adopt, .takeOwnCalls, .playMessage, .hangUp, .reconcile, .setTimer,
                    .cancelTimer, .finish:
                    continue
                }
            }
            let held = scene.engine?.agents.accounts.compactMap(\.reservedFor) ?? []
            if Set(held).count != held.count, scene.scenario.settings.handOff == .byEngine {
                return "two agents for one call"
            }
        case .committing, .committed, .adopted, .happened, .gone, .over: break
        }
        return nil
    }

    private func check(_ attempt: AttemptID, _ agent: AgentID, _ scene: Scene) -> String? {
        let account = scene.engine?.agents.account(of: agent)
        guard account?.reservedFor == attempt else { return "\(agent) is given \(attempt) and not reserved for it" }
        guard let latest = known[agent], latest.activity == .idle else {
            return "\(agent) is given \(attempt) and not idle: \(String(describing: known[agent]?.activity))"
        }
        return nil
    }

    private mutating func learn(_ event: DialEvent, _ scene: Scene) {
        let skill = scene.scenario.settings.skill
        switch event {
        case .agentsObserved(let all, let asOf):
            for agent in scene.world.agents.map(\.id) {
                let seen = all.first { $0.id == agent && $0.has(skill) }
                learn(agent, seen?.activity ?? .offline, asOf)
            }
        case .agentObserved(let one, let asOf): learn(one.id, one.has(skill) ? one.activity : .offline, asOf)
        default: break
        }
    }

    private mutating func learn(_ agent: AgentID, _ activity: AgentActivity, _ asOf: Timestamp) {
        if let latest = known[agent], latest.asOf > asOf { return }
        known[agent] = (asOf, activity)
    }
}

/// Callees wait no longer than the rules allow, longest-waiting first, and nobody waits beside an idle agent.
struct CalleesWaitInTurn: Checker {
    private var answers: [AttemptID: Timestamp] = [:]

    mutating func check(_ moment: Moment, _ scene: Scene) -> String? {
        switch moment {
        case .began: answers = [:]
        case .told(_, let directives, _):
            for case .record(.reached(let attempt, .answered, let instant, _)) in directives {
                answers[attempt] = answers[attempt] ?? instant
            }
            guard let engine = scene.engine, !engine.waiting.isEmpty else { return nil }
            if engine.agents.idleCount > 0 { return "callees wait beside idle agents" }
            let line = engine.waiting.map { (since: answers[$0] ?? scene.now, attempt: $0) }
            for (one, next) in zip(line, line.dropFirst()) where one > next {
                return "\(next.attempt) has waited longer"
            }
            for place in line where scene.now - place.since >= scene.scenario.settings.answerPatience {
                return "\(place.attempt) waits for \(scene.now - place.since)"
            }
        case .committing, .committed, .adopted, .happened, .gone, .over: break
        }
        return nil
    }
}

/// Where the engine gives calls to agents, every answer is seen to at once: the callee is offered to an agent, waits in line,
/// or is left to a message or let go, which may have been under way before they answered.
struct AnswersAreSeenTo: Checker {
    private var dismissed: Set<AttemptID> = []

    mutating func check(_ moment: Moment, _ scene: Scene) -> String? {
        switch moment {
        case .began: dismissed = []
        case .told(let event, let directives, _):
            for directive in directives {
                switch directive {
                case .playMessage(let call), .hangUp(let call): dismissed.insert(call.attempt)
                case .connect, .placeCall, .claimLeads, .record, .adopt, .takeOwnCalls, .reconcile, .setTimer,
                    .cancelTimer, .finish:
                    continue
                }
            }
            guard scene.scenario.settings.handOff == .byEngine,
                case .callProgressed(let attempt, .answered(let cpa), _) = event,
                scene.scenario.settings.routes.route(for: cpa) == .agent, isAnswered(attempt, directives)
            else { return nil }
            return isSeenTo(attempt, scene) ? nil : "\(attempt) is left hanging"
        case .committing, .committed, .adopted, .happened, .gone, .over: break
        }
        return nil
    }

    /// Whether it was news that it is.
    private func isAnswered(_ attempt: AttemptID, _ directives: [Directive]) -> Bool {
        directives.contains { directive in
            if case .record(.reached(attempt, .answered, _, _)) = directive { true } else { false }
        }
    }

    private func isSeenTo(_ attempt: AttemptID, _ scene: Scene) -> Bool {
        guard let engine = scene.engine else { return true }
        return dismissed.contains(attempt) || engine.waiting.contains(attempt)
            || engine.callAccounts.contains { $0.attempt == attempt && $0.agent != nil }
    }
}
