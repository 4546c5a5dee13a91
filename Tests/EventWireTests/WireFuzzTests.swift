import DialModel
import EventWire
import Foundation
import TestSupport
import Testing

/// Spoilt bytes for every reader of events; to replay a seed, put it into `replayed`.
@Suite("Spoilt events", .timeLimit(.minutes(60)))
struct WireFuzzTests {
    /// Seeds of earlier failures.
    private static let replayed: [UInt64] = []
    private static let isSoak = ProcessInfo.processInfo.environment["AUTODIALER_SOAK"] == "1"
    private static let seeds: [UInt64] = replayed + (1...(isSoak ? 400_000 : 1_000))

    private func run(_ name: String, _ mutation: Mutation, _ check: ([UInt8], String) throws -> Void) rethrows {
        let journal = FuzzJournal(name)
        for seed in Self.seeds {
            journal.note(seed)
            try check(mutation.file(seed: seed), "\(name), seed \(seed)")
        }
        journal.remove()
    }

    /// The frames in bytes that arrive in pieces, and whether they end in a violation.
    private static func frames(
        _ bytes: [UInt8], chunk: Int, maxFrameBytes: Int = 3_000
    ) -> (frames: [STOMPFrame], isBroken: Bool) {
        var decoder = STOMPDecoder(maxFrameBytes: maxFrameBytes)
        var frames: [STOMPFrame] = []
        do {
            for start in stride(from: 0, to: bytes.count, by: chunk) {
                decoder.append(bytes[start..<min(start + chunk, bytes.count)])
                while let frame = try decoder.next() { frames.append(frame) }
            }
        } catch {
            return (frames, true)
        }
        return (frames, false)
    }

    @Test("STOMP: whole, in pieces and byte by byte come to the same, and frames are written as they were read")
    func stomp() throws {
        let message = "MESSAGE\nsubscription:sub-0\nmessage-id:1\\c2\ncontent-length:17\n\n{\"serial\":1,\"a\":0}\0\n"
        let mutation = Mutation(
            [Array(message.utf8), Array("\n\nCONNECTED\r\nversion:1.1\r\nheart-beat:0,0\r\n\r\n\0RECEIPT\n\n\0".utf8)],
            words: ["\n", "\r\n", "\0", ":", "\\", "\\c", "content-length:", "9", "MESSAGE\n", "\n\n", "三"])
        run("stomp", mutation) { bytes, name in
            let whole = Self.frames(bytes, chunk: max(1, bytes.count))
            for chunk in [1, 7] {
                let pieces = Self.frames(bytes, chunk: chunk)
                #expect(pieces.frames == whole.frames && pieces.isBroken == whole.isBroken, "\(name), chunk \(chunk)")
            }
            for frame in whole.frames {
                let again = Self.frames(frame.encoded, chunk: 3, maxFrameBytes: 1 << 20)
                #expect(again.frames.first?.body == frame.body && !again.isBroken, "\(name)")
                #expect(again.frames.first?.command == frame.command, "\(name)")
            }
        }
    }

    @Test("Packets, payloads and JSON: what is read is written so that it is read again")
    func packets() {
        let texts = [
            #"0{"sid":"a","upgrades":[],"pingInterval":25000,"pingTimeout":60000}"#,
            #"42/a,17["toAgent","{\"MT\":1}\r\n{\"MT\":3}"]"#, "40", "2probe",
            #"[1,-2.5e3,"\u674e\ud83d\ude00",null,true]"#,
            "7:4ä¸\u{89}æ\u{9D}\u{8E}2:40", "15:42[\"a\",\"三\"]2:40",
        ]
        let mutation = Mutation(
            texts.map { Array($0.utf8) },
            words: ["{", "}", "[", "]", ",", ":", "\"", "\\u", "\\", "4", "42", "/", "三", "\u{89}", "99999999999", "e"])
        run("packets", mutation) { bytes, name in
            let text = String(decoding: bytes, as: UTF8.self)
            if let packet = EngineIOPacket(text) {
                #expect(EngineIOPacket(packet.text) == packet, "\(name)")
                if case .open(let session) = packet { _ = EngineIOSession(session) }
            }
            if let packet = SocketIOPacket(text) {
                #expect(SocketIOPacket(packet.text) == packet, "\(name)")
                _ = packet.event
            }
            if let packets = EngineIOPayload.packets(bytes) {
                #expect(EngineIOPayload.packets(EngineIOPayload.encoded(packets)) == packets, "\(name)")
            }
            if let value = JSONValue(parsing: bytes) {
                #expect(JSONValue(parsing: Array(value.serialized.utf8)) == value, "\(name)")
            }
        }
    }
}
