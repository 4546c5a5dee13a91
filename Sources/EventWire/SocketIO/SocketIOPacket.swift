/// One packet of socket.io's parser protocol 4, as a message of engine.io carries it (`vendors/well-wincall.md`, B.3).
package struct SocketIOPacket: Hashable, Sendable {
    /// What a packet is for.
    package enum Kind: UInt8, Sendable {
        /// A namespace is connected.
        case connect = 0
        /// A namespace is left.
        case disconnect = 1
        /// Something happened: a name and arguments.
        case event = 2
        /// An event has been dealt with.
        case acknowledgement = 3
        /// A namespace was refused.
        case error = 4
    }

    /// What the packet is for.
    package var kind: Kind
    /// The namespace; `/` unless one is named.
    package var namespace: String
    /// The number by which an event wants to be acknowledged, or is.
    package var id: Int?
    /// What the packet says, as JSON text; nil for nothing.
    package var payload: String?

    /// Memberwise.
    package init(_ kind: Kind, namespace: String = "/", id: Int? = nil, payload: String? = nil) {
        self.kind = kind
        self.namespace = namespace
        self.id = id
        self.payload = payload
    }

    /// Something that happened, `42["event",…]` on the wire.
    package static func event(
        _ name: String, _ arguments: [JSONValue] = [], namespace: String = "/", id: Int? = nil
    ) -> SocketIOPacket {
        let payload = JSONValue.array([.string(name)] + arguments).serialized
        return SocketIOPacket(.event, namespace: namespace, id: id, payload: payload)
    }

    /// Reads a packet; nil for what is none, and for those with binary attachments.
    package init?(_ text: String) {
        guard let digit = text.utf8.first, let kind = Kind(rawValue: digit &- UInt8(ascii: "0")) else { return nil }
        var rest = text.dropFirst()
        var namespace = "/"
        if rest.first == "/" {
            let end = rest.firstIndex(of: ",") ?? rest.endIndex
            namespace = String(rest[..<end])
            rest = rest[end...].dropFirst()
        }
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        guard digits.isEmpty || Int(digits) != nil else { return nil }
        rest = rest[digits.endIndex...]
        self.init(kind, namespace: namespace, id: Int(digits), payload: rest.isEmpty ? nil : String(rest))
    }

    /// The packet as it is written.
    package var text: String {
        let place = namespace == "/" ? "" : namespace + ","
        return "\(kind.rawValue)\(place)\(id.map(String.init) ?? "")\(payload ?? "")"
    }

    /// The name and the arguments of an event; nil for other packets and for a payload that is not what it should be.
    package var event: (name: String, arguments: [JSONValue])? {
        guard kind == .event, let payload, case .array(let elements) = JSONValue(parsing: Array(payload.utf8)),
            case .string(let name) = elements.first
        else { return nil }
        return (name, Array(elements.dropFirst()))
    }
}
