package import DialModel
package import Wording

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
    private let campaign: String?
    private let readNumber: (String) -> NumberReading
    private var decoder: TextDecoder
    private var csv: CSVReader?
    /// The decoded start of the file, kept until the header line is whole.
    private var start: [UInt8] = []

    /// Starts at the first byte of a file that is named `file` in findings; `readNumber` judges the cells.
    ///
    /// Leads of an export come back as they were into the campaign of that name, and into any other as new ones.
    package init(
        _ settings: LeadListSettings, encoding: TextEncoding, file: String, campaign: String? = nil,
        readNumber: @escaping (String) -> NumberReading
    ) {
        self.settings = settings
        self.campaign = campaign
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
                ListPhrase.empty.phrase, file: file, hint: FixPhrase.headerAndLeads.phrase)
        }
        return rows
    }

    /// Whether the finished list held nothing but a header, as a finding for the operator.
    package var warning: Diagnostic? {
        guard header != nil, counts.leads == 0, counts.rejects == 0 else { return nil }
        return Diagnostic(.warning, ListPhrase.noLeads.phrase, file: file)
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
            guard let names = settings.header,
                let given = try LeadListHeader.given(names, before: row, settings: settings, file: file)
            else {
                header = try LeadListHeader.read(row, settings: settings, file: file)
                return
            }
            header = given
            return take(row, given, into: &listed)
        }
        take(row, header, into: &listed)
    }

    private func take(_ row: CSVRow, _ header: LeadListHeader, into listed: inout [ListedRow]) {
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
                    reason: Phrase(
                        "the row has \(row.cells.count) cells and the header \(header.cellLimit)",
                        "该行有 \(row.cells.count) 个单元格，表头只有 \(header.cellLimit) 个"),
                    cells: Array(own)))
        }
        // Cells missing at the end are empty.
        let missing = max(0, width - row.cells.count)
        let cells =
            row.cells.count == width ? row.cells : row.cells.prefix(width) + Array(repeating: "", count: missing)
        let original = CellText.clean(cells[header.phone])
        switch number(original, cells, header) {
        case .rejected(let rejection):
            return .reject(
                RejectedRow(
                    line: row.line, reasonCode: rejection.rawValue, reason: rejection.phrase, cells: cells))
        case .number(let number):
            let name = header.name.map { CellText.header(cells[$0]) }
            let fields = header.fields.map { LeadField(name: $0.name, value: CellText.clean(cells[$0.column])) }
            var lead = ListedLead(
                line: row.line, number: number, originalNumber: original, name: name == "" ? nil : name,
                fields: fields, cells: cells)
            do {
                let treatment = try ListedTreatment(cells, header)
                (lead.priority, lead.expires) = (treatment.priority, treatment.expires)
            } catch {
                return .reject(
                    RejectedRow(line: row.line, reasonCode: error.code, reason: error.reason, cells: cells))
            }
            lead.alternates = alternates(cells, header, besides: number)
            return header.isExport ? restored(lead) : .lead(lead)
        }
    }

    /// The further numbers of a row that can be dialled.
    private func alternates(
        _ cells: [String], _ header: LeadListHeader, besides number: PhoneNumber
    ) -> [AlternateNumber] {
        var alternates: [AlternateNumber] = []
        for column in header.alternates where !CellText.isBlank(cells[column]) {
            let original = CellText.clean(cells[column])
            guard case .number(let other) = readNumber(original) else {
                counts.unusableAlternates += 1
                continue
            }
            guard other != number, !alternates.contains(where: { $0.number == other }) else { continue }
            alternates.append(AlternateNumber(number: other, original: original))
        }
        return alternates
    }

    /// The number of a row.
    ///
    /// A few landlines are numbers by their area code alone, and are none any more in normal form; in an export the number
    /// as it was listed vouches for them.
    private func number(_ cell: String, _ cells: [String], _ header: LeadListHeader) -> NumberReading {
        let reading = readNumber(cell)
        guard header.isExport, case .rejected = reading else { return reading }
        let listed = readNumber(CellText.clean(cells[LeadColumn.phoneAsListed.position]))
        if case .number(let number) = listed, number.e164 == cell { return listed }
        return reading
    }

    /// A lead of an export, with what had become of it unless that was in another campaign.
    private func restored(_ lead: ListedLead) -> ListedRow {
        var lead = lead
        let row = ExportedRow(cells: lead.cells[...])
        let original = CellText.clean(lead.cells[LeadColumn.phoneAsListed.position])
        if !original.isEmpty { lead.originalNumber = original }
        guard row[.campaign] == campaign else {
            counts.foreign += 1
            return .lead(lead)
        }
        do {
            lead.standing = try row.standing()
            lead.firstLine = row.line
            counts.restored += 1
            return .lead(lead)
        } catch {
            return .reject(
                RejectedRow(line: lead.line, reasonCode: error.code, reason: error.reason, cells: lead.cells))
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
