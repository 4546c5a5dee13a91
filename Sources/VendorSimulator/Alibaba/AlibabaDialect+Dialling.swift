import CallerID
import DialModel

/// Placing calls (`vendors/alibaba-udesk.md`, A2.4).
extension AlibabaDialect {
    mutating func dialEx(_ parameters: AlibabaParameters) throws(AlibabaRefusal) -> [(String, JSON)] {
        let caller = try parameters.required("Caller")
        let callee = try dialable("Callee", parameters)
        let mode = try parameters.requiredInteger("AnswerMode")
        let routePoint = try parameters.required("RoutPoint")
        guard inventory.numbers.contains(where: { $0.number == caller && $0.dialsOut }) else {
            throw .notExists("Number")
        }
        let destination = try destination(mode: mode, routePoint: routePoint)
        let call = place(caller: caller, callee: callee, destination: destination)
        return [
            ("StatusCode", .string("200")), ("StatusDesc", .string("Okay")), ("TaskId", .string(taskID(of: call))),
            ("TimeStamp", .string(String(centre.now.milliseconds))),
        ]
    }

    mutating func startBack2BackCall(_ parameters: AlibabaParameters) throws(AlibabaRefusal) -> [(String, JSON)] {
        let first = try dialable("Caller", parameters)
        let second = try dialable("Callee", parameters)
        if let shown = parameters.optional("CallCenterNumber") {
            guard inventory.numbers.contains(where: { $0.number == shown && $0.dialsOut }) else {
                throw .notExists("Number")
            }
        }
        let call = place(caller: first, callee: second, destination: .secondParty(second))
        return [
            ("StatusCode", .string("200")), ("StatusDesc", .string("Okay")), ("TaskId", .string(taskID(of: call))),
            ("TimeStamp", .string(CivilTime(centre.now, offset: CivilTime.shanghai).dateTime)),
        ]
    }

    /// `Success` is a string in this answer (`vendors/alibaba-udesk.md`, A2.5).
    func getPredictiveTaskData(_ parameters: AlibabaParameters) throws(AlibabaRefusal) -> [(String, JSON)] {
        try requireGroup(parameters.required("SkillGroupId"))
        guard let ordinal = callsByTask[try parameters.required("TaskId")] else { throw .notExists("TaskId") }
        let call = centre.calls[ordinal]
        let answered = call.answeredAt ?? call.endedAt ?? centre.now
        let connected = call.connectedAt ?? call.endedAt ?? centre.now
        return [
            ("Success", .string("true")),
            (
                "Data",
                .object([
                    ("TaskId", .string(taskID(of: ordinal))), ("JobGroupId", .string("")),
                    ("ContactId", .string(contactID(of: ordinal))), ("Connected", .bool(call.answeredAt != nil)),
                    ("Answered", .bool(call.connectedAt != nil)), ("Abandoned", .bool(call.wasAbandoned)),
                    ("DialDuration", .number((answered - call.placedAt).components.seconds)),
                    ("QueueDuration", .number(call.answeredAt == nil ? 0 : (connected - answered).components.seconds)),
                    ("TalkDuration", .number(call.talkTime.components.seconds)),
                    ("StartTime", .number(call.placedAt.milliseconds)),
                    ("EndTime", .number(call.endedAt?.milliseconds ?? 0)),
                ])
            ),
        ]
    }

    /// Checks the form of a number that is to be dialled: digits, a plus in front allowed, any prefix included.
    private func dialable(_ name: String, _ parameters: AlibabaParameters) throws(AlibabaRefusal) -> String {
        let number = try parameters.required(name)
        let digits = number.hasPrefix("+") ? number.dropFirst() : number[...]
        guard (3...24).contains(digits.count), digits.allSatisfy({ ("0"..."9").contains($0) }) else {
            throw .parameter("Format", name)
        }
        return number
    }

    private func destination(
        mode: Int64, routePoint: String
    ) throws(AlibabaRefusal) -> SimulatedCall.Destination {
        switch mode {
        case 0:
            return .ivr
        case 1:
            let suffix = "@" + settings.account.subdomain
            guard routePoint.hasSuffix(suffix) else { throw .notExists("UserId") }
            let id = routePoint.dropLast(suffix.count)
            guard let agent = centre.agents.firstIndex(where: { $0.id == id && !$0.isDialler }) else {
                throw .notExists("UserId")
            }
            return .agent(agent)
        case 2:
            guard routePoint == settings.account.queueName else { throw .notExists("SkillGroupId") }
            return .queue
        default:
            throw .parameter("Enumeration", "AnswerMode")
        }
    }
}

extension SimulatedCall {
    /// Whether the callee answered and nobody spoke to them.
    var wasAbandoned: Bool {
        switch ending {
        case .abandonedInQueue, .abandonedInRing, .queueOverflow, .dismissed, .transferMissed: true
        case .served, .unanswered, .agentMissed, .cancelled, nil: false
        }
    }
}
