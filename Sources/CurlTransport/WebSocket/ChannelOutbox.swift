import Telephony

/// One text message on its way out, and the caller who waits until it has left.
struct ChannelSend: Sendable {
    var ticket: Ticket
    var text: String
    var continuation: CheckedContinuation<Result<Void, TransportError>, Never>
}

/// What a channel has to write, in the order in which it may: control frames go before messages that have not begun.
///
/// What is queued is bounded whatever the other side does: one answer to its latest ping (RFC 6455, 5.5.3), one ping, one
/// close frame, and a message for each caller who waits.
struct ChannelOutbox {
    /// Bytes that stay where they are until they are written: OpenSSL wants the same ones when a write is tried again.
    private final class Bytes {
        let buffer: UnsafeMutableRawBufferPointer
        var written = 0

        init(_ bytes: [UInt8]) {
            buffer = .allocate(byteCount: bytes.count, alignment: 1)
            buffer.copyBytes(from: bytes)
        }

        deinit { buffer.deallocate() }
    }

    /// How far writing went.
    enum Progress: Equatable {
        /// Everything is with the system.
        case finished
        /// The system takes no more for now.
        case blocked
        /// The connection is no longer one.
        case failed
    }

    private var current: Bytes?
    /// The message whose frame is `current`; nil for control frames and for a caller who has given up.
    private var currentSend: ChannelSend?
    private var isClosing = false
    private var pong: [UInt8]?
    private var hasPing = false
    private var close: WebSocketFrame?
    private var waiting: [UInt64: ChannelSend] = [:]
    private var order = FirstInFirstOut<UInt64>()

    /// Whether there is nothing left to write.
    var isEmpty: Bool { current == nil && pong == nil && !hasPing && close == nil && waiting.isEmpty }

    /// An outbox whose first bytes are the request of the opening handshake.
    init(handshake: [UInt8]) {
        current = Bytes(handshake)
    }

    /// Queues a message.
    mutating func append(_ send: ChannelSend) {
        waiting[send.ticket.id] = send
        order.append(send.ticket.id)
    }

    /// Queues a ping of our own.
    mutating func ping() { hasPing = true }

    /// Queues the answer to a ping, in place of one that has not left.
    mutating func pong(_ payload: [UInt8]) { pong = payload }

    /// Queues the last frame and returns those who now wait in vain: only a frame that is half written goes before it.
    mutating func close(_ code: UInt16?) -> [ChannelSend] {
        guard !isClosing else { return [] }
        isClosing = true
        close = .close(code)
        pong = nil
        hasPing = false
        let left = waiting.keys.sorted().compactMap { waiting[$0] }
        waiting.removeAll()
        return left
    }

    /// Takes out a caller who has given up, and whether nothing of the message has left.
    mutating func cancel(_ id: UInt64) -> (send: ChannelSend, isUnsent: Bool)? {
        if let send = waiting.removeValue(forKey: id) { return (send, true) }
        guard let send = currentSend, send.ticket.id == id else { return nil }
        currentSend = nil
        return (send, false)
    }

    /// Takes out everyone who waits, when nothing can be written any more.
    mutating func abandon() -> [(send: ChannelSend, isUnsent: Bool)] {
        let begun = currentSend.map { [($0, false)] } ?? []
        currentSend = nil
        current = nil
        hasPing = false
        return begun + close(nil).map { ($0, true) }
    }

    /// Writes until everything has left or the system takes no more; `write` returns how much it took, nil for a failure.
    mutating func flush(
        mask: () -> UInt32, write: (UnsafeRawBufferPointer) -> Int?, onSent: (ChannelSend) -> Void
    ) -> Progress {
        while let bytes = nextBytes(mask: mask) {
            while bytes.written < bytes.buffer.count {
                guard let count = write(UnsafeRawBufferPointer(rebasing: bytes.buffer[bytes.written...])) else {
                    return .failed
                }
                guard count > 0 else { return .blocked }
                bytes.written += count
            }
            current = nil
            if let send = currentSend { onSent(send) }
            currentSend = nil
        }
        return .finished
    }

    private mutating func nextBytes(mask: () -> UInt32) -> Bytes? {
        if let current { return current }
        guard let frame = nextFrame() else { return nil }
        let bytes = Bytes(frame.encoded(mask: mask()))
        current = bytes
        return bytes
    }

    private mutating func nextFrame() -> WebSocketFrame? {
        if let payload = pong {
            pong = nil
            return WebSocketFrame(opcode: .pong, payload: payload)
        }
        if hasPing {
            hasPing = false
            return WebSocketFrame(opcode: .ping, payload: [])
        }
        while let id = order.popFirst() {
            guard let send = waiting.removeValue(forKey: id) else { continue }
            currentSend = send
            return WebSocketFrame(opcode: .text, payload: Array(send.text.utf8))
        }
        defer { close = nil }
        return close
    }
}
