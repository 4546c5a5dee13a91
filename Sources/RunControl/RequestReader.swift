/// Puts the one HTTP/1.1 request of a connection together from what arrives, and refuses what is no such thing.
///
/// Head and body have limits, because whoever sends more has nothing to say that this interface knows.
struct RequestReader {
    /// A request as it was sent.
    struct Message: Hashable, Sendable {
        var method: String
        var target: String
        var body: [UInt8]
    }

    /// The longest request line with all header fields, in bytes.
    static let headLimit = 8_192
    /// The longest body, in bytes.
    static let bodyLimit = 16_384

    private static let headEnd = Array("\r\n\r\n".utf8)
    private var bytes: [UInt8] = []
    private var head: (message: Message, bodyStart: Int, bodyLength: Int)?

    /// Takes in what has arrived; the request once it is whole, nil as long as more has to come.
    ///
    /// Throws `.malformed` for what is no request or too long a one.
    mutating func take(_ arrived: some Collection<UInt8>) throws(ControlError) -> Message? {
        let searchStart = max(0, bytes.count - Self.headEnd.count)
        bytes += arrived
        if head == nil {
            guard let end = Self.end(of: bytes, from: searchStart) else {
                guard bytes.count <= Self.headLimit else { throw ControlError(.malformed, "the request is too long") }
                return nil
            }
            guard end <= Self.headLimit else { throw ControlError(.malformed, "the request is too long") }
            head = try Self.head(bytes[..<end], bodyStart: end + Self.headEnd.count)
        }
        guard let head, bytes.count >= head.bodyStart + head.bodyLength else { return nil }
        var message = head.message
        message.body = Array(bytes[head.bodyStart...].prefix(head.bodyLength))
        return message
    }

    private static func end(of bytes: [UInt8], from start: Int) -> Int? {
        guard bytes.count >= headEnd.count else { return nil }
        return (start...(bytes.count - headEnd.count)).first { bytes[$0...].starts(with: headEnd) }
    }

    private static func head(
        _ bytes: ArraySlice<UInt8>, bodyStart: Int
    ) throws(ControlError) -> (message: Message, bodyStart: Int, bodyLength: Int) {
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n", omittingEmptySubsequences: false)
        let words = (lines.first ?? "").split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 3, words[2].hasPrefix("HTTP/1."), words[1].hasPrefix("/") else {
            throw ControlError(.malformed, "this is no HTTP request")
        }
        var length = 0
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else {
                throw ControlError(.malformed, "a header field cannot be read")
            }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            switch line[..<colon].lowercased() {
            case "content-length":
                guard let count = Int(value), count >= 0 else {
                    throw ControlError(.malformed, "the length of the body cannot be read")
                }
                guard count <= bodyLimit else { throw ControlError(.malformed, "the body is too long") }
                length = count
            case "transfer-encoding": throw ControlError(.malformed, "a body has to come with its length")
            default: break
            }
        }
        return (Message(method: String(words[0]), target: String(words[1]), body: []), bodyStart, length)
    }
}
