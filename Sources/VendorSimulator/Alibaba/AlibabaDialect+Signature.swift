import COpenSSL

/// The signature of an RPC request, version 1.0 (`vendors/alibaba-udesk.md`, A1.3), written without regard to the
/// client's, so that the two check one another.
enum AlibabaSignature {
    /// The signature that the given parameters should carry; `Signature` itself is left out.
    static func expected(method: String, parameters: FormParameters, secret: String) -> String {
        let text = stringToSign(method: method, parameters: parameters)
        return base64(hmacSHA1(key: Array((secret + "&").utf8), message: text))
    }

    /// Whether two signatures are equal, in a time that does not tell where they differ.
    static func matches(_ given: String, _ expected: String) -> Bool {
        let left = Array(given.utf8)
        let right = Array(expected.utf8)
        guard left.count == right.count else { return false }
        return left.withUnsafeBytes { first in
            right.withUnsafeBytes { second in
                CRYPTO_memcmp(first.baseAddress, second.baseAddress, first.count) == 0
            }
        }
    }

    /// The text that is signed: every name and value is encoded once, and the joined query once more.
    static func stringToSign(method: String, parameters: FormParameters) -> [UInt8] {
        var query: [UInt8] = []
        for parameter in parameters.sorted where parameter.name != "Signature" {
            if !query.isEmpty { query.append(UInt8(ascii: "&")) }
            encode(parameter.name.utf8, into: &query)
            query.append(UInt8(ascii: "="))
            encode(parameter.value.utf8, into: &query)
        }
        var text = Array((method + "&%2F&").utf8)
        encode(query, into: &text)
        return text
    }

    private static func encode(_ bytes: some Sequence<UInt8>, into output: inout [UInt8]) {
        let digits = Array("0123456789ABCDEF".utf8)
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
                UInt8(ascii: "~"):
                output.append(byte)
            default:
                output.append(UInt8(ascii: "%"))
                output.append(digits[Int(byte >> 4)])
                output.append(digits[Int(byte & 15)])
            }
        }
    }

    private static func hmacSHA1(key: [UInt8], message: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 20)
        var length: UInt32 = 20
        _ = HMAC(EVP_sha1(), key, Int32(key.count), message, message.count, &digest, &length)
        return digest
    }

    private static func base64(_ bytes: [UInt8]) -> String {
        var text = [UInt8](repeating: 0, count: (bytes.count + 2) / 3 * 4 + 1)
        let length = EVP_EncodeBlock(&text, bytes, Int32(bytes.count))
        return String(decoding: text.prefix(Int(length)), as: UTF8.self)
    }
}
