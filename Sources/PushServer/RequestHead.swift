/// The first line of an HTTP/1 request and its header fields (RFC 9112).
struct RequestHead: Hashable, Sendable {
    /// The method, as it was spelt.
    var method: String
    /// What follows the question mark of the target; empty when there is none.
    var query: String
    /// The header fields by name in small letters; of several with one name the first counts.
    var fields: [String: String]

    /// Reads everything before the empty line; nil for what is no request.
    init?(_ bytes: some Collection<UInt8>) {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .map { Self.trimmed($0) }
        guard let first = lines.first else { return nil }
        let words = first.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 3, !words[0].isEmpty, words[0].utf8.allSatisfy(Self.isCapital), words[1].hasPrefix("/"),
            words[2] == "HTTP/1.1" || words[2] == "HTTP/1.0"
        else { return nil }
        method = String(words[0])
        query = words[1].firstIndex(of: "?").map { String(words[1][words[1].index(after: $0)...]) } ?? ""
        fields = [:]
        for line in lines.dropFirst() where !line.isEmpty {
            guard let colon = line.firstIndex(of: ":"), colon > line.startIndex else { return nil }
            let name = line[..<colon].lowercased()
            guard !name.contains(" ") else { return nil }
            fields[name] = fields[name] ?? String(line[line.index(after: colon)...].drop { $0 == " " })
        }
    }

    /// The length that the request says its body has; nil when it says none that can be read.
    var contentLength: Int? {
        guard let text = fields["content-length"], !text.isEmpty, text.utf8.count <= 12,
            text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        return Int(text)
    }

    /// What the request offers as the secret.
    var credential: String? {
        if let field = fields["authorization"] {
            let scheme = "bearer "
            return field.lowercased().hasPrefix(scheme) ? String(field.dropFirst(scheme.count)) : nil
        }
        for pair in query.split(separator: "&") {
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if halves.count == 2, halves[0] == "token" { return Self.decoded(halves[1]) }
        }
        return nil
    }

    private static func trimmed(_ line: some Collection<UInt8>) -> String {
        var text = String(decoding: line, as: UTF8.self)[...]
        while let last = text.unicodeScalars.last, last == "\r" || last == " " { text.unicodeScalars.removeLast() }
        return String(text)
    }

    private static func isCapital(_ byte: UInt8) -> Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }

    private static func decoded(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8
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
