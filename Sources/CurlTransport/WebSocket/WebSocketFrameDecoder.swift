/// Takes the frames that a server sends out of its bytes, however these arrive.
///
/// A frame is judged by its head: what is forbidden or too long is refused before its payload has come.
struct WebSocketFrameDecoder {
    private struct Head {
        var opcode: WebSocketFrame.Opcode
        var isFinal: Bool
        var payloadBytes: Int
        /// How many bytes the head itself took.
        var bytes: Int
    }

    /// The largest payload, in bytes.
    let maxPayloadBytes: Int
    private var buffer: [UInt8] = []
    /// Where in `buffer` the next frame begins.
    private var start = 0

    /// A decoder at the beginning of a connection.
    init(maxPayloadBytes: Int) {
        self.maxPayloadBytes = maxPayloadBytes
    }

    /// Takes in what has arrived.
    mutating func append(_ bytes: some Sequence<UInt8>) {
        if start > 0 {
            buffer.removeFirst(start)
            start = 0
        }
        buffer.append(contentsOf: bytes)
    }

    /// The next frame; nil until more has arrived.
    mutating func next() throws(WebSocketViolation) -> WebSocketFrame? {
        guard let head = try head(), buffer.count - start - head.bytes >= head.payloadBytes else { return nil }
        let payload = start + head.bytes
        start = payload + head.payloadBytes
        return WebSocketFrame(opcode: head.opcode, payload: Array(buffer[payload..<start]), isFinal: head.isFinal)
    }

    private func head() throws(WebSocketViolation) -> Head? {
        guard buffer.count - start >= 2 else { return nil }
        let (first, second) = (buffer[start], buffer[start + 1])
        guard first & 0x70 == 0 else { throw .protocolError("set reserved bits") }
        guard let opcode = WebSocketFrame.Opcode(rawValue: first & 0x0F) else {
            throw .protocolError("sent a frame of an unknown kind")
        }
        guard second & 0x80 == 0 else { throw .protocolError("masked a frame") }
        let isFinal = first & 0x80 != 0
        if opcode.isControl {
            guard isFinal else { throw .protocolError("split a control frame") }
            guard second <= WebSocketFrame.maxControlBytes else { throw .protocolError("sent a long control frame") }
        }
        guard let length = try length(after: second) else { return nil }
        guard length.value <= UInt64(maxPayloadBytes) else { throw .tooBig(maxPayloadBytes) }
        return Head(
            opcode: opcode, isFinal: isFinal, payloadBytes: Int(length.value), bytes: 2 + length.extraBytes)
    }

    private func length(after second: UInt8) throws(WebSocketViolation) -> (value: UInt64, extraBytes: Int)? {
        let extraBytes = second == 127 ? 8 : second == 126 ? 2 : 0
        guard extraBytes > 0 else { return (UInt64(second), 0) }
        guard buffer.count - start >= 2 + extraBytes else { return nil }
        let value = buffer[(start + 2)..<(start + 2 + extraBytes)].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard value > (extraBytes == 2 ? 125 : 0xFFFF), value >> 63 == 0 else {
            throw .protocolError("spelt a length in a way that is forbidden")
        }
        return (value, extraBytes)
    }
}
