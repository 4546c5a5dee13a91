import ArgumentParser
import CampaignFile
import DialModel
import Glibc
import Ledger
import Telephony
import Wording

/// In which form a table leaves the program.
struct ExportFormat: ParsableArguments {
    @Option(
        name: [.short, .long], help: ArgumentHelp("The file to write (default: stdout).", valueName: "file"),
        completion: .file())
    var output: String?

    @Flag(help: "Write for Excel and other spreadsheets.")
    var excel = false

    @Flag(help: "Write JSON lines instead of CSV, with the English headers as keys.")
    var json = false

    @OptionGroup var wording: LanguageOption

    func validate() throws {
        guard !json || !excel else { throw ValidationError(.onlyOne, "--json", "--excel") }
    }
}

/// Which table an export is, for the audit log.
struct ExportedTable {
    /// The campaign whose table it is; nil for one of an account.
    let campaign: CampaignID?
    /// What the log is told of it.
    let facts: AuditFacts

    /// A table of a campaign.
    init(_ name: String, of campaign: CampaignID, isRevealed: Bool = false) {
        self.campaign = campaign
        var facts = AuditFacts()
        facts.add("table", word: name)
        facts.add("revealed", isSo: isRevealed)
        self.facts = facts
    }

    /// A table of an account.
    init(_ name: String, ofAccount account: String) {
        campaign = nil
        var facts = AuditFacts()
        facts.add("table", word: name)
        facts.add("account", text: account)
        self.facts = facts
    }
}

/// A table on its way to a file or to stdout, a row at a time.
final class ExportOutput<Record> {
    /// What is gathered before it is written.
    private static var chunkSize: Int { 1 << 16 }

    private let table: ExportedTable
    private let ledger: any AuditLedger
    private let columns: [ExportColumn<Record>]
    private let isJSON: Bool
    private let csv: CSVWriter
    private let keys: [[UInt8]]
    private let file: AtomicFile?
    /// The file's path as the user gave it; nil for stdout.
    private let path: String?
    private var bytes: [UInt8] = []
    private var count = 0
    private var clock = LocalClock()

    /// Opens the file, keeps in the audit log that the table is written, and then begins it with a header where the format
    /// has one: no byte leaves that the log does not tell of.
    init(
        _ table: ExportedTable, _ columns: [ExportColumn<Record>], _ format: ExportFormat, in ledger: any AuditLedger
    ) async throws {
        self.table = table
        self.ledger = ledger
        isJSON = format.json
        let isJSON = isJSON
        self.columns = columns.filter { $0.appearance != (isJSON ? .onlyCSV : .onlyJSON) }
        keys = self.columns.enumerated().map { index, column in
            Array(((index == 0 ? "{" : ",") + JSONText.string(column.name).text + ":").utf8)
        }
        path = format.output
        csv = CSVWriter(excel: format.excel)
        file = if let path = format.output { try AtomicFile(path) } else { nil }
        var facts = table.facts
        facts.add("file", file: path)
        try await ledger.record(.exported, facts, of: table.campaign, by: nil, at: SystemClock().now)
        guard !isJSON else { return }
        let language = format.wording.language
        bytes = csv.preamble + csv.row(self.columns.map { $0.header.text(in: language) })
    }

    /// Writes a row.
    func write(_ record: Record) throws(Failure) {
        count += 1
        if isJSON { appendObject(record) } else { appendRow(record) }
        if bytes.count >= Self.chunkSize { try flush() }
    }

    /// Writes the rows after a place, a page at a time: each is asked for after the last row of the one before.
    func writePages<Place>(
        after first: Place?, by place: (Record) -> Place, _ page: (Place?) async throws -> [Record]
    ) async throws {
        var last = first
        while case let rows = try await page(last), let end = rows.last {
            for row in rows { try write(row) }
            last = place(end)
        }
    }

    /// Keeps in the audit log how many rows were written, and then makes the file appear.
    func finish() async throws {
        try flush()
        var facts = table.facts
        facts.add("rows", count)
        facts.add("file", file: path)
        try await ledger.record(.exportFinished, facts, of: table.campaign, by: nil, at: SystemClock().now)
        try file?.commit()
    }

    private func flush() throws(Failure) {
        if let file { try file.write(bytes) } else { try Console.data(bytes) }
        bytes.removeAll(keepingCapacity: true)
    }

    private func appendRow(_ record: Record) {
        for index in columns.indices {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            switch columns[index].value(record) {
            case .none, .object: break
            case .text(let text): csv.append(text, to: &bytes)
            case .integer(let value): append(value)
            case .flag(let isSo): bytes.append(contentsOf: (isSo ? "true" : "false").utf8)
            case .local(let instant): instant.appendISO8601(offset: clock.offset(at: instant), to: &bytes)
            case .utc(let instant): instant.appendISO8601(to: &bytes)
            }
        }
        bytes.append(UInt8(ascii: "\r"))
        bytes.append(UInt8(ascii: "\n"))
    }

    private func appendObject(_ record: Record) {
        for index in columns.indices {
            bytes.append(contentsOf: keys[index])
            switch columns[index].value(record) {
            case .none: bytes.append(contentsOf: "null".utf8)
            case .text(let text): bytes.append(contentsOf: JSONText.string(text).text.utf8)
            case .integer(let value): append(value)
            case .flag(let isSo): bytes.append(contentsOf: (isSo ? "true" : "false").utf8)
            case .local(let instant): quote { instant.appendISO8601(offset: clock.offset(at: instant), to: &$0) }
            case .utc(let instant): quote { instant.appendISO8601(to: &$0) }
            case .object(let texts):
                bytes.append(contentsOf: JSONText.object(texts.map { ($0.name, .string($0.text)) }).utf8)
            }
        }
        bytes.append(UInt8(ascii: "}"))
        bytes.append(UInt8(ascii: "\n"))
    }

    private func quote(_ append: (inout [UInt8]) -> Void) {
        bytes.append(UInt8(ascii: "\""))
        append(&bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    private func append(_ value: Int64) {
        guard value >= 0, value < 10 else { return bytes.append(contentsOf: String(value).utf8) }
        bytes.append(UInt8(ascii: "0") + UInt8(value))
    }
}
