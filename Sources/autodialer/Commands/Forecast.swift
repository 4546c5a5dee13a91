import ArgumentParser
import CampaignFile
import DialModel
import Forecast
import Glibc
import SQLiteLedger
import StoredLedger
import Telephony
import Wording

/// A campaign in virtual time, before it is run.
struct ForecastCampaign: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forecast",
        abstract: "Rehearses a whole campaign in virtual time, and says what it would come to; writes nothing.",
        discussion: """
            EXAMPLES
              autodialer forecast campaigns/demo
              autodialer forecast campaigns/demo --agents 20 --at 09:00
              autodialer forecast campaigns/demo --what-if mode=predictive

            The engine, the rules and the choice of numbers are those of a run; callees and agents are made up, by what the \
            campaign's own attempts tell of them, or by defaults where these are too few: the last lines say which. Each \
            figure is the median of the runs, and in brackets what a run is expected between, 19 times of 20. The same seed over the same \
            database gives the same bytes. The list has to be imported.

            A what-if is a list of agents=10, lines=30, mode=progressive, mode=predictive, mode=power with ratio=1.5, \
            mode=broadcast with rate=60 calls a minute, and limit=1%, the most of the answered calls that may be abandoned.
            """)

    @OptionGroup var target: CampaignArgument

    @Option(help: "How many agents are there (default: those of the campaign's simulator).")
    var agents: Int?

    @Option(
        help: ArgumentHelp("When it begins, 10:30 or 2026-01-02T10:30 (default: now).", valueName: "time"))
    var at: MinuteArgument?

    @Option(help: "How many times to rehearse it.")
    var runs = 40

    @Option(help: "The seed of everything random.")
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("Another way to run it, beside the first; may be repeated.", valueName: "changes"))
    var whatIf: [WhatIf] = []

    @OptionGroup var database: DatabaseOptions

    @Flag(help: "Print one JSON object; its keys do not change.")
    var json = false

    @OptionGroup var wording: LanguageOption

    func validate() throws {
        guard agents.map(WhatIf.agentRange.contains) ?? true else {
            throw ValidationError(.range, "--agents", 1, WhatIf.agentRange.upperBound)
        }
        guard (1...1_000).contains(runs) else { throw ValidationError(.range, "--runs", 1, 1_000) }
    }

    func run() async throws {
        try await reportingFailures(in: wording.language) {
            let folder = try CampaignFolder.open(target.campaign)
            if folder.campaign.mode.project != nil {
                throw Failure(
                    .badInput,
                    saying: [
                        RefusalPhrase.nothingToForecast.filled(folder.file), RefusalPhrase.otherMode.phrase,
                    ])
            }
            let now = SystemClock().now
            let start = at?.instant(at: now) ?? now
            guard let agents = try agents ?? folder.agentCount() else {
                throw Failure(
                    .usage, saying: [RefusalPhrase.howManyAgents.phrase, RefusalPhrase.sayAgents.phrase])
            }
            let ledger = try await database.openExisting()
            let gaps = try await folder.listRefusals(for: try folder.accounts(), in: ledger, at: start)
            let rehearsal = try await Rehearsal.prepare(folder, in: ledger, agents: agents, at: start)
            let outcomes = try await rehearsal.outcomes(
                of: [WhatIf()] + whatIf, runs: runs, seed: seed,
                progress: ProgressLine(terminal: Terminal(STDERR_FILENO)),
                in: wording.language)
            await ledger.close()
            Console.error(gaps.map { ErrorPhrase.warning.filled($0) }, in: wording.language)
            let report = ForecastReport(
                campaign: folder.campaign.name, start: start, leads: rehearsal.leads.count, runs: runs, seed: seed,
                outcomes: outcomes, basis: rehearsal.basis, language: wording.language)
            Console.out(json ? report.json : report.text)
        }
    }
}

/// Another way to run a campaign: `agents=10,mode=power,ratio=1.5`.
struct WhatIf: ExpressibleByArgument {
    /// How many agents a forecast takes.
    static let agentRange = 1...10_000

    /// As it was written; empty for the campaign as it is.
    var text = ""
    var agents: Int?
    var mode: DialingMode?
    var maxLines: Int?
    /// The share of the answered calls that may be abandoned at most.
    var limit: Double?

    /// The campaign as it is.
    init() {}

    init?(argument: String) {
        text = argument
        var word: String?
        var ratio: Double?
        var rate: Double?
        for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
            let pair = part.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
            guard pair.count == 2 else { return nil }
            switch pair[0] {
            case "mode": word = pair[1]
            case "ratio":
                guard let value = Double(pair[1]), (1...5).contains(value) else { return nil }
                ratio = value
            case "rate":
                guard let value = Double(pair[1]), (1...6_000).contains(value) else { return nil }
                rate = value
            default: guard take(pair[0], pair[1]) else { return nil }
            }
        }
        guard word != nil || ratio != nil || rate != nil else { return }
        guard let mode = Self.mode(word, ratio: ratio, rate: rate) else { return nil }
        self.mode = mode
    }

    /// The mode of a word, which a ratio or a rate says as well; nil if they do not go together.
    private static func mode(_ word: String?, ratio: Double?, rate: Double?) -> DialingMode? {
        switch (word, ratio, rate) {
        case ("progressive", nil, nil): .progressive
        case ("predictive", nil, nil): .predictive
        case ("power", let ratio?, nil), (nil, let ratio?, nil): .power(ratio: ratio)
        case ("broadcast", nil, let rate?), (nil, nil, let rate?): .broadcast(callsPerMinute: rate)
        default: nil
        }
    }

    /// Takes a key over that needs no other; false if it is none, or if its value is out of range.
    private mutating func take(_ key: String, _ value: String) -> Bool {
        switch key {
        case "agents":
            agents = Int(value).flatMap { Self.agentRange.contains($0) ? $0 : nil }
            return agents != nil
        case "lines":
            maxLines = Int(value).flatMap { (1...100_000).contains($0) ? $0 : nil }
            return maxLines != nil
        case "limit":
            limit = Self.share(value)
            return limit != nil
        default: return false
        }
    }

    /// `1%` or `0.25%` as a share, within what a campaign may say.
    private static func share(_ text: String) -> Double? {
        guard text.hasSuffix("%"), let percent = Double(text.dropLast()), percent > 0, percent <= 20 else { return nil }
        return percent / 100
    }
}
