/// A JSON text for a simulated gateway to answer with, written as Swift literals.
indirect enum WireText: Sendable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    case string(String)
    case integer(Int64)
    case bool(Bool)
    case null
    case array([WireText])
    case object([(String, WireText)])

    init(stringLiteral value: String) { self = .string(value) }
    init(integerLiteral value: Int64) { self = .integer(value) }
    init(booleanLiteral value: Bool) { self = .bool(value) }
    init(arrayLiteral elements: WireText...) { self = .array(elements) }
    init(dictionaryLiteral elements: (String, WireText)...) { self = .object(elements) }

    var text: String {
        switch self {
        case .string(let string): Self.quoted(string)
        case .integer(let integer): String(integer)
        case .bool(let flag): flag ? "true" : "false"
        case .null: "null"
        case .array(let elements): "[" + elements.map(\.text).joined(separator: ",") + "]"
        case .object(let members):
            "{" + members.map { Self.quoted($0.0) + ":" + $0.1.text }.joined(separator: ",") + "}"
        }
    }

    /// The business envelope of a success around a payload.
    static func envelope(_ payload: [(String, WireText)]) -> WireText {
        .object(
            [("RequestId", "7CEFB5F1-0000-4000-8000-000000000001"), ("Success", true), ("Code", "OK")]
                + [("HttpStatusCode", 200)] + payload)
    }

    private static func quoted(_ string: String) -> String {
        let escaped = string.map { character in
            switch character {
            case "\"": "\\\""
            case "\\": "\\\\"
            case "\n": "\\n"
            default: String(character)
            }
        }
        return "\"" + escaped.joined() + "\""
    }
}
