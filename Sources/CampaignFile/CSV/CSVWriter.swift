/// Writes CSV in UTF-8 (RFC 4180: commas, CRLF, quotes where they are needed).
package struct CSVWriter: Hashable, Sendable {
    /// Whether the file is for a spreadsheet program rather than for another program.
    ///
    /// Such a file begins with a byte order mark, without which Excel takes UTF-8 for something else, and no text of it
    /// can be taken for a formula, a number or a date (`features-and-rules.md`, 8.2). Our own reader takes both back out.
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
            append(cell, to: &bytes)
        }
        // A row of one empty cell would be an empty line, which readers skip.
        if cells == [""] { bytes.append(contentsOf: [UInt8(ascii: "\""), UInt8(ascii: "\"")]) }
        bytes.append(contentsOf: [UInt8(ascii: "\r"), UInt8(ascii: "\n")])
        return bytes
    }

    /// Appends a cell with text in it, which a spreadsheet is not to take for anything else.
    package func append(_ text: String, to bytes: inout [UInt8]) {
        var text = text
        text.withUTF8 { utf8 in
            if excel, SpreadsheetGuard.isNeeded(by: utf8) {
                append(guarded: utf8, to: &bytes)
            } else if utf8.contains(where: Self.needsQuotes) {
                append(quoted: utf8, after: [], to: &bytes)
            } else {
                bytes.append(contentsOf: utf8)
            }
        }
    }

    private func append(guarded utf8: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
        if utf8.contains(where: Self.needsQuotes) {
            append(quoted: utf8, after: [SpreadsheetGuard.mark], to: &bytes)
        } else {
            bytes.append(SpreadsheetGuard.mark)
            bytes.append(contentsOf: utf8)
        }
    }

    private func append(quoted utf8: UnsafeBufferPointer<UInt8>, after start: [UInt8], to bytes: inout [UInt8]) {
        let quote = UInt8(ascii: "\"")
        bytes.append(quote)
        bytes.append(contentsOf: start)
        for byte in utf8 {
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
