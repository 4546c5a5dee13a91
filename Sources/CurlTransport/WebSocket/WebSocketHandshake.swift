import Telephony

/// The opening handshake of a client (RFC 6455, 4.1): what is asked, and whether the answer agrees to it.
///
/// No extensions are offered. Subprotocols are, if the caller's fields name some.
struct WebSocketHandshake {
    /// Why an answer does not open the channel, in words to follow the server's name.
    struct Refusal: Error, Hashable, Sendable {
        /// The status of a proper answer that is a no.
        var status: Int?
        var reason: String
    }

    /// The most bytes that the head of the answer may take.
    static let maxHeadBytes = 16 << 10
    /// Fields that belong to the handshake: a second opinion would break it.
    private static let reserved: Set = [
        "connection", "content-length", "expect", "host", "sec-websocket-accept", "sec-websocket-extensions",
        "sec-websocket-key", "sec-websocket-version", "transfer-encoding", "upgrade",
    ]

    /// The request as it is written.
    let request: [UInt8]
    private let expectedAccept: String
    private let offeredProtocols: [String]
    private var received: [UInt8] = []

    /// A handshake with `key`, to which a WebSocket server answers `expectedAccept`.
    init(
        target: String, authority: String, fields: [HTTPField], userAgent: String, key: String, expectedAccept: String
    ) {
        self.expectedAccept = expectedAccept
        let own = fields.filter { !Self.reserved.contains($0.name.lowercased()) }
        offeredProtocols = own.filter { $0.name.lowercased() == "sec-websocket-protocol" }.flatMap { $0.tokens }
        var lines = [
            "GET \(target) HTTP/1.1", "Host: \(authority)", "Upgrade: websocket", "Connection: Upgrade",
            "Sec-WebSocket-Key: \(key)", "Sec-WebSocket-Version: 13",
        ]
        if !own.contains(where: { $0.name.lowercased() == "user-agent" }) { lines.append("User-Agent: \(userAgent)") }
        lines += own.map { "\($0.name): \($0.value)" }
        request = Array((lines + ["", ""]).joined(separator: "\r\n").utf8)
    }

    /// Takes in what has arrived; once the head is complete and agrees, the bytes after it, nil before.
    mutating func receive(_ bytes: some Sequence<UInt8>) throws(Refusal) -> [UInt8]? {
        // The end of the head may lie across what came before and what comes now.
        let searchStart = max(0, received.count - 3)
        received.append(contentsOf: bytes)
        guard let end = received[searchStart...].firstRange(of: [13, 10, 13, 10]) else {
            guard received.count <= Self.maxHeadBytes else { throw Self.longHead }
            return nil
        }
        guard end.upperBound <= Self.maxHeadBytes else { throw Self.longHead }
        try check(received[..<end.lowerBound])
        return Array(received[end.upperBound...])
    }

    private static let longHead = Refusal(
        reason: "answered with a head of more than \(maxHeadBytes) bytes")

    private func check(_ head: ArraySlice<UInt8>) throws(Refusal) {
        let lines = head.split(separator: 10, omittingEmptySubsequences: false)
        let status = try Self.status(lines[0])
        guard status == 101 else { throw Refusal(status: status, reason: "answered with status \(status)") }
        var parsed = ResponseHead()
        for line in lines { _ = line.withUnsafeBytes { parsed.receive($0) } }
        let fields = { (name: String) in parsed.fields.filter { $0.name.lowercased() == name } }
        let tokens = { (name: String) in fields(name).flatMap { $0.tokens.map { $0.lowercased() } } }
        guard tokens("upgrade") == ["websocket"], tokens("connection").contains("upgrade") else {
            throw Refusal(reason: "answered 101 without going over to WebSocket")
        }
        guard fields("sec-websocket-accept").map(\.value) == [expectedAccept] else {
            throw Refusal(reason: "did not prove that it speaks WebSocket")
        }
        guard tokens("sec-websocket-extensions").isEmpty else {
            throw Refusal(reason: "chose an extension that was not offered")
        }
        let chosen = fields("sec-websocket-protocol").map(\.value)
        guard chosen.count <= 1, chosen.allSatisfy(offeredProtocols.contains) else {
            throw Refusal(reason: "chose a subprotocol that was not offered")
        }
    }

    /// The status in `HTTP/1.1 101 Switching Protocols`.
    private static func status(_ line: ArraySlice<UInt8>) throws(Refusal) -> Int {
        let words = String(decoding: line, as: UTF8.self).split(separator: " ", omittingEmptySubsequences: false)
        guard words.count >= 2, words[0] == "HTTP/1.1", let status = Int(words[1].prefix { $0 != "\r" }),
            (100...599).contains(status)
        else { throw Refusal(reason: "did not answer in HTTP/1.1") }
        return status
    }
}

extension HTTPField {
    /// The elements of a list in the value.
    fileprivate var tokens: [String] {
        value.split(separator: ",").map { String($0.drop { $0 == " " || $0 == "\t" }.trimmedEnd) }.filter {
            !$0.isEmpty
        }
    }
}

extension Substring {
    fileprivate var trimmedEnd: Substring {
        guard let last = lastIndex(where: { $0 != " " && $0 != "\t" }) else { return "" }
        return self[...last]
    }
}
