import DialModel
import Ledger
import Wording

/// The runners of a campaign, as `status` shows them.
struct RunnerList {
    let runners: [RunnerRecord]

    /// As wide as the labels of `Summary`.
    private static let labelWidth = 10

    /// Those of a ledger that several runners may share; nobody for any other.
    init(of campaign: CampaignID, in ledger: any Ledger) async throws {
        runners = try await (ledger as? any RunnerLedger)?.runners(of: campaign) ?? []
    }

    /// Those that have neither ended nor been given up.
    var living: [RunnerRecord] {
        runners.filter { runner in
            switch runner.state {
            case .alive, .lapsed: true
            case .fenced, .ended: false
            }
        }
    }

    /// Lines for people, one for each runner that has not ended; nothing without any.
    func lines(in language: Language) -> [String] {
        let shown = runners.filter { $0.state != .ended }
        guard !shown.isEmpty else { return [] }
        let label = language.say(RunnerPhrase.runners).padded(to: Self.labelWidth)
        let first = "  \(label) " + language.say(RunnerPhrase.atWork, living.count)
        return [first]
            + shown.map { runner in
                let phrase = RunnerPhrase.row.filled(
                    runner.name, runner.vendor, runner.run.value, Self.words(of: runner))
                return "  " + "".padded(to: Self.labelWidth) + " " + language.say(phrase)
            }
    }

    private static func words(of runner: RunnerRecord) -> Phrase {
        let phrase: Phrase =
            switch runner.state {
            case .alive(let renewed): RunnerPhrase.alive.filled(Int(renewed.seconds), share(of: runner))
            case .lapsed(let since): RunnerPhrase.lapsed.filled(Int((since + LeaseTerms.length).seconds))
            case .fenced: RunnerPhrase.fenced.phrase
            case .ended: RunnerPhrase.ended.phrase
            }
        return runner.isLeader ? RunnerPhrase.leads.filled(phrase) : phrase
    }

    private static func share(of runner: RunnerRecord) -> Phrase {
        guard let share = runner.share else { return RunnerPhrase.noShare.phrase }
        return RunnerPhrase.share.filled(share.agents.count, share.lines)
    }

    /// An array for programs, whose keys do not change.
    var json: JSONText {
        .array(
            runners.map { runner in
                .object([
                    ("name", .string(runner.name)), ("run", .integer(runner.run.value)),
                    ("account", .string(runner.vendor)), ("state", .string(Self.word(of: runner.state))),
                    ("is_leader", .bool(runner.isLeader)),
                    ("agents", .integer(Int64(runner.share?.agents.count ?? 0))),
                    ("lines", .integer(Int64(runner.share?.lines ?? 0))),
                ])
            })
    }

    private static func word(of state: RunnerRecord.State) -> String {
        switch state {
        case .alive: "alive"
        case .lapsed: "lapsed"
        case .fenced: "fenced"
        case .ended: "ended"
        }
    }
}
