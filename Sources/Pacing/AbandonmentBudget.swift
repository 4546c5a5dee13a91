import Glibc

/// How many calls of a regulator's window may yet be abandoned, and what risk a further call may therefore run.
///
/// Nothing is owed in advance: an abandonment has to be earned by live answers before it may be risked at all, and while it
/// is spent the risk follows how full the reserve is (`features-and-rules.md`, 3.2; `pacing.md`, 3.9).
struct AbandonmentBudget: Hashable, Sendable {
    /// The share of live answers that may be abandoned.
    let limit: Double
    /// Live answers of the window so far.
    private(set) var live: Int
    /// Those of them that were abandoned.
    private(set) var abandoned: Int
    /// How far experience has moved the usual risk, as a logarithm.
    private var drift = 0.0

    /// What is known of the run, as far as the budget depends on it.
    struct Outlook: Hashable, Sendable {
        /// Agents who are signed in.
        var agents: Int
        /// Live answers that are still to come before the end.
        var toCome: Double
    }

    /// How fast the risk follows the reserve, and how fast the usual risk is moved.
    private static let gain = (reserve: 0.7, drift: 0.001)
    /// How far the risk may follow, as logarithms.
    private static let reach = (reserve: 1.6, drift: 1.2)

    /// The budget of a window in which so many calls were answered and abandoned already.
    init(limit: Double, live: Int = 0, abandoned: Int = 0) {
        self.limit = limit
        self.live = live
        self.abandoned = abandoned
    }

    /// How many abandonments have been earned and not spent; negative beyond the limit.
    var credit: Double { limit * Double(live) - Double(abandoned) }

    /// How many more calls could be abandoned now with the window still within its limit, a hair's breadth apart.
    var spare: Int { max(0, Int(credit - 0.02)) }

    /// Whether there were live answers enough for a single abandonment, be it spent or not.
    var hasEarned: Bool { limit * Double(live) > 1 }

    /// Whether the live answers still to come are enough for a single abandonment.
    func canEarn(_ outlook: Outlook) -> Bool { limit * outlook.toCome > 1 }

    /// A call was answered by a person, as far as anybody knows.
    mutating func countLive(agents: Int) {
        live += 1
        guard credit > 1 else { return }
        let fill = credit / reserve(Outlook(agents: agents, toCome: .infinity)) - 1
        drift = min(max(drift + Self.gain.drift * min(max(fill, -1), 1), -Self.reach.drift), Self.reach.drift)
    }

    /// One of them was abandoned.
    mutating func countAbandoned() { abandoned += 1 }

    /// A new window begins, in which so many calls were answered and abandoned already.
    mutating func reopen(live: Int, abandoned: Int) {
        self.live = live
        self.abandoned = abandoned
    }

    /// The factor by which a further call may run more or less than the usual risk of being abandoned.
    func caution(_ outlook: Outlook) -> Double {
        exp(drift + min(Self.gain.reserve * (credit / reserve(outlook) - 1), Self.reach.reserve))
    }

    /// How many abandonments to keep unspent: abandonments come in bursts, the larger the more agents there are; before the
    /// end what cannot be used later is let go.
    private func reserve(_ outlook: Outlook) -> Double {
        let bursts = Double(outlook.agents).squareRoot()
        return max(0.2 * bursts, min(1 + 1.2 * bursts, 0.5 + limit * outlook.toCome))
    }
}
