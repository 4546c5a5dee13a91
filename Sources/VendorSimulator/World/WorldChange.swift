package import DialModel

/// One thing that changed in the simulated call centre, as a dialect that pushes events is told it.
package enum WorldChange: Hashable, Sendable {
    /// Something happened to a call; a new entry of its history.
    case happened(call: Int, SimulatedCall.Entry)
    /// A call ended; its ending and who ended it stand in the call.
    case ended(call: Int, at: Timestamp)
    /// An agent or dialler entered a state, signing in and out among them.
    case agentChanged(agent: Int, SimulatedAgent.Change)
}
