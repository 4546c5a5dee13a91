package import CallModel
package import DialModel

/// A call centre with its network, callees and agents: what every dialect of the simulator speaks about.
///
/// A value without clock, tasks or randomness of its own. Time is brought to it; the same calls placed at the same
/// instants end in the same way.
package struct SimulatedCallCentre: Sendable {
    /// What is still to happen to a call or an agent.
    enum Event: Hashable, Sendable {
        case networkReached(call: Int)
        case calleeResponded(call: Int)
        case patienceRanOut(call: Int, wait: Int)
        case queueTimedOut(call: Int)
        case agentPickedUp(call: Int, offer: Int)
        case agentMissed(call: Int, offer: Int)
        case colleaguePickedUp(call: Int, consultation: Int)
        case colleagueMissed(call: Int, consultation: Int)
        case talkEnded(call: Int, talk: Int)
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
    /// Every agent, and after the agents every dialler.
    package internal(set) var agents: [SimulatedAgent]
    /// The calls that wait for an agent, the first to come first.
    package internal(set) var waiting: [Int] = []
    /// The calls that ended, in the order of ending.
    package internal(set) var ended: [Int] = []
    /// The instant up to which everything has happened.
    package private(set) var now: Timestamp

    /// Whether changes are kept for `takeChanges`.
    package var recordsChanges = false

    var events = EventQueue<Timestamp, Event>()
    private var callsByNumber: [String: Int] = [:]
    private var changes: [WorldChange] = []

    /// A call centre that opens at `start`.
    package init(settings: CallCentreSettings, model: CallModel, start: Timestamp) {
        self.settings = settings
        self.model = model
        now = start
        agents = (0..<max(0, settings.agents) + max(0, settings.diallers)).map {
            SimulatedAgent(ordinal: $0, settings: settings, start: start)
        }
    }

    /// When something will happen next, if anything is to.
    package var nextEventAt: Timestamp? { events.nextTime }

    /// Places a call and gives its ordinal; what is due before `time` happens first.
    ///
    /// The agent of an agent-first call has to be free, which whoever places it makes sure of. The callee behaves as
    /// `model` has it for `likeNumber` where one is given, and else for the callee's own number.
    package mutating func place(
        caller: String, callee: String, destination: SimulatedCall.Destination, likeNumber: String? = nil,
        at time: Timestamp
    ) -> Int {
        advance(to: time)
        let ordinal = calls.count
        let behaviour = model.callee(number: likeNumber ?? callee, callOrdinal: callsByNumber[callee, default: 0])
        callsByNumber[callee, default: 0] += 1
        calls.append(
            SimulatedCall(
                ordinal: ordinal, caller: caller, callee: callee, destination: destination, placedAt: now,
                behaviour: behaviour))
        if case .agentFirst(let agent) = destination {
            ringFirst(ordinal, agent)
        } else {
            events.add(.networkReached(call: ordinal), at: now + settings.setUpDelay)
        }
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

    /// Gives what has changed since the last time, in order, and forgets it; nothing unless `recordsChanges`.
    package mutating func takeChanges() -> [WorldChange] {
        defer { changes = [] }
        return changes
    }

    mutating func record(_ change: WorldChange) {
        if recordsChanges { changes.append(change) }
    }

    private mutating func handle(_ event: Event) {
        switch event {
        case .networkReached(let call): networkReached(call)
        case .calleeResponded(let call): calleeResponded(call)
        case .patienceRanOut(let call, let wait): patienceRanOut(call, wait: wait)
        case .queueTimedOut(let call): queueTimedOut(call)
        case .agentPickedUp(let call, let offer): agentPickedUp(call, offer: offer)
        case .agentMissed(let call, let offer): agentMissed(call, offer: offer)
        case .colleaguePickedUp(let call, let consultation): colleaguePickedUp(call, consultation: consultation)
        case .colleagueMissed(let call, let consultation): colleagueMissed(call, consultation: consultation)
        case .talkEnded(let call, let talk): talkEnded(call, talk: talk)
        case .dialogueEnded(let call): dialogueEnded(call)
        case .wrapUpEnded(let agent, let since): restEnded(agent, .wrapUp, since: since)
        case .breakEnded(let agent, let since): restEnded(agent, .onBreak, since: since)
        }
    }
}
