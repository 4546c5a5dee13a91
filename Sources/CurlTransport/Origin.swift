import CCurl
import Telephony

/// Where a request goes: what connections are shared by, and all of a URL that an error may show.
struct Origin: Hashable, Sendable {
    var scheme: String
    var host: String
    var port: String

    /// Takes a URL apart with libcurl's own parser, so that both always agree.
    ///
    /// Throws `.notSent` for what is no `http` or `https` URL.
    init(url: String) throws(TransportError) {
        guard url.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw TransportError(.notSent, code: "CURLE_URL_MALFORMAT", message: "The URL is not percent-encoded")
        }
        let parts = curl_url()
        defer { curl_url_cleanup(parts) }
        guard curl_url_set(parts, CURLUPART_URL, url, 0) == CURLUE_OK,
            let scheme = Self.part(CURLUPART_SCHEME, of: parts)
        else {
            throw Self.unreadable
        }
        guard scheme == "http" || scheme == "https" else {
            throw TransportError(
                .notSent, code: "CURLE_UNSUPPORTED_PROTOCOL", message: "Only http and https URLs are requested")
        }
        guard let host = Self.part(CURLUPART_HOST, of: parts), let port = Self.part(CURLUPART_PORT, of: parts) else {
            throw Self.unreadable
        }
        self.scheme = scheme
        self.host = host.lowercased()
        self.port = port
    }

    /// Host and port, as errors name them.
    var name: String { "\(host):\(port)" }

    private static let unreadable = TransportError(
        .notSent, code: "CURLE_URL_MALFORMAT", message: "The URL cannot be read")

    private static func part(_ part: CURLUPart, of parts: OpaquePointer?) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(parts, part, &text, UInt32(CURLU_DEFAULT_PORT)) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }
}
