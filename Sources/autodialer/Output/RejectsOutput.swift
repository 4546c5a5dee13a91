import CampaignFile

/// The rejects file of an import: made only if a row is rejected, and only whole.
final class RejectsOutput {
    /// How many rows for each reason, most frequent first.
    var counts: [(reason: String, count: Int)] {
        tally.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
    }

    /// The file's name once it is in its place.
    private(set) var finishedPath: String?
    private let path: String
    private var file: AtomicFile?
    private var tally: [String: Int] = [:]

    /// The file `list.rejects.csv` beside `list.csv`.
    init(beside list: String) {
        let stem = list.hasSuffix(".csv") ? String(list.dropLast(4)) : list
        path = stem + ".rejects.csv"
    }

    /// Adds a row that was turned away.
    func add(_ row: RejectedRow, of header: LeadListHeader) throws(Failure) {
        let rows = RejectsFile(header, writer: CSVWriter(excel: true))
        tally[row.reason, default: 0] += 1
        try open(rows).write(rows.row(row))
    }

    /// Adds a row whose number the campaign has already.
    func add(duplicate lead: ListedLead, of header: LeadListHeader) throws(Failure) {
        let rows = RejectsFile(header, writer: CSVWriter(excel: true))
        tally["the campaign has this number already", default: 0] += 1
        try open(rows).write(rows.row(duplicate: lead))
    }

    /// Puts the file in its place, if any row was rejected.
    func finish() throws(Failure) {
        guard let file else { return }
        try file.commit()
        finishedPath = path
    }

    /// Leaves nothing behind.
    func discard() { file?.discard() }

    private func open(_ rows: RejectsFile) throws(Failure) -> AtomicFile {
        if let file { return file }
        let file = try AtomicFile(path)
        try file.write(rows.head)
        self.file = file
        return file
    }
}
