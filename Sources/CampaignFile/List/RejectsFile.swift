package import DialModel
package import Wording

/// The rows of a rejects file: those of the list with line, reason code and reason added.
///
/// It can be mended and imported as it is: `LeadListReader` takes the added columns off again.
package struct RejectsFile: Sendable {
    private let header: LeadListHeader
    private let writer: CSVWriter
    private let language: Language

    /// For the rows of a list with this header, whose reasons are given in a language.
    package init(_ header: LeadListHeader, writer: CSVWriter = CSVWriter(), in language: Language = .english) {
        self.header = header
        self.language = language
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
        return writer.row(cells + [String(rejected.line), rejected.reasonCode, rejected.reason.text(in: language)])
    }

    /// The bytes of a row whose number stands somewhere already.
    package func row(duplicate lead: ListedLead, in place: DuplicatePlace) -> [UInt8] {
        writer.row(lead.cells + [String(lead.line), "duplicate", language.say(place)])
    }
}

extension DuplicatePlace: PhraseTable {
    /// The `reason` in a rejects file.
    package var phrase: Phrase {
        switch self {
        case .list: Phrase("the list has this number already, further up", "名单前面已有此号码")
        case .campaign: Phrase("the campaign has this number already", "本活动已有此号码")
        case .elsewhere: Phrase("another campaign has this number already", "其他活动已有此号码")
        }
    }
}
