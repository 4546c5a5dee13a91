/// Ways to look at the text of a cell.
enum CellText {
    /// The cell without invisible characters and without a spreadsheet's guard.
    static func clean(_ cell: String) -> String {
        SpreadsheetGuard.removed(from: visible(cell))
    }

    /// The text of a header: clean, and without white space at its ends.
    static func header(_ cell: String) -> String {
        trim(clean(cell))
    }

    /// What two headers have in common if they mean the same: letters in lower case and of normal width, no spaces,
    /// dashes or underscores.
    static func key(_ header: String) -> String {
        var key = String.UnicodeScalarView()
        for scalar in visible(header).lowercased().unicodeScalars {
            let folded = halfWidth(scalar)
            guard !folded.properties.isWhitespace, folded != "_", folded != "-" else { continue }
            key.append(folded)
        }
        return String(key).lowercased()
    }

    /// The text with letters, digits and signs of normal width, for what is read by its characters.
    static func halfWidth(_ text: String) -> String {
        var folded = String.UnicodeScalarView()
        folded.append(contentsOf: text.unicodeScalars.map(halfWidth))
        return String(folded)
    }

    private static func halfWidth(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0x3000, 0x00A0: " "
        case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
        default: scalar
        }
    }

    /// Whether a cell holds nothing that can be seen.
    static func isBlank(_ cell: String) -> Bool {
        guard let first = cell.utf8.first else { return true }
        // Most cells begin with a sign of ASCII, and are not looked at any further.
        return !(0x21...0x7E).contains(first) && visible(cell).unicodeScalars.allSatisfy(\.properties.isWhitespace)
    }

    /// The text with its digits hidden where there are enough of them for a telephone number.
    static func masked(_ text: String) -> String {
        text.filter(\.isNumber).count < 7 ? text : String(text.map { $0.isNumber ? "*" : $0 })
    }

    /// The text without zero-width characters, byte order marks and marks of direction.
    private static func visible(_ text: String) -> String {
        // In UTF-8 all of them begin with one of two bytes, which most cells lack.
        guard text.utf8.contains(where: { $0 == 0xE2 || $0 == 0xEF }) else { return text }
        var kept = String.UnicodeScalarView()
        kept.append(contentsOf: text.unicodeScalars.filter { !isInvisible($0.value) })
        return String(kept)
    }

    private static func isInvisible(_ code: UInt32) -> Bool {
        switch code {
        case 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0x2066...0x2069, 0xFEFF: true
        default: false
        }
    }

    private static func trim(_ text: String) -> String {
        var scalars = text.unicodeScalars[...]
        while scalars.first.map(isSpace) == true { scalars.removeFirst() }
        while scalars.last.map(isSpace) == true { scalars.removeLast() }
        return String(scalars)
    }

    /// Whether a scalar is white space, of which there is none beyond the ideographic space: most letters need no look into
    /// Unicode's tables.
    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x21...0x7E, 0x3001...: false
        default: scalar.properties.isWhitespace
        }
    }
}
