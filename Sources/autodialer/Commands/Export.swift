import ArgumentParser
import CampaignFile
import DialModel
import Glibc
import Ledger
import SQLiteLedger

/// Results out.
struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes a campaign's attempts or leads, or what an account's numbers did, as CSV.",
        discussion: """
            EXAMPLES
              autodialer export attempts campaigns/demo -o attempts.csv
              autodialer export leads campaigns/demo --reveal --excel -o leads.csv
              autodialer export attempts campaigns/demo --since-id 12000
              autodialer export caller-ids --account shanghai --days 7 -o numbers.csv

            UTF-8, CRLF, a header, columns that never change; times with offset and in UTC, durations in milliseconds. \
            Numbers are masked unless --reveal is given. --excel writes a byte order mark and keeps spreadsheets from \
            taking a cell for a formula. With -o the file appears only when it is whole.
            """,
        subcommands: [ExportAttempts.self, ExportLeads.self, ExportCallerIDs.self])
}

/// What both exports take.
struct ExportOptions: ParsableArguments {
    @OptionGroup var target: CampaignArgument
    @OptionGroup var database: DatabaseOptions

    @Option(name: [.short, .long], help: ArgumentHelp("The file to write (default: stdout).", valueName: "file"))
    var output: String?

    @Option(help: ArgumentHelp("Only rows with a greater id, to go on from an earlier export.", valueName: "id"))
    var sinceId: Int64?

    @Flag(help: "Write whole telephone numbers.")
    var reveal = false

    @Flag(help: "Write for Excel and other spreadsheets.")
    var excel = false

    /// Rows fetched at a time: memory does not grow with the campaign.
    static let pageSize = 2000

    /// Opens everything, lets `body` write rows, and puts the file in its place.
    func write(
        header: [String], _ body: (SQLiteLedger, CampaignID, String, CSVOutput) async throws -> Void
    ) async throws {
        let name = try CampaignFolder.open(target.campaign).campaign.name
        let ledger = try await database.openExisting()
        let id = try await ledger.existingCampaign(named: name)
        let csv = try CSVOutput(path: output, excel: excel)
        try csv.begin(header)
        try await body(ledger, id, name, csv)
        try csv.finish()
        await ledger.close()
    }
}

/// `export attempts`.
struct ExportAttempts: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attempts",
        abstract: "Writes every attempt: when, whom, with which number shown, and what came of it.")

    @OptionGroup var options: ExportOptions

    func run() async throws {
        try await reportingFailures {
            try await options.write(header: AttemptColumns.names) { ledger, id, name, csv in
                var last = options.sinceId.map { AttemptID($0) }
                while true {
                    let page = try await ledger.attempts(of: id, after: last, limit: ExportOptions.pageSize)
                    guard let end = page.last else { return }
                    for attempt in page {
                        try csv.row(AttemptColumns.cells(of: attempt, campaign: name, reveal: options.reveal))
                    }
                    last = end.id
                }
            }
        }
    }
}

/// `export leads`.
struct ExportLeads: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "leads", abstract: "Writes every lead with its state and last outcome.")

    @OptionGroup var options: ExportOptions

    func run() async throws {
        try await reportingFailures {
            try await options.write(header: LeadColumns.names) { ledger, id, name, csv in
                var last = options.sinceId.map { LeadID($0) }
                while true {
                    let page = try await ledger.leads(of: id, after: last, limit: ExportOptions.pageSize)
                    guard let end = page.last else { return }
                    for lead in page {
                        try csv.row(LeadColumns.cells(of: lead, campaign: name, reveal: options.reveal))
                    }
                    last = end.id
                }
            }
        }
    }
}

/// CSV on its way to a file or to stdout.
final class CSVOutput {
    private let writer: CSVWriter
    private let file: AtomicFile?

    init(path: String?, excel: Bool) throws(Failure) {
        writer = CSVWriter(excel: excel)
        file = if let path { try AtomicFile(path) } else { nil }
    }

    /// Writes what comes before the rows.
    func begin(_ header: [String]) throws(Failure) {
        try put(writer.preamble)
        try put(writer.row(header))
    }

    /// Writes a row.
    func row(_ cells: [String]) throws(Failure) { try put(writer.row(cells)) }

    /// Makes the file appear.
    func finish() throws(Failure) { try file?.commit() }

    private func put(_ bytes: [UInt8]) throws(Failure) {
        if let file {
            try file.write(bytes)
        } else {
            Console.write(String(decoding: bytes, as: UTF8.self), to: STDOUT_FILENO)
        }
    }
}
