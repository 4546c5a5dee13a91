/// What happened to an attempt since the last commit.
package enum AttemptChange: Hashable, Sendable, Codable {
    /// It reached a state; appended to its timeline.
    case reached(AttemptID, AttemptState, at: Timestamp, detail: AttemptDetail)
    /// It ended, and its lead goes on as decided.
    case closed(AttemptID, AttemptClosing)
}

/// What is known besides the state.
package struct AttemptDetail: Hashable, Sendable, Codable {
    /// The vendor's name of the call.
    package var vendorCall: VendorCallID?
    /// The agent reserved for or joined to the call.
    package var agent: AgentID?
    /// Who answered.
    package var cpa: CPAResult?
    /// An agent whom the call was offered to and who did not take it.
    package var missedBy: AgentID?
    /// Whether the vendor was asked to play the campaign's message to the callee.
    package var isMessage: Bool
    /// Words for the timeline.
    package var note: String?

    /// Memberwise; everything is optional.
    package init(
        vendorCall: VendorCallID? = nil, agent: AgentID? = nil, cpa: CPAResult? = nil, missedBy: AgentID? = nil,
        isMessage: Bool = false, note: String? = nil
    ) {
        self.vendorCall = vendorCall
        self.agent = agent
        self.cpa = cpa
        self.missedBy = missedBy
        self.isMessage = isMessage
        self.note = note
    }
}

/// The end of an attempt.
package struct AttemptClosing: Hashable, Sendable, Codable {
    /// How it ended.
    package var outcome: CallOutcome
    /// When it ended.
    package var endedAt: Timestamp
    /// When the callee answered, if they did.
    package var answeredAt: Timestamp?
    /// When callee and agent were joined, if they were.
    package var connectedAt: Timestamp?
    /// How long they talked; nil too if they did and nobody saw when it was over.
    package var talk: Duration?
    /// Who talked.
    package var agent: AgentID?
    /// What the vendor said, verbatim; before it, who had the call ended, where a supervisor did.
    package var vendorReason: String
    /// The number that the callee was shown, if the vendor says.
    package var shownCallerID: String?
    /// What becomes of the lead.
    package var lead: LeadDecision

    /// Memberwise.
    package init(
        outcome: CallOutcome, endedAt: Timestamp, answeredAt: Timestamp?, connectedAt: Timestamp?, talk: Duration?,
        agent: AgentID?, vendorReason: String, shownCallerID: String?, lead: LeadDecision
    ) {
        self.outcome = outcome
        self.endedAt = endedAt
        self.answeredAt = answeredAt
        self.connectedAt = connectedAt
        self.talk = talk
        self.agent = agent
        self.vendorReason = vendorReason
        self.shownCallerID = shownCallerID
        self.lead = lead
    }
}
