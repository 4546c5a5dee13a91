import DialModel
import Foundation
import Telephony
import TestSupport
import Testing

@testable import CurlTransport

/// Spoilt bytes for everything that reads what a server sends; to replay a seed, put it into `replayed`.
@Suite("Spoilt channels", .timeLimit(.minutes(60)))
struct ChannelFuzzTests {
    /// Seeds of earlier failures.
    private static let replayed: [UInt64] = []
    private static let isSoak = ProcessInfo.processInfo.environment["AUTODIALER_SOAK"] == "1"
    private static let seeds: [UInt64] = replayed + (1...(isSoak ? 400_000 : 1_000))

    private static let limit = 2_000

    /// What comes out of a stream of frames that arrives in pieces of `chunk` bytes.
    private static func inputs(_ bytes: [UInt8], chunk: Int) -> (inputs: [ChannelInput], end: WebSocketViolation?) {
        var decoder = WebSocketFrameDecoder(maxPayloadBytes: limit)
        var assembler = MessageAssembler(maxMessageBytes: limit)
        var inputs: [ChannelInput] = []
        do {
            for start in stride(from: 0, to: bytes.count, by: chunk) {
                decoder.append(bytes[start..<min(start + chunk, bytes.count)])
                while let frame = try decoder.next() {
                    if let input = try assembler.receive(frame) { inputs.append(input) }
                }
            }
        } catch {
            return (inputs, error)
        }
        return (inputs, nil)
    }

    @Test("Frames: whole, in pieces and byte by byte come to the same")
    func frames() {
        let streams: [[UInt8]] = [
            Wire.text("Hello") + Wire.frame(.ping, [1, 2]) + Wire.close(1000, "bye"),
            Wire.frame(.text, Array("三".utf8.prefix(1)), isFinal: false) + Wire.frame(.pong, [])
                + Wire.frame(.continuation, Array("三".utf8.dropFirst()))
                + Wire.text(String(repeating: "x", count: 300)),
            Wire.frame(.text, [UInt8](repeating: 65, count: 1_500), isFinal: false)
                + Wire.frame(.continuation, [UInt8](repeating: 65, count: 600)),
            Wire.frame(.text, [UInt8](repeating: 66, count: 70_000)),
        ]
        let mutation = Mutation(streams, words: ["\u{81}", "\u{1}", "~", "\u{7F}", "\0", "三", "\u{8}"])
        let journal = FuzzJournal("websocket-frames")
        for seed in Self.seeds {
            journal.note(seed)
            let bytes = mutation.file(seed: seed)
            let whole = Self.inputs(bytes, chunk: max(1, bytes.count))
            for chunk in [1, 7] {
                let pieces = Self.inputs(bytes, chunk: chunk)
                #expect(pieces.inputs == whole.inputs && pieces.end == whole.end, "seed \(seed), chunk \(chunk)")
            }
            let size = whole.inputs.reduce(0) { if case .text(let text) = $1 { $0 + text.utf8.count } else { $0 } }
            #expect(size <= bytes.count, "seed \(seed)")
        }
        journal.remove()
    }

    @Test("What a client writes, read as a server reads it, is what it meant")
    func writtenFrames() throws {
        for seed in Self.seeds {
            var random = SplitMix64(seed: seed)
            let payload = (0..<random.below(random.below(8) == 0 ? 4_000 : 200)).map { _ in
                UInt8(truncatingIfNeeded: random.next())
            }
            let mask = UInt32(truncatingIfNeeded: random.next())
            let written = WebSocketFrame(opcode: .text, payload: payload).encoded(mask: mask)
            // The head without its mask, and the payload with the mask taken off once more, are a server's frame.
            let head = written.count - payload.count - 4
            let key = Array(written[head..<(head + 4)])
            let plain = written[(head + 4)...].enumerated().map { $1 ^ key[$0 & 3] }
            var decoder = WebSocketFrameDecoder(maxPayloadBytes: 4_000)
            decoder.append([written[0], written[1] & 0x7F] + written[2..<head] + plain)
            #expect(try decoder.next() == WebSocketFrame(opcode: .text, payload: payload), "seed \(seed)")
        }
    }

    /// What a handshake makes of an answer: the bytes after it, nothing yet, or a refusal.
    private static func outcome(_ bytes: [UInt8], chunk: Int) -> String {
        var handshake = WebSocketHandshake(
            target: "/", authority: "a", fields: [HTTPField("Sec-WebSocket-Protocol", "v11.stomp")], userAgent: "a",
            key: "a", expectedAccept: "YQ==")
        var rest: [UInt8]?
        do {
            for start in stride(from: 0, to: bytes.count, by: chunk) {
                let piece = bytes[start..<min(start + chunk, bytes.count)]
                if rest == nil { rest = try handshake.receive(piece) } else { rest?.append(contentsOf: piece) }
            }
        } catch {
            return "refused"
        }
        return rest.map { "agreed \($0)" } ?? "not yet"
    }

    @Test("Answers to the handshake: whole and byte by byte come to the same")
    func handshakes() {
        let answer = """
            HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nServer: x\r
            Sec-WebSocket-Accept: YQ==\r\nSec-WebSocket-Protocol: v11.stomp\r\n\r\nrest
            """
        let mutation = Mutation(
            [Array(answer.utf8), Array("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n".utf8)],
            words: ["\r\n", "\r\n\r\n", "\n", ":", " ", "101", "websocket", "HTTP/1.1", "Upgrade: ", "\0", ",", "三"])
        let journal = FuzzJournal("websocket-handshakes")
        for seed in Self.seeds {
            journal.note(seed)
            let bytes = mutation.file(seed: seed)
            let whole = Self.outcome(bytes, chunk: max(1, bytes.count))
            #expect(Self.outcome(bytes, chunk: 1) == whole, "seed \(seed)")
        }
        #expect(Self.outcome(Array(answer.utf8), chunk: 1).hasPrefix("agreed"))
        journal.remove()
    }
}
