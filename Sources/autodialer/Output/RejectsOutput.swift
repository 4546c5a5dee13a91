import CampaignFile
import DialModel
import Wording

/// The rejects file of an import: made only if a row is rejected, and only whole.
final class RejectsOutput {
    /// How many rows for each reason, most frequent first.
    var counts: [(reason: String, count: Int)] {
        tally.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
    }

    /// The file's name once it is in its place.
    private(set) var finishedPath: String?
    private let path: String?
    private let language: Language
    private var file: AtomicFile?
    private var tally: [String: Int] = [:]

    /// The file `list.rejects.csv` beside `list.csv`; rows are only counted where there is to be none.
    init(beside list: String?, in language: Language) {
        self.language = language
        path = list.map { ($0.hasSuffix(".csv") ? String($0.dropLast(4)) : $0) + ".rejects.csv" }
    }

    /// Adds a row that was turned away.
    func add(_ row: RejectedRow, of header: LeadListHeader) throws(Failure) {
        try add(row.reason.text(in: language), of: header) { $0.row(row) }
    }

    /// Adds a row whose number stands somewhere already.
    func add(duplicate lead: ListedLead, in place: DuplicatePlace, of header: LeadListHeader) throws(Failure) {
        try add(language.say(place), of: header) { $0.row(duplicate: lead, in: place) }
    }

    /// Puts the file in its place, if any row was rejected.
    func finish() throws(Failure) {
        guard let file else { return }
        try file.commit()
        finishedPath = path
    }

    /// Leaves nothing behind.
    func discard() { file?.discard() }

    private func add(
        _ reason: String, of header: LeadListHeader, _ bytes: (RejectsFile) -> [UInt8]
    ) throws(Failure) {
        tally[reason, default: 0] += 1
        guard let path else { return }
        let rows = RejectsFile(header, writer: CSVWriter(excel: true), in: language)
        if file == nil {
            file = try AtomicFile(path)
            try file?.write(rows.head)
        }
        try file?.write(bytes(rows))
    }
}
