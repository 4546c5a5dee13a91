package import CallModel
package import DialModel
import Telephony

/// The figures of a virtual call centre that belong to no callee: its agents, its lines and its vendor.
package struct CentreSettings: Hashable, Sendable {
    /// How answers are told apart.
    package struct AnswerDetection: Hashable, Sendable {
        /// How long it takes after the answer.
        package var delay: DurationDistribution
        /// How often a person is taken for a machine, from 0 to 1.
        package var falseMachines: Double
        /// How often a machine is taken for a person, from 0 to 1.
        package var missedMachines: Double

        /// Memberwise; the defaults are those of the pacing scenarios (`pacing/scenarios.json`).
        package init(
            delay: DurationDistribution = .uniform(.seconds(2), .seconds(4)), falseMachines: Double = 0.04,
            missedMachines: Double = 0.1
        ) {
            self.delay = delay
            self.falseMachines = falseMachines
            self.missedMachines = missedMachines
        }
    }

    /// How many agents are signed in.
    package var agents: Int
    /// How long it takes from accepting a call until the network is reached.
    package var setUpDelay: Duration
    /// How long an agent's phone rings before the agent is put on a break.
    package var agentRingLimit: Duration
    /// How long an agent who did not pick up stays on the break.
    package var breakAfterNoShow: Duration
    /// How long an answered call may wait for an agent, however patient its callee.
    package var queueLimit: Duration
    /// How long the message lasts that callees hear for whom there is no agent.
    package var messageLength: Duration
    /// How the vendor tells people from machines; nil if it does not, and then machines reach agents.
    package var detection: AnswerDetection?
    /// The ways of not being answered that the vendor tells apart; the others come as no answer.
    package var failuresTold: [CallOutcome]
    /// How often the vendor is asked about agents and calls.
    package var rhythm: ObservationRhythm
    /// How many calls may be asked for in a second; nil for no limit.
    package var requestsPerSecond: Double?
    /// How many of them at once, after a pause.
    package var burst: Int

    /// Memberwise; the vendor tells everything at once and takes as many calls as it is asked for, unless said otherwise.
    package init(
        agents: Int, setUpDelay: Duration = .milliseconds(400), agentRingLimit: Duration = .seconds(30),
        breakAfterNoShow: Duration = .seconds(300), queueLimit: Duration = .seconds(60),
        messageLength: Duration = .seconds(10), detection: AnswerDetection? = nil,
        failuresTold: [CallOutcome] = VendorAbilities.allFailures, rhythm: ObservationRhythm = .prompt,
        requestsPerSecond: Double? = nil, burst: Int = 1
    ) {
        self.agents = agents
        self.setUpDelay = setUpDelay
        self.agentRingLimit = agentRingLimit
        self.breakAfterNoShow = breakAfterNoShow
        self.queueLimit = queueLimit
        self.messageLength = messageLength
        self.detection = detection
        self.failuresTold = failuresTold
        self.rhythm = rhythm
        self.requestsPerSecond = requestsPerSecond
        self.burst = burst
    }
}

/// How fast requests may leave: a sustained rate, and a burst after a pause.
struct RequestRate: Sendable {
    /// Microseconds between two requests; zero for no limit.
    private let interval: Int64
    private let burst: Int64
    /// When a request would be due if all had kept the sustained rate.
    private var dueAt = Int64.min / 2

    init(perSecond: Double?, burst: Int) {
        interval = perSecond.map { Int64(1_000_000 / max($0, 0.001)) } ?? 0
        self.burst = Int64(max(1, burst))
    }

    /// Whether a request would have to wait.
    func isUsedUp(at now: Timestamp) -> Bool {
        interval > 0 && dueAt - (burst - 1) * interval > now.milliseconds * 1_000
    }

    /// When the next request may leave, not before `now`.
    mutating func departure(at now: Timestamp) -> Timestamp {
        guard interval > 0 else { return now }
        let present = now.milliseconds * 1_000
        let departure = max(present, dueAt - (burst - 1) * interval)
        dueAt = max(dueAt, departure) + interval
        return Timestamp(milliseconds: (departure + 999) / 1_000)
    }
}
