import Foundation
import Telephony

@testable import CurlTransport

/// A frame as a simulated server reads it from its client.
struct ReceivedFrame: Hashable, Sendable {
    var opcode: UInt8
    var payload: [UInt8]
    var isMasked: Bool

    /// The payload as text.
    var text: String { String(decoding: payload, as: UTF8.self) }

    /// The code of a close frame.
    var closeCode: Int? { payload.count >= 2 ? Int(payload[0]) << 8 | Int(payload[1]) : nil }
}

extension ServerConnection {
    /// Reads the opening handshake and agrees to it.
    @discardableResult
    func acceptWebSocket(fields: [String] = []) -> ReceivedRequest? {
        guard let request = readRequest() else { return nil }
        write(ChannelPeerHead.agreeing(to: request, fields: fields))
        return request
    }

    /// Reads one frame; nil at the end of the connection.
    func readFrame() -> ReceivedFrame? {
        guard let head = read(exactly: 2) else { return nil }
        var length = Int(head[1] & 0x7F)
        if length >= 126 {
            guard let more = read(exactly: length == 126 ? 2 : 8) else { return nil }
            length = more.reduce(0) { $0 << 8 | Int($1) }
        }
        let isMasked = head[1] & 0x80 != 0
        guard let mask = read(exactly: isMasked ? 4 : 0), let payload = read(exactly: length) else { return nil }
        let plain = isMasked ? payload.indices.map { payload[$0] ^ mask[$0 & 3] } : payload
        return ReceivedFrame(opcode: head[0] & 0x0F, payload: plain, isMasked: isMasked)
    }

    /// Writes a frame; false once the other side is gone.
    @discardableResult
    func writeFrame(_ opcode: WebSocketFrame.Opcode, _ payload: [UInt8], isFinal: Bool = true) -> Bool {
        write(Wire.frame(opcode, payload, isFinal: isFinal))
    }

    /// Writes a text message.
    @discardableResult
    func writeText(_ text: String) -> Bool { writeFrame(.text, Array(text.utf8)) }

    /// Answers the client's close frame and ends, or closes first.
    func closeWebSocket(_ code: UInt16 = 1000) {
        writeFrame(.close, [UInt8(code >> 8), UInt8(code & 0xFF)])
        while let frame = readFrame(), frame.opcode != 8 {}
    }
}

/// Bytes as a server writes them.
enum Wire {
    /// An unmasked frame.
    static func frame(_ opcode: WebSocketFrame.Opcode, _ payload: [UInt8], isFinal: Bool = true) -> [UInt8] {
        let head: [UInt8] = [(isFinal ? 0x80 : 0) | opcode.rawValue]
        let count = payload.count
        let length: [UInt8]
        switch count {
        case 0..<126: length = [UInt8(count)]
        case 126...0xFFFF: length = [126, UInt8(count >> 8), UInt8(count & 0xFF)]
        default: length = [127] + (0..<8).reversed().map { UInt8(truncatingIfNeeded: count >> (8 * $0)) }
        }
        return head + length + payload
    }

    /// A text message in one frame.
    static func text(_ text: String) -> [UInt8] { frame(.text, Array(text.utf8)) }

    /// A close frame.
    static func close(_ code: UInt16, _ reason: String = "") -> [UInt8] {
        frame(.close, [UInt8(code >> 8), UInt8(code & 0xFF)] + Array(reason.utf8))
    }
}

extension ChannelRequest {
    /// A channel without time-outs that a test could meet by chance.
    static func patient(_ url: String) -> ChannelRequest {
        ChannelRequest(url: url, openTimeout: .seconds(600), pingAfter: nil, pongTimeout: .seconds(600))
    }
}

extension EventChannel {
    /// The failure that `receive` ends with; nil when the channel ends properly.
    ///
    /// Messages before the end go to `onMessage`.
    func end(onMessage: (String) async throws -> Void = { _ in }) async throws -> TransportError? {
        while true {
            let message: String?
            do {
                message = try await receive()
            } catch {
                return error
            }
            guard let message else { return nil }
            try await onMessage(message)
        }
    }

    /// The failure that sending ends with; nil when it succeeds.
    func sendFailure(_ text: String) async -> TransportError? {
        do {
            try await send(text)
            return nil
        } catch {
            return error
        }
    }
}

extension CurlTransport {
    /// The failure that opening ends with; nil when it succeeds.
    func openFailure(_ request: ChannelRequest) async -> TransportError? {
        do {
            _ = try await open(request)
            return nil
        } catch {
            return error
        }
    }
}

/// The answer that opens a channel, for servers that write it in their own way.
enum ChannelPeerHead {
    /// The head that agrees to a handshake.
    static func agreeing(to request: ReceivedRequest, fields: [String] = []) -> [UInt8] {
        let accept = ChannelTarget.accept(for: request.fields["sec-websocket-key"] ?? "")
        let lines = [
            "HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade",
            "Sec-WebSocket-Accept: \(accept)",
        ]
        return Array((lines + fields + ["", ""]).joined(separator: "\r\n").utf8)
    }
}
