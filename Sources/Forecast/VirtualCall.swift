import CallModel
package import DialModel

/// A call of a virtual world, from the request that placed it to its end.
package struct VirtualCall: Hashable, Sendable {
    /// Where it stands.
    package enum Stage: Hashable, Sendable {
        /// Asked for, or accepted; the network has not been reached. Can go to ringing.
        case settingUp
        /// The callee's phone rings, or is about to. Can go to detecting, waiting, ended.
        case ringing
        /// Answered; the vendor listens who it is. Can go to waiting, ended.
        case detecting
        /// The callee waits for an agent. Can go to offered, talking, hearing, ended.
        case waiting
        /// An agent's phone rings. Can go to waiting, talking, hearing, ended.
        case offered
        /// Callee and agent talk. Can go to ended.
        case talking
        /// The callee hears the campaign's message. Can go to ended.
        case hearing
        /// Over.
        case ended
    }

    /// What has been told of it, and in which order it is.
    enum News: Int, Hashable, Sendable, Comparable {
        case nothing, ringing, answered, connected, ended

        static func < (lhs: Self, rhs: Self) -> Bool { lhs.rawValue < rhs.rawValue }
    }

    /// Where it stands.
    package internal(set) var stage = Stage.settingUp
    /// The agent whom it was placed for, who is offered it, or who talks, by index.
    package internal(set) var agent: Int?
    /// When it was asked for.
    let placedAt: Timestamp
    let behaviour: CalleeBehaviour
    /// Whether it was placed for its agent and nobody else.
    let isBound: Bool
    var ringingAt: Timestamp?
    var answeredAt: Timestamp?
    /// When it was known who answered.
    var detectedAt: Timestamp?
    var cpa = CPAResult.unknown
    var waitingSince: Timestamp?
    var connectedAt: Timestamp?
    var endedAt: Timestamp?
    /// How often it was offered, by which a timer of an earlier offer is known.
    var offers: Int32 = 0
    /// The latest news of it that the engine was told.
    var told = News.nothing
    /// When the engine wants to be reminded of it; nil for never.
    var remindAt: Timestamp?
    /// Whether the vendor will be asked about it at an instant that is fixed already.
    var isLookedAt = false

    init(placedAt: Timestamp, behaviour: CalleeBehaviour, agent: Int?) {
        self.placedAt = placedAt
        self.behaviour = behaviour
        self.agent = agent
        isBound = agent != nil
    }

    /// How it ended, by the account of a vendor that tells so many ways of not being answered apart.
    func outcome(telling told: [CallOutcome]) -> CallOutcome {
        if connectedAt != nil { return .connected }
        if cpa == .machine { return .machine }
        if answeredAt != nil { return .abandoned }
        let failure: CallOutcome =
            switch behaviour.kind {
            case .human, .machine, .noAnswer: .noAnswer
            case .busy: .busy
            case .invalid: .invalidNumber
            case .rejected: .rejected
            case .unreachable: .unreachable
            case .congestion: .congestion
            }
        return told.contains(failure) ? failure : .noAnswer
    }
}

/// An agent of a virtual world.
package struct VirtualAgent: Hashable, Sendable {
    /// What they do.
    package enum State: Hashable, Sendable {
        /// Free for a call.
        case idle
        /// Their phone rings.
        case ringing
        /// In a call.
        case talking
        /// After-call work.
        case wrapUp
        /// On a break for not having picked up.
        case onBreak
    }

    let id: AgentID
    /// What they do.
    package internal(set) var state = State.idle
    /// Since when.
    package internal(set) var since: Timestamp
    /// Their call, by the ordinal of its attempt.
    package internal(set) var call: Int?
    /// The call that was placed for them and has not reached them, by the ordinal of its attempt.
    var promised: Int?
    var offers = 0
    /// Whether the engine has not been told of their latest change.
    var isChanged = false

    var activity: AgentActivity {
        switch state {
        case .idle: .idle
        case .ringing, .talking: .busy
        case .wrapUp: .wrapUp
        case .onBreak: .onBreak
        }
    }
}
