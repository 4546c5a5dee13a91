import COpenSSL
import DialModel

/// The signature of Open API requests, version `v2` (`vendors/alibaba-udesk.md`, B1, F4).
enum OpenAPISignature {
    /// SHA-256 in small hexadecimal digits of everything that is signed, joined with `&`; the time is in seconds.
    static func sign(email: String, token: Secret, timestamp: Int64, nonce: String) -> String {
        let text = [email, token.revealed, String(timestamp), nonce, version].joined(separator: "&")
        let bytes = Array(text.utf8)
        var digest = [UInt8](repeating: 0, count: 32)
        _ = SHA256(bytes, bytes.count, &digest)
        return digest.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }

    /// The version that the signature names.
    static let version = "v2"
}

/// The query of a URL.
enum URLQuery {
    /// Names and values as they are given, percent-encoded.
    static func text(_ parameters: [(String, String)]) -> String {
        parameters.map { "\(encoded($0.0))=\(encoded($0.1))" }.joined(separator: "&")
    }

    /// Percent-encodes UTF-8, all but the unreserved characters of RFC 3986.
    private static func encoded(_ text: String) -> String {
        text.utf8.reduce(into: "") { result, byte in
            let scalar = UnicodeScalar(byte)
            if byte < 0x80, scalar.properties.isAlphabetic || "0123456789-._~".unicodeScalars.contains(scalar) {
                result.unicodeScalars.append(scalar)
            } else {
                result += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
            }
        }
    }
}
