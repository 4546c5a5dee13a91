package import DialModel

/// How the number of calls to place is found (`design.md`, "Dialling styles").
package enum PacingMode: Hashable, Sendable, Codable {
    /// One call for each idle agent: nobody can be abandoned.
    case progressive
    /// So many lines for each idle agent, and never more than the budget of abandonments bears, where there is one.
    case power(ratio: Double)
    /// As many as keep the agents busiest within the budget of abandonments.
    case predictive
    /// A steady rate, whoever is there: answered calls go to an announcement or a queue.
    case broadcast(callsPerMinute: Double)
}

/// What a pacing controller is told before it begins.
package struct PacingSettings: Hashable, Sendable {
    /// How the number of calls is found.
    package var mode: PacingMode
    /// How long a phone rings at most.
    package var ringTimeout: Duration
    /// The shares of live answers that may be abandoned, one for each window that somebody measures; none for no limit.
    package var limits: [Double]

    /// Whether callees are analysed for a while before they are given to agents: whether `answered` comes before `judged`.
    package var waitsForAnalysis: Bool
    /// How often the vendor is asked about calls: what they have done since is not known yet.
    package var rhythm: ObservationRhythm

    /// Memberwise.
    package init(
        mode: PacingMode, ringTimeout: Duration, limits: [Double], waitsForAnalysis: Bool = true,
        rhythm: ObservationRhythm = .prompt
    ) {
        self.mode = mode
        self.ringTimeout = ringTimeout
        self.limits = limits
        self.waitsForAnalysis = waitsForAnalysis
        self.rhythm = rhythm
    }
}

/// A call as the controller knows it: what it is told again when there is news of it.
package struct PacedCall: Hashable, Sendable {
    /// Which of the campaign's kinds of lead it belongs to, counted from zero: a list, a region, whatever answers alike.
    package var segment: Int
    /// When it was dialled, in half-second steps.
    let step: Int
}

/// How things stand at a decision.
package struct PacingSituation: Hashable, Sendable {
    /// Agents who could take a call now: idle and not reserved.
    package var idle: Int
    /// Agents who are signed in and not on a break.
    package var signedIn: Int
    /// Live answers that wait for an agent.
    package var waiting: Int
    /// How many more calls lines, rates, leads and orders allow.
    package var most: Int
    /// The segment of the leads that are next.
    package var segment: Int
    /// How many leads are left before the list ends, as far as known.
    package var leadsLeft: Int
    /// How long it is until the last call may be placed, or until agents leave in numbers; nil for no such moment in sight.
    package var timeLeft: Duration?

    /// Memberwise.
    package init(
        idle: Int, signedIn: Int, waiting: Int, most: Int = .max, segment: Int = 0, leadsLeft: Int = .max,
        timeLeft: Duration? = nil
    ) {
        self.idle = idle
        self.signedIn = signedIn
        self.waiting = waiting
        self.most = most
        self.segment = segment
        self.leadsLeft = leadsLeft
        self.timeLeft = timeLeft
    }
}

/// How many calls to place now, and what it was that set the number.
package struct PacingDecision: Hashable, Sendable {
    /// What kept the number from being larger.
    package enum Bound: String, Hashable, Sendable, CaseIterable {
        /// Nobody is signed in.
        case noAgents = "no_agents"
        /// Every idle agent has a call under way, and the mode asks for no more.
        case agents
        /// A further call would be abandoned too likely.
        case risk
        /// Agents who are idle take calls up too late as often as calls may be abandoned: none is placed but for them.
        case pickUp = "pick_up"
        /// Lines, rates, leads or orders.
        case lines
        /// The pace at which calls are added, so that news of the first ones comes before the last ones are placed.
        case pace
        /// The vendor has just failed, so calls go out one at a time.
        case vendor
    }

    /// How many calls to place.
    package var calls: Int
    /// What kept the number from being larger.
    package var bound: Bound
    /// The risk that a call may run of being abandoned, from 0 to 1.
    package var allowance: Double
}
