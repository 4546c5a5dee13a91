package import DialModel

/// A wish for leads to dial now.
package struct ClaimRequest: Sendable {
    /// Whose leads.
    package var campaign: CampaignID
    /// The run that will dial them.
    package var run: RunID
    /// The vendor account that will place the calls.
    package var vendor: String
    /// How many at most.
    package var count: Int
    /// The instant at which they must be due.
    package var now: Timestamp
    /// Decides on each candidate inside the transaction.
    package var policy: any ClaimPolicy

    /// Memberwise.
    package init(
        campaign: CampaignID, run: RunID, vendor: String, count: Int, now: Timestamp, policy: any ClaimPolicy
    ) {
        self.campaign = campaign
        self.run = run
        self.vendor = vendor
        self.count = count
        self.now = now
        self.policy = policy
    }
}

/// The last word on a lead before it is dialled: pure, and asked inside the claiming transaction.
package protocol ClaimPolicy: Sendable {
    /// May this lead be dialled now, and with which number shown?
    func decide(on candidate: ClaimCandidate, at now: Timestamp) -> ClaimDecision
}

/// A due lead.
package struct ClaimCandidate: Hashable, Sendable {
    /// The lead.
    package var lead: LeadID
    /// Its number.
    package var number: PhoneNumber
    /// How its earlier attempts ended.
    package var history: OutcomeCounts

    /// Memberwise.
    package init(lead: LeadID, number: PhoneNumber, history: OutcomeCounts) {
        self.lead = lead
        self.number = number
        self.history = history
    }
}

/// The answer to a candidate.
package enum ClaimDecision: Hashable, Sendable {
    /// Dial it, showing this number (in the vendor's form), or one of the vendor's choice.
    case dial(callerID: String?)
    /// Leave it until this instant.
    case hold(until: Timestamp)
}

/// What a commit yielded.
package struct ClaimResult: Hashable, Sendable {
    /// The committed attempts, in the order to dial them; empty without a request.
    package var claims: [Claim]
    /// When the campaign's next waiting lead is due, not before now; nil when no lead is waiting.
    package var nextDueAt: Timestamp?

    /// Memberwise.
    package init(claims: [Claim], nextDueAt: Timestamp?) {
        self.claims = claims
        self.nextDueAt = nextDueAt
    }
}
