/// Writes CSV in UTF-8 (RFC 4180: commas, CRLF, quotes where they are needed).
package struct CSVWriter: Hashable, Sendable {
    /// Whether the file is for a spreadsheet program rather than for another program.
    ///
    /// Such a file begins with a byte order mark, without which Excel takes UTF-8 for something else, and no cell of it
    /// can be taken for a formula (`features-and-rules.md`, 8.2). Our own reader takes both back out.
    package var excel: Bool

    /// Chooses the reader of the file.
    package init(excel: Bool = false) {
        self.excel = excel
    }

    /// The bytes with which a file begins, before its header.
    package var preamble: [UInt8] { excel ? [0xEF, 0xBB, 0xBF] : [] }

    /// The bytes of one row with its line end.
    package func row(_ cells: [String]) -> [UInt8] {
        var bytes: [UInt8] = []
        for (index, cell) in cells.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            // A row of one empty cell would be an empty line, which readers skip.
            append(excel ? FormulaGuard.added(to: cell) : cell, always: cells.count == 1 && cell.isEmpty, to: &bytes)
        }
        bytes.append(contentsOf: [UInt8(ascii: "\r"), UInt8(ascii: "\n")])
        return bytes
    }

    private func append(_ cell: String, always: Bool, to bytes: inout [UInt8]) {
        let quote = UInt8(ascii: "\"")
        guard always || cell.utf8.contains(where: Self.needsQuotes) else {
            bytes.append(contentsOf: cell.utf8)
            return
        }
        bytes.append(quote)
        for byte in cell.utf8 {
            if byte == quote { bytes.append(quote) }
            bytes.append(byte)
        }
        bytes.append(quote)
    }

    private static func needsQuotes(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n")
            || byte == UInt8(ascii: "\r")
    }
}

/// The apostrophe that keeps a spreadsheet program from calculating a cell (`features-and-rules.md`, 8.2).
enum FormulaGuard {
    private static let mark = UInt8(ascii: "'")

    /// The cell with a guard if it could be taken for a formula, else as it is.
    static func added(to cell: String) -> String {
        isFormula(cell.utf8.first) ? "'" + cell : cell
    }

    /// The cell without its guard, if it has one.
    static func removed(from cell: String) -> String {
        guard cell.utf8.first == mark, isFormula(cell.utf8.dropFirst().first) else { return cell }
        return String(cell.dropFirst())
    }

    private static func isFormula(_ byte: UInt8?) -> Bool {
        switch byte {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), UInt8(ascii: "\t"),
            UInt8(ascii: "\r"), 0:
            true
        default: false
        }
    }
}
