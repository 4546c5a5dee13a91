/// Text for `man`, in the macros of man(7).
struct Roff {
    /// What has been written so far.
    private(set) var text = ""

    /// Writes a request or macro, as it is.
    mutating func request(_ line: String) { text += ".\(line)\n" }

    /// Writes text that is filled and broken.
    mutating func paragraph(_ line: String) { text += Self.prose(line) + "\n" }

    /// Writes text that has been made with `bold`, `italic` and `prose`.
    mutating func marked(_ line: String) { text += line + "\n" }

    /// Writes lines that stay as they are, indented.
    mutating func literal(_ lines: [String]) {
        request("RS 4")
        request("nf")
        for line in lines { text += Self.literal(line) + "\n" }
        request("fi")
        request("RE")
    }

    /// Text as it is typed.
    static func bold(_ text: String) -> String { "\\fB\(literal(text))\\fR" }

    /// Text that stands for another.
    static func italic(_ text: String) -> String { "\\fI\(literal(text))\\fR" }

    /// Text for people, in which dashes of options are dashes to type.
    static func prose(_ text: String) -> String {
        var result = ""
        var previous: Character = " "
        for character in text {
            let beginsOption = character == "-" && (" \"(".contains(previous) || result.hasSuffix("\\-"))
            result += beginsOption ? "\\-" : escaped(character)
            previous = character
        }
        return guarded(result)
    }

    /// Text that can be copied to a shell.
    static func literal(_ text: String) -> String {
        let characters = text.map { character in
            switch character {
            case "-": "\\-"
            case "'": "\\(aq"
            case "`": "\\(ga"
            case "^": "\\(ha"
            case "~": "\\(ti"
            default: escaped(character)
            }
        }
        return guarded(characters.joined())
    }

    private static func escaped(_ character: Character) -> String {
        switch character {
        case "\\": "\\(rs"
        case "…": "..."
        case let plain where plain.isASCII: String(plain)
        default:
            character.unicodeScalars.map { scalar in
                let digits = String(scalar.value, radix: 16, uppercase: true)
                return "\\[u\(String(repeating: "0", count: max(0, 4 - digits.count)) + digits)]"
            }.joined()
        }
    }

    /// A line that begins with a period or an apostrophe would be taken for a request.
    private static func guarded(_ line: String) -> String {
        line.hasPrefix(".") || line.hasPrefix("'") ? "\\&" + line : line
    }
}
