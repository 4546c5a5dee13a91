import COpenSSL
package import DialModel

/// Signature version 1.0 of Alibaba Cloud's RPC interfaces, for clients and for servers that verify
/// (`vendors/alibaba-udesk.md`, A1.3).
package enum RPCSignature {
    /// Percent-encodes UTF-8, keeping only `A-Z a-z 0-9 - _ . ~`; a space is `%20`, never `+`.
    package static func percentEncode(_ text: String) -> String {
        guard !text.utf8.allSatisfy(isUnreserved) else { return text }
        var encoded: [UInt8] = []
        encoded.reserveCapacity(text.utf8.count * 2)
        for byte in text.utf8 {
            if isUnreserved(byte) {
                encoded.append(byte)
            } else {
                encoded.append(UInt8(ascii: "%"))
                encoded.append(hexDigits[Int(byte >> 4)])
                encoded.append(hexDigits[Int(byte & 15)])
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    /// The parameters, without any `Signature`, as `name=value` joined with `&`, sorted by the bytes of their names.
    package static func canonicalQuery(_ parameters: [String: String]) -> String {
        parameters.filter { $0.key != "Signature" }
            .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            .map { "\(percentEncode($0.key))=\(percentEncode($0.value))" }
            .joined(separator: "&")
    }

    /// The text that is signed for a canonical query; the same one is signed differently under `GET` and `POST`.
    package static func stringToSign(method: String, query: String) -> String {
        "\(method)&%2F&\(percentEncode(query))"
    }

    /// The value of the `Signature` parameter for a text that is signed, not yet percent-encoded.
    package static func sign(_ text: String, secret: Secret) -> String {
        base64(hmacSHA1(key: Array("\(secret.revealed)&".utf8), text: Array(text.utf8)))
    }

    private static let hexDigits = Array("0123456789ABCDEF".utf8)
    private static let base64Digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
            UInt8(ascii: "~"):
            true
        default:
            false
        }
    }

    private static func hmacSHA1(key: [UInt8], text: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        _ = HMAC(EVP_sha1(), key, Int32(key.count), text, text.count, &digest, &length)
        return Array(digest.prefix(Int(length)))
    }

    private static func base64(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.enumerated().reduce(UInt32(0)) { $0 | UInt32($1.element) << (16 - 8 * UInt32($1.offset)) }
            for position in 0..<4 {
                let digit = base64Digits[Int(bits >> (18 - 6 * UInt32(position))) & 63]
                text.append(position <= group.count ? digit : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
