/// Hides what may be telephone numbers in free text: names, remarks, reasons, the words of vendors and of errors.
///
/// Digits are one number where nothing but signs stand between them that people and programs put into numbers, however they
/// are written: the reader of lists takes `138–0013–8000` with any dash, blank and width of its digits, and so does this.
package enum NumbersInText {
    /// What has as many digits as a number and is none.
    package enum Lookalike: Sendable {
        /// A day, `2026-11-01` or `20261101`.
        case day
        /// In errors: an IPv4 address, `10.120.130.140`, also with a port; and two figures with more than one sign between them, or
        /// with a bracket, `agent 5001 (001806)`.
        case address
    }

    /// Fewer digits are a part of a number.
    private static let fewestDigits = 7

    /// What may stand between the digits of a number, once it is folded.
    private static let separators: Set<Unicode.Scalar> = [
        " ", "-", "(", ")", ".", "/", "_", ":", "~", "\u{B7}", "\u{2022}", "\u{2027}", "\u{2044}", "\u{2215}",
        "\u{2219}", "\u{22C5}", "\u{2236}", "\u{30FB}", "\u{FF65}",
    ]

    /// The text with an asterisk for each digit of a number but so many of the first and the last.
    package static func masked(
        _ text: String, keepingFirst first: Int = 0, last: Int, but lookalike: Lookalike? = nil
    ) -> String {
        guard mayHoldOne(text) else { return text }
        var characters = Array(text)
        for number in numbers(in: characters, but: lookalike) {
            for position in number.dropFirst(first).dropLast(last) { characters[position] = "*" }
        }
        return String(characters)
    }

    /// The text with an ellipsis for each number.
    package static func removed(from text: String, but lookalike: Lookalike? = nil) -> String {
        guard mayHoldOne(text) else { return text }
        let characters = Array(text)
        var result = ""
        var rest = 0
        for number in numbers(in: characters, but: lookalike) {
            guard let first = number.first, let last = number.last else { continue }
            result += String(characters[rest..<first]) + "…"
            rest = last + 1
        }
        return result + String(characters[rest...])
    }

    /// Whether a text is long enough for a number, as most names and words are not.
    private static func mayHoldOne(_ text: String) -> Bool {
        var digits = 0
        for byte in text.utf8 {
            // The first byte of any other sign; it may be a digit of another script.
            if (0x30...0x39).contains(byte) || byte >= 0xC0 { digits += 1 }
        }
        return digits >= fewestDigits
    }

    /// Where the digits of each number are.
    private static func numbers(in characters: [Character], but lookalike: Lookalike?) -> [[Int]] {
        var numbers: [[Int]] = []
        var digits: [Int] = []
        let isTight = lookalike == .address
        func end() {
            if digits.count >= fewestDigits, !isLookalike(digits, of: characters, lookalike) { numbers.append(digits) }
            digits = []
        }
        for (position, character) in characters.enumerated() {
            if character.isNumber {
                digits.append(position)
            } else if let last = digits.last,
                !isWithinNumber(character) || isTight && (position - last > 1 || isBracket(character))
            {
                end()
            }
        }
        end()
        return numbers
    }

    private static func isWithinNumber(_ character: Character) -> Bool {
        guard let plain = character.unicodeScalars.first?.plainInNumbers else { return true }
        return separators.contains(plain)
    }

    private static func isBracket(_ character: Character) -> Bool {
        let plain = character.unicodeScalars.first?.plainInNumbers
        return plain == "(" || plain == ")"
    }

    // MARK: - Lookalikes

    private static func isLookalike(_ digits: [Int], of characters: [Character], _ lookalike: Lookalike?) -> Bool {
        guard let lookalike, let first = digits.first, let last = digits.last else { return false }
        let text = String(characters[first...last])
        return switch lookalike {
        case .day: isDay(text)
        case .address: isAddress(text)
        }
    }

    private static func isDay(_ text: String) -> Bool {
        var parts = text.split(omittingEmptySubsequences: false) { "-./_".contains($0) }
        if let all = parts.first, parts.count == 1, all.count == 8 {
            parts = [all.prefix(4), all.dropFirst(4).prefix(2), all.suffix(2)]
        }
        guard parts.count == 3, parts[0].count == 4, parts[1].count == 2, parts[2].count == 2,
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
        else { return false }
        return (1900...2099).contains(year) && (1...12).contains(month) && (1...31).contains(day)
    }

    private static func isAddress(_ text: String) -> Bool {
        let halves = text.split(separator: ":", omittingEmptySubsequences: false)
        let parts = halves[0].split(separator: ".", omittingEmptySubsequences: false)
        let isPort = halves.count == 1 || halves.count == 2 && UInt16(halves[1]).map { "\($0)" == halves[1] } == true
        return isPort && parts.count == 4 && parts.allSatisfy { part in UInt8(part).map { "\($0)" == part } == true }
    }
}

extension Unicode.Scalar {
    /// How numbers are read: full-width and other digits and signs as ASCII, dashes and blanks as one kind; nil for what is
    /// invisible.
    package var plainInNumbers: Unicode.Scalar? {
        switch value {
        case 0x30...0x39: return self
        case 0xAD, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2069, 0xFE00...0xFE0F, 0xFEFF: return nil
        case 0x2010...0x2015, 0x2043, 0x2212, 0x2500, 0x30FC, 0xFE58, 0xFE63: return "-"
        case 0x3010, 0x3014, 0xFE59: return "("
        case 0x3011, 0x3015, 0xFE5A: return ")"
        case 0xFF01...0xFF5E: return Unicode.Scalar(value - 0xFEE0)
        default: break
        }
        if properties.isWhitespace { return " " }
        guard properties.numericType == .decimal, let number = properties.numericValue else { return self }
        return Unicode.Scalar(0x30 + UInt32(number))
    }
}
