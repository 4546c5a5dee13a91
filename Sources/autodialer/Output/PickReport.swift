import CallerID
import DialModel

/// What `caller-ids pick` says.
struct PickReport {
    var callee: PhoneNumber
    var pool: CallerIDPool
    var at: Timestamp
    var request: CallerIDRequest
    /// The choice, and those without the numbers chosen before; at least one.
    var rounds: [CallerIDSelection]

    /// The words for a person.
    var text: String {
        let rules = pool.rules
        var lines = [
            "callee    \(callee.masked), \(CallerIDColumns.region(request.region))",
            "pool      \(pool.id): \(rules.strategy.rawValue), \(rules.regionMode.rawValue)",
            "at        \(at.dayAndTime)",
        ]
        lines += rounds.map { "shown     \($0.answer.forPeople)" + among($0.field) }
        let candidates = rounds.first?.verdicts ?? []
        guard !candidates.isEmpty else { return lines.joined(separator: "\n") }
        let rows = candidates.map { verdict in
            [verdict.number, verdict.tier?.word ?? "-", standing(of: verdict)]
        }
        return (lines + ["", CallerIDColumns.table([["CANDIDATE", "TIER", "WHY"]] + rows)]).joined(separator: "\n")
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

    private func standing(of verdict: CallerIDSelection.Verdict) -> String {
        if let position = chosen.firstIndex(of: verdict.number) {
            return rounds.count == 1 ? "chosen" : "chosen (\(position + 1))"
        }
        if let reason = verdict.reason { return reason.word }
        guard let best = bestTier, let tier = verdict.tier, tier > best else { return "not chosen by the strategy" }
        return "a nearer number is free"
    }

    private var bestTier: RegionTier? {
        if case .chosen(let pick)? = rounds.first?.answer { pick.tier } else { nil }
    }

    private func among(_ field: StrategyField?) -> String {
        guard let field else { return "" }
        return field.count == 1 ? ", the only one free" : ", one of \(field.count) free"
    }
}

extension RegionTier {
    /// The word for it.
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
    var forPeople: String {
        switch self {
        case .chosen(let pick): "\(pick.number), tier \(pick.tier.word)"
        case .retryAt(let instant, let reasons): "nothing before \(instant.dayAndTime): \(reasons.forPeople)"
        case .noNumber(let reasons): "nothing, however long one waits: \(reasons.forPeople)"
        case .deferCallee(let until, let reason):
            "nothing, the callee is not to be rung"
                + (until.map { " before \($0.dayAndTime)" } ?? "") + ": \(reason.rawValue)"
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
    var forPeople: String {
        total == 0 ? "no number" : reasons.map { "\(self[$0]) \($0.word)" }.joined(separator: ", ")
    }

    /// The counts that are not zero.
    var json: JSONText { .object(reasons.map { ($0.word, .integer(Int64(self[$0]))) }) }
}
