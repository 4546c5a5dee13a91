import DialModel

/// A call of ours, as its events tell of it (`vendors/well-wincall.md`, A.6.2).
///
/// Facts only move forward, and so do their times: whatever comes late, twice or out of turn adds nothing, and of two
/// facts the later one is never told as of an earlier instant, though one kept the vendor's time and the other ours.
struct TrackedCall: Hashable, Sendable {
    /// Who has the call after the phone that dialled it.
    enum Hand: Hashable, Sendable {
        /// Nobody else. Can go to offered.
        case none
        /// The vendor was asked then to give it to this agent, whose phone may ring. Can go to none, taken.
        case offered(AgentAddress, since: Timestamp)
        /// This agent talks. Stays so.
        case taken(AgentAddress)
    }

    /// What the vendor said of a call that failed, verbatim.
    struct Failure: Hashable, Sendable {
        var code: String
        var words: String
    }

    let attempt: AttemptID
    /// Whose phone dialled it.
    let owner: AgentAddress
    /// Whether it was dialled for that agent, rather than by an automatic phone.
    let isForAgent: Bool
    /// The digits on the wire.
    let dialled: String
    let prefix: String
    /// The number that we asked to be shown.
    let callerID: String?
    let placedAt: Timestamp
    /// How long the callee's phone may ring.
    let ringTimeout: Duration
    /// The vendor's name of it; nil as long as neither the answer to the request nor an event has told it.
    var callID: String?
    /// Whether events of it may have been lost.
    var hasGap = false
    /// Whether we asked the vendor to end it.
    var wasHungUp = false
    /// How far it came.
    private(set) var originatedAt: Timestamp?
    private(set) var hasRung = false
    private(set) var answeredAt: Timestamp?
    private(set) var connectedAt: Timestamp?
    private(set) var failure: Failure?
    var hand = Hand.none
    /// Everything that is known of it, in order.
    private(set) var facts: [DatedProgress] = []
    private(set) var hasEnded = false
    /// Whether it was dropped at once, as calls with a wrong prefix or a number that is not ours are.
    private(set) var wasDroppedAtOnce = false

    /// The reason of an end that no event told.
    static let gone = "gone from client-state"
    /// How long phones may ring at most where nobody says: longer than networks let them.
    static let longestRingTimeout = Duration.seconds(120)
    /// How soon after its start a call ends that nobody can have heard (A.6.3).
    private static let instant = Duration.seconds(3)

    init(
        attempt: AttemptID, owner: AgentAddress, isForAgent: Bool, dialled: String, prefix: String, callerID: String?,
        placedAt: Timestamp, ringTimeout: Duration = TrackedCall.longestRingTimeout
    ) {
        self.attempt = attempt
        self.owner = owner
        self.isForAgent = isForAgent
        self.dialled = dialled
        self.prefix = prefix
        self.callerID = callerID
        self.placedAt = placedAt
        self.ringTimeout = ringTimeout
    }

    /// At whose phone it is now.
    var holder: AgentAddress {
        switch hand {
        case .none: owner
        case .offered(let agent, _), .taken(let agent): agent
        }
    }

    /// Takes in an event of the agent at `desk`.
    mutating func take(_ event: WellEvent, at desk: AgentAddress, at instant: Timestamp) {
        guard !hasEnded else { return }
        switch event.name {
        case .originated: originatedAt = originatedAt ?? instant
        case .delivered:
            guard hand == .none, let alerting = event.alertingDevice, !desk.owns(alerting) else { return }
            ring(at: instant)
        case .established: establish(answeredBy: event.answeringDevice, at: desk, at: instant)
        case .failed:
            failure = failure ?? Failure(code: event.failedCode ?? "", words: event.failedMessage ?? "")
        case .connectionCleared:
            guard event.releasingDevice.map(desk.owns) ?? true, desk == holder else { return }
            end(cause: event.cause, hangupDevice: event.hangupDevice, at: instant)
        case .serviceInitiated, .conferenced, .transferred, .agentLoggedOn, .agentLoggedOff, .agentReady,
            .agentNotReady,
            .agentAllocated,
            .agentWorkingAfterCall:
            return
        }
    }

    /// Takes in that the vendor's state has the call as answered, of which no event told.
    mutating func learnAnswer(at instant: Timestamp, agent: AgentAddress) {
        guard !hasEnded else { return }
        answer(at: instant)
        if case .offered(agent, _) = hand { join(agent, at: instant) }
    }

    /// Takes in that the vendor does not have the call any more, of whose end no event told.
    mutating func vanish(at instant: Timestamp) {
        guard !hasEnded else { return }
        let outcome: CallOutcome
        if connectedAt != nil {
            outcome = .connected
        } else if answeredAt != nil {
            outcome = .abandoned
        } else {
            outcome = failure.flatMap { FailureTable.outcome(ofCode: $0.code) } ?? .unknown
        }
        close(as: outcome, reason: failureText ?? Self.gone, at: instant)
    }

    // MARK: Private

    private mutating func ring(at instant: Timestamp) {
        guard !hasRung, answeredAt == nil else { return }
        hasRung = true
        facts.append(DatedProgress(.ringing, at: inOrder(instant)))
    }

    private mutating func establish(answeredBy device: String?, at desk: AgentAddress, at instant: Timestamp) {
        if case .offered(let agent, _) = hand, desk == agent || device.map(agent.owns) == true {
            return join(agent, at: instant)
        }
        // The own phone answers where it is rung before the callee is.
        guard let device, !desk.owns(device) else { return }
        answer(at: instant)
    }

    private mutating func answer(at instant: Timestamp) {
        guard answeredAt == nil else { return }
        let instant = inOrder(instant)
        answeredAt = instant
        facts.append(DatedProgress(.answered(.unknown), at: instant))
        if isForAgent { join(owner, at: instant) }
    }

    private mutating func join(_ agent: AgentAddress, at instant: Timestamp) {
        guard connectedAt == nil else { return }
        let instant = inOrder(instant)
        connectedAt = instant
        if !isForAgent { hand = .taken(agent) }
        facts.append(DatedProgress(.connected(agent.agent), at: instant))
    }

    private mutating func end(cause: String?, hangupDevice: String?, at instant: Timestamp) {
        if let originatedAt, failure == nil, answeredAt == nil, !hasRung, !wasHungUp {
            wasDroppedAtOnce =
                instant - originatedAt < Self.instant && FailureTable.suggestsMisconfiguration(cause)
        }
        let outcome = outcome(cause: cause, hangupDevice: hangupDevice)
        close(as: outcome, reason: failureText ?? cause ?? "", at: instant)
    }

    private func outcome(cause: String?, hangupDevice: String?) -> CallOutcome {
        if connectedAt != nil { return .connected }
        if case .offered = hand {
            // The callee is dropped when the agent does not pick up, and may hang up while the phone rings.
            return hangupDevice.map(AgentAddress.localPart) == dialled ? .abandoned : .agentMissed
        }
        if answeredAt != nil { return .abandoned }
        if let failure, let outcome = FailureTable.outcome(ofCode: failure.code) { return outcome }
        // A call always sets out for the callee once the agent's own phone is up (A.6.2).
        if isForAgent, originatedAt == nil, !hasRung, !hasGap { return .agentMissed }
        // Nobody's phone rang, so nobody can have left it ringing.
        if wasDroppedAtOnce { return .congestion }
        // Of what was missed, somebody may have answered and talked.
        if hasGap, FailureTable.endsConversations(cause) { return .unknown }
        return FailureTable.outcome(ofCause: cause)
    }

    /// The instant of the next fact, which is no earlier than that of the one before.
    private func inOrder(_ instant: Timestamp) -> Timestamp { max(instant, facts.last?.at ?? placedAt) }

    private var failureText: String? {
        failure.map { $0.words.isEmpty ? $0.code : "\($0.code) \($0.words)" }
    }

    private mutating func close(as outcome: CallOutcome, reason: String, at instant: Timestamp) {
        hasEnded = true
        let instant = inOrder(instant)
        let reachedCallee = hasRung || answeredAt != nil || failure != nil
        let ending = CallEnding(
            outcome: outcome, vendorReason: reason, answeredAt: answeredAt, connectedAt: connectedAt,
            talk: connectedAt.map { instant - $0 }, agent: connectedAt == nil ? nil : holder.agent,
            shownCallerID: reachedCallee ? callerID : nil, vendorCall: callID.map(VendorCallID.init))
        facts.append(DatedProgress(.ended(ending), at: instant))
    }
}
