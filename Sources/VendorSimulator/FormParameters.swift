/// The parameters of a request, from its query and its form body together.
struct FormParameters: Hashable, Sendable {
    private var values: [String: String] = [:]

    /// Reads query texts and form bodies in `application/x-www-form-urlencoded`; the first of two equal names counts.
    init(_ texts: [String]) {
        for text in texts {
            for pair in text.utf8.split(separator: UInt8(ascii: "&")) {
                let halves = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
                let name = Self.decoded(halves[0])
                guard values[name] == nil else { continue }
                values[name] = halves.count == 2 ? Self.decoded(halves[1]) : ""
            }
        }
    }

    /// The value of a parameter, nil when it is missing.
    subscript(name: String) -> String? { values[name] }

    /// The values of `Name.1`, `Name.2` and so on; the first gap ends the list (`vendors/alibaba-udesk.md`, A7.3).
    func list(_ name: String) -> [String] {
        var result: [String] = []
        while let value = values["\(name).\(result.count + 1)"] {
            result.append(value)
        }
        return result
    }

    /// Every parameter, ascending by the bytes of its name.
    var sorted: [(name: String, value: String)] {
        values.map { (name: $0.key, value: $0.value) }
            .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    private static func decoded(_ text: Substring.UTF8View.SubSequence) -> String {
        var bytes: [UInt8] = []
        var rest = text
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                let digits = rest.prefix(2)
                if digits.count == 2, let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16) {
                    bytes.append(value)
                    rest = rest.dropFirst(2)
                } else {
                    bytes.append(byte)
                }
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
