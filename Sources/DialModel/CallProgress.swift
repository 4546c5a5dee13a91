/// A fact that a vendor reports of a call.
package enum CallProgress: Hashable, Sendable, Codable {
    /// The callee's phone rings.
    case ringing
    /// Somebody or something answered.
    case answered(CPAResult)
    /// Callee and agent are joined; the vendor may not say which agent.
    case connected(AgentID?)
    /// The agent whom the answered call was offered to did not take it; the callee waits on.
    case agentMissed(AgentID)
    /// The call is over.
    case ended(CallEnding)
}

/// How a call ended, by the vendor's account.
package struct CallEnding: Hashable, Sendable, Codable {
    /// The vendor's account mapped to our outcomes.
    package var outcome: CallOutcome
    /// The vendor's own words or code, verbatim, for the ledger.
    package var vendorReason: String
    /// When the callee answered, if they did and the vendor says.
    package var answeredAt: Timestamp?
    /// When callee and agent were joined, if they were and the vendor says.
    package var connectedAt: Timestamp?
    /// How long callee and agent talked, if the vendor says.
    package var talk: Duration?
    /// Who talked, if the vendor says.
    package var agent: AgentID?
    /// The number that the callee was shown, in the vendor's form, if it says.
    package var shownCallerID: String?
    /// The vendor's name of the call, if it says: the answer to the request may come later than the end, or never.
    package var vendorCall: VendorCallID?

    /// Memberwise; everything but outcome and reason is optional.
    package init(
        outcome: CallOutcome, vendorReason: String, answeredAt: Timestamp? = nil, connectedAt: Timestamp? = nil,
        talk: Duration? = nil, agent: AgentID? = nil, shownCallerID: String? = nil, vendorCall: VendorCallID? = nil
    ) {
        self.outcome = outcome
        self.vendorReason = vendorReason
        self.answeredAt = answeredAt
        self.connectedAt = connectedAt
        self.talk = talk
        self.agent = agent
        self.shownCallerID = shownCallerID
        self.vendorCall = vendorCall
    }
}

/// Progress of a call, with the vendor's time of it.
package struct DatedProgress: Hashable, Sendable, Codable {
    /// What happened.
    package var progress: CallProgress
    /// When.
    package var at: Timestamp

    /// Memberwise.
    package init(_ progress: CallProgress, at: Timestamp) {
        self.progress = progress
        self.at = at
    }
}

/// What a vendor's records say of an attempt whose fate we do not know.
package enum Reconciliation: Hashable, Sendable, Codable {
    /// The call was placed; these facts are known of it, in order. The vendor client follows it from here on.
    case found(VendorCallID, [DatedProgress])
    /// The vendor has no trace of it so far.
    case notFound
    /// The vendor proves that it never placed the call.
    case neverPlaced
    /// Nobody can be asked any more: whoever placed it is gone, and its end with them.
    case lost
}
