/// One frame of a WebSocket connection (RFC 6455, 5.2), its payload unmasked.
struct WebSocketFrame: Hashable, Sendable {
    /// What a frame is for.
    enum Opcode: UInt8, Sendable {
        case continuation = 0
        case text = 1
        case binary = 2
        case close = 8
        case ping = 9
        case pong = 10

        /// Whether it steers the connection instead of carrying part of a message.
        var isControl: Bool { rawValue >= 8 }
    }

    /// The most bytes that a control frame may carry.
    static let maxControlBytes = 125

    var opcode: Opcode
    var payload: [UInt8]
    /// Whether it is the last frame of its message.
    var isFinal = true

    /// The frame as a client writes it, under a mask that nobody can guess.
    func encoded(mask: UInt32) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(payload.count + 14)
        bytes.append((isFinal ? 0x80 : 0) | opcode.rawValue)
        switch payload.count {
        case 0..<126:
            bytes.append(0x80 | UInt8(payload.count))
        case 126...0xFFFF:
            bytes.append(0x80 | 126)
            Self.append(UInt64(payload.count), bytes: 2, to: &bytes)
        default:
            bytes.append(0x80 | 127)
            Self.append(UInt64(payload.count), bytes: 8, to: &bytes)
        }
        Self.append(UInt64(mask), bytes: 4, to: &bytes)
        let key = (0..<4).map { UInt8(truncatingIfNeeded: mask >> (24 - 8 * $0)) }
        for index in payload.indices { bytes.append(payload[index] ^ key[index & 3]) }
        return bytes
    }

    private static func append(_ value: UInt64, bytes count: Int, to bytes: inout [UInt8]) {
        for index in (0..<count).reversed() { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * UInt64(index)))) }
    }
}

extension WebSocketFrame {
    /// A close frame with a code, or with what a close frame of the other side said.
    static func close(_ code: UInt16?) -> WebSocketFrame {
        WebSocketFrame(opcode: .close, payload: code.map { [UInt8($0 >> 8), UInt8($0 & 0xFF)] } ?? [])
    }
}

/// What the other side did against the protocol, and the code to close with (RFC 6455, 7.4.1).
struct WebSocketViolation: Error, Hashable, Sendable {
    /// `1002` protocol error, `1003` unacceptable kind, `1007` no UTF-8, `1009` too big.
    var code: UInt16
    /// Words to follow "the other side".
    var reason: String

    /// Something that the protocol forbids.
    static func protocolError(_ reason: String) -> WebSocketViolation {
        WebSocketViolation(code: 1002, reason: reason)
    }

    /// A message beyond the limit.
    static func tooBig(_ maxBytes: Int) -> WebSocketViolation {
        WebSocketViolation(code: 1009, reason: "sent a message of more than \(maxBytes) bytes")
    }
}
