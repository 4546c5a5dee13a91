import Foundation
import Telephony
import TestSupport
import Testing

@testable import CurlTransport

/// The cases that published conformance suites ask, in a table of our own, each played by a server whose judge of the client
/// is an implementation by others.
///
/// The suite that everyone knows, `autobahntestsuite`, still wants Python 2.
@Suite("Channels keep the protocol", .timeLimit(.minutes(15)))
struct ChannelConformanceTests {
    private struct Case {
        var name: String
        /// What the server sends first.
        var sends: [UInt8]
        /// How many frames of the client it awaits before it sends `then`.
        var awaits = 0
        /// What it sends last; then it reads until the client closes.
        var then: [UInt8] = []
        /// What the client has to say to it, in the words of `case_server.py`.
        var says: String
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// How the server reports a text; long ones are of one letter.
    private static func echo(_ text: String) -> String {
        let bytes = Array(text.utf8)
        return bytes.count > 200 ? "text:\(bytes.count)*\(hex([bytes[0]]))" : "text:" + hex(bytes)
    }

    private static let bye = Wire.close(1000)

    /// Text of every length of length comes back.
    private static let echoes: [Case] = [0, 1, 125, 126, 127, 128, 65_535, 65_536].map { count in
        let text = String(repeating: "*", count: count)
        return Case(
            name: "echo-\(count)", sends: Wire.text(text), awaits: 1, then: bye, says: "\(echo(text)) close:1000")
    }

    private static let pings: [Case] = [
        Case(name: "ping", sends: Wire.frame(.ping, []), awaits: 1, then: bye, says: "pong: close:1000"),
        Case(
            name: "ping-payload", sends: Wire.frame(.ping, [UInt8](repeating: 254, count: 125)), awaits: 1, then: bye,
            says: "pong:\(hex([UInt8](repeating: 254, count: 125))) close:1000"),
        Case(name: "pong-unasked", sends: Wire.frame(.pong, [1]) + bye, says: "close:1000"),
        Case(name: "ping-long", sends: Wire.frame(.ping, [UInt8](repeating: 1, count: 126)), says: "close:1002"),
    ]

    private static let forbidden: [Case] =
        (1...7).map { Case(name: "reserved-\($0)", sends: [0x81 | UInt8($0 << 4), 0], says: "close:1002") }
        + ([3, 4, 5, 6, 7, 11, 12, 13, 14, 15] as [UInt8]).map {
            Case(name: "opcode-\($0)", sends: [0x80 | $0, 0], says: "close:1002")
        } + [
            Case(name: "masked", sends: [0x81, 0x81, 0, 0, 0, 0, 65], says: "close:1002"),
            Case(name: "binary", sends: Wire.frame(.binary, [1]), says: "close:1003"),
            Case(name: "too-big", sends: [0x81, 0x7F, 0, 0, 0, 0, 0, 0x10, 0, 1], says: "close:1009"),
            Case(
                name: "too-big-in-parts",
                sends: Wire.frame(.text, [UInt8](repeating: 65, count: 600_000), isFinal: false)
                    + Wire.frame(.continuation, [UInt8](repeating: 65, count: 600_000)), says: "close:1009"),
        ]

    private static let fragments: [Case] = [
        Case(
            name: "parts", sends: Wire.frame(.text, [65], isFinal: false) + Wire.frame(.continuation, [66]), awaits: 1,
            then: bye, says: "\(echo("AB")) close:1000"),
        Case(
            name: "parts-around-ping",
            sends: Wire.frame(.text, [65], isFinal: false) + Wire.frame(.pong, [1])
                + Wire.frame(.continuation, [], isFinal: false) + Wire.frame(.continuation, [66]), awaits: 1,
            then: bye, says: "\(echo("AB")) close:1000"),
        Case(name: "split-ping", sends: Wire.frame(.ping, [1], isFinal: false), says: "close:1002"),
        Case(name: "continued-nothing", sends: Wire.frame(.continuation, [65]), says: "close:1002"),
        Case(
            name: "text-in-text", sends: Wire.frame(.text, [65], isFinal: false) + Wire.text("B"), says: "close:1002"),
    ]

    private static let texts: [Case] = [
        Case(
            name: "utf8", sends: Wire.text("Hello-µ@ßöäüàá-UTF-8!!三\u{1F600}\u{FFFF}\u{10FFFF}\0"), awaits: 1,
            then: bye,
            says: "\(echo("Hello-µ@ßöäüàá-UTF-8!!三\u{1F600}\u{FFFF}\u{10FFFF}\0")) close:1000"),
        Case(
            name: "utf8-cut",
            sends: Wire.frame(.text, [0xF0, 0x9F], isFinal: false) + Wire.frame(.continuation, [0x98, 0x80]),
            awaits: 1, then: bye, says: "\(echo("\u{1F600}")) close:1000"),
        Case(name: "utf8-surrogate", sends: Wire.frame(.text, [0xED, 0xA0, 0x80]), says: "close:1007"),
        Case(name: "utf8-overlong", sends: Wire.frame(.text, [0xE0, 0x80, 0xAF]), says: "close:1007"),
        Case(name: "utf8-beyond", sends: Wire.frame(.text, [0xF4, 0x90, 0x80, 0x80]), says: "close:1007"),
        Case(
            name: "utf8-unfinished",
            sends: Wire.frame(.text, [0xCE], isFinal: false) + Wire.frame(.continuation, [0x41]), says: "close:1007"),
    ]

    private static let closings: [Case] =
        ([1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999] as [UInt16]).map {
            Case(name: "close-\($0)", sends: Wire.close($0, "reason"), says: "close:\($0)")
        }
        + ([0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999, 5000, 65_535] as [UInt16]).map {
            Case(name: "close-\($0)", sends: Wire.close($0), says: "close:1002")
        } + [
            Case(name: "close-empty", sends: Wire.frame(.close, []), says: "close:1005"),
            Case(name: "close-half", sends: Wire.frame(.close, [3]), says: "close:1002"),
            Case(name: "close-reason", sends: Wire.frame(.close, [3, 0xE8, 0xFF]), says: "close:1007"),
            Case(name: "close-then-text", sends: bye + Wire.text("late"), says: "close:1000"),
        ]

    @Test("Every case is answered as the protocol has it, in one piece and byte by byte")
    func cases() async throws {
        let cases =
            Self.echoes + Self.pings + Self.forbidden + Self.fragments + Self.texts + Self.closings
        try await PythonServer.with("case_server", packages: [PythonServer.wsproto]) { server in
            try await withTransport { transport in
                let request = ChannelRequest.patient("ws://127.0.0.1:\(server.port)/")
                for each in cases {
                    // What is long is not sent byte by byte.
                    for chunk in each.sends.count > 2_000 ? [0, 997] : [0, 1] {
                        try await play(each, chunk: chunk, transport.open(request), server.process)
                    }
                }
            }
        }
    }

    /// Sends everything back until the server closes; the server's report follows at the end of the connection.
    private func play(
        _ each: Case, chunk: Int, _ channel: any EventChannel, _ server: ChildServer
    ) async throws {
        let name = "\(each.name)/\(chunk)"
        let script = [each.sends, each.then].map { $0.isEmpty ? "-" : Self.hex($0) }
        try await channel.send("\(name) \(chunk) \(script[0]) \(each.awaits) \(script[1])")
        _ = try await channel.end { try await channel.send($0) }
        await server.printed("end of \(name)\n")
        let report = server.text.components(separatedBy: "\n").first { $0.hasPrefix("case \(name) ") }
        #expect(report == "case \(name) \(each.says) end of \(name)")
    }
}
