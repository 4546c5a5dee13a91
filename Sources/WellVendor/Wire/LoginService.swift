import DialModel
import EventWire
import Telephony

/// The login service, which trades a password for a session (`vendors/well-wincall.md`, A.4, step 1).
enum LoginService {
    static let operation = "login"

    /// The form; the vendor's own program does not escape it, which a form reader takes for escaped all the same.
    static func body(_ login: AgentLogin, domain: String) -> [UInt8] {
        let fields = [
            ("username", login.agent.value), ("password", login.password.revealed), ("namespace", domain),
        ]
        return Array(fields.map { "\($0.0)=\(escaped($0.1))" }.joined(separator: "&").utf8)
    }

    /// The session; nil when the answer has none.
    static func session(in body: [UInt8]) -> Secret? {
        JSONValue(parsing: body)?["sessionId"]?.text.map(Secret.init)
    }

    /// Percent-encodes everything but the unreserved characters (RFC 3986, 2.3).
    private static func escaped(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var result: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                result.append(byte)
            default: result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
