package import DialModel

/// Reads a list of leads as its bytes arrive, in constant memory.
///
/// The file is read twice: first by an `EncodingSurvey`, then here. Not for use from several threads at once.
package final class LeadListReader {
    /// The longest header line; a file without line ends is not a list.
    private static let headerLimit = 1 << 16

    /// How the file was decoded.
    package let encoding: TextEncoding
    /// The columns, once the header has been read.
    package private(set) var header: LeadListHeader?
    /// What stands between the cells, once the header has been seen.
    package private(set) var separator: CSVSeparator?
    /// The rows so far.
    package private(set) var counts = ListCounts()

    private let settings: LeadListSettings
    private let file: String
    private let readNumber: (String) -> NumberReading
    private var decoder: TextDecoder
    private var csv: CSVReader?
    /// The decoded start of the file, kept until the header line is whole.
    private var start: [UInt8] = []

    /// Starts at the first byte of a file that is named `file` in findings; `readNumber` judges the cells.
    package init(
        _ settings: LeadListSettings, encoding: TextEncoding, file: String,
        readNumber: @escaping (String) -> NumberReading
    ) {
        self.settings = settings
        self.encoding = encoding
        self.file = file
        self.readNumber = readNumber
        decoder = TextDecoder(encoding)
    }

    /// Takes the file's next bytes and returns the rows that they complete; throws what makes the list unusable.
    package func push(_ bytes: [UInt8]) throws(ListDefect) -> [ListedRow] {
        let text: [UInt8]
        do {
            text = try decoder.push(bytes)
        } catch {
            throw ListDefect(error, file: file, isForced: settings.encoding != nil)
        }
        return try take(text)
    }

    /// Ends the file and returns its last rows; throws what makes the list unusable.
    package func finish() throws(ListDefect) -> [ListedRow] {
        let text: [UInt8]
        do {
            text = try decoder.finish()
        } catch {
            throw ListDefect(error, file: file, isForced: settings.encoding != nil)
        }
        var rows = try take(text)
        if csv == nil { rows += try begin() }
        let last: CSVRow?
        do {
            last = try csv?.finish()
        } catch {
            throw ListDefect(error, file: file)
        }
        if let last { try read(last, into: &rows) }
        guard header != nil else {
            throw ListDefect(
                "the list is empty", file: file, hint: "the first line must be a header, the others the leads")
        }
        return rows
    }

    /// Whether the finished list held nothing but a header, as a finding for the operator.
    package var warning: Diagnostic? {
        guard header != nil, counts.leads == 0, counts.rejects == 0 else { return nil }
        return Diagnostic(.warning, "the list has a header and no leads", file: file)
    }

    /// Takes decoded text; the first of it is kept until the header line shows the separator.
    private func take(_ text: [UInt8]) throws(ListDefect) -> [ListedRow] {
        guard csv == nil else { return try split(text) }
        start += text
        return HeaderLine.isWhole(start) || start.count > Self.headerLimit ? try begin() : []
    }

    private func begin() throws(ListDefect) -> [ListedRow] {
        let separator = settings.separator ?? CSVSeparator.detect(inHeader: HeaderLine.of(start))
        self.separator = separator
        csv = CSVReader(separator: separator)
        defer { start = [] }
        return try split(start)
    }

    private func split(_ text: [UInt8]) throws(ListDefect) -> [ListedRow] {
        let rows: [CSVRow]
        do {
            rows = try csv?.push(text) ?? []
        } catch {
            throw ListDefect(error, file: file)
        }
        var listed: [ListedRow] = []
        listed.reserveCapacity(rows.count)
        for row in rows { try read(row, into: &listed) }
        return listed
    }

    private func read(_ row: CSVRow, into listed: inout [ListedRow]) throws(ListDefect) {
        if row.cells.allSatisfy(CellText.isBlank) {
            if header != nil { counts.emptyRows += 1 }
            return
        }
        guard let header else {
            header = try LeadListHeader.read(row, settings: settings, file: file)
            return
        }
        let read = self.read(row, header)
        switch read {
        case .lead: counts.leads += 1
        case .reject: counts.rejects += 1
        }
        listed.append(read)
    }

    private func read(_ row: CSVRow, _ header: LeadListHeader) -> ListedRow {
        // A rejects file's own columns are left behind.
        let width = header.columns.count
        guard row.cells.count <= header.cellLimit else {
            let own = row.cells.prefix(width) + row.cells.dropFirst(header.cellLimit)
            return .reject(
                RejectedRow(
                    line: row.line, reasonCode: RejectedRow.tooManyCells,
                    reason: "the row has \(row.cells.count) cells and the header \(header.cellLimit)",
                    cells: Array(own)))
        }
        // Cells missing at the end are empty.
        let cells = row.cells.prefix(width) + Array(repeating: "", count: max(0, width - row.cells.count))
        let original = CellText.clean(cells[header.phone])
        switch readNumber(original) {
        case .rejected(let rejection):
            return .reject(
                RejectedRow(
                    line: row.line, reasonCode: rejection.rawValue, reason: rejection.reason, cells: Array(cells)))
        case .number(let number):
            let name = header.name.map { CellText.header(cells[$0]) }
            let others = cells.indices.filter { $0 != header.phone && $0 != header.name }
            let fields = others.map { ListedField(name: header.columns[$0], value: CellText.clean(cells[$0])) }
            return .lead(
                ListedLead(
                    line: row.line, number: number, originalNumber: original, name: name == "" ? nil : name,
                    fields: fields))
        }
    }
}

/// The first line of a list, found before its cells can be told apart.
enum HeaderLine {
    /// The line with the first contents, a line end within quotes included.
    static func of(_ text: [UInt8]) -> ArraySlice<UInt8> {
        let line = text.drop(while: isLineEnd)
        return line[..<(end(of: line) ?? line.endIndex)]
    }

    /// Whether the line with the first contents has ended.
    static func isWhole(_ text: [UInt8]) -> Bool {
        end(of: text.drop(while: isLineEnd)) != nil
    }

    private static func end(of line: ArraySlice<UInt8>) -> Int? {
        var isQuoted = false
        return line.firstIndex { byte in
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            return !isQuoted && isLineEnd(byte)
        }
    }

    private static func isLineEnd(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
    }
}
