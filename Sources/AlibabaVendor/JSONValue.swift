/// A JSON text as it stood on the wire, numbers kept as their digits.
///
/// RamIds have 18 digits and do not survive a `Double` (`vendors/alibaba-udesk.md`, A1.5).
enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// The member of an object; nil when there is none, when it is null, and when this is no object.
    subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self, let member = members[key], member != .null else { return nil }
        return member
    }

    /// A string, or a number's digits, without surrounding blanks; nil when empty.
    var text: String? {
        switch self {
        case .string(let string), .number(let string):
            let trimmed = string.trimmingBlanks()
            return trimmed.isEmpty ? nil : trimmed
        case .bool(let flag):
            return flag ? "true" : "false"
        case .null, .array, .object:
            return nil
        }
    }

    /// An integer, which the vendor also sends as a string.
    var integer: Int64? {
        text.flatMap { Int64($0) }
    }

    /// A truth value, which the vendor also sends as a string.
    var flag: Bool? {
        switch text?.lowercased() {
        case "true", "1": true
        case "false", "0": false
        default: nil
        }
    }

    /// The elements of a list in any of the vendor's spellings.
    ///
    /// `{"Name":[…]}`, `{"Name":{…}}` for one element, a bare `[…]`, and a bare element.
    func list(of name: String) -> [JSONValue] {
        switch self {
        case .null: return []
        case .array(let elements): return elements
        case .bool, .number, .string: return [self]
        case .object(let members):
            guard let inner = members[name] else { return members.isEmpty ? [] : [self] }
            switch inner {
            case .null: return []
            case .array(let elements): return elements
            case .bool, .number, .string, .object: return [inner]
            }
        }
    }

    /// A telephone number, with the leading zero that a numeric spelling lost.
    ///
    /// Mobile, 400 and 800 numbers never had one.
    var phone: String? {
        guard let text else { return nil }
        guard case .number = self, (9...11).contains(text.utf8.count) else { return text }
        let bytes = Array(text.utf8)
        let isMobile = bytes[0] == UInt8(ascii: "1") && bytes[1] >= UInt8(ascii: "3")
        if isMobile || text.hasPrefix("400") || text.hasPrefix("800") || text.hasPrefix("0") { return text }
        return "0" + text
    }

    /// A URL that may stand in an extra pair of double quotes.
    var url: String? {
        guard let text else { return nil }
        guard text.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") else { return text }
        return String(text.dropFirst().dropLast())
    }
}

extension String {
    /// The text without blanks and line ends around it.
    func trimmingBlanks() -> String {
        let kept = drop { $0.isWhitespace }
        guard let end = kept.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(kept[...end])
    }
}
