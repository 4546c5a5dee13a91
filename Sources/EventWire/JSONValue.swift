/// A JSON text as it stood on the wire, numbers kept as their digits.
///
/// Vendors' ids have up to 18 digits and do not survive a `Double` (`vendors/alibaba-udesk.md`, A1.5).
package enum JSONValue: Hashable, Sendable {
    /// Nothing, said in so many words.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number as it is spelt.
    case number(String)
    /// A text, escapes resolved.
    case string(String)
    /// A list.
    case array([JSONValue])
    /// Members by name; of several with one name the first counts.
    case object([String: JSONValue])

    /// The member of an object; nil when there is none, when it is null, and when this is no object.
    package subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self, let member = members[key], member != .null else { return nil }
        return member
    }

    /// A string, or a number's digits, without surrounding blanks; nil when empty.
    package var text: String? {
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

    /// An integer, which vendors also send as a string.
    package var integer: Int64? {
        text.flatMap { Int64($0) }
    }

    /// A truth value, which vendors also send as a string.
    package var flag: Bool? {
        switch text?.lowercased() {
        case "true", "1": true
        case "false", "0": false
        default: nil
        }
    }
}

extension String {
    /// The text without blanks and line ends around it.
    package func trimmingBlanks() -> String {
        // Most texts have nothing to lose, which their first and last bytes tell.
        let isVisibleASCII = { (byte: UInt8) in (0x21...0x7E).contains(byte) }
        if let first = utf8.first, let last = utf8.last, isVisibleASCII(first), isVisibleASCII(last) { return self }
        let kept = drop { $0.isWhitespace }
        guard let end = kept.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(kept[...end])
    }
}
