package import CallModel
package import DialModel

/// The figures of a simulated call centre that belong to no callee or agent.
package struct CallCentreSettings: Hashable, Sendable {
    /// How many agents are signed in.
    package var agents: Int
    /// How long it takes from accepting a call until the network is reached.
    package var setUpDelay: Duration
    /// How long an answered call may wait before the queue turns it away.
    package var queueTimeout: Duration
    /// How long an agent's phone rings before the agent is put on a break (`vendors/alibaba-udesk.md`, A3.2).
    package var agentRingLimit: Duration
    /// How long an agent who did not pick up stays on the break; nil until somebody resets them.
    package var breakAfterNoShow: Duration?
    /// How long a recorded dialogue lasts.
    package var ivrLength: Duration

    /// Memberwise; the defaults are those of the vendors' documents where these say any.
    package init(
        agents: Int, setUpDelay: Duration = .milliseconds(400), queueTimeout: Duration = .seconds(60),
        agentRingLimit: Duration = .seconds(30), breakAfterNoShow: Duration? = .seconds(300),
        ivrLength: Duration = .seconds(20)
    ) {
        self.agents = agents
        self.setUpDelay = setUpDelay
        self.queueTimeout = queueTimeout
        self.agentRingLimit = agentRingLimit
        self.breakAfterNoShow = breakAfterNoShow
        self.ivrLength = ivrLength
    }
}

/// A call centre with its network, callees and agents: what every dialect of the simulator speaks about.
///
/// A value without clock, tasks or randomness of its own. Time is brought to it; the same calls placed at the same
/// instants end in the same way.
package struct SimulatedCallCentre: Sendable {
    /// What is still to happen to a call or an agent.
    enum Event: Hashable, Sendable {
        case networkReached(call: Int)
        case calleeResponded(call: Int)
        case patienceRanOut(call: Int)
        case queueTimedOut(call: Int)
        case agentPickedUp(call: Int, offer: Int)
        case agentMissed(call: Int, offer: Int)
        case talkEnded(call: Int)
        case dialogueEnded(call: Int)
        case wrapUpEnded(agent: Int, since: Timestamp)
        case breakEnded(agent: Int, since: Timestamp)
    }

    /// The figures it was built with.
    package let settings: CallCentreSettings
    /// How callees and agents behave.
    package let model: CallModel
    /// Every call so far, in the order of placing.
    package internal(set) var calls: [SimulatedCall] = []
    /// Every agent.
    package internal(set) var agents: [SimulatedAgent]
    /// The calls that wait for an agent, the first to come first.
    package internal(set) var waiting: [Int] = []
    /// The calls that ended, in the order of ending.
    package internal(set) var ended: [Int] = []
    /// The instant up to which everything has happened.
    package private(set) var now: Timestamp

    var events = EventQueue<Timestamp, Event>()
    private var callsByNumber: [String: Int] = [:]

    /// A call centre whose agents sign in, ready, at `start`.
    package init(settings: CallCentreSettings, model: CallModel, start: Timestamp) {
        self.settings = settings
        self.model = model
        now = start
        agents = (0..<max(0, settings.agents)).map { SimulatedAgent(ordinal: $0, signedInAt: start) }
    }

    /// When something will happen next, if anything is to.
    package var nextEventAt: Timestamp? { events.nextTime }

    /// Places a call and gives its ordinal; what is due before `time` happens first.
    package mutating func place(
        caller: String, callee: String, destination: SimulatedCall.Destination, at time: Timestamp
    ) -> Int {
        advance(to: time)
        let ordinal = calls.count
        let behaviour = model.callee(number: callee, callOrdinal: callsByNumber[callee, default: 0])
        callsByNumber[callee, default: 0] += 1
        calls.append(
            SimulatedCall(
                ordinal: ordinal, caller: caller, callee: callee, destination: destination, placedAt: now,
                behaviour: behaviour))
        events.add(.networkReached(call: ordinal), at: now + settings.setUpDelay)
        return ordinal
    }

    /// Lets everything happen that is due by `time`; an earlier time than the present one changes nothing.
    package mutating func advance(to time: Timestamp) {
        while let (due, event) = events.take(dueBy: time) {
            now = max(now, due)
            handle(event)
        }
        now = max(now, time)
    }

    /// Makes an agent ready who is on a break or in after-call work; others are left alone.
    package mutating func reset(agent: Int, at time: Timestamp) {
        advance(to: time)
        guard agents.indices.contains(agent), [.onBreak, .wrapUp].contains(agents[agent].state) else { return }
        becomeReady(agent)
    }

    /// Sends a ready agent on a break that lasts until they are reset; others are left alone.
    package mutating func startBreak(agent: Int, at time: Timestamp) {
        advance(to: time)
        guard agents.indices.contains(agent), agents[agent].state == .ready else { return }
        agents[agent].enter(.onBreak, at: now)
    }

    private mutating func handle(_ event: Event) {
        switch event {
        case .networkReached(let call): networkReached(call)
        case .calleeResponded(let call): calleeResponded(call)
        case .patienceRanOut(let call): patienceRanOut(call)
        case .queueTimedOut(let call): queueTimedOut(call)
        case .agentPickedUp(let call, let offer): agentPickedUp(call, offer: offer)
        case .agentMissed(let call, let offer): agentMissed(call, offer: offer)
        case .talkEnded(let call): talkEnded(call)
        case .dialogueEnded(let call): dialogueEnded(call)
        case .wrapUpEnded(let agent, let since): restEnded(agent, .wrapUp, since: since)
        case .breakEnded(let agent, let since): restEnded(agent, .onBreak, since: since)
        }
    }
}
