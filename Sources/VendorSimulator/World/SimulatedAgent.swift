package import DialModel

/// An agent of the simulated call centre, or a dialler: an automatic phone that acts as one.
package struct SimulatedAgent: Hashable, Sendable {
    /// What an agent is doing; the raw value is Alibaba's word where it has one (`vendors/alibaba-udesk.md`, A2.3).
    package enum State: String, CaseIterable, Hashable, Sendable {
        /// Free for a call.
        case ready = "Ready"
        /// The agent's phone rings.
        case ringing = "Ringing"
        /// Calling out by themselves: an agent-first call that the callee has not answered.
        case dialing = "Dialing"
        /// In a call.
        case talking = "Talking"
        /// After-call work.
        case wrapUp = "ACW"
        /// On a break, be it of their own will or for not having picked up.
        case onBreak = "Break"
        /// Not at work.
        case signedOut = "SignedOut"
    }

    /// What an agent who is signed in wants to be when no call keeps them busy.
    package enum Readiness: Hashable, Sendable {
        /// Free for calls.
        case ready
        /// On a break, for a reason in the vendor's spelling.
        case notReady(reason: String)
    }

    /// A change of state, for the agent's log.
    package struct Change: Hashable, Sendable {
        /// The new state.
        package var state: State
        /// Since when.
        package var at: Timestamp
        /// The call that brought it about.
        package var call: Int?
    }

    /// The id that vendors' wires carry: 18 digits, as a RamId has.
    package let id: String
    /// The log-in name.
    package let login: String
    /// The name to show.
    package let name: String
    /// The job number: from 5001 for agents, from 5901 for diallers unless there are more than 900 agents.
    package let jobNumber: String
    /// The extension: 3000 more than the job number.
    package let extensionNumber: String
    /// Whether it is an automatic phone rather than a person.
    package let isDialler: Bool
    /// Every state so far, the present one last.
    package private(set) var log: [Change]
    /// What they are once no call keeps them busy.
    package internal(set) var readiness = Readiness.ready
    /// The calls that rang at their phone so far.
    package internal(set) var offers = 0
    /// Whether they sign out as soon as the call that keeps them is over.
    var isSigningOut = false

    /// The agent, or the dialler, at a place in the order of both.
    init(ordinal: Int, settings: CallCentreSettings, start: Timestamp) {
        isDialler = ordinal >= settings.agents
        let place = isDialler ? ordinal - settings.agents + max(900, settings.agents) : ordinal
        let word = isDialler ? "dialler" : "agent"
        let number = isDialler ? ordinal - settings.agents + 1 : ordinal + 1
        id = String(200_000_000_000_000_001 + ordinal)
        login = "\(word)\(number)"
        name = "\(isDialler ? "Dialler" : "Agent") \(number)"
        jobNumber = String(5001 + place)
        extensionNumber = String(8001 + place)
        log = [Change(state: settings.startsSignedIn ? .ready : .signedOut, at: start, call: nil)]
    }

    /// What the agent is doing.
    package var state: State { log[log.count - 1].state }

    /// Since when.
    package var since: Timestamp { log[log.count - 1].at }

    /// Whether they are signed in and no call occupies their phone.
    package var isFree: Bool { [.ready, .onBreak, .wrapUp].contains(state) }

    mutating func enter(_ change: Change) { log.append(change) }
}
