import DialModel

/// A call as the simulated vendor lives through it: what happens when, counted from its start.
struct SimulatedCall: Sendable {
    struct Step: Sendable {
        var after: Duration
        var event: String
        var kind: String
        var agentName: String

        init(_ after: Duration, _ event: String, _ kind: String, agentName: String = "") {
            self.after = after
            self.event = event
            self.kind = kind
            self.agentName = agentName
        }
    }

    /// How a customer takes a call.
    struct Script: Sendable {
        var steps: [Step] = []
        var releasedAfter: Duration
        var releaseAgent = ""
        var releaseReason = ""
        var disposition: String
        var agents: [String] = []
        var leavesEvents = true
        var recordDelay = Duration.zero
        /// Whether the name that `DialEx` answers with is the one that events and records go by.
        var contactIsTask = true
    }

    var task: String
    var contact: String
    var caller: String
    var callee: String
    var startedAt: Timestamp
    var script: Script

    func detail(at now: Timestamp) -> WireText {
        let isOver = now >= startedAt + script.releasedAfter
        let past = script.steps.filter { startedAt + $0.after <= now }
        return [
            "Caller": .string(caller), "Callee": .string(callee), "CallType": "Outbound",
            "StartTime": .string(String(startedAt.milliseconds)), "PrivacyNumber": "",
            "ReleaseAgent": .string(isOver ? script.releaseAgent : ""),
            "ReleaseReason": .string(isOver ? script.releaseReason : ""),
            "Events": ["CallEventDetail": .array(past.map(event))],
        ]
    }

    func record(at now: Timestamp) -> WireText? {
        guard now >= startedAt + script.releasedAfter + script.recordDelay else { return nil }
        let agents = script.agents.map { WireText.object([("AgentId", .string($0))]) }
        return [
            "ContactId": .string(contact), "ContactType": "Outbound", "ContactDisposition": .string(script.disposition),
            "CallingNumber": .string(caller), "CalledNumber": .string(callee),
            "StartTime": .integer(startedAt.milliseconds),
            "Duration": .integer(Int64(script.releasedAfter.seconds)),
            "Agents": ["CallDetailAgent": .array(agents)],
        ]
    }

    private func event(_ step: Step) -> WireText {
        [
            "TimeStamp": .string(String((startedAt + step.after).milliseconds)), "Event": .string(step.event),
            "Status": "", "AgentName": .string(step.agentName),
            "DetailData": ["EventType": .string(step.kind)],
        ]
    }
}

extension SimulatedCall.Script {
    /// Answered after 10 s, joined to an agent 5 s later, hung up after 60 s of talk.
    static func talk(agentName: String = "Li", agent: String = "250000000000000001") -> Self {
        Self(
            steps: [
                .init(.seconds(10), "EnterQueue", "queue"), .init(.seconds(12), "Ring", "agent", agentName: agentName),
                .init(.seconds(15), "Talk", "agent", agentName: agentName),
                .init(.seconds(75), "End", "agent", agentName: agentName),
            ],
            releasedAfter: .seconds(75), releaseAgent: "customer", releaseReason: "200-OK", disposition: "Success",
            agents: [agent])
    }

    /// Never answered.
    static func unanswered(_ reason: String, after: Duration = .seconds(8)) -> Self {
        Self(releasedAfter: after, releaseReason: reason, disposition: "NoAnswer")
    }

    /// Answered, and given up while waiting for an agent.
    static let abandoned = Self(
        steps: [.init(.seconds(6), "EnterQueue", "queue"), .init(.seconds(20), "AbandonedInQueue", "queue")],
        releasedAfter: .seconds(20), releaseAgent: "customer", releaseReason: "487-Request Terminated",
        disposition: "AbandonedInQueue")
}
