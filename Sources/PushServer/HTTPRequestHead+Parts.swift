import EventWire

extension HTTPRequestHead {
    /// The target without its query.
    var path: String { String(target.prefix { $0 != "?" }) }

    /// The parameters of the query as they were spelt; of several with one name the first counts.
    var query: [String: String] {
        guard let mark = target.firstIndex(of: "?") else { return [:] }
        var parameters: [String: String] = [:]
        for pair in target[target.index(after: mark)...].split(separator: "&") {
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard halves.count == 2 else { continue }
            let name = String(halves[0])
            parameters[name] = parameters[name] ?? String(halves[1])
        }
        return parameters
    }

    /// What the request offers as `Authorization: Bearer …`; empty, which is nobody's secret, under another scheme.
    var credential: String? {
        guard let field = fields["authorization"] else { return nil }
        let scheme = "bearer "
        return field.lowercased().hasPrefix(scheme) ? String(field.dropFirst(scheme.count)) : ""
    }

    /// A text with its percent-encoding removed.
    static func decoded(_ text: String) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(2)
            if byte == UInt8(ascii: "%"), digits.count == 2, let value = UInt8(String(digits) ?? "", radix: 16) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
