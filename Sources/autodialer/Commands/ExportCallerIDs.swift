import ArgumentParser
import DialModel
import Ledger
import SQLiteLedger
import StoredLedger
import Telephony

/// `export caller-ids`.
struct ExportCallerIDs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "caller-ids",
        abstract: "Writes what each of an account's numbers did on each day, by all its campaigns.",
        discussion: """
            EXAMPLES
              autodialer export caller-ids --account shanghai -o numbers.csv
              autodialer export caller-ids --campaign campaigns/demo --days 7

            One row for each number and day in Shanghai on which it was dialled with, also of numbers that are listed no \
            longer. Dials do not count what the vendor declined; mismatches are attempts in which the vendor says that \
            it showed another number than was chosen.
            """)

    @OptionGroup var target: AccountOptions
    @OptionGroup var database: DatabaseOptions

    @Option(help: ArgumentHelp("How many days, today included.", valueName: "n"))
    var days = 30

    @OptionGroup var format: ExportFormat

    func validate() throws {
        guard (1...3_660).contains(days) else { throw ValidationError(.range, "--days", 1, 3_660) }
    }

    func run() async throws {
        try await reportingFailures {
            let account = try target.name()
            let ledger = try await database.openExistingToRecord()
            let today = ShanghaiDay(containing: SystemClock().now)
            let first = ShanghaiDay(containing: today.start - .seconds(86_400 * (days - 1)))
            // A rehearsal at speed leaves days that are still to come.
            let last = ShanghaiDay(containing: today.start + .seconds(86_400 * 3_660))
            let rows = try await ledger.callerIDDays(of: account, days: first...last)
            // Nothing known of an account is more likely a slip than a quiet month.
            if rows.isEmpty { _ = try await ledger.existingCallerIDs(of: account) }
            let output = try await ExportOutput(
                ExportedTable("caller-ids", ofAccount: account), CallerIDDayColumns(account: account).all, format,
                in: ledger)
            for row in rows { try output.write(row) }
            try await output.finish()
            await ledger.close()
        }
    }
}
