import DialModel
import EventWire

/// A call of one of the SDK's methods (`vendors/alibaba-udesk.md`, B2.1).
struct SDKCommand: Hashable, Sendable {
    /// The method's name.
    var method: String
    /// Its arguments, in order.
    var arguments: [JSONValue]

    private init(_ method: String, _ arguments: JSONValue...) {
        self.method = method
        self.arguments = arguments
    }

    /// Connects again; the vendor then says where it stands, by `GetState`.
    static let connect = SDKCommand("ConnectAsync")

    static func makeCall(_ number: String, attempt: AttemptID) -> SDKCommand {
        SDKCommand("MakeCallAsync", .string(number), .object(["BizId": .string(String(attempt.value))]))
    }

    /// The one method that takes the call's name by itself.
    static func hangUp(_ call: String) -> SDKCommand { SDKCommand("HangupAsync", .string(call)) }

    /// The agent's state; a custom break is a number beside `onBreak`.
    static func setState(_ state: String, sub: Int? = nil) -> SDKCommand {
        guard let sub else { return SDKCommand("SetAgentStateAsync", .string(state)) }
        return SDKCommand("SetAgentStateAsync", .string(state), .integer(sub))
    }

    static let spNumbers = SDKCommand("GetSpNumbersAsync", agentOwned([:]))
    static let currentSpNumber = SDKCommand("GetCurrentSpNumberAsync", agentOwned([:]))
    static let tenantSpNumber = SDKCommand("GetCurrentSpNumberAsync", .object(["OwnerType": .string("app")]))
    static let pools = SDKCommand("GetNumberPoolAndSpNumAsync", .object(["type": .integer(2)]))
    static let listedNumbers = SDKCommand("GetNumberPoolAndSpNumAsync", .object(["type": .integer(1)]))

    static func setSpNumber(_ number: String) -> SDKCommand {
        SDKCommand("SetSpNumberAsync", agentOwned(["DisplayNumber": .string(number)]))
    }

    /// Selects a number of the list, which takes the place of a pool that was selected.
    static func selectNumber(id: String) -> SDKCommand {
        SDKCommand("SetSpNumberPoolNumAsync", .object(["type": .integer(1), "id": .string(id)]))
    }

    static let idleAgents = SDKCommand("GetOtherAgentsAsync", .object(["State": .string("idle")]))

    static func hold(_ call: String) -> SDKCommand { SDKCommand("HoldAsync", .object(["CallId": .string(call)])) }

    static func recover(_ call: String) -> SDKCommand {
        SDKCommand("RecoveryAsync", .object(["CallId": .string(call)]))
    }

    /// Hands the call to an outside line.
    static func transfer(_ call: String, phone: String) -> SDKCommand {
        SDKCommand("TransferAsync", .object(["CallId": .string(call), "AgentPhone": .string(phone)]))
    }

    /// Hands the call to an agent.
    static func transfer(_ call: String, to agent: AgentID) -> SDKCommand {
        SDKCommand("TransferAsync", of(call, agent))
    }

    static func listen(_ call: String, to agent: AgentID) -> SDKCommand {
        SDKCommand("EavesdropAsync", of(call, agent))
    }

    static func barge(_ call: String, of agent: AgentID) -> SDKCommand {
        SDKCommand("ForcePickupAsync", of(call, agent))
    }

    static func take(_ call: String, from agent: AgentID) -> SDKCommand {
        SDKCommand("SubstituteAsync", of(call, agent))
    }

    /// The command as the page takes it; `seq` counts the commands of one session, and `within` is for how many ms it may
    /// be carried out yet.
    func wire(seq: Int, id: String, within: Int64) -> JSONValue {
        .object([
            "seq": .integer(seq), "id": .string(id), "method": .string(method), "args": .array(arguments),
            "within": .integer(within),
        ])
    }

    private static func agentOwned(_ members: [String: JSONValue]) -> JSONValue {
        .object(members.merging(["OwnerType": .string("agent")]) { own, _ in own })
    }

    private static func of(_ call: String, _ agent: AgentID) -> JSONValue {
        .object(["CallId": .string(call), "AgentId": .string(agent.value)])
    }
}
