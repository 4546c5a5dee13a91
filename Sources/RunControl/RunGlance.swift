package import DialModel
import EventWire

/// A run at a glance: what its board shows of it, here and in another shell, and what monitors are told.
package struct RunGlance: Hashable, Sendable {
    /// The instant of the run's time that it is of.
    package var at: Timestamp
    /// How many times faster the run's time passes; 1 unless it is a rehearsal.
    package var speed = 1.0
    /// The calls that have not ended.
    package var calls = CallCounts()
    /// The agents.
    package var agents = AgentCounts()
    /// The most calls at a time; nil where several accounts divide them.
    package var maxLines: Int?
    /// What holds dialling back, if anything does.
    package var pause: RunPause?
    /// How long nothing has gone on although something could.
    package var stalled = Duration.zero
    /// Whether it has stood still since it began, although something could go on.
    package var isStalledSinceStart = false
    /// What set the pace last; nil where each call has its agent first, and before the first choice.
    package var pace: PaceChoice?
    /// Each agent.
    package var agentLines: [AgentLine] = []
    /// Each of several accounts; none for a run through one.
    package var accounts: [AccountGlance] = []
    /// The latest messages, oldest first.
    package var notes: [String] = []

    /// A run in which nothing goes on.
    package init(at: Timestamp) {
        self.at = at
    }

    /// How many calls are in which state.
    package struct CallCounts: Hashable, Sendable {
        /// Being asked for or dialled.
        package var dialing = 0
        /// The callee's phone rings.
        package var ringing = 0
        /// Answered, and waiting for an agent.
        package var waiting = 0
        /// In conversation.
        package var talking = 0
        /// Of unknown fate.
        package var unknown = 0

        /// None.
        package init() {}

        /// Calls that take a line.
        package var lines: Int { dialing + ringing + waiting + talking }

        /// Calls that have not ended.
        package var open: Int { lines + unknown }
    }

    /// How many agents do what.
    package struct AgentCounts: Hashable, Sendable {
        /// Ready for a call.
        package var idle = 0
        /// Promised to a call that has not reached them.
        package var reserved = 0
        /// Ready, and offered no call for a while because they did not take one.
        package var setAside = 0
        /// In a call.
        package var busy = 0
        /// In work after a call.
        package var wrapUp = 0
        /// Signed in and not available.
        package var onBreak = 0

        /// Nobody.
        package init() {}

        /// Agents who are signed in.
        package var signedIn: Int { idle + reserved + setAside + busy + wrapUp + onBreak }
    }

    /// What the pace was chosen by.
    package struct PaceChoice: Hashable, Sendable {
        /// What kept it from being faster, a word of the engine's.
        package var bound: String
        /// The risk that a further call may run of being abandoned, from 0 to 1.
        package var allowance: Double

        /// Memberwise.
        package init(bound: String, allowance: Double) {
            self.bound = bound
            self.allowance = allowance
        }
    }
}

/// Why no call is being placed.
package struct RunPause: Hashable, Sendable {
    /// What sort of reason it is; the raw value is the word on the wire, in `--json` and in metrics.
    package enum Reason: String, CaseIterable, Hashable, Sendable {
        case draining
        case byOperator = "by_operator"
        case vendorDown = "vendor_down"
        case throttled
        case noAgents = "no_agents"
        case nothingDue = "nothing_due"
        case noCallerID = "no_caller_id"
        case accountFull = "account_full"
        case othersTurn = "others_turn"
        case withoutShare = "without_share"
        case byVendor = "by_vendor"
    }

    /// What sort of reason it is.
    package var reason: Reason
    /// Who wanted it, where somebody did.
    package var by: String?
    /// Until when, where that is known.
    package var until: Timestamp?

    /// Memberwise.
    package init(_ reason: Reason, by: String? = nil, until: Timestamp? = nil) {
        self.reason = reason
        self.by = by
        self.until = until
    }
}

/// One of several accounts of a run.
package struct AccountGlance: Hashable, Sendable {
    /// Whether it is given calls.
    package enum Health: String, CaseIterable, Hashable, Sendable {
        case good
        case leftAlone = "left_alone"
        case onTrial = "on_trial"
    }

    /// Its name.
    package var name: String
    /// Calls that it has carried in this run.
    package var carried: Int
    /// Calls that it dials or that ring.
    package var dialing: Int
    /// Calls in conversation.
    package var talking: Int
    /// Whether it is given calls.
    package var health: Health
    /// Until when it is left alone, if it is.
    package var until: Timestamp?
    /// What holds its own dialling back, if anything does.
    package var pause: RunPause?

    /// Memberwise.
    package init(
        name: String, carried: Int, dialing: Int, talking: Int, health: Health, until: Timestamp? = nil,
        pause: RunPause? = nil
    ) {
        self.name = name
        self.carried = carried
        self.dialing = dialing
        self.talking = talking
        self.health = health
        self.until = until
        self.pause = pause
    }
}
