package import DialModel

/// An agent of the simulated call centre.
package struct SimulatedAgent: Hashable, Sendable {
    /// What an agent is doing; the raw value is Alibaba's word (`vendors/alibaba-udesk.md`, A2.3).
    package enum State: String, CaseIterable, Hashable, Sendable {
        /// Free for a call.
        case ready = "Ready"
        /// The agent's phone rings.
        case ringing = "Ringing"
        /// Calling out by themselves, the first leg of a back-to-back call among it.
        case dialing = "Dialing"
        /// In a call.
        case talking = "Talking"
        /// After-call work.
        case wrapUp = "ACW"
        /// On a break, be it of their own will or for not having picked up.
        case onBreak = "Break"
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
    /// The extension.
    package let extensionNumber: String
    /// Every state since signing in, the present one last.
    package private(set) var log: [Change]
    /// The calls offered so far.
    package internal(set) var offers = 0

    init(ordinal: Int, signedInAt: Timestamp) {
        id = String(200_000_000_000_000_001 + ordinal)
        login = "agent\(ordinal + 1)"
        name = "Agent \(ordinal + 1)"
        extensionNumber = String(8001 + ordinal)
        log = [Change(state: .ready, at: signedInAt, call: nil)]
    }

    /// What the agent is doing.
    package var state: State { log[log.count - 1].state }

    /// Since when.
    package var since: Timestamp { log[log.count - 1].at }

    mutating func enter(_ state: State, at time: Timestamp, call: Int? = nil) {
        log.append(Change(state: state, at: time, call: call))
    }
}
