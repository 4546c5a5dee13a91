/// One header of a STOMP frame.
package struct STOMPHeader: Hashable, Sendable {
    /// The name, as it is spelt.
    package var name: String
    /// The value, escapes resolved.
    package var value: String

    /// Memberwise.
    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// One frame of STOMP 1.1 (<https://stomp.github.io/stomp-specification-1.1.html>).
package struct STOMPFrame: Hashable, Sendable {
    /// What either side sends while it has nothing to say: an end of line between frames.
    package static let heartBeat = "\n"

    /// The command, `CONNECT`, `MESSAGE` and so on.
    package var command: String
    /// The headers in order; where a name comes twice, the first one counts.
    package var headers: [STOMPHeader]
    /// The body, which may hold any byte.
    package var body: [UInt8]

    /// Memberwise.
    package init(_ command: String, _ headers: [STOMPHeader] = [], body: [UInt8] = []) {
        self.command = command
        self.headers = headers
        self.body = body
    }

    /// The value of a header.
    package subscript(name: String) -> String? {
        headers.first { $0.name == name }?.value
    }

    /// The frame as it is written; a body brings a `content-length` with it, in place of one in `headers`.
    package var encoded: [UInt8] {
        let escapes = Self.escapesHeaders(command)
        var bytes = Array(command.utf8)
        bytes.append(10)
        for header in headers where header.name != "content-length" {
            bytes += STOMPEscaping.encode(header.name, escapes)
            bytes.append(UInt8(ascii: ":"))
            bytes += STOMPEscaping.encode(header.value, escapes)
            bytes.append(10)
        }
        if !body.isEmpty { bytes += Array("content-length:\(body.count)\n".utf8) }
        bytes.append(10)
        bytes += body
        bytes.append(0)
        return bytes
    }

    /// Whether headers of a command are escaped: those of the opening are not, so that STOMP 1.0 can read them.
    static func escapesHeaders(_ command: String) -> Bool {
        command != "CONNECT" && command != "CONNECTED"
    }
}

/// How headers hide what ends a name or a line.
enum STOMPEscaping {
    /// A name or value as it is written; where nothing is escaped, an end of line becomes a blank rather than a header.
    static func encode(_ text: String, _ escapes: Bool) -> [UInt8] {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 0: bytes.append(UInt8(ascii: " "))
            case 10: bytes += escapes ? Array("\\n".utf8) : [UInt8(ascii: " ")]
            case UInt8(ascii: ":") where escapes: bytes += Array("\\c".utf8)
            case UInt8(ascii: "\\") where escapes: bytes += Array("\\\\".utf8)
            default: bytes.append(byte)
            }
        }
        return bytes
    }

    /// What a name or value means; an escape that 1.1 does not know is left as it is, but for that of 1.2.
    static func decode(_ bytes: ArraySlice<UInt8>, _ escapes: Bool) -> String {
        guard escapes, bytes.contains(UInt8(ascii: "\\")) else { return String(decoding: bytes, as: UTF8.self) }
        var plain: [UInt8] = []
        var rest = bytes
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), let meaning = rest.first.flatMap(meaning) else {
                plain.append(byte)
                continue
            }
            plain.append(meaning)
            rest.removeFirst()
        }
        return String(decoding: plain, as: UTF8.self)
    }

    private static func meaning(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "n"): 10
        case UInt8(ascii: "r"): 13
        case UInt8(ascii: "c"): UInt8(ascii: ":")
        case UInt8(ascii: "\\"): byte
        default: nil
        }
    }
}
