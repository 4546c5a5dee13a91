package import DialEngine
package import DialModel
package import Ledger

/// What a run is to do.
package struct RunPlan: Sendable {
    /// The campaign.
    package var campaign: CampaignID
    /// The run's own row.
    package var run: RunID
    /// The vendor account that places the calls.
    package var vendorName: String
    /// The digits to dial before a number.
    package var prefix: @Sendable (PhoneNumber) -> String
    /// Reads the number of somebody whom the vendor called by itself, in the vendor's spelling; nil if it is none.
    package var readCallee: @Sendable (String) -> PhoneNumber?
    /// Whether the vendor is to find out who answers.
    package var classifiesAnswers: Bool
    /// The engine's settings.
    package var engine: EngineSettings
    /// The last word on each lead.
    package var policy: any ClaimPolicy
    /// In which order leads are dialled; the run puts them into it when it begins.
    package var order: LeadOrder
    /// How many calls the account may carry, whichever campaigns place them.
    package var limits: AccountLimits
    /// Whether the vendor begins with the run, as a simulator inside the program does: nobody can be asked of calls from
    /// before then.
    package var isVendorNew = false
    /// Its place among several accounts; nil where the account carries all calls of the campaign.
    package var route: RunRoute?
    /// Which process on which machine it is, for people, where several runners share the campaign.
    package var runnerName = ""

    /// Memberwise.
    package init(
        campaign: CampaignID, run: RunID, vendorName: String, prefix: @escaping @Sendable (PhoneNumber) -> String,
        readCallee: @escaping @Sendable (String) -> PhoneNumber? = { PhoneNumber(e164: $0) },
        classifiesAnswers: Bool = false, engine: EngineSettings, policy: any ClaimPolicy,
        order: LeadOrder = LeadOrder(), limits: AccountLimits = AccountLimits(), route: RunRoute? = nil
    ) {
        self.campaign = campaign
        self.run = run
        self.vendorName = vendorName
        self.prefix = prefix
        self.readCallee = readCallee
        self.classifiesAnswers = classifiesAnswers
        self.engine = engine
        self.policy = policy
        self.order = order
        self.limits = limits
        self.route = route
    }
}

/// Shows a campaign's numbers in turn: each lead, and each further attempt upon it, gets the next one.
package struct CallerIDRotation: ClaimPolicy {
    private let callerIDs: [String]

    /// The numbers in the vendor's form; none leaves the choice to the vendor.
    package init(_ callerIDs: [String]) {
        self.callerIDs = callerIDs
    }

    package func decide(on candidate: ClaimCandidate, at now: Timestamp) -> ClaimDecision {
        guard !callerIDs.isEmpty else { return .dial(callerID: nil) }
        let turn = Int(candidate.lead.value) + candidate.history.total
        return .dial(callerID: callerIDs[turn % callerIDs.count])
    }
}
