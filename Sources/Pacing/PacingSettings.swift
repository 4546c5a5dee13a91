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
    /// How likely calls in flight may take a window over its limit.
    package var hazard: LimitHazard

    /// Memberwise.
    package init(
        mode: PacingMode, ringTimeout: Duration, limits: [Double], waitsForAnalysis: Bool = true,
        rhythm: ObservationRhythm = .prompt, hazard: LimitHazard = .strict
    ) {
        self.mode = mode
        self.ringTimeout = ringTimeout
        self.limits = limits
        self.waitsForAnalysis = waitsForAnalysis
        self.rhythm = rhythm
        self.hazard = hazard
    }
}

/// How likely the calls in flight may take a window over its limit at any moment, from 0 to 1.
package struct LimitHazard: Hashable, Sendable {
    /// While there are abandonments to spend.
    package var usual: Double
    /// Before the first abandonment is earned, and where the last one could not be earned back.
    package var edge: Double

    /// Next to never: what every run keeps to.
    package static let strict = LimitHazard(usual: 5e-5, edge: 1e-5)
    /// Only the average is minded, and the limit is exceeded now and then: to see in simulations what strictness costs.
    package static let unguarded = LimitHazard(usual: 1, edge: 1)
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
    /// How long it is until the last call may be placed, or until agents leave in numbers; nil for no such moment in sight.
    package var timeLeft: Duration?

    /// Memberwise.
    package init(
        idle: Int, signedIn: Int, waiting: Int, most: Int = .max, segment: Int = 0, timeLeft: Duration? = nil
    ) {
        self.idle = idle
        self.signedIn = signedIn
        self.waiting = waiting
        self.most = most
        self.segment = segment
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
