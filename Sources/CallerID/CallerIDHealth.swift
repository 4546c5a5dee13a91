package import DialModel

/// How a number fares with callees: its last 50 attempts (`vendors/alibaba-udesk.md`, C4.9).
package struct CallerIDHealth: Hashable, Sendable {
    /// The most attempts that count.
    package static let span = 50
    /// Whether each of the last attempts was answered, oldest first.
    package private(set) var attempts: [Bool] = []

    /// A number without a past.
    package init() {}

    /// How many of the last attempts were answered, and how many there were.
    package var rate: AnswerRate { AnswerRate(answered: attempts.count { $0 }, attempts: attempts.count) }

    /// Counts an attempt that ended; one that rang nobody's phone says nothing about the number.
    package mutating func record(_ outcome: CallOutcome) {
        guard outcome.mayHaveRung, outcome != .unknown else { return }
        attempts.append(outcome.wasAnswered)
        if attempts.count > Self.span { attempts.removeFirst(attempts.count - Self.span) }
    }

    /// Whether fewer than 5 % of at least 50 attempts were answered.
    package var isPoor: Bool {
        let own = rate
        return own.attempts >= Self.span && own.answered * 100 < own.attempts * 5
    }

    /// Whether it fares poorly while the campaign's other numbers reach over 15 %.
    package func isFlagged(beside campaign: AnswerRate) -> Bool {
        isPoor && campaign.answered * 100 > campaign.attempts * 15
    }
}

/// A share of answered attempts, in whole numbers so that no limit hangs on rounding.
package struct AnswerRate: Hashable, Sendable {
    /// How many were answered.
    package var answered: Int
    /// Of how many.
    package var attempts: Int

    /// Memberwise.
    package init(answered: Int, attempts: Int) {
        self.answered = answered
        self.attempts = attempts
    }
}
