import DialModel
import Ledger
import RunControl
import Wording

extension BoardFigures {
    /// One object for programs: keys never change, new ones may be added, and none depends on the language.
    var json: String {
        let answers = answers
        return JSONText.object([
            ("campaign", .string(campaign)), ("at", .string(at.iso8601UTC)), ("running", .bool(run != nil || isSilent)),
            ("responding", run == nil && !isSilent ? .null : .bool(!isSilent)),
            ("speed", run.map { .number($0.speed) } ?? .null),
            ("state", Self.object(run?.pause, otherwise: stateWord)),
            (
                "leads",
                .object([
                    ("total", count(ledger.leads)), ("due", count(ledger.due)), ("waiting", count(ledger.waiting)),
                    ("dialing", count(ledger.dialing)), ("finished", count(ledger.finishedCount)),
                    ("standby", count(ledger.standby)),
                ])
            ),
            ("finished", .object(ledger.finished.map { ($0.ending.rawValue, count($0.count)) })),
            ("calls", run.map(Self.calls) ?? .null), ("agents", run.map(Self.agents) ?? .null),
            ("outcomes", .object(CallOutcome.allCases.map { ($0.rawValue, count(ledger.outcomes[$0])) })),
            (
                "answers",
                .object([("answered", count(answers.answered)), ("dialled", count(answers.dialled))])
            ),
            ("abandonment", abandonmentObject),
            (
                "pace",
                .object([
                    ("calls_per_minute", pace.perMinute.map { .number(($0 * 10).rounded() / 10) } ?? .null),
                    ("seconds_to_finish", pace.toGo.map { .integer(Int64($0.seconds)) } ?? .null),
                    ("bound", .optional(run?.pace?.bound)),
                    ("allowance", run?.pace.map { .number($0.allowance) } ?? .null),
                ])
            ),
            ("accounts", .array((run?.accounts ?? []).map(Self.object))),
            ("caller_ids", .array(numbers.map(Self.object))),
            (
                "alerts",
                .array(
                    alerts.map { alert in
                        .object([
                            ("alert", .string(alert.kind.rawValue)), ("urgent", .bool(alert.kind.isUrgent)),
                            ("text", .string(alert.text(in: .english))),
                        ])
                    })
            ),
            ("next_due_at", .optional(ledger.nextDueAt?.iso8601UTC)),
        ])
    }

    /// The state while nothing holds dialling back.
    private var stateWord: String { run != nil ? "dialing" : isSilent ? "not_responding" : "not_running" }

    private var abandonmentObject: JSONText {
        guard let abandonment else { return .null }
        return .object([
            ("live", count(abandonment.live)), ("abandoned", count(abandonment.abandoned)),
            ("limit", abandonmentLimit.map { .number($0) } ?? .null),
        ])
    }

    private static func object(_ pause: RunPause?, otherwise word: String) -> JSONText {
        .object([
            ("state", .string(pause?.reason.rawValue ?? word)),
            ("by", .optional(pause?.by)), ("until", .optional(pause?.until?.iso8601UTC)),
        ])
    }

    private static func calls(_ run: RunGlance) -> JSONText {
        .object([
            ("dialing", count(run.calls.dialing)), ("ringing", count(run.calls.ringing)),
            ("waiting", count(run.calls.waiting)), ("talking", count(run.calls.talking)),
            ("unknown", count(run.calls.unknown)), ("lines", count(run.calls.lines)),
            ("max_lines", run.maxLines.map { count($0) } ?? .null),
        ])
    }

    private static func agents(_ run: RunGlance) -> JSONText {
        .object([
            ("signed_in", count(run.agents.signedIn)), ("idle", count(run.agents.idle)),
            ("reserved", count(run.agents.reserved)), ("busy", count(run.agents.busy)),
            ("wrap_up", count(run.agents.wrapUp)), ("set_aside", count(run.agents.setAside)),
            ("on_break", count(run.agents.onBreak)),
        ])
    }

    private static func object(_ account: AccountGlance) -> JSONText {
        .object([
            ("account", .string(account.name)), ("carried", count(account.carried)),
            ("dialing", count(account.dialing)), ("talking", count(account.talking)),
            ("health", .string(account.health.rawValue)), ("until", .optional(account.until?.iso8601UTC)),
            ("state", object(account.pause, otherwise: "dialing")),
        ])
    }

    private static func object(_ number: NumberStanding) -> JSONText {
        .object([
            ("number", .string(number.number)), ("status", .string(number.state.replacing(" ", with: "_"))),
            ("until", .optional(number.until?.iso8601UTC)), ("flagged", .bool(number.isFlagged)),
            ("dials_today", count(number.dialsToday)), ("max_per_day", number.maxPerDay.map { count($0) } ?? .null),
            ("answered", count(number.answered)), ("rated_attempts", count(number.rated)),
        ])
    }

    private func count(_ value: Int) -> JSONText { Self.count(value) }

    private static func count(_ value: Int) -> JSONText { .integer(Int64(value)) }
}
