import EventWire

/// One message of the server to an agent's channel, by its `MT` (`vendors/well-wincall.md`, B.6).
enum ServerMessage: Hashable, Sendable {
    /// What became of a command.
    case result(CommandResult)
    /// The server wants to know whether we are there.
    case keepAlive
    /// The agent's phone.
    case phone(PhoneMessage)
    /// The agent's state, and the reason of a break or the seconds of after-call work.
    case agent(state: Int, parameter: Int?)
    /// The keys that the callee pressed, which are call parameters like others.
    case dialogue(CallParameters)
    /// A new list of skill groups.
    case queues([Int])
    /// A new list of numbers that may be shown.
    case callers([String])
    /// Something that the session has to act upon.
    case alert(code: Int)
    /// Anything that no document explains, or that nobody needs.
    case other(type: Int?)

    /// The names of the events that carry messages; both are handled alike (B.3.2).
    private static let eventNames: Set<String> = ["toAgent", "response"]

    /// The messages of a packet; none of one that carries something else.
    static func messages(of packet: SocketIOPacket) -> [ServerMessage] {
        guard let event = packet.event, eventNames.contains(event.name) else { return [] }
        return event.arguments.compactMap(\.text).flatMap(messages)
    }

    /// The messages of one payload: JSON objects with line ends between them; what is neither is dropped (B.3.4).
    static func messages(in payload: String) -> [ServerMessage] {
        let text = payload.trimmingBlanks()
        guard text.hasPrefix("{"), text.hasSuffix("}") else { return [] }
        // A carriage return and a line feed are one character.
        return text.split(whereSeparator: \.isNewline)
            .compactMap { JSONValue(parsing: Array($0.utf8)) }
            .compactMap(ServerMessage.init)
    }

    init?(_ value: JSONValue) {
        guard case .object = value else { return nil }
        switch value["MT"]?.integer {
        case 1:
            guard let result = CommandResult(value) else { return nil }
            self = .result(result)
        case 2: self = .keepAlive
        case 3: self = .phone(PhoneMessage(value))
        case 4:
            guard let state = value["AgSta"]?.integer else { return nil }
            self = .agent(state: Int(state), parameter: value["AgStaParam"]?.integer.map(Int.init))
        case 7: self = .dialogue(CallParameters(value))
        case 8: self = Self.update(value)
        case 10:
            guard let code = value["Code"]?.integer else { return nil }
            self = .alert(code: Int(code))
        case let type: self = .other(type: type.map(Int.init))
        }
    }

    private static func update(_ value: JSONValue) -> ServerMessage {
        let items = value["Data"].map(SignInGrant.elements) ?? []
        switch value["Param"]?.integer {
        case 1: return .queues(items.compactMap(\.integer).map(Int.init))
        case 2: return .callers(items.compactMap(\.text))
        default: return .other(type: 8)
        }
    }
}

/// What became of a command (B.5).
struct CommandResult: Hashable, Sendable {
    /// The action of the command.
    var action: Int
    /// Zero for success; to a query, the agent's state.
    var code: Int
    /// The server's words, or what a sign-in grants.
    var message: String

    init?(_ value: JSONValue) {
        guard let action = value["Retact"]?.integer, let code = value["Ret"]?.integer else { return nil }
        self.action = Int(action)
        self.code = Int(code)
        message = value["Retmsg"].map { $0.text ?? $0.serialized } ?? ""
    }
}

/// News of an agent's phone (B.6).
struct PhoneMessage: Hashable, Sendable {
    var state: PhoneState
    var parameters: CallParameters

    init(_ value: JSONValue) {
        let ring = value["RingType"]?.integer.map(Int.init)
        state = PhoneState(code: value["PhoSta"]?.integer.map(Int.init), ring: ring)
        parameters = CallParameters(value)
    }
}
