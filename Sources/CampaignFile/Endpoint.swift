/// Scheme, host and perhaps port of a vendor's gateway.
struct Endpoint {
    /// The endpoint without a slash at its end.
    let text: String
    let isEncrypted: Bool
    /// Whether the host is this machine, by one of three names that nothing else can have.
    let isLoopback: Bool

    /// Accepts `http://` or `https://`, a host and perhaps a port and a slash; anything more is nil.
    init?(_ text: String) {
        var rest = text[...]
        if rest.hasPrefix("https://") {
            isEncrypted = true
            rest = rest.dropFirst(8)
        } else if rest.hasPrefix("http://") {
            isEncrypted = false
            rest = rest.dropFirst(7)
        } else {
            return nil
        }
        if rest.hasSuffix("/") { rest = rest.dropLast() }
        guard let (host, port) = Self.split(rest) else { return nil }
        if let port {
            guard (1...5).contains(port.utf8.count), port.utf8.allSatisfy(Self.isDigit), let value = Int(port),
                (1...65_535).contains(value)
            else { return nil }
        }
        isLoopback = ["127.0.0.1", "localhost", "[::1]"].contains(host)
        self.text = (isEncrypted ? "https://" : "http://") + rest
    }

    private static func split(_ text: Substring) -> (host: Substring, port: Substring?)? {
        if text.hasPrefix("[") {
            guard let close = text.firstIndex(of: "]") else { return nil }
            let inner = text[text.index(after: text.startIndex)..<close]
            guard !inner.isEmpty, inner.utf8.allSatisfy({ isHexDigit($0) || $0 == UInt8(ascii: ":") }) else {
                return nil
            }
            let tail = text[text.index(after: close)...]
            guard tail.isEmpty || tail.hasPrefix(":") else { return nil }
            return (text[...close], tail.isEmpty ? nil : tail.dropFirst())
        }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard let host = parts.first, (1...2).contains(parts.count), !host.isEmpty, host.utf8.allSatisfy(isHostByte)
        else {
            return nil
        }
        return (host, parts.count == 2 ? parts[1] : nil)
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"),
            UInt8(ascii: "."):
            true
        default: isDigit(byte)
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
    }
}
