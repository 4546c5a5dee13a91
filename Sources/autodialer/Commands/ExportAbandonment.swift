import ArgumentParser
import CampaignFile
import Compliance
import DialModel
import Ledger
import Regions
import SQLiteLedger

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
                let regions = try folder.regionFinder()
                let clocks = ZoneClocks()
                let shared = rule.zone.flatMap { clocks.rules(of: $0) }
                var evidence: AbandonmentEvidence?
                try await ledger.eachAttempt(of: id) { attempt in
                    if evidence == nil {
                        evidence = AbandonmentEvidence(rule: rule, firstCall: attempt.claimedAt, clocks: shared)
                    }
                    guard let call = AnsweredCall(attempt) else { return true }
                    let own = regions.place(of: attempt.number).zones.first.flatMap { clocks.rules(of: $0) }
                    evidence?.add(attempt.id, call, calleeClocks: own)
                    return true
                }
                for window in evidence?.windows ?? [] { try output.write(window) }
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
                    "error: --rules: there are no rules \"\(rules)\" (use one of: \(RuleProfiles.names.joined(separator: ", ")))"
                )
            }
            profile = named
        } else {
            profile = try folder.ruleSet(for: folder.accounts()).profile
        }
        guard let rule = profile.abandonment else {
            throw Failure(
                .badInput,
                "error: the rules \"\(profile.name)\" set no limit for abandoned calls (measure by others: --rules us)")
        }
        return (profile.name, rule)
    }
}

extension AnsweredCall {
    /// The call of an attempt, if somebody or something answered.
    init?(_ attempt: AttemptRecord) {
        let isMachine = attempt.outcome == .machine
        guard let answeredAt = attempt.answeredAt ?? attempt.connectedAt ?? Self.end(of: attempt) else { return nil }
        self.init(
            greetedAt: answeredAt, connectedAt: attempt.connectedAt, cpa: isMachine ? .machine : attempt.cpa)
    }

    /// When a call ended that was answered at an unknown time.
    private static func end(of attempt: AttemptRecord) -> Timestamp? {
        attempt.outcome?.wasAnswered == true ? attempt.endedAt : nil
    }
}
