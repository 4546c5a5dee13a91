package import DialModel

/// Why a number was chosen, or none, in a form to keep with the attempt: small, and enough to choose again.
///
/// It holds no number of a callee.
package struct PickExplanation: Hashable, Sendable, Codable {
    /// What was asked.
    package var request: CallerIDRequest
    /// The pool's rules at that time.
    package var rules: CallerIDRules
    /// When it was asked.
    package var now: Timestamp
    /// What the random strategies drew from.
    package var seed: UInt64
    /// What came of it.
    package var answer: CallerIDAnswer
    /// How many of the pool's numbers were passed over for each reason before the strategy chose.
    package var reasons: ReasonCounts
    /// The numbers among which the strategy chose, with their counters at that time; at most 50, those that decide.
    package var field: StrategyField?

    /// What decided.
    package enum Decision: String, CaseIterable, Hashable, Sendable {
        /// No number was chosen.
        case nothing
        /// There was one number only.
        case onlyOne = "only_one"
        /// The strategy's own figures, or its draw.
        case strategy
        /// Equal figures, so the smallest number.
        case number
    }

    /// Memberwise.
    package init(
        request: CallerIDRequest, rules: CallerIDRules, now: Timestamp, seed: UInt64, answer: CallerIDAnswer,
        reasons: ReasonCounts, field: StrategyField?
    ) {
        self.request = request
        self.rules = rules
        self.now = now
        self.seed = seed
        self.answer = answer
        self.reasons = reasons
        self.field = field
    }

    /// The explanation of a choice that looked at every number.
    package init(
        _ selection: CallerIDSelection, of request: CallerIDRequest, under rules: CallerIDRules, at now: Timestamp,
        seed: UInt64
    ) {
        let reasons = selection.verdicts.reduce(into: ReasonCounts()) { counts, verdict in
            if let reason = verdict.reason { counts[reason] += 1 }
        }
        var field = selection.field
        if let whole = field, let winner = whole.winner(by: rules.strategy, seed: seed) {
            field = whole.compacted(choosing: winner, by: rules.strategy)
        }
        self.init(
            request: request, rules: rules, now: now, seed: seed, answer: selection.answer, reasons: reasons,
            field: field)
    }

    /// The number that follows from what is kept here, by choosing once more; nil if none was chosen.
    package func reevaluated() -> String? {
        if CalleeGate.deferral(of: request.callee, under: rules, at: now) != nil { return nil }
        guard let field, let winner = field.winner(by: rules.strategy, seed: seed) else { return nil }
        return field.contenders[winner].number
    }

    /// What decided between the numbers of the tier.
    package var decision: Decision {
        guard let field, let winner = field.winner(by: rules.strategy, seed: seed) else { return .nothing }
        if field.count == 1 { return .onlyOne }
        if rules.strategy == .random || rules.strategy == .weightedRandom { return .strategy }
        let best = SortKey(field.contenders[winner], by: rules.strategy)
        let isShared = field.contenders.indices.contains { index in
            index != winner && SortKey(field.contenders[index], by: rules.strategy) == best
        }
        return isShared ? .number : .strategy
    }
}
