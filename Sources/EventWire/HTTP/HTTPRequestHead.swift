/// The first line of an HTTP/1 request and its header fields (RFC 9112).
package struct HTTPRequestHead: Hashable, Sendable {
    /// The method, as it was spelt.
    package var method: String
    /// The target: a path, with a query where there is one.
    package var target: String
    /// The header fields by name in small letters; of several with one name the first counts.
    package var fields: [String: String]

    /// What ends a head.
    package static let end = Array("\r\n\r\n".utf8)

    /// Where the end of a head begins in what has arrived, looked for from an index on; nil as long as it has not come.
    package static func end(in bytes: [UInt8], from start: Int) -> Int? {
        guard bytes.count >= start + end.count else { return nil }
        return (start...bytes.count - end.count).first { bytes[$0...].starts(with: end) }
    }

    /// Reads everything before the empty line; nil for what is no request.
    package init?(_ bytes: some Collection<UInt8>) {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .map { Self.trimmed($0) }
        guard let first = lines.first else { return nil }
        let words = first.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 3, !words[0].isEmpty, words[0].utf8.allSatisfy(Self.isCapital), words[1].hasPrefix("/"),
            words[2] == "HTTP/1.1" || words[2] == "HTTP/1.0"
        else { return nil }
        method = String(words[0])
        target = String(words[1])
        fields = [:]
        for line in lines.dropFirst() where !line.isEmpty {
            guard let colon = line.firstIndex(of: ":"), colon > line.startIndex else { return nil }
            let name = line[..<colon].lowercased()
            guard !name.contains(" ") else { return nil }
            let value = String(line[line.index(after: colon)...].drop { $0 == " " })
            // Two lengths are two opinions of where the request ends (RFC 9112, 6.3).
            guard name != "content-length" || fields[name] ?? value == value else { return nil }
            fields[name] = fields[name] ?? value
        }
    }

    /// The length that the request says its body has; nil when it says none that can be read.
    package var contentLength: Int? {
        guard let text = fields["content-length"], !text.isEmpty, text.utf8.count <= 12,
            text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        return Int(text)
    }

    private static func trimmed(_ line: some Collection<UInt8>) -> String {
        var text = String(decoding: line, as: UTF8.self)[...]
        while let last = text.unicodeScalars.last, last == "\r" || last == " " { text.unicodeScalars.removeLast() }
        return String(text)
    }

    private static func isCapital(_ byte: UInt8) -> Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }
}
