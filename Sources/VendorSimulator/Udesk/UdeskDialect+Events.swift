import CallModel
import DialModel

/// What the tenant posts of its calls: at the start, at answers, at hanging up and at the end (B2.2).
extension UdeskDialect {
    mutating func take(_ changes: [WorldChange], in world: inout SimulatedCallCentre) {
        for change in changes {
            switch change {
            case .happened(let ordinal, let entry):
                guard let call = callsByOrdinal[ordinal].map({ calls[$0] }), Self.moments.contains(entry.happening)
                else { continue }
                post(body(of: call, world))
            case .ended(let ordinal, _):
                guard let call = callsByOrdinal[ordinal].map({ calls[$0] }) else { continue }
                // Once for hanging up, once for the end.
                post(body(of: call, world))
                post(body(of: call, world))
            case .agentChanged: continue
            }
        }
    }

    private static let moments: Set<SimulatedCall.Happening> = [.dial, .enterQueue, .talk]

    /// Everything that is known of a call.
    func body(of udeskCall: UdeskCall, _ world: SimulatedCallCentre) -> JSON {
        let call = world.calls[udeskCall.ordinal]
        let rang = call.behaviour.kind.rings ? call.time(of: .dial) : nil
        var members: [(String, JSON)] = [
            ("call_id", .string(udeskCall.callID)), ("conversation_id", .count(70_001 + udeskCall.ordinal)),
            ("timestamp", .string(Self.text(world.now))), ("customer_phone", .phone(call.callee)),
            ("mobile_area", .string("")), ("display_number", .phone(call.caller)), ("workflow", .string("in")),
            ("category", .string("normal")), ("ivr_variables", .string(udeskCall.variables)),
            ("customer_ring_at", Self.optional(rang)),
            ("customer_answer_at", Self.optional(call.answeredAt)),
            ("agent_ring_at", Self.optional(call.time(of: .ring))),
            ("agent_answer_at", Self.optional(call.connectedAt)),
            ("customer_hangup_at", Self.optional(call.answeredAt == nil ? nil : call.endedAt)),
            ("agent_hangup_at", Self.optional(call.connectedAt == nil ? nil : call.endedAt)),
            ("queue_statue", .string("")), ("queue_time", .number(call.queueTime.components.seconds)),
            ("total_time", .number(call.talkTime.components.seconds)),
        ]
        if let agent = call.agent.map({ world.agents[$0] }) {
            members += [
                ("agent_id", .number(Int64(agent.jobNumber) ?? 0)),
                ("agent_email", .string("\(agent.login)@simulator.test")),
                ("agent_nick_name", .string(agent.name)),
            ]
        }
        guard let ending = call.ending else { return .object(members) }
        members.append(("call_result", .string(ending.udeskResult)))
        members.append(("drop_side", .string(call.releasedByAgent ? "agent" : "customer")))
        if ending == .unanswered {
            members.append(("defeat_cause", .string(call.behaviour.kind.udeskCause)))
        }
        return .object(members)
    }

    private static func optional(_ instant: Timestamp?) -> JSON { .string(instant.map(text) ?? "") }

    /// `2018-03-22 11:48:05 +0800`.
    private static func text(_ instant: Timestamp) -> String {
        CivilTime(instant, offset: CivilTime.shanghai).dateTime + " +0800"
    }
}

extension SimulatedCall {
    /// When something happened first.
    fileprivate func time(of happening: Happening) -> Timestamp? { entries.first { $0.happening == happening }?.at }

    /// How long the callee waited for an agent.
    fileprivate var queueTime: Duration {
        guard let answeredAt, let end = connectedAt ?? endedAt else { return .zero }
        return end - answeredAt
    }
}

extension SimulatedCall.Ending {
    /// The vendor's words for it, of those that the documents of the call trigger's push list.
    fileprivate var udeskResult: String {
        switch self {
        case .served: "客服接听"
        case .abandonedInQueue, .dismissed: "放弃排队"
        case .abandonedInRing, .agentMissed, .transferMissed: "客服未接"
        case .queueOverflow: "排队超时"
        case .unanswered, .cancelled: "客户未接"
        }
    }
}

extension CalleeBehaviour.Kind {
    /// What is assumed to be said of a call that failed.
    fileprivate var udeskCause: String {
        switch self {
        case .busy: "用户忙"
        case .invalid: "空号"
        case .unreachable: "关机"
        case .rejected: "用户拒接"
        case .congestion: "线路故障"
        case .noAnswer, .human, .machine: "无人接听"
        }
    }
}
