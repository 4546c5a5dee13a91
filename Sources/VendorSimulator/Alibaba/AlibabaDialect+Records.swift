import CallModel
import DialModel

/// What became of calls (`vendors/alibaba-udesk.md`, A2.7).
extension AlibabaDialect {
    /// Records turn up some time after the call and are counted on the first page only.
    func listCallDetailRecords(_ parameters: AlibabaParameters) throws(AlibabaRefusal) -> [(String, JSON)] {
        let page = try parameters.page(isRequired: true)
        let window = try recordWindow(parameters)
        let types = parameters.commaList("ContactType")
        let dispositions = parameters.commaList("ContactDisposition")
        let newestFirst = try isDescending(parameters)
        let contact = parameters.optional("ContactId")
        let shownNumber = parameters.optional("PhoneNumber")
        let criteria = parameters.optional("Criteria")
        var calls = candidates(in: window, contact: contact, criteria: criteria).filter { ordinal in
            let call = centre.calls[ordinal]
            return isOwn(ordinal) && window.contains(call.placedAt) && hasRecord(call)
                && (types.isEmpty || types.contains(call.contactType))
                && (dispositions.isEmpty || dispositions.contains(call.disposition))
                && (shownNumber == nil || shownNumber == call.caller) && fits(call, criteria)
        }
        if newestFirst { calls.reverse() }
        let records = page.slice(calls).map { record(centre.calls[$0]) }
        let list = [("List", JSON.wrapped("CallDetailRecord", Array(records)))]
        let members = list + page.members(total: calls.count, countsFirstPageOnly: true)
        return [("CallDetailRecords", .object(members))]
    }

    /// The user of an access key takes no calls, so their own recent calls are none (`vendors/alibaba-udesk.md`, A2.7).
    func listRecentCallRecords(_ parameters: AlibabaParameters) throws(AlibabaRefusal) -> [(String, JSON)] {
        let page = try parameters.page(isRequired: true)
        _ = try recordWindow(parameters)
        let list = [("List", JSON.wrapped("CallDetailRecord", []))]
        return [("CallDetailRecords", .object(list + page.members(total: 0)))]
    }

    func listCallEventDetailByContactId(_ parameters: AlibabaParameters) throws(AlibabaRefusal) -> [(String, JSON)] {
        let id = try parameters.required("ContactId")
        guard let ordinal = call(contactID: id) else { throw .notExists("ContactId") }
        let call = centre.calls[ordinal]
        return [
            (
                "Data",
                .object([
                    ("Caller", .phone(call.caller)), ("Callee", .phone(call.callee)),
                    ("CallType", .string(call.contactType)),
                    ("StartTime", .string(String(call.placedAt.milliseconds))), ("PrivacyNumber", .string("")),
                    ("ReleaseAgent", .string(call.releasedBy)), ("ReleaseReason", .string(call.releaseReason)),
                    ("Events", .wrapped("CallEventDetail", call.entries.indices.map { event($0, of: call) })),
                ])
            )
        ]
    }

    func listIvrTrackingDetail(_ parameters: AlibabaParameters) throws(AlibabaRefusal) -> [(String, JSON)] {
        let page = try parameters.page(isRequired: true)
        let window = try parameters.window(
            "StartTime", "StopTime", default: (centre.now - .seconds(1800))...centre.now, limit: .seconds(7 * 86_400))
        let contact = parameters.optional("ContactId")
        let calls = centre.calls.filter { call in
            isOwn(call.ordinal) && call.destination == .ivr && call.answeredAt.map(window.contains) == true
                && (contact == nil || contact == contactID(of: call.ordinal))
        }
        let details = page.slice(calls).map { call in
            JSON.object([
                ("ContactId", .string(contactID(of: call.ordinal))), ("FlowName", .string("simulator")),
                ("NodeName", .string("start")), ("NodeType", .string("Start")),
                ("Status", .string(call.endedAt == nil ? "Processing" : "Completed")), ("InputData", .string("")),
                ("OutputData", .string("")), ("StartTime", .number(call.answeredAt?.milliseconds ?? 0)),
                ("StopTime", .number(call.endedAt?.milliseconds ?? 0)),
            ])
        }
        let list = [("List", JSON.wrapped("IvrTrackingDetail", Array(details)))]
        return [("IvrTrackingDetails", .object(list + page.members(total: calls.count)))]
    }

    /// Whether the record of a call has turned up.
    func hasRecord(_ call: SimulatedCall) -> Bool {
        guard let ended = call.endedAt else { return false }
        let isLost = faults.loseRecordEvery > 0 && (call.ordinal + 1).isMultiple(of: faults.loseRecordEvery)
        let delay = isLost ? Duration.milliseconds(faults.lostRecordMs) : settings.recordDelay
        return ended + delay <= centre.now
    }

    /// The calls that may have a record in a window, ascending: those of one contact or one callee where that is asked.
    ///
    /// Calls are numbered as they are placed, so those of a window follow one another.
    private func candidates(in window: ClosedRange<Timestamp>, contact: String?, criteria: String?) -> [Int] {
        if let contact { return call(contactID: contact).map { [$0] } ?? [] }
        if let criteria, let calls = callsByNumber[Self.tail(of: criteria)] { return calls }
        return Array(firstCall(from: window.lowerBound)..<firstCall(from: window.upperBound + .milliseconds(1)))
    }

    private func firstCall(from time: Timestamp) -> Int {
        var range = 0..<centre.calls.count
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            range = centre.calls[middle].placedAt < time ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return range.lowerBound
    }

    private func recordWindow(_ parameters: AlibabaParameters) throws(AlibabaRefusal) -> ClosedRange<Timestamp> {
        var midnight = CivilTime(centre.now, offset: CivilTime.shanghai)
        (midnight.hour, midnight.minute, midnight.second) = (0, 0, 0)
        return try parameters.window(
            "StartTime", "StopTime", default: midnight.instant(offset: CivilTime.shanghai)...centre.now,
            limit: .seconds(7 * 86_400))
    }

    private func isDescending(_ parameters: AlibabaParameters) throws(AlibabaRefusal) -> Bool {
        switch parameters.optional("OrderBy")?.uppercased() {
        case nil, "ASC": return false
        case "DESC": return true
        default: throw .parameter("Enumeration", "OrderBy")
        }
    }

    /// `Criteria` is a customer's number, or the name of an agent or a group.
    private func fits(_ call: SimulatedCall, _ criteria: String?) -> Bool {
        guard let criteria else { return true }
        let agent = call.agent.map { centre.agents[$0].name }
        return call.callee == criteria || agent == criteria || settings.account.skillGroupName == criteria
    }

    private func record(_ call: SimulatedCall) -> JSON {
        let agent = call.agent.map { centre.agents[$0] }
        let agents = agent.map { agent in
            JSON.object([("AgentId", .string(agent.id)), ("Satisfaction", .number(0)), ("Feedback", .string(""))])
        }
        let isOurs = call.destination == .queue || agent != nil
        return .object([
            ("ContactId", .string(contactID(of: call.ordinal))), ("ContactType", .string(call.contactType)),
            ("ContactDisposition", .string(call.disposition)), ("CallingNumber", .phone(call.caller)),
            ("CalledNumber", .phone(call.callee)), ("StartTime", .number(call.placedAt.milliseconds)),
            ("Duration", .number(call.talkTime.components.seconds)), ("AgentNames", .string(agent?.name ?? "")),
            ("SkillGroupNames", .string(isOurs ? settings.account.skillGroupName : "")),
            ("SkillGroupIdList", .string(isOurs ? settings.account.skillGroupID : "")),
            ("InstanceId", .string(settings.account.instanceID)),
            ("Agents", .wrapped("CallDetailAgent", agents.map { [$0] } ?? [])),
            ("Recordings", .wrapped("Recording", recordings(of: call))), ("Satisfaction", .number(0)),
            ("SatisfactionDesc", .string("")), ("Feedback", .string("")),
        ])
    }

    private func event(_ index: Int, of call: SimulatedCall) -> JSON {
        let entry = call.entries[index]
        let next = index + 1 < call.entries.count ? call.entries[index + 1].at : call.endedAt ?? centre.now
        return .object([
            ("TimeStamp", .string(String(entry.at.milliseconds))), ("Event", .string(entry.happening.rawValue)),
            ("Status", .string(entry.happening.status)),
            ("AgentName", .string(entry.agent.map { centre.agents[$0].name } ?? "")),
            ("CallMode", .string(call.contactType)), ("Duration", .number((next - entry.at).components.seconds)),
            (
                "DetailData",
                .object([
                    ("EventType", .string(entry.happening.eventType)),
                    ("HangUper", .string(entry.happening == .end ? call.releasedBy : "")), ("Helper", .string("")),
                    ("SatisfactionalResearch", .string("")),
                    ("SkillGroup", .string(settings.account.skillGroupName)),
                ])
            ),
        ])
    }
}

extension SimulatedCall {
    /// The kind of contact in records and details.
    var contactType: String {
        if case .secondParty = destination { return "Back2Back" }
        return "Outbound"
    }

    /// How the record sums the call up.
    var disposition: String {
        switch ending {
        case .served: "Success"
        case .abandonedInQueue: "AbandonedInQueue"
        case .abandonedInRing: "AbandonedRing"
        case .queueOverflow: "QueueOverflow"
        case .unanswered, .agentMissed, .cancelled, nil: "NoAnswer"
        case .dismissed, .transferMissed: "AbandonedInQueue"
        }
    }

    /// Who ended the call.
    var releasedBy: String {
        switch ending {
        case nil: ""
        case .queueOverflow: "system"
        case .served where releasedByAgent, .agentMissed, .cancelled, .dismissed, .transferMissed: "agent"
        case .served, .abandonedInQueue, .abandonedInRing, .unanswered: "customer"
        }
    }

    /// The network's reason in the vendor's spelling (`vendors/alibaba-udesk.md`, A4 and A7.5; RFC 3261, section 21).
    var releaseReason: String {
        guard let ending else { return "" }
        guard ending == .unanswered else { return answeredAt == nil ? "487-Request Terminated" : "200-OK" }
        switch behaviour.kind {
        case .busy: return "486-Busy Here"
        case .noAnswer: return "487-Request Terminated"
        case .invalid: return "404-Not Found"
        case .rejected: return "603-Decline"
        case .unreachable: return "480-Temporarily Unavailable"
        case .congestion: return "503-Service Unavailable"
        case .human, .machine: return "487-Request Terminated"
        }
    }
}

extension SimulatedCall.Happening {
    /// The state that goes with it.
    var status: String {
        switch self {
        case .dial, .firstPickUp, .calleeRing: "Dialing"
        case .enterIVR: "IVR"
        case .enterQueue: "WaitingInQueue"
        case .normalEnd, .abandonedInQueue, .abandonedRing, .overflow: "QueueEnd"
        case .ring, .firstRing: "Ringing"
        case .giveUp, .firstMissed: "Break"
        case .talk, .answer, .hold, .retrieve, .transfer, .listen, .barge, .leave, .consultRing,
            .consultTalk, .consultEnd, .conference, .handOver:
            "Talking"
        case .end: "End"
        case .handle: "ACW"
        }
    }

    /// The part of the vendor's system that reports it.
    var eventType: String {
        switch self {
        case .enterIVR: "ivr"
        case .enterQueue, .normalEnd, .abandonedInQueue, .abandonedRing, .overflow: "queue"
        case .dial, .ring, .giveUp, .talk, .end, .handle, .firstRing, .firstPickUp, .firstMissed, .calleeRing, .answer,
            .hold, .retrieve, .transfer, .listen, .barge, .leave, .consultRing, .consultTalk, .consultEnd, .conference,
            .handOver:
            "agent"
        }
    }
}
