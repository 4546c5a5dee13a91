/// When, and how often, a lead is dialled again after one outcome.
package struct RetryRule: Hashable, Sendable, Codable {
    /// The least that a lead is left alone between two attempts, whatever a campaign says.
    package static let shortestWait = Duration.seconds(30)

    /// The wait between the end of the attempt and the next one.
    package var after: Duration
    /// How many attempts of a lead may end in this outcome before the lead is finished.
    package var attempts: Int
    /// What the wait is multiplied with each time that the lead has had this outcome before; 1 for the same wait always.
    package var backoff: Double
    /// The longest wait that it grows to.
    package var longest: Duration

    /// The longest wait between two attempts.
    package static let longestWait = Duration.seconds(90 * 86_400)

    /// Memberwise; `attempts` and `backoff` are at least one.
    package init(after: Duration, attempts: Int, backoff: Double = 1, longest: Duration = longestWait) {
        self.after = after
        self.attempts = attempts
        self.backoff = backoff
        self.longest = longest
    }

    /// The wait of a lead that has had this outcome `earlier` times before.
    package func wait(afterEarlier earlier: Int) -> Duration {
        var milliseconds = Double(after.milliseconds)
        let limit = Double(max(after, longest).milliseconds)
        for _ in 0..<earlier where milliseconds < limit { milliseconds *= backoff }
        return .milliseconds(Int64(min(milliseconds, limit).rounded()))
    }
}

/// What a campaign does with a lead after each outcome.
///
/// Outcomes without a rule finish the lead. A request that nobody's phone heard of (`refused`) is no attempt upon the
/// callee; its rule only bounds how often the same vendor is asked in vain.
package struct RetryPolicy: Hashable, Sendable, Codable {
    private var rules: [CallOutcome: RetryRule]
    private static let pauseAfterNothing = Duration.seconds(60)

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

    /// Decides what becomes of a lead whose attempt is over, from `now` on; `history` counts its earlier attempts.
    ///
    /// A request that never took effect is no attempt upon the callee, and never uses a lead up.
    package func decision(after outcome: CallOutcome, history: OutcomeCounts, now: Timestamp) -> LeadDecision {
        switch outcome {
        case .connected: return .finish(.reached)
        case .notPlaced: return .wait(until: now + (rules[outcome]?.after ?? Self.pauseAfterNothing))
        case .invalidNumber where rules[outcome] == nil: return .finish(.invalidNumber)
        default: break
        }
        guard let rule = rules[outcome] else { return .finish(.notRetried) }
        guard history[outcome] + 1 < rule.attempts else { return .finish(.attemptsUsed) }
        return .wait(until: now + rule.wait(afterEarlier: history[outcome]))
    }
}
