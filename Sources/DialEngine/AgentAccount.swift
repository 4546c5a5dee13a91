package import DialModel

/// What is known of one agent.
package struct AgentAccount: Hashable, Sendable {
    /// Who.
    package let id: AgentID
    /// What they are doing.
    package internal(set) var activity: AgentActivity
    /// Since when they are doing that.
    package internal(set) var since: Timestamp
    /// The attempt whose call they are to take, or have.
    package internal(set) var reservedFor: AttemptID?
    /// Whether they talk with a callee of ours, since `since`.
    package internal(set) var isTalking = false
    /// Until when they are offered no call, because they did not take one.
    package internal(set) var setAsideUntil: Timestamp?
    /// Whether they are known to go on a break or home after the present call.
    package internal(set) var isLeaving = false
    /// How many calls they did not take, in this run.
    package internal(set) var missed = 0
    /// How many they did not take since they last took one.
    var missedInARow = 0
    /// No observation from before this instant counts.
    var knownAt: Timestamp
    /// Whether the run may give them calls.
    var grant = Grant.always

    /// Whether a run may give calls to an agent whom it shares with others.
    enum Grant: Hashable, Sendable {
        /// It shares them with nobody.
        case always
        /// Another runner may.
        case never
        /// Since then; what they were observed to do before may have been over with a call of another runner's.
        case since(Timestamp)
    }

    /// Whether they can be offered a call.
    package var isIdle: Bool { activity == .idle && reservedFor == nil && setAsideUntil == nil && isKnownToBeOurs }

    /// Whether the run may give them calls by what it knows of them.
    private var isKnownToBeOurs: Bool {
        switch grant {
        case .always: true
        case .never: false
        case .since(let instant): knownAt > instant
        }
    }

    /// Whether the run counts them among its own: it may give them calls, or they have one of its.
    package var isOurs: Bool { grant != .never || reservedFor != nil }

    /// Whether they are there for nobody.
    var isAway: Bool { activity == .offline || activity == .onBreak }

    /// What a controller of pacing needs to know of them.
    var occupation: Occupation {
        guard grant != .never else { return .none }
        return switch activity {
        case .busy where !isLeaving: .talking(since: since)
        case .wrapUp where !isLeaving: .wrappingUp(since: since)
        case .idle, .busy, .wrapUp, .onBreak, .offline: .none
        }
    }

    /// Whether calls are dialled for them: they are signed in, and will take a further call.
    var isAtWork: Bool {
        switch activity {
        case .idle, .busy, .wrapUp: !isLeaving && setAsideUntil == nil && grant != .never
        case .onBreak, .offline: false
        }
    }

    /// What keeps an agent from the next call, and will be over in a while.
    enum Occupation: Hashable, Sendable {
        /// Nothing, or nothing that ends with their being idle.
        case none
        /// A call.
        case talking(since: Timestamp)
        /// Work after a call.
        case wrappingUp(since: Timestamp)
    }

    init(_ id: AgentID, at now: Timestamp) {
        self.id = id
        activity = .offline
        since = now
        knownAt = now
    }
}
