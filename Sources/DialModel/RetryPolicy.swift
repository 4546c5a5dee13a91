/// When, and how often, a lead is dialled again after one outcome.
package struct RetryRule: Hashable, Sendable {
    /// The wait between the end of the attempt and the next one.
    package var after: Duration
    /// How many attempts of a lead may end in this outcome before the lead is finished.
    package var attempts: Int

    /// Memberwise; `attempts` is at least one.
    package init(after: Duration, attempts: Int) {
        self.after = after
        self.attempts = attempts
    }
}

/// What a campaign does with a lead after each outcome.
///
/// Outcomes without a rule finish the lead. A request that nobody's phone heard of (`refused`, `not_placed`) is no
/// attempt upon the callee; its rule only bounds how often the same vendor is asked in vain.
package struct RetryPolicy: Hashable, Sendable {
    private var rules: [CallOutcome: RetryRule]

    /// The rules that apply where a campaign says nothing.
    ///
    /// Nobody who was reached, declined, or was left without an agent is called again unless the campaign says so.
    package static let standard = RetryPolicy(rules: [
        .busy: RetryRule(after: .seconds(15 * 60), attempts: 3),
        .noAnswer: RetryRule(after: .seconds(2 * 3600), attempts: 3),
        .machine: RetryRule(after: .seconds(4 * 3600), attempts: 2),
        .unreachable: RetryRule(after: .seconds(4 * 3600), attempts: 2),
        .congestion: RetryRule(after: .seconds(5 * 60), attempts: 3),
        .agentMissed: RetryRule(after: .seconds(15 * 60), attempts: 2),
        .unknown: RetryRule(after: .seconds(2 * 3600), attempts: 2),
        .refused: RetryRule(after: .seconds(5 * 60), attempts: 3),
        .notPlaced: RetryRule(after: .seconds(60), attempts: 100),
    ])

    /// Rules by outcome.
    package init(rules: [CallOutcome: RetryRule]) {
        self.rules = rules
    }

    /// The rule for an outcome; nil finishes the lead.
    package subscript(outcome: CallOutcome) -> RetryRule? {
        get { rules[outcome] }
        set { rules[outcome] = newValue }
    }

    /// The shortest wait of any rule, below which no lead is ever dialled again.
    package func wait(after outcome: CallOutcome) -> Duration? { rules[outcome]?.after }

    /// Decides what becomes of a lead whose attempt ended at `endedAt`; `history` counts its earlier attempts.
    package func decision(after outcome: CallOutcome, history: OutcomeCounts, endedAt: Timestamp) -> LeadDecision {
        switch outcome {
        case .connected: return .finish(.reached)
        case .invalidNumber where rules[outcome] == nil: return .finish(.invalidNumber)
        default: break
        }
        guard let rule = rules[outcome] else { return .finish(.notRetried) }
        guard history[outcome] + 1 < rule.attempts else { return .finish(.attemptsUsed) }
        return .wait(until: endedAt + rule.after)
    }
}
