import ArgumentParser
import CampaignFile
import DialModel
import Ledger
import SQLiteLedger
import Telephony

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

    @Flag(help: "Print one JSON object; its keys do not change.")
    var json = false

    func run() async throws {
        var isForbidden = false
        try await reportingFailures {
            let now = SystemClock().now
            let patterns = try home.reader(of: campaign).patterns([TypedNumbers.text(number)])
            guard let number = patterns.first?.number else {
                throw Failure(.badInput, "error: ask about one number, not about a wildcard")
            }
            let folder = try campaign.map { path throws(Failure) in try CampaignFolder.open(path) }
            let ledger = try await database.openExisting()
            let report = try await DoNotCallVerdict(on: number, folder: folder, in: ledger, at: now)
            await ledger.close()
            Console.out(json ? report.json : report.text)
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
    init(on number: PhoneNumber, folder: CampaignFolder?, in ledger: SQLiteLedger, at now: Timestamp) async throws {
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
    var text: String {
        let header = ["LIST", "FOR", "AS OF", "ANSWER"]
        let rows = answers.map { answer in
            [
                answer.list.name, answer.list.scope == .global ? "all" : "campaign", answer.asOf?.dayAndTime ?? "-",
                answer.match.map(Self.words) ?? "not on it",
            ]
        }
        let table = rows.isEmpty ? [] : [CallerIDColumns.table([header] + rows)]
        let verdict = isForbidden ? "must not be called" : "no do-not-call list stands against a call"
        return (table + gaps.map(\.words) + ["\(number.e164): \(verdict)"]).joined(separator: "\n")
    }

    private static func words(_ match: DoNotCallAnswer.Match) -> String {
        let how = match.pattern.isWildcard ? " as \(match.pattern)" : ""
        let until = match.until.map { " until \($0.dayAndTime)" } ?? ""
        return "on it\(how)\(until), since \(match.addedAt.dayAndTime): \(match.source)"
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
    var words: String {
        let importing = "autodialer dnc import FILE --list \(list) --as-of DAY"
        return switch self {
        case .listed: "the number is on the do-not-call list \"\(list)\""
        case .missing: "the do-not-call list \"\(list)\" is not there; import it with: \(importing)"
        case .outdated: "the do-not-call list \"\(list)\" is older than it may be; import it anew with: \(importing)"
        }
    }
}
