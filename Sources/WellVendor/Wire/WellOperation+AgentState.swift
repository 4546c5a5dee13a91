import DialModel
import EventWire
import Telephony

extension WellOperation {
    private static let statePath = "/api/csta/agent/state"

    /// Binds an agent to a phone (`agentLogin`, A.5); it is complete only with the event or a `client-state` that says so.
    static func logIn(_ address: AgentAddress, password: Secret, mode: AgentMode, session: Secret) -> WellOperation {
        state(
            "agentLogin",
            [
                "func": "Login", "loginId": address.loginID, "device": address.device, "password": password.revealed,
                "agentMode": mode.rawValue, "sessionId": session.revealed,
            ])
    }

    /// Ends the binding (`logout`, A.5); at the end of a run there is little time for all of them.
    static func logOut(_ address: AgentAddress, session: Secret) -> WellOperation {
        state(
            "logout", ["func": "Logout", "agentId": address.loginID, "sessionId": session.revealed], isUrgent: true)
    }

    /// Makes an agent ready or not ready (`setAgentMode`, A.5).
    static func setMode(_ mode: AgentMode, of address: AgentAddress) -> WellOperation {
        state(
            "setAgentMode",
            [
                "func": "SetState", "device": address.device, "agentMode": mode.rawValue,
                "namespace": address.domain, "reason": "", "agentId": address.loginID,
            ])
    }

    /// Whether a change of mode takes effect only after the present call.
    static func isPending(_ body: [UInt8]) -> Bool {
        JSONValue(parsing: body)?["pendingMode"] != nil
    }

    private static func state(
        _ name: String, _ members: [String: String], isUrgent: Bool = false
    ) -> WellOperation {
        WellOperation(
            name: name, method: "POST", path: statePath, body: .object(members.mapValues { .string($0) }),
            connection: .fresh, isUrgent: isUrgent)
    }
}

/// What an agent is available for, in the vendor's words (A.6.2).
enum AgentMode: String, CaseIterable, Hashable, Sendable {
    case ready = "Ready"
    case notReady = "NotReady"
    /// After-call work.
    case workNotReady = "WorkNotReady"
    /// Reserved by a campaign of the vendor's own.
    case allocated = "Allocated"
    case loggedOut = "Logout"
}
