import DialModel
import EventWire

/// An agent as `agent_monitor_infos` tells of them (Open API v2, udesk.cn/doc/apiv2/agent_monitor_infos).
enum MonitoredAgent {
    /// The operation, after `/open_api_v1/`.
    static let path = "agent_monitor_infos"

    /// What to ask: the state in the call center only, of one group or of everybody.
    static func parameters(group: String) -> [(String, String)] {
        [("module_type", "call")] + (group.isEmpty ? [] : [("user_group_id", group)])
    }

    /// The agents of an answer, each of them once; nil for what is no list.
    static func observations(in members: JSONValue) -> [AgentObservation]? {
        guard case .array(let elements)? = members["data"] else { return nil }
        var seen: Set<AgentID> = []
        return elements.compactMap { element in
            guard let id = element["id"]?.text.map({ AgentID($0) }), seen.insert(id).inserted else { return nil }
            return AgentObservation(
                id: id, name: element["nick_name"]?.text ?? id.value,
                activity: activity(element["call_status"]?.text ?? ""), since: nil)
        }
    }

    /// The state's meaning; whoever is said to be nothing but signed in is given no call.
    static func activity(_ status: String) -> AgentActivity {
        switch status.lowercased() {
        case "idle": .idle
        case "offline": .offline
        case "online", "onbreak", "resting", "rest": .onBreak
        default: .busy
        }
    }
}
