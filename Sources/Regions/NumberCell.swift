import DialModel

/// The text of a cell, folded so that every way of writing a number looks the same.
struct NumberCell {
    /// A number as it is written: its digits, and whether a plus sign stood before them.
    struct Written: Equatable {
        var isInternational: Bool
        var digits: String
    }

    /// The folded text without white space at its ends.
    let text: String

    /// Whether a cell is digits and nothing else, as most are; it needs no folding.
    static func isPlain(_ cell: String) -> Bool {
        !cell.isEmpty && cell.utf8.allSatisfy(isDigit)
    }

    /// Folds a cell: full-width and other digits and signs to ASCII, dashes and spaces to one kind, nothing invisible.
    init(_ cell: String) {
        let isFolded = cell.utf8.allSatisfy { (0x20...0x7E).contains($0) }
        var trimmed = Self.trim(Substring(isFolded ? cell : Self.fold(cell)))
        // The guard that keeps a spreadsheet from calculating, in the quotes that people and programs type.
        if let first = trimmed.first, "'`‘’".contains(first) { trimmed = Self.trim(trimmed.dropFirst()) }
        // A formula that is a text and nothing else, by which programs keep a spreadsheet from calculating: ="138…"
        if trimmed.hasPrefix("=\""), trimmed.hasSuffix("\""), trimmed.utf8.count > 3 {
            trimmed = Self.trim(trimmed.dropFirst(2).dropLast())
        }
        text = String(trimmed)
    }

    /// Whether there is nothing to read.
    var isEmpty: Bool { text.isEmpty }

    /// Whether an export hid part of the number, `+86138****8000`.
    var isMasked: Bool {
        text.utf8.contains(UInt8(ascii: "*"))
            && text.utf8.allSatisfy { Self.isNumberByte($0) || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "*") }
    }

    /// Whether there are several numbers with signs between them that stand in none, `13800138000/13900139000`.
    var hasSeveralNumbers: Bool {
        let parts = text.split { "/,;|、".contains($0) || $0.isNewline }.map(Self.trim)
        return parts.count > 1
            && parts.allSatisfy { part in
                part.utf8.allSatisfy { Self.isNumberByte($0) || $0 == UInt8(ascii: "+") }
                    && part.utf8.count(where: Self.isDigit) >= Self.fewestDigits
            }
    }

    /// Fewer digits are a part of a number.
    private static let fewestDigits = 7

    /// A number that a spreadsheet wrote as `1.38E+10`.
    struct Quantity: Equatable {
        var hasPlus: Bool
        /// All of its digits; nil when some are gone, or when it is no whole number.
        var digits: String?
    }

    /// The number as a spreadsheet wrote it, if the cell is in scientific notation.
    var scientificNotation: Quantity? {
        guard text.utf8.contains(where: { $0 | 0x20 == UInt8(ascii: "e") }) else { return nil }
        let compact = text.filter { $0 != " " }
        guard let exponent = compact.firstIndex(where: { $0 == "E" || $0 == "e" }) else { return nil }
        let mantissa = Self.withoutSign(compact[..<exponent])
        let power = Self.withoutSign(compact[compact.index(after: exponent)...])
        guard mantissa.first.map(Self.isDigit) == true,
            mantissa.allSatisfy({ Self.isDigit($0) || ".,".contains($0) }), !power.isEmpty,
            power.allSatisfy(Self.isDigit)
        else { return nil }
        let isNegative = compact.first == "-" || compact[exponent...].dropFirst().first == "-"
        return Quantity(
            hasPlus: compact.first == "+", digits: isNegative ? nil : Self.digits(mantissa, power: String(power)))
    }

    /// The digits of `1.38001380000` times ten to a power, if the mantissa has every one of them.
    private static func digits(_ mantissa: Substring, power: String) -> String? {
        let parts = mantissa.split(omittingEmptySubsequences: false) { ".,".contains($0) }
        guard parts.count == 2, parts[0].count == 1, parts[0] != "0", let power = Int(power) else { return nil }
        return parts[1].count == power ? String(parts[0] + parts[1]) : nil
    }

    /// The number, if the cell holds nothing but one; an extension is left out, for no campaign dials it.
    ///
    /// In China a third group after a dash is an extension, `010-91234567-801`.
    func written(inChina: Bool) -> Written? {
        guard var main = Self.withoutExtension(Substring(text)) else { return nil }
        main = Self.withoutDecimals(main)
        if inChina { main = Self.withoutChineseExtension(main) }
        let isInternational = main.hasPrefix("+")
        if isInternational { main = main.dropFirst() }
        guard main.utf8.allSatisfy(Self.isNumberByte) else { return nil }
        let digits = String(decoding: main.utf8.filter(Self.isDigit), as: UTF8.self)
        return digits.isEmpty ? nil : Written(isInternational: isInternational, digits: digits)
    }

    // MARK: - Folding

    private static func fold(_ cell: String) -> String {
        var folded = String.UnicodeScalarView()
        for scalar in cell.unicodeScalars {
            if let plain = scalar.plainInNumbers { folded.append(plain) }
        }
        return String(folded)
    }

    private static func trim(_ text: Substring) -> Substring {
        var text = text.drop { $0 == " " }
        while text.last == " " { text.removeLast() }
        return text
    }

    // MARK: - Parts

    /// The first characters of the words for an extension.
    private static let extensionMarks: Set<Character> = ["e", "E", "x", "X", "#", "转", "轉", "分", ";"]

    /// The text before an extension, all of it if there is none; nil if what follows the mark is no extension.
    private static func withoutExtension(_ text: Substring) -> Substring? {
        // Most cells have none, and bytes are looked through faster than characters.
        guard !text.utf8.allSatisfy({ isNumberByte($0) || $0 == UInt8(ascii: "+") }) else { return text }
        guard let start = text.firstIndex(where: extensionMarks.contains) else { return text }
        let before = trim(text[..<start])
        var tail = text[start...].lowercased()[...]
        let words = [";ext=", "extension", "extn", "ext", "x", "#", "转分机", "转", "轉", "分机"]
        guard let word = words.first(where: { tail.hasPrefix($0) }) else { return nil }
        tail = tail.dropFirst(word.count).drop { " .:-".contains($0) }
        guard (1...7).contains(tail.count), tail.allSatisfy(isDigit) else { return nil }
        return before.last == "," || before.last == ";" ? before.dropLast() : before
    }

    /// Drops the decimals of a number that a spreadsheet took for a quantity, `13800138000.0`.
    private static func withoutDecimals(_ text: Substring) -> Substring {
        guard text.utf8.contains(UInt8(ascii: ".")) else { return text }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1] == "0" || parts[1] == "00" else { return text }
        return withoutSign(parts[0]).allSatisfy(isDigit) ? parts[0] : text
    }

    private static func withoutChineseExtension(_ text: Substring) -> Substring {
        guard text.utf8.count(where: { $0 == UInt8(ascii: "-") }) == 2 else { return text }
        let groups = text.split(separator: "-", omittingEmptySubsequences: false).map(trim)
        guard groups.count == 3, groups.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isDigit) }) else { return text }
        guard groups[0].hasPrefix("0"), (3...4).contains(groups[0].count), (7...8).contains(groups[1].count),
            (1...6).contains(groups[2].count)
        else { return text }
        return groups[0] + groups[1]
    }

    private static func withoutSign(_ text: some StringProtocol) -> Substring {
        let text = Substring(text)
        return text.first == "+" || text.first == "-" ? text.dropFirst() : text
    }

    private static func isDigit(_ character: Character) -> Bool {
        character.asciiValue.map(isDigit) ?? false
    }

    /// Whether a byte is a digit or may stand between digits.
    private static func isNumberByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "("), UInt8(ascii: ")"): true
        default: isDigit(byte)
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
