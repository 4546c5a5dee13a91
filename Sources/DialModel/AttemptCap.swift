/// How often somebody may be dialled within a time.
package struct AttemptCap: Hashable, Sendable {
    /// Whose dials are counted together.
    package enum Scope: String, CaseIterable, Hashable, Sendable {
        /// All dials to one telephone number, by whichever campaign.
        case number
        /// All dials of one lead, by whichever of its numbers.
        case lead
    }

    /// The time within which they are counted.
    package enum Period: Hashable, Sendable {
        /// A span that ends with the instant in question; a dial exactly that old still counts
        /// (`features-and-rules.md`, 7.6, row 13).
        case rolling(Duration)
        /// The callee's calendar day.
        case calendarDay
        /// For ever.
        case lifetime

        /// How old a dial can be and still count; a day by any clocks is within two.
        package var span: Duration {
            switch self {
            case .rolling(let span): span
            case .calendarDay: .seconds(2 * 86_400)
            case .lifetime: .seconds(36_525 * 86_400)
            }
        }
    }

    /// The most dials.
    package var count: Int
    /// Within which time.
    package var period: Period
    /// Of whom.
    package var scope: Scope
    /// Who sets it.
    package var source: RuleOrigin

    /// Memberwise; `count` is at least one.
    package init(count: Int, period: Period, scope: Scope, source: RuleOrigin) {
        self.count = count
        self.period = period
        self.scope = scope
        self.source = source
    }
}
