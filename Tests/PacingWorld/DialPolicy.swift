/// Something that decides how many calls to place.
package protocol DialPolicy: AnyObject {
    /// How many calls to place now; asked every half second. The world sees to lines, rates and leads.
    func calls(in world: World, at time: Double) -> Int
    /// Something happened.
    func heard(_ news: News, at time: Double)
}

/// What a policy is told: no more than a dialer can know, but for the callee within a call.
package enum News {
    /// A call was placed; they are numbered in the order of their placing.
    case placed(Call)
    /// Somebody or something answered it.
    case answered(Call)
    /// It ended before anybody answered.
    case unanswered(Call)
    /// Call progress analysis is over.
    case judged(Call)
    /// An agent took it.
    case connected(Call)
    /// A live answer found no agent in time.
    case abandoned(Call)
    /// The agent has finished talking, and the work after it.
    case talkEnded(Call, Stay), wrapUpEnded(Call, Stay)
    /// An agent who is busy will leave after it, or stays on after all.
    case leaves(Stay), stays(Stay)
    /// The vendor did not take a call.
    case vendorFailed
}

/// An agent in a state.
package struct Stay {
    /// What the agent does.
    package var state: AgentState
    /// Since when.
    package var since: Double
    /// Whether the agent leaves afterwards.
    package var isLast: Bool
}

/// What an agent does.
package enum AgentState: Sendable { case idle, talking, wrappingUp, away }

/// A call that was placed.
package struct Call: Sendable {
    /// Its number, which is its lead's place in the list.
    package var number: Int
    /// Its lead's segment.
    package var segment: Int
    /// When it was placed.
    package var placedAt: Double
    /// Whom it meets.
    package var callee: Callee
    /// Whose answer it was, counted from one, once it is a live one.
    package var liveNumber = 0
    /// Who talks.
    package var agent: Int?
    /// Whether the callee waits for an agent.
    package var waits = false

    /// When it was answered, if it is.
    package var answeredAt: Double { placedAt + callee.ring }
}

/// One call for each idle agent: nobody is ever abandoned.
package final class ProgressivePolicy: DialPolicy {
    /// There is nothing to say.
    package init() {}

    package func calls(in world: World, at time: Double) -> Int {
        max(0, world.count(.idle) - world.inFlight - world.waiting.count)
    }

    package func heard(_ news: News, at time: Double) {}
}
