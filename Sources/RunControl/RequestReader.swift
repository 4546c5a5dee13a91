import EventWire
import Wording

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

    private var bytes: [UInt8] = []
    private var head: (message: Message, bodyStart: Int, bodyLength: Int)?

    /// Takes in what has arrived; the request once it is whole, nil as long as more has to come.
    ///
    /// Throws `.malformed` for what is no request or too long a one.
    mutating func take(_ arrived: some Collection<UInt8>) throws(ControlError) -> Message? {
        let searchStart = max(0, bytes.count - HTTPRequestHead.end.count)
        bytes += arrived
        if head == nil {
            guard let end = HTTPRequestHead.end(in: bytes, from: searchStart) else {
                guard bytes.count <= Self.headLimit else {
                    throw ControlError(.malformed, ControlPhrase.requestTooLong.phrase)
                }
                return nil
            }
            guard end <= Self.headLimit else { throw ControlError(.malformed, ControlPhrase.requestTooLong.phrase) }
            head = try Self.head(bytes[..<end], bodyStart: end + HTTPRequestHead.end.count)
        }
        guard let head, bytes.count >= head.bodyStart + head.bodyLength else { return nil }
        var message = head.message
        message.body = Array(bytes[head.bodyStart...].prefix(head.bodyLength))
        return message
    }

    private static func head(
        _ bytes: ArraySlice<UInt8>, bodyStart: Int
    ) throws(ControlError) -> (message: Message, bodyStart: Int, bodyLength: Int) {
        guard let head = HTTPRequestHead(bytes) else { throw ControlError(.malformed, ControlPhrase.noRequest.phrase) }
        guard head.fields["transfer-encoding"] == nil else {
            throw ControlError(.malformed, ControlPhrase.noLength.phrase)
        }
        var length = 0
        if head.fields["content-length"] != nil {
            guard let count = head.contentLength else {
                throw ControlError(.malformed, ControlPhrase.badLength.phrase)
            }
            guard count <= bodyLimit else { throw ControlError(.malformed, ControlPhrase.bodyTooLong.phrase) }
            length = count
        }
        return (Message(method: head.method, target: head.target, body: []), bodyStart, length)
    }
}
