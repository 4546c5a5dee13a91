import ArgumentParser
import CampaignFile
import Compliance
import DialModel
import Ledger
import Regions
import SQLiteLedger
import StoredLedger
import Wording

/// `export abandonment`.
struct ExportAbandonment: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "abandonment",
        abstract: "Writes the evidence of abandoned calls: how many, of how many, and which.",
        discussion: """
            EXAMPLES
              autodialer export abandonment campaigns/demo -o evidence.csv
              autodialer export abandonment campaigns/demo --rules us
              autodialer export abandonment campaigns/demo --rules uk

            A row for each window of the rules: successive 30 days from the campaign's first call for us, calendar days for \
            uk. Calls that a machine took count in neither figure; a person counts as abandoned when no agent was there \
            within the rules' time of the answer, whatever message was played. The rate is exact, a fraction, and is \
            compared with the limit as it is, not rounded.
            """)

    @OptionGroup var options: ExportOptions

    @Option(help: ArgumentHelp("Measure by these rules: us or uk (default: the campaign's own).", valueName: "name"))
    var rules: String?

    func run() async throws {
        try await reportingFailures {
            try await options.open { ledger, id, folder in
                let (name, rule) = try measure(folder)
                let output = try await ExportOutput(
                    ExportedTable("abandonment", of: id),
                    AbandonmentColumns(campaign: folder.campaign.name, rules: name, rule: rule).all, options.format,
                    in: ledger)
                if let firstCall = try await ledger.firstAttempt(of: id) {
                    var measure = EvidenceMeasure(
                        rule: rule, firstCall: firstCall, regions: try folder.regionFinder(), clocks: ZoneClocks())
                    try await ledger.eachAttempt(of: id) { attempt in
                        measure.add(attempt)
                        return true
                    }
                    for window in measure.windows { try output.write(window) }
                }
                try await output.finish()
            }
        }
    }

    /// The rule to measure by, and whose it is.
    private func measure(_ folder: CampaignFolder) throws(Failure) -> (String, AbandonmentRule) {
        let profile: RuleProfile
        if let rules {
            guard let named = RuleProfiles.profile(named: rules) else {
                throw Failure(
                    .usage,
                    saying: [RefusalPhrase.noRules.filled(rules, RuleProfiles.names.joined(separator: ", "))])
            }
            profile = named
        } else {
            profile = try folder.ruleSet(for: folder.accounts(lookingUpSecrets: false)).profile
        }
        guard let rule = profile.abandonment else {
            throw Failure(.badInput, saying: [RefusalPhrase.rulesWithoutLimit.filled(profile.name)])
        }
        return (profile.name, rule)
    }
}
