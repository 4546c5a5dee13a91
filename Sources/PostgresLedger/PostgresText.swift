/// Our SQL in the words of PostgreSQL.
///
/// The statements of `StoredLedger` are written for SQLite; what differs is said in a few words, which this knows.
enum PostgresText {
    /// A statement with arguments `$1`, without what only SQLite wants to hear, and with what only several writers want.
    static func statement(_ sql: String) -> String {
        var rest = Substring(sql)
        var result = ""
        var places = 0
        while let character = rest.first {
            if character == "'" {
                result += literal(&rest)
            } else if rest.hasPrefix("/*") {
                result += hint(&rest)
            } else if character == "?" {
                rest.removeFirst()
                let digits = rest.prefix(while: \.isNumber)
                rest.removeFirst(digits.count)
                places += 1
                result += "$" + (digits.isEmpty ? "\(places)" : digits)
            } else if character.isLetter || character == "_" {
                result += word(&rest)
            } else {
                result.append(rest.removeFirst())
            }
        }
        return result
    }

    private static func literal(_ rest: inout Substring) -> String {
        var result = String(rest.removeFirst())
        while let character = rest.popFirst() {
            result.append(character)
            if character == "'" { break }
        }
        return result
    }

    /// What stands in a comment for databases with several writers; to update a row is enough for us, and leaves those who
    /// only refer to it alone.
    private static func hint(_ rest: inout Substring) -> String {
        rest.removeFirst(2)
        var words = ""
        while !rest.isEmpty, !rest.hasPrefix("*/") { words.append(rest.removeFirst()) }
        rest = rest.dropFirst(2)
        return words.trimmingSpaces.replacing("FOR UPDATE", with: "FOR NO KEY UPDATE")
    }

    private static func word(_ rest: inout Substring) -> String {
        let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        rest.removeFirst(word.count)
        switch word {
        case "INDEXED":
            // `INDEXED BY` and the name of an index.
            dropWord(&rest)
            dropWord(&rest)
            return ""
        case "NOT" where rest.hasPrefix(" INDEXED"):
            dropWord(&rest)
            return ""
        case "CROSS": return ""
        case "instr": return "strpos"
        case "GLOB": return "LIKE" + like(&rest)
        default: return String(word)
        }
    }

    private static func dropWord(_ rest: inout Substring) {
        rest = rest.drop(while: \.isWhitespace).drop { $0.isLetter || $0.isNumber || $0 == "_" }
    }

    /// The pattern after `GLOB`, one that only has a star at its end.
    private static func like(_ rest: inout Substring) -> String {
        let spaces = rest.prefix(while: \.isWhitespace)
        rest.removeFirst(spaces.count)
        let pattern = literal(&rest).replacing("_", with: "\\_").replacing("*", with: "%")
        return spaces + pattern
    }

    /// Bytes as PostgreSQL reads and writes them.
    static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = Array("\\x".utf8)
        for byte in bytes { text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
        return String(decoding: text, as: UTF8.self)
    }

    /// Bytes from such a text; nil for another.
    static func bytes(hexadecimal text: UnsafeRawBufferPointer) -> [UInt8]? {
        guard text.count >= 2, text.count.isMultiple(of: 2), text[0] == UInt8(ascii: "\\"), text[1] == UInt8(ascii: "x")
        else { return nil }
        return stride(from: 2, to: text.count, by: 2).reduce(into: [UInt8]()) { bytes, index in
            bytes.append(digit(text[index]) << 4 | digit(text[index + 1]))
        }
    }

    private static func digit(_ character: UInt8) -> UInt8 {
        character <= UInt8(ascii: "9") ? character & 15 : (character & 15) + 9
    }
}

extension String {
    fileprivate var trimmingSpaces: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
