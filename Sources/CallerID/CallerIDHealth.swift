package import DialModel

/// How a number fares with callees and vendors: the last 50 attempts, and what vendors said against it
/// (`vendors/alibaba-udesk.md`, C4.9).
package struct CallerIDHealth: Hashable, Sendable {
    /// The most attempts that count.
    package static let span = 50
    /// The first quarantine; every further one in a row takes twice as long.
    package static let firstQuarantine: Duration = .seconds(30 * 60)
    /// The longest quarantine.
    package static let longestQuarantine: Duration = .seconds(24 * 3_600)

    /// Whether each of the last attempts was answered, oldest first.
    package private(set) var attempts: [Bool] = []
    /// How many quarantines there were without a call that got through in between.
    package private(set) var quarantines = 0
    /// When the last quarantine ends.
    package private(set) var quarantinedUntil: Timestamp?

    /// A number without a past.
    package init() {}

    /// What an earlier run knew; only the last `span` attempts count.
    package init(attempts: [Bool], quarantines: Int, quarantinedUntil: Timestamp?) {
        self.attempts = Array(attempts.suffix(Self.span))
        self.quarantines = max(0, quarantines)
        self.quarantinedUntil = quarantinedUntil
    }

    /// How many of the last attempts were answered, and how many there were.
    package var rate: AnswerRate { AnswerRate(answered: attempts.count { $0 }, attempts: attempts.count) }

    /// Counts an attempt that ended; one that rang nobody's phone says nothing about the number.
    ///
    /// A call that got through also ends a row of quarantines.
    package mutating func record(_ outcome: CallOutcome) {
        guard outcome.mayHaveRung, outcome != .unknown else { return }
        attempts.append(outcome.wasAnswered)
        if attempts.count > Self.span { attempts.removeFirst(attempts.count - Self.span) }
        if outcome.wasAnswered { quarantines = 0 }
    }

    /// Takes a vendor's code for what it says against the number; true if the number goes into quarantine for it.
    ///
    /// Calls that were under way when the quarantine began may fail for the same reason, and do not lengthen it.
    package mutating func record(vendorCode code: String, at now: Timestamp) -> Bool {
        guard Self.namesCaller(code) else { return false }
        if let quarantinedUntil, now < quarantinedUntil { return false }
        var length = Self.firstQuarantine
        for _ in 0..<min(quarantines, 16) { length = min(length * 2, Self.longestQuarantine) }
        quarantines += 1
        quarantinedUntil = now + length
        return true
    }

    /// The status that follows, for a number that no operator has paused.
    package func status(at now: Timestamp) -> OutboundNumber.Status {
        guard let quarantinedUntil, now < quarantinedUntil else { return .active }
        return .quarantined(until: quarantinedUntil)
    }

    /// Whether fewer than 5 % of at least 50 attempts were answered, while the campaign's other numbers reach over 15 %.
    package func isFlagged(beside campaign: AnswerRate) -> Bool {
        let own = rate
        return own.attempts >= Self.span && own.answered * 100 < own.attempts * 5
            && campaign.answered * 100 > campaign.attempts * 15
    }

    /// Whether a vendor's code speaks of the number shown, and not of the callee or the account's rights.
    package static func namesCaller(_ code: String) -> Bool {
        let codes = ["CallerNotRegistered", "CallingNumberNotExist", "InArrears", "NotExists.Number", "100005"]
        if codes.contains(code) { return true }
        // SIP codes come as `403`, `403-Forbidden`, `403 - Forbidden` or `SIP 403`.
        let text = code.hasPrefix("SIP ") ? code.dropFirst(4) : code[...]
        guard text.hasPrefix("403") else { return false }
        return text.dropFirst(3).first.map { !$0.isNumber && !$0.isLetter } ?? true
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
