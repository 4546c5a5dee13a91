import ArgumentParser
import CampaignFile
import DialModel
import Ledger
import SQLiteLedger
import StoredLedger
import Telephony
import Wording

/// `dnc check`.
struct DNCCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Asks the do-not-call lists about a number, as runs do.",
        discussion: """
            EXAMPLES
              autodialer dnc check +8613800138000
              autodialer dnc check 13800138000 campaigns/demo
              autodialer dnc check 13800138000 campaigns/demo --json

            With a campaign, the lists that it asks; without one, all lists of all campaigns. Exit code 0 if none stands \
            against a call, and 1 if one does: because the number is on it, or with a campaign because a list is missing or \
            older than it may be.
            """)

    /// The exit code of a number that must not be called.
    private static let forbidden = ExitCode(1)

    @Argument(help: "The number; - reads it from stdin.")
    var number: String

    @Argument(
        help: ArgumentHelp("The campaign's folder, or its campaign.yaml.", valueName: "campaign"),
        completion: .directory)
    var campaign: String?

    @OptionGroup var home: CountryOption
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var wording: LanguageOption

    @Flag(help: "Print one JSON object; its keys do not change.")
    var json = false

    func run() async throws {
        var isForbidden = false
        try await reportingFailures(in: wording.language) {
            let now = SystemClock().now
            let patterns = try home.reader(of: campaign).patterns([TypedNumbers.text(number)])
            guard let number = patterns.first?.number else {
                throw Failure(.badInput, saying: [DoNotCallPhrase.wildcardAsked.phrase])
            }
            let folder = try campaign.map { path throws(Failure) in try CampaignFolder.open(path) }
            let ledger = try await database.openExisting()
            let report = try await DoNotCallVerdict(on: number, folder: folder, in: ledger, at: now)
            await ledger.close()
            Console.out(json ? report.json : report.text(in: wording.language))
            isForbidden = report.isForbidden
        }
        if isForbidden { throw Self.forbidden }
    }
}

/// What do-not-call lists say of one number.
struct DoNotCallVerdict {
    let number: PhoneNumber
    let at: Timestamp
    /// The lists that are asked and there.
    let answers: [DoNotCallAnswer]
    /// The lists that are asked and missing or too old.
    let gaps: [DoNotCallFinding]

    /// Asks the lists of a campaign, or all lists of all campaigns.
    init(on number: PhoneNumber, folder: CampaignFolder?, in ledger: any LedgerStore, at now: Timestamp) async throws {
        self.number = number
        at = now
        guard let folder else {
            answers = try await ledger.doNotCallAnswers(about: number, for: nil, at: now)
            gaps = []
            return
        }
        let question = try folder.doNotCallQuestion(for: try folder.accounts(lookingUpSecrets: false))
        let id = try await ledger.campaign(named: folder.campaign.name)
        answers = try await ledger.doNotCallAnswers(about: number, for: id, at: now)
            .filter { question.asks($0.list) }
        gaps = question.isStrict ? try await ledger.doNotCallGaps(in: question, of: id, at: now) : []
    }

    var isForbidden: Bool { !gaps.isEmpty || answers.contains { $0.match != nil } }

    /// The answers for people.
    func text(in language: Language) -> String {
        let header = [DoNotCallColumn.list, .whose, .asOf, .answer].map { language.say($0) }
        let rows = answers.map { answer in
            [
                answer.list.name,
                language.say(answer.list.scope == .global ? DoNotCallColumn.all : .campaign),
                answer.asOf?.dayAndTime ?? "-",
                language.say(answer.match.map(Self.phrase) ?? DoNotCallPhrase.notOnIt.phrase),
            ]
        }
        let table = rows.isEmpty ? [] : [CallerIDColumns.table([header] + rows)]
        let verdict = language.say(isForbidden ? DoNotCallPhrase.forbidden : .allowed, number.e164)
        return (table + gaps.map { language.say($0.phrase) } + [verdict]).joined(separator: "\n")
    }

    private static func phrase(_ match: DoNotCallAnswer.Match) -> Phrase {
        DoNotCallPhrase.onIt.filled(
            match.pattern.isWildcard ? DoNotCallPhrase.wildcard.filled("\(match.pattern)") : Phrase(same: ""),
            match.until.map { DoNotCallPhrase.until.filled($0.dayAndTime) } ?? Phrase(same: ""),
            match.addedAt.dayAndTime,
            match.source)
    }

    /// The answers for programs.
    var json: String {
        JSONText.object([
            ("number", .string(number.e164)), ("at", .string(at.iso8601UTC)), ("forbidden", .bool(isForbidden)),
            ("lists", .array(answers.map(Self.json))),
            ("missing_or_outdated", .array(gaps.map { .string($0.list) })),
        ])
    }

    private static func json(_ answer: DoNotCallAnswer) -> JSONText {
        .object([
            ("list", .string(answer.list.name)),
            ("scope", .string(answer.list.scope == .global ? "global" : "campaign")),
            ("as_of", .optional(answer.asOf?.iso8601UTC)), ("listed", .bool(answer.match != nil)),
            ("entry", .optional(answer.match?.pattern.text)), ("until", .optional(answer.match?.until?.iso8601UTC)),
            ("since", .optional(answer.match?.addedAt.iso8601UTC)), ("source", .optional(answer.match?.source)),
        ])
    }
}

extension DoNotCallFinding {
    /// The list that it is about.
    var list: String {
        switch self {
        case .listed(let list, _), .outdated(let list), .missing(let list): list
        }
    }

    /// What is wrong with the list and what to do about it, for people.
    var phrase: Phrase {
        switch self {
        case .listed: DoNotCallPhrase.listed.filled(list)
        case .missing: DoNotCallPhrase.listMissing.filled(list)
        case .outdated: DoNotCallPhrase.listOutdated.filled(list)
        }
    }
}
