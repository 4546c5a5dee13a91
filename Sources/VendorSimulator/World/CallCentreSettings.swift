/// The figures of a simulated call centre that belong to no callee or agent.
package struct CallCentreSettings: Hashable, Sendable {
    /// How many agents there are.
    package var agents: Int
    /// How many automatic phones there are beside the agents; they pick up at once and take no call from the queue.
    package var diallers: Int
    /// Whether agents and diallers are signed in, ready, at the start; else they sign in by themselves.
    package var startsSignedIn: Bool
    /// How long it takes from accepting a call, or from the agent's picking up their own phone, until the network is
    /// reached.
    package var setUpDelay: Duration
    /// How long an answered call may wait before the queue turns it away.
    package var queueTimeout: Duration
    /// How long an agent's phone rings: a call of the queue then puts the agent on a break
    /// (`vendors/alibaba-udesk.md`, A3.2).
    package var agentRingLimit: Duration
    /// How long an agent who did not pick up stays on the break; nil until somebody resets them.
    package var breakAfterNoShow: Duration?
    /// How long a recorded dialogue lasts.
    package var ivrLength: Duration

    /// Memberwise; the defaults are those of the vendors' documents where these say any.
    package init(
        agents: Int, diallers: Int = 0, startsSignedIn: Bool = true, setUpDelay: Duration = .milliseconds(400),
        queueTimeout: Duration = .seconds(60), agentRingLimit: Duration = .seconds(30),
        breakAfterNoShow: Duration? = .seconds(300), ivrLength: Duration = .seconds(20)
    ) {
        self.agents = agents
        self.diallers = diallers
        self.startsSignedIn = startsSignedIn
        self.setUpDelay = setUpDelay
        self.queueTimeout = queueTimeout
        self.agentRingLimit = agentRingLimit
        self.breakAfterNoShow = breakAfterNoShow
        self.ivrLength = ivrLength
    }
}
