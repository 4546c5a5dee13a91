import DialModel
import EventWire
import Telephony

/// An agent as `ListAgentStates` tells of them (`vendors/alibaba-udesk.md`, A2.3).
struct AgentState: Hashable, Sendable {
    var id: AgentID
    var name: String
    var activity: AgentActivity
    /// How long the state has lasted; the unit is not documented, seconds are assumed.
    var lasted: Duration?

    init?(_ value: JSONValue) {
        guard let id = (value["AgentId"] ?? value["RamId"])?.text else { return nil }
        self.id = AgentID(id)
        name = value["AgentName"]?.text ?? value["LoginName"]?.text ?? id
        activity = Self.activity(value["State"]?.text ?? "")
        lasted = value["StateDuration"]?.integer.flatMap { $0 >= 0 && $0 < 366 * 86_400 ? .seconds($0) : nil }
    }

    func observation(asOf instant: Timestamp) -> AgentObservation {
        AgentObservation(id: id, name: name, activity: activity, since: lasted.map { instant - $0 })
    }

    /// The state's meaning; a word that no document names is taken for busy, so that nobody is given a call by mistake.
    static func activity(_ state: String) -> AgentActivity {
        switch state.lowercased() {
        case "ready", "idle", "等待": .idle
        case "acw", "处理": .wrapUp
        case "break", "小休": .onBreak
        case "off", "offline", "logout", "签出": .offline
        default: .busy
        }
    }
}

/// All agents of a group at one instant.
struct AgentSnapshot: Sendable {
    var agents: [AgentObservation]
    /// When the first page was asked for.
    var asOf: Timestamp
}

extension Gateway {
    private static let agentPageSize = 100
    private static let mostAgentPages = 50

    /// The agents of a group, all pages of them.
    func agents(ofGroup group: String, priority: RequestRate.Priority = .question) async throws(VendorError)
        -> AgentSnapshot
    {
        var states: [AgentState] = []
        var seen: Set<AgentID> = []
        var listed = 0
        var asOf: Timestamp?
        for page in 1...Self.mostAgentPages {
            let parameters = [
                "InstanceId": account.instanceID, "SkillGroupId": group, "PageNumber": String(page),
                "PageSize": String(Self.agentPageSize),
            ]
            let reply = try await ask("ListAgentStates", parameters, priority: priority)
            asOf = asOf ?? reply.sentAt
            let list = (reply.payload["Data"]?["List"] ?? reply.payload["List"] ?? .null).list(of: "RealTimeAgentState")
            for state in list.compactMap(AgentState.init) where seen.insert(state.id).inserted { states.append(state) }
            listed += list.count
            let total = reply.payload["Data"]?["TotalCount"]?.integer ?? 0
            if list.isEmpty || list.count < Self.agentPageSize && listed >= total { break }
        }
        let instant = asOf ?? clock.now
        return AgentSnapshot(agents: states.map { $0.observation(asOf: instant) }, asOf: instant)
    }
}
