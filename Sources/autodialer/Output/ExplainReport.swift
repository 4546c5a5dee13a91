import CallerID
import DialModel
import Ledger
import Wording

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
    func text(in language: Language) -> String {
        let end = attempt.outcome.map { language.say($0) } ?? language.say(attempt.state)
        var rows: [(ExplainPhrase, String)] = [
            (
                .attempt,
                language.say(
                    ExplainPhrase.attemptLine, attempt.id.value, attempt.number.masked, attempt.ordinal,
                    attempt.lead.value, attempt.claimedAt.dayAndTime, end)
            ),
            (.account, attempt.vendor + (route.map { "; \($0)" } ?? "")),
            (.number, (attempt.callerID ?? language.say(ExplainPhrase.vendorsChoice)) + reported(in: language)),
        ]
        guard let pick else {
            let why: ExplainPhrase = attempt.callerID == nil ? .vendorChose : .ownList
            return Self.labelled(rows + [(.because, language.say(why))], in: language)
        }
        let rules = pick.rules
        let again = pick.reevaluated() ?? language.say(ExplainPhrase.noNumber)
        rows += [
            (
                .asked,
                language.say(
                    ExplainPhrase.askedLine, language.say(CallerIDColumns.region(pick.request.region)),
                    rules.strategy.rawValue,
                    rules.regionMode.rawValue, pick.now.dayAndTime)
            ),
            (.answer, language.say(pick.answer.phrase)),
            (.because, pick.decision.sentence(rules.strategy, of: pick.field?.count ?? 0, in: language)),
            (.passed, pick.reasons.total == 0 ? language.say(ExplainPhrase.none) : language.say(pick.reasons.counts)),
            (
                .again,
                isContradicted
                    ? language.say(ExplainPhrase.differs, again) : language.say(ExplainPhrase.sameNumber)
            ),
        ]
        let text = Self.labelled(rows, in: language)
        guard let field = pick.field else { return text }
        return text + "\n\n" + contenders(field, in: language)
    }

    private static func labelled(_ rows: [(label: ExplainPhrase, text: String)], in language: Language) -> String {
        rows.map { language.say($0.label).padded(to: 9) + " " + $0.text }.joined(separator: "\n")
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

    private func reported(in language: Language) -> String {
        guard let shown = attempt.shownCallerID else { return "" }
        guard let chosen = attempt.callerID else { return language.say(ExplainPhrase.shownOther, shown) }
        return UdeskCaller.isShown(shown, chosen: chosen)
            ? language.say(ExplainPhrase.shownSame) : language.say(ExplainPhrase.mismatch, shown)
    }

    private func contenders(_ field: StrategyField, in language: Language) -> String {
        let rows = field.contenders.map { contender in
            [
                contender.number, String(contender.dialsToday),
                contender.lastDialAt?.dayAndTime ?? language.say(ExplainPhrase.never),
                contender.share.isMultiple(of: 2) ? "\(contender.share / 2)" : "\(contender.share / 2).5",
                contender.number == attempt.callerID ? language.say(ExplainPhrase.chosen) : "",
            ]
        }
        let header = [ExplainPhrase.contender, .dials, .lastDial, .weight].map { language.say($0) } + [""]
        let rest = field.count - field.contenders.count
        return CallerIDColumns.table([header] + rows)
            + (rest > 0 ? "\n" + language.say(ExplainPhrase.more, rest) : "")
    }
}

extension PickExplanation.Decision {
    /// What decided, for a person.
    func sentence(_ strategy: CallerIDStrategy, of count: Int, in language: Language) -> String {
        switch self {
        case .nothing: language.say(ExplainPhrase.nothing)
        case .onlyOne: language.say(ExplainPhrase.onlyOne)
        case .strategy: language.say(ExplainPhrase.strategy, strategy.rawValue, count)
        case .number: language.say(ExplainPhrase.smallest, count)
        }
    }
}
