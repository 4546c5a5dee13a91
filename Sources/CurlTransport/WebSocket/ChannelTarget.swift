import CCurl
import COpenSSL
import Foundation
import Telephony

/// Where a channel leads to.
struct ChannelTarget: Hashable, Sendable {
    /// Host and port, under the scheme of HTTP that stands for the channel's.
    var origin: Origin
    /// What libcurl connects to.
    var url: String
    /// Path and query, as the handshake asks for them.
    var target: String

    /// Reads a `ws` or `wss` URL; throws `.notSent` for anything else.
    init(url: String) throws(TransportError) {
        let schemes = [("wss://", "https://"), ("ws://", "http://")]
        guard let (prefix, replacement) = schemes.first(where: { url.lowercased().hasPrefix($0.0) }) else {
            throw TransportError(
                .notSent, code: CURLE_UNSUPPORTED_PROTOCOL.symbol, message: "Only ws and wss URLs are opened")
        }
        let rest = url.dropFirst(prefix.count).prefix { $0 != "#" }
        self.url = replacement + rest
        origin = try Origin(url: self.url)
        // The vendor's own spelling goes over the wire: what follows host and port is not taken apart.
        let path = rest.firstIndex { $0 == "/" || $0 == "?" }.map { rest[$0...] } ?? ""
        target = path.hasPrefix("/") ? String(path) : "/" + path
    }

    /// Host and port as the `Host` field names them.
    var authority: String {
        let usual = origin.scheme == "https" ? "443" : "80"
        return origin.port == usual ? origin.host : origin.name
    }

    /// A handshake for `request` with a key that nobody used before.
    func handshake(for request: ChannelRequest, userAgent: String) -> WebSocketHandshake {
        var generator = SystemRandomNumberGenerator()
        let key = Data((0..<16).map { _ in UInt8.random(in: .min ... .max, using: &generator) }).base64EncodedString()
        return WebSocketHandshake(
            target: target, authority: authority, fields: request.headers, userAgent: userAgent, key: key,
            expectedAccept: Self.accept(for: key))
    }

    /// What a WebSocket server answers to a key (RFC 6455, 4.2.2).
    static func accept(for key: String) -> String {
        let text = Array((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8)
        var digest = [UInt8](repeating: 0, count: Int(SHA_DIGEST_LENGTH))
        _ = SHA1(text, text.count, &digest)
        return Data(digest).base64EncodedString()
    }
}
