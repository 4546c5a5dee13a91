import DialModel
import Ledger
import Wording

/// The figures of `status --json`: keys never change, new ones may be added.
enum StatusJSON {
    static func text(
        campaign: String, figures: CampaignFigures, onHold: LeadsOnHold, accounts: [AccountFigures],
        imports: [ImportRecord], runners: RunnerList, at now: Timestamp
    ) -> String {
        let finished = figures.finished.map { ($0.ending.rawValue, count($0.count)) }
        let outcomes = CallOutcome.allCases.map { ($0.rawValue, count(figures.outcomes[$0])) }
        return JSONText.object([
            ("campaign", .string(campaign)),
            ("at", .string(now.iso8601UTC)),
            (
                "leads",
                .object([
                    ("total", count(figures.leads)), ("due", count(figures.due)), ("waiting", count(figures.waiting)),
                    ("dialing", count(figures.dialing)), ("finished", count(figures.finishedCount)),
                    ("standby", count(figures.standby)),
                ])
            ),
            ("finished", .object(finished)),
            (
                "attempts",
                .object([("total", count(figures.attempts)), ("open", count(figures.openAttempts))])
            ),
            ("outcomes", .object(outcomes)),
            ("next_due_at", .optional(figures.nextDueAt?.iso8601UTC)),
            ("on_hold", .object(onHold.counts.map { ($0.word, count($0.count)) })),
            ("last_run", run(figures.lastRun)),
            ("accounts", .array(accounts.map(account))),
            ("imports", .array(imports.map(imported))),
            ("runners", runners.json),
        ])
    }

    /// The run, with the ending that tells most of it.
    private static func run(_ parts: [RunRecord]) -> JSONText {
        guard let last = parts.last else { return .null }
        let run = parts.joined
        return .object([
            ("id", .integer((run ?? last).id.value)), ("started_at", .string(last.startedAt.iso8601UTC)),
            ("ended_at", .optional(run?.endedAt?.iso8601UTC)), ("ending", .optional(run?.ending)),
            (
                "accounts",
                .array(
                    parts.map { part in
                        .object([
                            ("account", .string(part.account)), ("id", .integer(part.id.value)),
                            ("ending", .optional(part.ending)),
                        ])
                    })
            ),
        ])
    }

    private static func account(_ figures: AccountFigures) -> JSONText {
        .object([
            ("account", .string(figures.account)), ("attempts", count(figures.attempts)),
            ("connected", count(figures.connected)), ("open", count(figures.open)),
        ])
    }

    private static func imported(_ record: ImportRecord) -> JSONText {
        .object([
            ("file", .string(record.file.name)), ("sha256", .string(record.file.digest)),
            ("at", .string(record.at.iso8601UTC)), ("added", count(record.added)),
            ("duplicates", count(record.duplicates)), ("rejected", count(record.rejected)),
        ])
    }

    private static func count(_ value: Int) -> JSONText { .integer(Int64(value)) }
}
