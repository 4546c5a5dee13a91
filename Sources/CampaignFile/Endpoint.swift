/// Scheme, host and perhaps port of a vendor's gateway, and the path of what is behind it where it may have one.
struct Endpoint {
    /// What may be spoken with it.
    enum Schemes {
        /// `http` and `https`.
        case http
        /// `ws` and `wss`.
        case webSocket

        fileprivate var plain: String { self == .http ? "http://" : "ws://" }
        fileprivate var encrypted: String { self == .http ? "https://" : "wss://" }
    }

    /// The endpoint without a slash at its end.
    let text: String
    let isEncrypted: Bool
    /// Whether the host is this machine, by one of three names that nothing else can have.
    let isLoopback: Bool

    /// Accepts a scheme, a host and perhaps a port and a slash; a path only where one may be.
    init?(_ text: String, _ schemes: Schemes = .http, mayHavePath: Bool = false) {
        var rest = text[...]
        if rest.hasPrefix(schemes.encrypted) {
            isEncrypted = true
            rest = rest.dropFirst(schemes.encrypted.count)
        } else if rest.hasPrefix(schemes.plain) {
            isEncrypted = false
            rest = rest.dropFirst(schemes.plain.count)
        } else {
            return nil
        }
        if rest.hasSuffix("/") { rest = rest.dropLast() }
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        let path = rest[slash...]
        guard mayHavePath ? path.utf8.allSatisfy(Self.isPathByte) : path.isEmpty else { return nil }
        guard let (host, port) = Self.split(rest[..<slash]) else { return nil }
        if let port {
            guard (1...5).contains(port.utf8.count), port.utf8.allSatisfy(Self.isDigit), let value = Int(port),
                (1...65_535).contains(value)
            else { return nil }
        }
        isLoopback = ["127.0.0.1", "localhost", "[::1]"].contains(host)
        self.text = (isEncrypted ? schemes.encrypted : schemes.plain) + rest
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

    /// What a path may hold as it is (RFC 3986, 3.3).
    private static func isPathByte(_ byte: UInt8) -> Bool {
        isHostByte(byte) || "/%_~!$&'()*+,;=:@".utf8.contains(byte)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
    }
}
