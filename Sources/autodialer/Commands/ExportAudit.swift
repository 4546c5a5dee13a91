import ArgumentParser
import DialModel
import Ledger
import SQLiteLedger
import StoredLedger

/// `export audit`.
struct ExportAudit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Writes the audit log of a campaign: who did what when.",
        discussion: """
            EXAMPLES
              autodialer export audit campaigns/demo -o audit.csv
              autodialer export audit campaigns/demo --since-id 12000 --json

            The entries about the campaign, and those about none in particular: do-not-call lists of all campaigns, numbers \
            to show, people who were forgotten. No entry holds a telephone number. Whether the log is whole is said by \
            audit verify, which needs the database.
            """)

    @OptionGroup var options: ExportOptions

    @Option(help: ArgumentHelp("Only entries after this one.", valueName: "id"))
    var sinceId: Int64?

    func run() async throws {
        try await reportingFailures {
            try await options.open { ledger, id, _ in
                let output = try await ExportOutput(
                    ExportedTable("audit", of: id), AuditColumns.all, options.format, in: ledger)
                try await output.writePages(after: sinceId, by: \.id) { last in
                    try await ledger.auditRecords(of: id, after: last, limit: ExportOptions.pageSize)
                }
                try await output.finish()
            }
        }
    }
}
