/// What one call to one number meets.
package struct CalleeBehaviour: Hashable, Sendable {
    /// Who or what is at the other end.
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        /// A person answers.
        case human
        /// A voice mailbox or an announcement answers.
        case machine
        /// The line is engaged.
        case busy
        /// It rings out.
        case noAnswer = "no_answer"
        /// The number does not exist.
        case invalid
        /// The callee declines the call.
        case rejected
        /// The phone is switched off or out of reach.
        case unreachable
        /// The network has no capacity.
        case congestion

        /// Whether the call is answered.
        package var answers: Bool { self == .human || self == .machine }
    }

    /// Who or what is at the other end.
    package var kind: Kind
    /// How long after the call reached the network it is answered or known to have failed.
    package var responds: Duration
    /// How long the callee, having answered, waits until an agent speaks.
    package var patience: Duration
    /// How long callee and agent talk.
    package var talk: Duration

    /// Memberwise.
    package init(kind: Kind, responds: Duration, patience: Duration, talk: Duration) {
        self.kind = kind
        self.responds = responds
        self.patience = patience
        self.talk = talk
    }
}

/// What one agent does with one call.
package struct AgentBehaviour: Hashable, Sendable {
    /// How long it takes to pick up; nil when the agent does not pick up at all.
    package var pickUp: Duration?
    /// How long the agent works after the call.
    package var wrapUp: Duration

    /// Memberwise.
    package init(pickUp: Duration?, wrapUp: Duration) {
        self.pickUp = pickUp
        self.wrapUp = wrapUp
    }
}
