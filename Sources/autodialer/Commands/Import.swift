import ArgumentParser
import CampaignFile
import Ledger
import SQLiteLedger
import Telephony

/// Loads leads.
struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Loads lists of leads into a campaign; loading the same list again changes nothing.",
        discussion: """
            EXAMPLES
              autodialer import campaigns/demo                     the campaign's own list
              autodialer import campaigns/demo more.csv late.csv   further lists

            CSV in UTF-8, UTF-16 or GB18030/GBK, as spreadsheets write it; the first line is the header. A row whose number \
            cannot be dialled, or is in the campaign already, goes to LIST.rejects.csv with its line and the reason. A list \
            is loaded as a whole or not at all.
            """)

    @OptionGroup var target: CampaignArgument

    @Argument(help: ArgumentHelp("Lists to load (default: the campaign's own).", valueName: "file"))
    var files: [String] = []

    @OptionGroup var database: DatabaseOptions

    @Flag(help: "Exit with 65 if any row was rejected.")
    var strict = false

    @Flag(name: .shortAndLong, help: "Print nothing but errors.")
    var quiet = false

    func run() async throws {
        try await reportingFailures {
            let folder = try CampaignFolder.open(target.campaign)
            let ledger = try await database.openOrCreate()
            let now = SystemClock().now
            let campaign = try await ledger.openCampaign(named: folder.campaign.name, at: now)
            let importing = ListImport(folder: folder, isQuiet: quiet)
            var rejected = 0
            for file in files.isEmpty ? [folder.listPath] : files {
                rejected += try await importing.importList(file, into: campaign, of: ledger, at: now).rejected
            }
            await ledger.close()
            if strict, rejected > 0 { throw ExitCode(Failure.Code.badInput.rawValue) }
        }
    }
}
