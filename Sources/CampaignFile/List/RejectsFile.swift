/// The rows of a rejects file: those of the list with line, reason code and reason added.
///
/// It can be mended and imported as it is: `LeadListReader` takes the added columns off again.
package struct RejectsFile: Hashable, Sendable {
    private let header: LeadListHeader
    private let writer: CSVWriter

    /// For the rows of a list with this header.
    package init(_ header: LeadListHeader, writer: CSVWriter = CSVWriter()) {
        self.header = header
        self.writer = writer
    }

    /// The bytes before the first row.
    package var head: [UInt8] {
        writer.preamble + writer.row(header.columns + LeadListHeader.rejectColumns)
    }

    /// The bytes of a row that was turned away.
    ///
    /// Cells beyond the header's are kept together in the last column, so that nothing of the row is lost.
    package func row(_ rejected: RejectedRow) -> [UInt8] {
        let width = header.columns.count
        var cells = Array(rejected.cells.prefix(width))
        cells += Array(repeating: "", count: max(0, width - cells.count))
        let surplus = rejected.cells.dropFirst(width)
        if let last = cells.indices.last, !surplus.isEmpty {
            cells[last] = ([cells[last]] + surplus).joined(separator: ",")
        }
        return writer.row(cells + [String(rejected.line), rejected.reasonCode, rejected.reason])
    }

    /// The bytes of a row whose number the campaign has already; its cells are put together again.
    package func row(duplicate lead: ListedLead) -> [UInt8] {
        var others = lead.fields.makeIterator()
        let cells = header.columns.indices.map { column in
            switch column {
            case header.phone: lead.originalNumber
            case header.name: lead.name ?? ""
            default: others.next()?.value ?? ""
            }
        }
        return writer.row(cells + [String(lead.line), "duplicate", "the campaign has this number already"])
    }
}
