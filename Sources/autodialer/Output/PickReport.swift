import CallerID
import DialModel
import Wording

/// What `caller-ids pick` says.
struct PickReport {
    var callee: PhoneNumber
    var pool: CallerIDPool
    var at: Timestamp
    var request: CallerIDRequest
    /// The choice, and those without the numbers chosen before; at least one.
    var rounds: [CallerIDSelection]

    /// The words for a person.
    func text(in language: Language) -> String {
        let rules = pool.rules
        var lines: [(PickPhrase, Phrase)] = [
            (.callee, PickPhrase.calleeLine.filled(callee.masked, CallerIDColumns.region(request.region))),
            (.pool, PickPhrase.poolLine.filled(pool.id, rules.strategy.rawValue, rules.regionMode.rawValue)),
            (.at, Phrase(same: at.dayAndTime)),
        ]
        lines += rounds.map { (.shown, among($0.field, $0.answer.phrase)) }
        let text = lines.map { language.say($0.0).padded(to: 9) + " " + language.say($0.1) }.joined(separator: "\n")
        let candidates = rounds.first?.verdicts ?? []
        guard !candidates.isEmpty else { return text }
        let rows = candidates.map { verdict in
            [verdict.number, verdict.tier.map { language.say($0.phrase) } ?? "-", language.say(standing(of: verdict))]
        }
        let header = [PickPhrase.candidate, .tier, .why].map { language.say($0) }
        return text + "\n\n" + CallerIDColumns.table([header] + rows)
    }

    /// One object for programs: keys never change, new ones may be added.
    var json: String {
        let candidates = (rounds.first?.verdicts ?? []).map { verdict -> JSONText in
            .object([
                ("number", .string(verdict.number)), ("tier", .optional(verdict.tier?.word)),
                ("chosen", .bool(chosen.contains(verdict.number))), ("reason", .optional(verdict.reason?.word)),
            ])
        }
        return JSONText.object([
            ("callee", .string(callee.masked)), ("province", .optional(request.region.normalised.province)),
            ("city", .optional(request.region.normalised.city)), ("pool", .string(pool.id)),
            ("strategy", .string(pool.rules.strategy.rawValue)),
            ("region_mode", .string(pool.rules.regionMode.rawValue)), ("at", .string(at.iso8601UTC)),
            ("answers", .array(rounds.map(\.answer.json))), ("candidates", .array(candidates)),
        ])
    }

    private var chosen: [String] {
        rounds.compactMap { round in
            if case .chosen(let pick) = round.answer { pick.number } else { nil }
        }
    }

    private func standing(of verdict: CallerIDSelection.Verdict) -> Phrase {
        if let position = chosen.firstIndex(of: verdict.number) {
            return rounds.count == 1 ? PickPhrase.chosen.phrase : PickPhrase.chosenAs.filled(position + 1)
        }
        if let reason = verdict.reason { return reason.phrase }
        guard let best = bestTier, let tier = verdict.tier, tier > best else { return PickPhrase.notByStrategy.phrase }
        return PickPhrase.nearerFree.phrase
    }

    private var bestTier: RegionTier? {
        if case .chosen(let pick)? = rounds.first?.answer { pick.tier } else { nil }
    }

    private func among(_ field: StrategyField?, _ answer: Phrase) -> Phrase {
        guard let field else { return answer }
        return (field.count == 1 ? PickPhrase.onlyOneFree : .oneOfFree).filled(answer, field.count)
    }
}

extension RegionTier {
    /// The tier for people; in English it is ``word``.
    var phrase: Phrase {
        switch self {
        case .city: PickPhrase.city.phrase
        case .province: PickPhrase.province.phrase
        case .elsewhere: PickPhrase.elsewhere.phrase
        }
    }

    /// The word for programs.
    var word: String {
        switch self {
        case .city: "city"
        case .province: "province"
        case .elsewhere: "elsewhere"
        }
    }
}

extension CallerIDAnswer {
    /// What comes of a request, for a person.
    var phrase: Phrase {
        switch self {
        case .chosen(let pick): PickPhrase.picked.filled(pick.number, pick.tier.phrase)
        case .retryAt(let instant, let reasons): PickPhrase.notBefore.filled(instant.dayAndTime, reasons.counts)
        case .noNumber(let reasons): PickPhrase.nothing.filled(reasons.counts)
        case .deferCallee(let until?, let reason): PickPhrase.deferredUntil.filled(until.dayAndTime, reason.phrase)
        case .deferCallee(nil, let reason): PickPhrase.deferred.filled(reason.phrase)
        }
    }

    /// The same for programs.
    var json: JSONText {
        switch self {
        case .chosen(let pick):
            .object([
                ("answer", .string("chosen")), ("number", .string(pick.number)), ("tier", .string(pick.tier.word)),
            ])
        case .retryAt(let instant, let reasons):
            .object([
                ("answer", .string("retry_at")), ("at", .string(instant.iso8601UTC)), ("reasons", reasons.json),
            ])
        case .noNumber(let reasons): .object([("answer", .string("no_number")), ("reasons", reasons.json)])
        case .deferCallee(let until, let reason):
            .object([
                ("answer", .string("defer_callee")), ("until", .optional(until?.iso8601UTC)),
                ("reason", .string(reason.rawValue)),
            ])
        }
    }
}

extension ReasonCounts {
    /// The counts for a person: `2 paused, 1 at_daily_cap`.
    var counts: Phrase {
        total == 0
            ? PickPhrase.noNumber.phrase
            : Phrase(listing: reasons.map { PickPhrase.counted.filled(self[$0], $0.phrase) })
    }

    /// The counts that are not zero.
    var json: JSONText { .object(reasons.map { ($0.word, .integer(Int64(self[$0]))) }) }
}
