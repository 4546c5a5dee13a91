import DialModel
import Telephony

/// The call on an agent's phone, as far as its messages have told (`vendors/well-wincall.md`, B.6).
struct PhoneCall: Hashable, Sendable {
    /// How a call came to the phone, and what becomes of it.
    enum Way: Hashable, Sendable {
        /// Placed by us, and the agent talks with the callee.
        case placed
        /// Placed by us at an automatic phone; once answered it goes to the skill group.
        case placedForQueue
        /// Placed by us, answered, and given to this agent by the skill group.
        case fromQueue
        /// Placed by the vendor for its auto-call project, answered, and given to this agent.
        case own
        /// No call of the campaign.
        case foreign
    }

    /// How far the hand-over to the skill group is.
    enum Transfer: Hashable, Sendable {
        case none
        case asked
        /// Declined: the vendor's code and words.
        case failed(String)
    }

    private static let longestTrail = 24

    var way: Way
    /// Whose call it is; nil for a foreign one.
    var attempt: AttemptID?
    /// The name that it goes by.
    var id: VendorCallID?
    var called: CalledNumber?
    /// What a call of the project is reported as, once its callee is known.
    var own: OwnCall?
    /// When it was asked for, or when it came.
    var since: Timestamp
    /// When the vendor said that it takes it.
    var acceptedAt: Timestamp?
    /// The states of the phone in their order, by the vendor's codes.
    var trail: [String] = []
    var parameters = CallParameters()
    /// Whether the callee's phone has been told to ring.
    var hasRung = false
    var answeredAt: Timestamp?
    var connectedAt: Timestamp?
    /// Whether something may have happened that nobody told, because the channel was down.
    var hasGap = false
    var isBeingEnded = false
    var transfer = Transfer.none

    init(_ way: Way, attempt: AttemptID? = nil, id: VendorCallID? = nil, called: CalledNumber? = nil, since: Timestamp)
    {
        self.way = way
        self.attempt = attempt
        self.id = id
        self.called = called
        self.since = since
    }

    /// Whether anything proves that the phone took part in it.
    var isProven: Bool { acceptedAt != nil || !trail.isEmpty }

    /// Whether it can be told apart from a call to somebody else.
    var hasKnownCallee: Bool { called != nil || parameters.called != nil }

    /// Whether only the agent's own phone has rung.
    var ringsOwnPhone: Bool { trail.last == PhoneState.ringing(.outbound).code }

    /// Whether a colleague or a supervisor's wish brought it to the phone: it is theirs.
    var cameByColleague: Bool {
        let others = [PhoneState.ringing(.direct), .ringing(.spying), .ringing(.consultation), .transferredHere]
        return others.contains { trail.first == $0.code }
    }

    /// Whether what is told of a call of the project is of another one than this.
    ///
    /// Of a call that an earlier run knew nothing has been told but its callee.
    func isAnother(_ told: CallParameters) -> Bool {
        if parameters.isOfAnotherCall(told) { return true }
        guard way == .placed, parameters.caller == nil, let called, let callee = told.caller else { return false }
        return !called.isWritten(as: callee)
    }

    /// Takes over a message; a state that is told twice counts once.
    mutating func note(_ message: PhoneMessage) {
        parameters.merge(message.parameters)
        let code = message.state.code
        if trail.last != code, trail.count < Self.longestTrail { trail.append(code) }
    }

    /// How it ended, when it ended now: no message ever says why (B.6).
    ///
    /// `endWasSeen` is false where the end follows from the agent's state only.
    func ending(
        at now: Timestamp, endWasSeen: Bool, agent: AgentID?, callers: [String],
        connectedState: WinCallAccount.ConnectedState
    ) -> CallEnding {
        let (outcome, detail) = outcome(isWhole: endWasSeen && !hasGap, connectedState)
        // Of a call of the project the callee is who calls.
        let shown = way == .own ? parameters.called : parameters.caller.flatMap { callers.contains($0) ? $0 : nil }
        let words = detail.isEmpty ? trail.joined(separator: " ") : detail + " (" + trail.joined(separator: " ") + ")"
        return CallEnding(
            outcome: outcome, vendorReason: words, answeredAt: answeredAt, connectedAt: connectedAt,
            talk: endWasSeen ? connectedAt.map { now - $0 } : nil, agent: outcome == .connected ? agent : nil,
            shownCallerID: shown)
    }

    /// The outcome rule of B.6, and what the trail of states does not say by itself.
    private func outcome(
        isWhole: Bool, _ connectedState: WinCallAccount.ConnectedState
    ) -> (outcome: CallOutcome, detail: String) {
        if connectedAt != nil { return (.connected, isWhole ? "" : "the end was not seen") }
        if answeredAt != nil {
            if case .failed(let words) = transfer { return (.abandoned, words) }
            return (.abandoned, "no agent took the call")
        }
        guard isWhole else { return (.unknown, "not all of the call was seen") }
        if connectedState == .own, trail.contains(PhoneState.talking.code) {
            return (.unknown, "the vendor does not say whether the callee answered")
        }
        if trail.contains(PhoneState.alerting.code) { return (.noAnswer, "") }
        let wasCalling = trail.contains(PhoneState.calling.code) || trail.contains(PhoneState.ownSideConnected.code)
        return wasCalling ? (.noAnswer, "unclassified") : (.agentMissed, "the agent's phone was not picked up")
    }
}

/// An answered call that waits in the skill group for one of its agents.
struct QueuedCall: Hashable, Sendable {
    var attempt: AttemptID
    var id: VendorCallID
    var called: CalledNumber
    /// The states that its phones were in so far.
    var trail: [String]
    var answeredAt: Timestamp
    /// Since when it waits, or waits again.
    var since: Timestamp
}
