import EventWire

extension JSONValue {
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
