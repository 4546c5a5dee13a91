import DialModel
import EventWire

extension WellOperation {
    /// Asks what the vendor knows of the session's agent (`checkRecoverStateAbility`, A.5).
    static let clientState = WellOperation(
        name: "client-state", method: "GET", path: "/api/csta/agent/client-state")
}

/// What `client-state` tells of an agent (A.5).
struct ClientState: Hashable, Sendable {
    /// The call that the agent is in.
    struct ActiveCall: Hashable, Sendable {
        var callID: String
        /// The other side's number or device, where one of the three fields for it is no phone of the tenant's.
        var otherSides: [String]
        /// When the other side answered; that its presence means an answer is an assumption, no document says.
        var answeredAt: Timestamp?
        /// Whether the vendor names an answer at all.
        var isAnswered: Bool
        /// Whether the agent's own phone only rings, or has not been picked up.
        var isRinging: Bool
        /// Whether the two sides hear each other: nobody is kept waiting.
        var isConnected: Bool
    }

    var agentID: String
    var deviceID: String
    /// The mode; nil for a word that no document names.
    var mode: AgentMode?
    var activeCall: ActiveCall?

    /// Reads an answer; nil when it tells of no agent.
    init?(_ body: [UInt8]) {
        guard let answer = JSONValue(parsing: body), let agent = answer["agent"], let agentID = agent["agentId"]?.text
        else { return nil }
        self.agentID = agentID
        deviceID = agent["extensionId"]?.text ?? answer["extension"]?["extensionId"]?.text ?? ""
        mode = agent["agentMode"]?.text.flatMap(AgentMode.init(rawValue:))
        activeCall = agent["activeCall"].flatMap(ActiveCall.init)
    }

    /// Whether the session's agent is signed in at the phone that we think of (A.4, step 8).
    func isSignedIn(as address: AgentAddress) -> Bool {
        guard mode != .loggedOut, AgentAddress.localPart(agentID) == address.agent.value else { return false }
        return deviceID.isEmpty || AgentAddress.localPart(deviceID) == AgentAddress.localPart(address.phone)
    }
}

extension ClientState.ActiveCall {
    /// States in which there is no call, whatever else the object holds (A.5).
    private static let idleStates = ["None", "Idle", "Idle2", "Fail"]

    init?(_ value: JSONValue) {
        guard let callID = value["callId"]?.text else { return nil }
        if let state = value["state"]?.text, Self.idleStates.contains(state) { return nil }
        self.callID = callID
        isConnected = value["state"]?.text == "Connect"
        isRinging = ["Alerting", "Initiate"].contains(value["state"]?.text)
        otherSides = ["otherSide", "dnis", "ani"].compactMap { value[$0]?.text.map(AgentAddress.localPart) }
        let answered = value["answerTime"]
        isAnswered = answered.map { $0.text != nil && $0.integer != 0 } ?? false
        answeredAt = answered.flatMap(WireTime.instant)
    }
}
