import DialEngine
import DialModel

/// An engine at work: agents who are all in calls, of which the oldest is answered, talks and ends, and the next is placed.
package struct EngineStage {
    /// How many events the engine has been told.
    package private(set) var events = 0
    private var engine: DialEngine
    private var now = Timestamp(milliseconds: 1_772_416_800_000)
    private var calls: [CallOrder] = []
    private var attempts: Int64 = 0

    /// So many agents with a call each.
    package init(agents: Int) {
        engine = DialEngine(settings: EngineSettings(style: .agentFirst, retry: .standard, maxLines: agents))
        tell(.started(leftOpen: []))
        let idle = (0..<agents).map { observation(of: AgentID("agent-\($0)")) }
        tell(.agentsObserved(idle, asOf: now))
    }

    /// One call from its acceptance to its end, and the agent's return; the agent's next call is placed.
    package mutating func turn() {
        guard let order = calls.first, let agent = order.agent else { return }
        calls.removeFirst()
        let attempt = order.attempt
        now = now + .milliseconds(100)
        tell(.callAccepted(attempt, VendorCallID("call-\(attempt.value)")))
        tell(.callProgressed(attempt, .ringing, at: now))
        tell(.callProgressed(attempt, .answered(.human), at: now))
        tell(.callProgressed(attempt, .connected(agent), at: now))
        let ending = CallEnding(outcome: .connected, vendorReason: "200-OK")
        tell(.callProgressed(attempt, .ended(ending), at: now))
        tell(.agentObserved(observation(of: agent), asOf: now))
    }

    private func observation(of agent: AgentID) -> AgentObservation {
        AgentObservation(id: agent, name: agent.value, activity: .idle, since: now)
    }

    /// Tells the engine an event, and does what it asks for.
    private mutating func tell(_ event: DialEvent) {
        events += 1
        for directive in engine.handle(event, at: now) {
            switch directive {
            case .claimLeads(let count): tell(.leadsClaimed(requested: count, claims: claims(count), nextDueAt: now))
            case .placeCall(let order): calls.append(order)
            default: break
            }
        }
    }

    private mutating func claims(_ count: Int) -> [Claim] {
        (0..<count).compactMap { _ in
            attempts += 1
            let number = PhoneNumber(e164: "+86154\(10_000_000 + attempts % 90_000_000)")
            return number.map {
                Claim(
                    attempt: AttemptID(attempts), lead: LeadID(attempts), number: $0, callerID: nil,
                    history: OutcomeCounts())
            }
        }
    }
}
