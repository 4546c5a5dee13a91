import ArgumentParser
import CampaignFile
import DialModel
import Ledger
import SQLiteLedger
import Telephony

/// Figures now.
struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows where a campaign stands: leads, attempts, outcomes.",
        discussion: """
            EXAMPLES
              autodialer status campaigns/demo
              autodialer status campaigns/demo --json
            """)

    @OptionGroup var target: CampaignArgument
    @OptionGroup var database: DatabaseOptions

    @Flag(help: "Print one JSON object; its keys are listed in the guide and do not change.")
    var json = false

    @OptionGroup var wording: LanguageOption

    func run() async throws {
        try await reportingFailures(in: wording.language) {
            let campaign = try CampaignFolder.open(target.campaign).campaign
            let name = campaign.name
            let ledger = try await database.openExisting()
            let id = try await ledger.existingCampaign(named: name)
            let now = SystemClock().now
            let figures = try await ledger.figures(of: id, at: now)
            let imports = try await ledger.imports(of: id)
            let accounts = try await ledger.accountFigures(of: id)
            await ledger.close()
            if json {
                Console.out(
                    StatusJSON.text(campaign: name, figures: figures, accounts: accounts, imports: imports, at: now))
            } else {
                let isOne = accounts.count <= 1 && campaign.routing.accounts.count == 1
                let rows = accounts.map { Summary.AccountRow(name: $0.account, carried: $0.attempts) }
                Console.out(
                    Summary(campaign: name, figures: figures, ending: nil, accounts: isOne ? [] : rows)
                        .text(in: wording.language))
            }
        }
    }
}

extension Ledger {
    /// A campaign that must be there.
    func existingCampaign(named name: String) async throws -> CampaignID {
        guard let id = try await campaign(named: name) else {
            throw Failure(.noInput, saying: [(.noCampaign, [name])])
        }
        return id
    }
}
