import DialModel
import Telephony

@testable import AlibabaVendor

extension SimulatedGateway {
    static func group(_ id: String, _ name: String, queue: String, numbers: [WireText]? = nil) -> WireText {
        let usual: [WireText] = [["Number": "01080000001", "Usage": "Outboung", "AllowOutbound": "true"]]
        return [
            "SkillGroupId": .string(id), "SkillGroupName": .string(name), "AccQueueName": .string(queue),
            "OutboundPhoneNumbers": ["PhoneNumber": .array(numbers ?? usual)],
        ]
    }

    func perform(_ action: String, _ parameters: [String: String], _ state: inout State) -> HTTPResponse {
        guard parameters["InstanceId"] == "inst-1" else {
            return refusal(404, "NotExists.InstanceId", "The instance does not exist.")
        }
        let payload: [(String, WireText)]
        switch action {
        case "ListSkillGroups": payload = [("SkillGroups", ["SkillGroup": .array(state.groups)])]
        case "ListPhoneNumbers": payload = [("PhoneNumbers", ["PhoneNumber": .array(state.numbers)])]
        case "ListPhoneTags": payload = tags(parameters, state)
        case "ListAgentStates": payload = agents(parameters, state)
        case "PickGlobalOutboundNumbers":
            let side: WireText = ["Number": state.picked, "Province": "北京", "City": "北京"]
            payload = [("DialNumberPairs", ["DialNumberPair": [["Caller": side]]])]
        case "DialEx": payload = dial(parameters, &state)
        case "ListCallEventDetailByContactId":
            let call = state.calls.first { $0.contact == parameters["ContactId"] && $0.script.leavesEvents }
            guard let call else { return refusal(404, "NotExists.ContactId", "The contact does not exist.") }
            payload = [("Data", call.detail(at: moment))]
        case "ListCallDetailRecords": payload = records(parameters, state)
        default: return refusal(404, "InvalidApi.NotFound", "Specified api is not found.")
        }
        return response(200, WireText.envelope(payload).text)
    }

    private func agents(_ parameters: [String: String], _ state: State) -> [(String, WireText)] {
        let size = Int(parameters["PageSize"] ?? "") ?? 10
        let page = Int(parameters["PageNumber"] ?? "") ?? 1
        let shown = state.agents.dropFirst((page - 1) * size).prefix(size).map { agent -> WireText in
            [
                "AgentId": agent.id, "AgentName": .string(agent.name), "State": .string(agent.state),
                "StateDuration": .integer(agent.seconds),
            ]
        }
        let list: WireText = [
            "List": ["RealTimeAgentState": .array(shown)], "TotalCount": .integer(Int64(state.agents.count)),
        ]
        return [("Data", list)]
    }

    /// One page of tags; only the first tells how many there are.
    private func tags(_ parameters: [String: String], _ state: State) -> [(String, WireText)] {
        let size = min(Int(parameters["PageSize"] ?? "") ?? 10, state.longestTagPage)
        let page = Int(parameters["CurrentPage"] ?? "") ?? 1
        let shown = state.tags.dropFirst((page - 1) * size).prefix(size)
        let total = page == 1 ? state.tags.count : 0
        return [("PhoneNumbers", ["List": .array(Array(shown)), "TotalCount": .integer(Int64(total))])]
    }

    private func dial(_ parameters: [String: String], _ state: inout State) -> [(String, WireText)] {
        if case .object(let answer) = state.dialAnswer { return answer }
        let callee = parameters["Callee"] ?? ""
        let task = "\(moment.milliseconds)\(10_000 + state.calls.count)"
        let script = state.scripts[callee] ?? .unanswered("480-Temporarily Unavailable")
        state.calls.append(
            SimulatedCall(
                task: task, contact: script.contactIsTask ? task : "211842\(1000 + state.calls.count)",
                caller: parameters["Caller"] ?? "", callee: callee, startedAt: moment, script: script))
        return [
            ("StatusCode", "200"), ("StatusDesc", "Okay"), ("TaskId", .string(task)),
            ("TimeStamp", .string(String(moment.milliseconds))),
        ]
    }

    private func records(_ parameters: [String: String], _ state: State) -> [(String, WireText)] {
        let start = Timestamp(milliseconds: Int64(parameters["StartTime"] ?? "") ?? 0)
        let found = state.calls.filter { call in
            guard call.startedAt >= start else { return false }
            if let contact = parameters["ContactId"] { return call.contact == contact }
            return call.callee.hasSuffix(parameters["Criteria"] ?? "")
        }
        let list = WireText.array(found.compactMap { $0.record(at: moment) })
        return [("CallDetailRecords", ["List": ["CallDetailRecord": list], "TotalCount": 0])]
    }
}
