import COpenSSL
import Telephony

/// The page that agents open: one text without secrets, the same for everybody.
struct BridgePage: Sendable {
    /// The page with header fields that bind the browser to it.
    let answer: PageAnswer

    init(account: UdeskBridgeAccount) {
        let bytes = PackageResources.bridge_html
        answer = PageAnswer(
            status: 200,
            headers: [
                HTTPField("Content-Type", "text/html; charset=utf-8"),
                HTTPField("Content-Security-Policy", Self.policy(for: account, of: bytes)),
                HTTPField("X-Frame-Options", "DENY"),
            ],
            body: bytes)
    }

    /// What the page may do: run its own script and the SDK, and talk to us and to the vendor.
    private static func policy(for account: UdeskBridgeAccount, of page: [UInt8]) -> String {
        let own = "'sha256-\(digest(of: element("script", in: page)))'"
        let style = "'sha256-\(digest(of: element("style", in: page)))'"
        let further = account.origins
        let rules: [(String, [String])] = [
            ("default-src", ["'none'"]),
            ("script-src", [own, account.sdkOrigin] + further),
            ("connect-src", ["'self'", account.domainOrigin, account.httpOrigin] + further),
            ("style-src", [style] + further), ("img-src", ["data:"] + further),
            // The voice of web phones.
            ("media-src", ["blob:", "mediastream:"] + further),
            ("base-uri", ["'none'"]), ("form-action", ["'none'"]), ("frame-ancestors", ["'none'"]),
        ]
        return rules.map { name, sources in ([name] + sources).joined(separator: " ") }.joined(separator: "; ")
    }

    /// What stands between the tags of the first element of a kind.
    private static func element(_ name: String, in page: [UInt8]) -> [UInt8] {
        let text = String(decoding: page, as: UTF8.self)
        guard let start = text.firstRange(of: "<\(name)>"), let end = text.firstRange(of: "</\(name)>") else {
            return []
        }
        return Array(text[start.upperBound..<end.lowerBound].utf8)
    }

    private static func digest(of bytes: [UInt8]) -> String {
        var digest = [UInt8](repeating: 0, count: 32)
        _ = SHA256(bytes, bytes.count, &digest)
        var text = [UInt8](repeating: 0, count: 48)
        let length = EVP_EncodeBlock(&text, digest, Int32(digest.count))
        return String(decoding: text.prefix(Int(length)), as: UTF8.self)
    }
}
