/// What a frame, together with those before it, comes to.
enum ChannelInput: Hashable, Sendable {
    case text(String)
    case ping([UInt8])
    case pong
    /// The other side closes the connection; nil when it gave no code.
    case close(UInt16?)
}

/// Puts messages together from frames (RFC 6455, 5.4) and accepts nothing but text.
struct MessageAssembler {
    /// The largest message, in bytes.
    let maxMessageBytes: Int
    /// What has come of a message in several frames; nil between messages.
    private var partial: [UInt8]?

    /// An assembler between messages.
    init(maxMessageBytes: Int) {
        self.maxMessageBytes = maxMessageBytes
    }

    /// Takes in one frame; nil while the message goes on.
    mutating func receive(_ frame: WebSocketFrame) throws(WebSocketViolation) -> ChannelInput? {
        switch frame.opcode {
        case .ping:
            return .ping(frame.payload)
        case .pong:
            return .pong
        case .close:
            return .close(try Self.closeCode(frame.payload))
        case .binary:
            // RFC 6455, 5.4: within a message even its kind is a breach of the protocol.
            guard partial == nil else { throw .protocolError("began a message within another") }
            throw WebSocketViolation(code: 1003, reason: "sent a message that is not text")
        case .text:
            guard partial == nil else { throw .protocolError("began a message within another") }
            return try extend([], with: frame)
        case .continuation:
            guard let begun = partial else { throw .protocolError("continued a message that had not begun") }
            partial = nil
            return try extend(begun, with: frame)
        }
    }

    private mutating func extend(
        _ begun: consuming [UInt8], with frame: WebSocketFrame
    ) throws(WebSocketViolation) -> ChannelInput? {
        guard begun.count + frame.payload.count <= maxMessageBytes else { throw .tooBig(maxMessageBytes) }
        begun.append(contentsOf: frame.payload)
        guard frame.isFinal else {
            partial = begun
            return nil
        }
        guard let text = String(validating: begun, as: UTF8.self) else {
            throw WebSocketViolation(code: 1007, reason: "sent text that is not UTF-8")
        }
        return .text(text)
    }

    private static func closeCode(_ payload: [UInt8]) throws(WebSocketViolation) -> UInt16? {
        guard !payload.isEmpty else { return nil }
        guard payload.count >= 2 else { throw .protocolError("sent half a close code") }
        let code = UInt16(payload[0]) << 8 | UInt16(payload[1])
        switch code {
        case 1000...1003, 1007...1014, 3000...4999: break
        default: throw .protocolError("closed with code \(code), which is not for use")
        }
        guard String(validating: payload[2...], as: UTF8.self) != nil else {
            throw WebSocketViolation(code: 1007, reason: "gave a reason that is not UTF-8")
        }
        return code
    }
}
