import DialModel

/// A step of an agent's day.
enum AgentStep: Sendable {
    case comes
    case leaves
    case wrapUpEnds(Int)
    case breakEnds(Int)
    case returns
}

/// An agent of the world.
struct SimulatedAgent: Sendable {
    /// What they do.
    enum State: Hashable, Sendable {
        case offline, idle, ringing, talking, wrapUp, onBreak
    }

    let id: AgentID
    let skills: [AgentSkill]
    var state = State.offline
    var since: Timestamp
    /// Whether they are meant to be there.
    var isOnShift = false
    /// Whether their connection is gone.
    var isVanished = false
    /// The call that they are rung for or talk in.
    var call: Int?
    /// How often they were rung.
    var offers = 0
    /// Counts their wrap-ups and breaks, so that an end belongs to one of them.
    var pauses = 0

    var activity: AgentActivity {
        switch state {
        case .offline: .offline
        case .idle: .idle
        case .ringing, .talking: .busy
        case .wrapUp: .wrapUp
        case .onBreak: .onBreak
        }
    }
}
