/// One packet of engine.io protocol 3, as a WebSocket text message carries it (`vendors/well-wincall.md`, B.3.2).
package enum EngineIOPacket: Hashable, Sendable {
    /// The server opens the session; the text is JSON, see `EngineIOSession`.
    case open(String)
    /// Either side ends the session.
    case close
    /// The client shows that it is there; the text is to come back.
    case ping(String)
    /// The answer to a ping, with its text.
    case pong(String)
    /// A packet of socket.io.
    case message(String)
    /// The client goes over to another transport.
    case upgrade
    /// Nothing, to end a long poll.
    case noop

    /// Reads a packet; nil for what is none, and for binary ones.
    package init?(_ text: String) {
        let rest = String(text.dropFirst())
        switch text.utf8.first {
        case UInt8(ascii: "0"): self = .open(rest)
        case UInt8(ascii: "1"): self = .close
        case UInt8(ascii: "2"): self = .ping(rest)
        case UInt8(ascii: "3"): self = .pong(rest)
        case UInt8(ascii: "4"): self = .message(rest)
        case UInt8(ascii: "5"): self = .upgrade
        case UInt8(ascii: "6"): self = .noop
        default: return nil
        }
    }

    /// The packet as it is written.
    package var text: String {
        switch self {
        case .open(let session): "0" + session
        case .close: "1"
        case .ping(let text): "2" + text
        case .pong(let text): "3" + text
        case .message(let packet): "4" + packet
        case .upgrade: "5"
        case .noop: "6"
        }
    }
}

/// What the open packet says of a session.
package struct EngineIOSession: Hashable, Sendable {
    /// The name of the session.
    package var sid: String
    /// The transports that the server would rather use.
    package var upgrades: [String]
    /// How often the client is to ping.
    package var pingInterval: Duration
    /// How long after a ping the other side counts as gone.
    package var pingTimeout: Duration

    /// Memberwise, with the intervals that servers have unless they are told otherwise.
    package init(
        sid: String, upgrades: [String] = [], pingInterval: Duration = .seconds(25),
        pingTimeout: Duration = .seconds(60)
    ) {
        self.sid = sid
        self.upgrades = upgrades
        self.pingInterval = pingInterval
        self.pingTimeout = pingTimeout
    }

    /// Reads the text of an open packet, with the usual intervals where it has none; nil when it names no session.
    package init?(_ text: String) {
        guard let json = JSONValue(parsing: Array(text.utf8)), let sid = json["sid"]?.text else { return nil }
        self.init(sid: sid)
        if case .array(let names) = json["upgrades"] { upgrades = names.compactMap(\.text) }
        pingInterval = Self.milliseconds(json["pingInterval"]) ?? pingInterval
        pingTimeout = Self.milliseconds(json["pingTimeout"]) ?? pingTimeout
    }

    /// The text of the open packet.
    package var text: String {
        JSONValue.object([
            "sid": .string(sid), "upgrades": .array(upgrades.map(JSONValue.string)),
            "pingInterval": .integer(Int64(pingInterval / .milliseconds(1))),
            "pingTimeout": .integer(Int64(pingTimeout / .milliseconds(1))),
        ]).serialized
    }

    private static func milliseconds(_ value: JSONValue?) -> Duration? {
        guard let count = value?.integer, (1...86_400_000).contains(count) else { return nil }
        return .milliseconds(count)
    }
}
