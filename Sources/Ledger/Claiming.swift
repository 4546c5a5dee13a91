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
    /// The shares of lists; leads were put into this order when the run began (`Ledger.arrange`).
    package var order: LeadOrder
    /// The agents who could take a call-back that is theirs alone; nil if agents are not chosen by us, and anybody may.
    package var idleAgents: [AgentID]?
    /// How many calls the account may carry, whoever places them; what is beyond is not claimed.
    package var limits: AccountLimits
    /// Whether other accounts of the campaign may dial what this one cannot, so that it is not held back for all.
    package var isOneOfSeveral: Bool
    /// Why the calls go through the account, kept in the timelines of their attempts.
    package var note: String?

    /// How long a number is left alone after another campaign's call through the same account: vendors' records could not
    /// tell the calls apart, clocks being as they are.
    package static let othersPause = RetryRule.shortestWait * 2
    /// How long a call-back waits for its agent before anybody may take it.
    package static let agentPatience = Duration.seconds(30 * 60)

    /// Memberwise.
    package init(
        campaign: CampaignID, run: RunID, vendor: String, count: Int, now: Timestamp, policy: any ClaimPolicy,
        order: LeadOrder = LeadOrder(), idleAgents: [AgentID]? = nil, limits: AccountLimits = AccountLimits(),
        isOneOfSeveral: Bool = false, note: String? = nil
    ) {
        self.campaign = campaign
        self.run = run
        self.vendor = vendor
        self.count = count
        self.now = now
        self.policy = policy
        self.order = order
        self.idleAgents = idleAgents
        self.limits = limits
        self.isOneOfSeveral = isOneOfSeveral
        self.note = note
    }
}

/// The last word on a lead before it is dialled: pure, and asked inside the claiming transaction.
package protocol ClaimPolicy: Sendable {
    /// How far back candidates are to carry what their callees have been through, which costs a query for each; zero for
    /// not at all.
    var lookBack: Duration { get }
    /// Whether candidates are to carry their lead's other columns.
    var readsFields: Bool { get }
    /// Which do-not-call lists are asked about each candidate.
    var doNotCall: DoNotCallQuestion { get }
    /// Who chooses the numbers to show by what the ledger tells; nil if nobody wants to be told.
    var chooser: (any CallerIDPolicy)? { get }
    /// May this lead be dialled now, and with which number shown?
    func decide(on candidate: ClaimCandidate, at now: Timestamp) -> ClaimDecision
}

extension ClaimPolicy {
    /// Nothing, unless a policy says otherwise.
    package var lookBack: Duration { .zero }
    /// They are not, unless a policy says otherwise.
    package var readsFields: Bool { false }
    /// Those that are asked in any case, unless a policy names others.
    package var doNotCall: DoNotCallQuestion { DoNotCallQuestion() }
    /// Nobody, unless a policy says otherwise.
    package var chooser: (any CallerIDPolicy)? { nil }
}

/// A due lead.
package struct ClaimCandidate: Hashable, Sendable {
    /// The lead.
    package var lead: LeadID
    /// Its number.
    package var number: PhoneNumber
    /// How its earlier attempts ended.
    package var history: OutcomeCounts
    /// What the callee has been through as far back as the policy asks for, oldest first.
    package var recentDials: [CalleeDial]
    /// The list's other columns, if the policy asks for them.
    package var fields: [LeadField]
    /// The dials of the callee's other numbers by this campaign, as far back as the policy asks for, oldest first.
    package var otherDials: [CalleeDial]
    /// When it is no use dialling the lead any more.
    package var expiresAt: Timestamp?
    /// What do-not-call lists say of the number; nil if nothing.
    package var doNotCall: DoNotCallFinding?

    /// Memberwise.
    package init(
        lead: LeadID, number: PhoneNumber, history: OutcomeCounts, recentDials: [CalleeDial] = [],
        fields: [LeadField] = [], otherDials: [CalleeDial] = [], expiresAt: Timestamp? = nil,
        doNotCall: DoNotCallFinding? = nil
    ) {
        self.lead = lead
        self.number = number
        self.history = history
        self.recentDials = recentDials
        self.fields = fields
        self.otherDials = otherDials
        self.expiresAt = expiresAt
        self.doNotCall = doNotCall
    }
}

/// A lead beside what a claim policy would be told of it.
package struct LeadCandidate: Hashable, Sendable {
    /// The lead as it stands.
    package var lead: LeadRecord
    /// The question.
    package var candidate: ClaimCandidate

    /// Memberwise.
    package init(lead: LeadRecord, candidate: ClaimCandidate) {
        self.lead = lead
        self.candidate = candidate
    }
}

/// A dial to a callee, by whichever campaign.
package struct CalleeDial: Hashable, Sendable {
    /// Whose dial it was, of whichever campaign.
    package var lead: LeadID
    /// When its attempt was committed.
    package var at: Timestamp
    /// The number that was chosen to be shown; nil if the vendor chose.
    package var callerID: String?
    /// How it ended; nil while it is open.
    package var outcome: CallOutcome?
    /// When it ended; nil while it is open.
    package var endedAt: Timestamp?

    /// Memberwise.
    package init(
        lead: LeadID, at: Timestamp, callerID: String?, outcome: CallOutcome?, endedAt: Timestamp? = nil
    ) {
        self.lead = lead
        self.at = at
        self.callerID = callerID
        self.outcome = outcome
        self.endedAt = endedAt
    }

    /// Whether the callee's phone may have rung; of an open dial it may.
    package var mayHaveRung: Bool { outcome?.mayHaveRung ?? true }
}

/// The answer to a candidate.
package enum ClaimDecision: Hashable, Sendable {
    /// Dial it, showing this number (in the vendor's form), or one of the vendor's choice.
    ///
    /// The explanation of the choice, a JSON text, is kept with the attempt.
    case dial(callerID: String?, explanation: String? = nil)
    /// Leave it until this instant, or with `never` until something is changed; the reason is kept with the lead until it
    /// is claimed.
    case hold(until: Timestamp, because: String? = nil)
    /// Leave it as it is: this account cannot dial it now, and another one of the campaign may.
    case pass
    /// Never dial it.
    case finish(LeadEnding)
    /// Dial nobody before this instant: the same answer would be given for every other lead, so none is asked about, and
    /// all of them stay as they are.
    case holdEveryone(ClaimHold)
}

/// What a commit yielded.
package struct ClaimResult: Hashable, Sendable {
    /// The committed attempts, in the order to dial them; empty without a request.
    package var claims: [Claim]
    /// When the campaign's next waiting lead is due, not before now; nil when none is waiting for its time.
    package var nextDueAt: Timestamp?
    /// Why the claim ended before its leads did, if the policy held everyone or the account may carry no more calls.
    package var hold: ClaimHold?
    /// Whether leads that are due have not been asked about, because so many were held back: the next claim goes on.
    package var isCutShort: Bool
    /// How many leads that are due were left to the campaign's other accounts.
    package var passed: Int

    /// Memberwise.
    package init(
        claims: [Claim], nextDueAt: Timestamp?, hold: ClaimHold? = nil, isCutShort: Bool = false, passed: Int = 0
    ) {
        self.passed = passed
        self.claims = claims
        self.nextDueAt = nextDueAt
        self.hold = hold
        self.isCutShort = isCutShort
    }
}
