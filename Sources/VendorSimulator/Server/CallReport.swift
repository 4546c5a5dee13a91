import CallModel
import DialModel

/// What the simulator tells beside the vendors' APIs, about the calls that it knows from inside.
struct CallReport {
    let centre: SimulatedCallCentre
    /// The vendor of a call, by its ordinal, and the members that name the call as that vendor does.
    let naming: (Int) -> [(String, JSON)]

    /// One line of the call log: the call as it was placed, or as it ended.
    func logLine(ofCall ordinal: Int, event: String) -> JSON {
        let call = centre.calls[ordinal]
        let time = event == "placed" ? call.placedAt : call.endedAt ?? call.placedAt
        return .object([("event", .string(event)), ("at_ms", .number(time.milliseconds))]).adding(members(of: call))
    }

    /// Every call so far.
    var callList: JSON { .list(centre.calls.map { .object(members(of: $0)) }) }

    /// Every agent and dialler as they are now.
    var agentList: JSON {
        .list(
            centre.agents.map { agent in
                .object([
                    ("id", .string(agent.id)), ("name", .string(agent.name)),
                    ("job_number", .string(agent.jobNumber)), ("extension", .string(agent.extensionNumber)),
                    ("state", .string(agent.state.rawValue)), ("since_ms", .number(agent.since.milliseconds)),
                    ("offers", .count(agent.offers)),
                ])
            })
    }

    private func members(of call: SimulatedCall) -> [(String, JSON)] {
        var members = naming(call.ordinal)
        members += [
            ("callee", .string(call.callee)), ("caller", .string(call.caller)),
            ("answer_mode", .string(call.destination.word)), ("placed_ms", .number(call.placedAt.milliseconds)),
        ]
        if let answered = call.answeredAt { members.append(("answered_ms", .number(answered.milliseconds))) }
        if let connected = call.connectedAt { members.append(("connected_ms", .number(connected.milliseconds))) }
        if let agent = call.agent { members.append(("agent", .string(centre.agents[agent].id))) }
        if let ended = call.endedAt, let ending = call.ending {
            members.append(("ended_ms", .number(ended.milliseconds)))
            members.append(("callee_kind", .string(call.behaviour.kind.rawValue)))
            members.append(("outcome", .string(ending == .unanswered ? call.behaviour.kind.rawValue : ending.rawValue)))
            members.append(("release_reason", .string(call.releaseReason)))
        }
        return members
    }
}

extension SimulatedCall.Destination {
    /// The word for it in the call log.
    fileprivate var word: String {
        switch self {
        case .ivr: "ivr"
        case .agent: "agent"
        case .queue: "queue"
        case .secondParty: "back_to_back"
        case .agentFirst: "agent_first"
        }
    }
}
