/// The apostrophe that keeps a spreadsheet program from making something else of a text (`features-and-rules.md`, 8.2).
///
/// A formula would be calculated; of a long number digits would be lost, of `0571` the zero; `1-2` would become a date.
enum SpreadsheetGuard {
    static let mark = UInt8(ascii: "'")

    /// The cell without its guard, if it has one.
    static func removed(from cell: String) -> String {
        guard cell.utf8.first == mark else { return cell }
        let rest = String(cell.unicodeScalars.dropFirst())
        return isNeeded(by: Array(rest.utf8)) ? rest : cell
    }

    /// Whether a spreadsheet could take a text for a formula, or for a number or date that it would not show as it is.
    static func isNeeded(by text: some RandomAccessCollection<UInt8>) -> Bool {
        guard let first = text.first else { return false }
        if isFormula(first) { return true }
        guard isDigit(first) || first == UInt8(ascii: "(") || first == UInt8(ascii: ".") else { return false }
        guard text.allSatisfy(isOfNumber) else { return false }
        // A short count is the same number, whoever reads it.
        let isCount = text.allSatisfy(isDigit) && text.count < 8 && (text.count == 1 || first != UInt8(ascii: "0"))
        return !isCount && text.contains(where: isDigit)
    }

    private static func isFormula(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), UInt8(ascii: "\t"),
            UInt8(ascii: "\r"), 0:
            true
        default: false
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    /// Whether a byte may stand in a number, a fraction, a date or a time.
    private static func isOfNumber(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "+"), UInt8(ascii: ","),
            UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: ":"), UInt8(ascii: "E"),
            UInt8(ascii: "e"):
            true
        default: isDigit(byte)
        }
    }
}
