import Telephony
import Testing

@testable import CurlTransport

@Suite("Opening handshakes")
struct WebSocketHandshakeTests {
    private static let key = "dGhlIHNhbXBsZSBub25jZQ=="
    private static let accept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="

    private static func handshake(_ fields: [HTTPField] = []) -> WebSocketHandshake {
        WebSocketHandshake(
            target: "/chat", authority: "vendor.example", fields: fields, userAgent: "autodialer", key: key,
            expectedAccept: ChannelTarget.accept(for: key))
    }

    private static func answer(_ fields: [String], status: String = "HTTP/1.1 101 Switching Protocols") -> [UInt8] {
        Array(([status] + fields + ["", ""]).joined(separator: "\r\n").utf8)
    }

    private static let agreeing = ["Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Accept: \(accept)"]

    @Test("The key of RFC 6455, 1.3, is answered as it is there")
    func exampleKey() {
        #expect(ChannelTarget.accept(for: Self.key) == Self.accept)
    }

    @Test(
        "An answer that agrees opens the channel, in any case and order",
        arguments: [
            agreeing, ["upgrade: WebSocket", "CONNECTION: keep-alive, upgrade", "sec-websocket-accept:\(accept)"],
            agreeing + ["Sec-WebSocket-Protocol: v11.stomp"], agreeing + ["Sec-WebSocket-Extensions: "],
            ["Server: x"] + agreeing.reversed(),
        ])
    func agreed(fields: [String]) throws {
        var handshake = Self.handshake([HTTPField("Sec-WebSocket-Protocol", "v10.stomp ,v11.stomp")])
        let rest: [UInt8] = [0x81, 0x00]
        #expect(try handshake.receive(Self.answer(fields) + rest) == rest)
    }

    @Test(
        "Any other answer is refused",
        arguments: [
            (answer(Array(agreeing.dropFirst())), nil), (answer(Array(agreeing.dropLast())), nil),
            (answer([agreeing[0], agreeing[2]]), nil),
            (answer([agreeing[0], agreeing[1], "Sec-WebSocket-Accept: x"]), nil),
            (answer(agreeing + ["Sec-WebSocket-Accept: \(accept)"]), nil),
            (answer(agreeing + ["Sec-WebSocket-Extensions: permessage-deflate"]), nil),
            (answer(agreeing + ["Sec-WebSocket-Protocol: v11.stomp"]), nil),
            (answer(agreeing, status: "HTTP/1.1 200 OK"), 200), (answer([], status: "HTTP/1.1 403 Forbidden"), 403),
            (answer(agreeing, status: "HTTP/1.0 101 Switching Protocols"), nil),
            (answer(agreeing, status: "SSH-2.0-OpenSSH"), nil), (answer(agreeing, status: ""), nil),
            ([UInt8](repeating: 65, count: WebSocketHandshake.maxHeadBytes + 1), nil),
            (answer(agreeing + ["X: " + String(repeating: "x", count: WebSocketHandshake.maxHeadBytes)]), nil),
        ] as [([UInt8], Int?)])
    func refused(bytes: [UInt8], status: Int?) {
        var handshake = Self.handshake()
        let refusal = #expect(throws: WebSocketHandshake.Refusal.self) { try handshake.receive(bytes) }
        #expect(refusal?.status == status)
    }

    @Test(
        "A URL is a channel's if it is ws or wss, and its host and port are named as HTTP names them",
        arguments: [
            ("ws://Vendor.example", "http", "vendor.example", "/"),
            ("wss://vendor.example:443?x", "https", "vendor.example", "/?x"),
            ("WS://vendor.example:8080/a//b#c", "http", "vendor.example:8080", "/a//b"),
            ("wss://[::1]:80/", "https", "[::1]:80", "/"),
        ])
    func targets(url: String, scheme: String, authority: String, target: String) throws {
        let place = try ChannelTarget(url: url)
        #expect(place.origin.scheme == scheme && place.authority == authority && place.target == target)
    }

    @Test("Other URLs are not opened", arguments: ["http://a", "wss:/a", "ws://", "a", "ws://a b", "ws://a:x/"])
    func otherURLs(url: String) {
        let failure = #expect(throws: TransportError.self) { try ChannelTarget(url: url) }
        #expect(failure?.delivery == .notSent)
    }
}
