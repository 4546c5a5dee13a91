/// How a shift went.
package struct ShiftOutcome: Hashable, Sendable {
    /// Time spent talking, as a share of the time signed in.
    package var utilisation = 0.0
    /// How long it was, in seconds.
    package var seconds = 0.0
    /// Calls placed.
    package var dials = 0
    /// Live answers: people, and machines taken for people.
    package var live = 0
    /// People among them.
    package var people = 0
    /// Live answers that found no agent in time.
    package var abandoned = 0
    /// People among those.
    package var abandonedPeople = 0
    /// How many of the first 34 live answers were abandoned.
    package var abandonedEarly = 0
    /// How many were abandoned within a minute of the shift's end, or later.
    package var abandonedLate = 0
    /// By how many calls the limit was exceeded when it was exceeded most; none if it never was.
    package var mostBeyondLimit = 0.0

    /// The share of live answers that were abandoned.
    package var abandonment: Double { Double(abandoned) / Double(max(1, live)) }
    /// The share of people that were abandoned.
    package var peopleAbandonment: Double { Double(abandonedPeople) / Double(max(1, people)) }

    /// So many of the first live answers have to pass without an abandonment: one in so many is three in a hundred.
    static let early = 34

    /// Nothing has happened yet.
    package init() {}

    mutating func countAbandoned(_ call: Call, limit: Double, isLastMinute: Bool) {
        abandoned += 1
        if call.callee.kind == .person { abandonedPeople += 1 }
        if call.liveNumber <= Self.early { abandonedEarly += 1 }
        if isLastMinute { abandonedLate += 1 }
        let beyond = Double(abandoned) - limit * Double(live)
        if beyond > 1e-9 { mostBeyondLimit = max(mostBeyondLimit, beyond) }
    }
}
