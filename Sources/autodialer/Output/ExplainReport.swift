import CallerID
import DialModel
import Ledger

/// What `explain` says of an attempt.
struct ExplainReport {
    var attempt: AttemptRecord
    /// Why its call went through its account, where there were several, or where the vendor had it from.
    var route: String?
    /// Why its number was chosen; nil if nothing was kept.
    var pick: PickExplanation?

    /// Whether choosing once more does not yield the attempt's number.
    var isContradicted: Bool { pick.map { $0.reevaluated() != attempt.callerID } ?? false }

    /// The words for a person.
    var text: String {
        var lines = [
            "attempt   \(attempt.id.value): \(attempt.number.masked), dial \(attempt.ordinal) of lead \(attempt.lead.value), "
                + "\(attempt.claimedAt.dayAndTime), \(attempt.outcome?.rawValue ?? attempt.state.rawValue)",
            "account   \(attempt.vendor)" + (route.map { "; \($0)" } ?? ""),
            "number    \(attempt.callerID ?? "of the vendor's choice")" + reported,
        ]
        guard let pick else { return (lines + ["because   \(unexplained)"]).joined(separator: "\n") }
        let rules = pick.rules
        lines += [
            "asked     \(CallerIDColumns.region(pick.request.region)), \(rules.strategy.rawValue), "
                + "\(rules.regionMode.rawValue), at \(pick.now.dayAndTime)",
            "answer    \(pick.answer.forPeople)",
            "because   \(pick.decision.sentence(pick.rules.strategy, of: pick.field?.count ?? 0))",
            "passed    \(pick.reasons.total == 0 ? "none" : pick.reasons.forPeople)",
            "again     " + (isContradicted ? "\(pick.reevaluated() ?? "no number"), which differs" : "the same number"),
        ]
        guard let field = pick.field else { return lines.joined(separator: "\n") }
        return (lines + ["", contenders(field)]).joined(separator: "\n")
    }

    /// One object for programs: keys never change, new ones may be added.
    var json: String {
        JSONText.object([
            ("attempt", .integer(attempt.id.value)), ("lead", .integer(attempt.lead.value)),
            ("phone", .string(attempt.number.masked)), ("account", .string(attempt.vendor)),
            ("route", .optional(route)), ("claimed_at", .string(attempt.claimedAt.iso8601UTC)),
            ("caller_id", .optional(attempt.callerID)), ("shown_caller_id", .optional(attempt.shownCallerID)),
            (
                "chosen_by",
                .string(pick != nil ? "pool" : attempt.callerID == nil ? "vendor" : "list")
            ),
            ("pick", pick.map(Self.json) ?? .null),
        ])
    }

    private static func json(_ pick: PickExplanation) -> JSONText {
        .object([
            ("strategy", .string(pick.rules.strategy.rawValue)),
            ("region_mode", .string(pick.rules.regionMode.rawValue)),
            ("province", .optional(pick.request.region.normalised.province)),
            ("city", .optional(pick.request.region.normalised.city)), ("at", .string(pick.now.iso8601UTC)),
            ("answer", pick.answer.json), ("decision", .string(pick.decision.rawValue)),
            ("reasons", pick.reasons.json), ("free", .integer(Int64(pick.field?.count ?? 0))),
            (
                "contenders",
                .array(
                    (pick.field?.contenders ?? []).map { contender in
                        .object([
                            ("number", .string(contender.number)), ("half_weights", .integer(contender.share)),
                            ("dials_today", .integer(Int64(contender.dialsToday))),
                            ("last_dial_at", .optional(contender.lastDialAt?.iso8601UTC)),
                        ])
                    })
            ),
            ("again", .optional(pick.reevaluated())),
        ])
    }

    private var unexplained: String {
        attempt.callerID == nil
            ? "the vendor chose; nothing was decided here" : "it was next in the campaign's own list"
    }

    private var reported: String {
        guard let shown = attempt.shownCallerID else { return "" }
        guard let chosen = attempt.callerID else { return "; the vendor says it showed \(shown)" }
        return UdeskCaller.isShown(shown, chosen: chosen)
            ? "; the vendor says it showed it" : "; MISMATCH: the vendor says it showed \(shown)"
    }

    private func contenders(_ field: StrategyField) -> String {
        let rows = field.contenders.map { contender in
            [
                contender.number, String(contender.dialsToday), contender.lastDialAt?.dayAndTime ?? "never",
                contender.share.isMultiple(of: 2) ? "\(contender.share / 2)" : "\(contender.share / 2).5",
                contender.number == attempt.callerID ? "chosen" : "",
            ]
        }
        let table = CallerIDColumns.table([["CONTENDER", "DIALS", "LAST DIAL", "WEIGHT", ""]] + rows)
        let rest = field.count - field.contenders.count
        return table + (rest > 0 ? "\nand \(rest) more that did not decide" : "")
    }
}

extension PickExplanation.Decision {
    /// What decided, for a person.
    func sentence(_ strategy: CallerIDStrategy, of count: Int) -> String {
        switch self {
        case .nothing: "no number was chosen"
        case .onlyOne: "it was the only one free in its tier"
        case .strategy: "the strategy \(strategy.rawValue) chose it among \(count)"
        case .number: "it was equal to others among \(count), and the smallest number goes first"
        }
    }
}
