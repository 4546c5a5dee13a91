/// Where an attempt stands; the life of an attempt is drawn in the documentation of `DialEngine`.
///
/// The raw value is the word in the ledger and the export.
package enum AttemptState: String, CaseIterable, Hashable, Sendable, Codable {
    /// The row is committed; the vendor may or may not have been asked. Can go to dialing, unknown, closed.
    case placing
    /// The vendor took the call. Can go to ringing, answered, connected, unknown, closed.
    case dialing
    /// The callee's phone rings. Can go to answered, connected, unknown, closed.
    case ringing
    /// Somebody or something answered. Can go to connected, unknown, closed.
    case answered
    /// Callee and agent talk. Can go to unknown, closed.
    case connected
    /// It is not known what the vendor did. Never redialled before reconciled. Can go to any later state or closed.
    case unknown
    /// Over, with an outcome. Goes nowhere.
    case closed
}

/// An attempt that the ledger has just committed for a lead, so that its call may be placed.
package struct Claim: Hashable, Sendable, Codable {
    /// The committed attempt.
    package var attempt: AttemptID
    /// Whom it calls.
    package var lead: LeadID
    /// The number to dial.
    package var number: PhoneNumber
    /// The number to show, in the form that the vendor lists it; nil leaves the choice to the vendor.
    package var callerID: String?
    /// How the lead's earlier attempts ended.
    package var history: OutcomeCounts
    /// The agent whose call-back it is, who alone may take it; nil for anybody's call.
    package var agent: AgentID?
    /// The list that the lead is from, whose leads answer alike; nil where it is not known any more.
    package var list: ListID?
    /// The do-not-call list that the number is on although it was called, which only happens where the vendor chose it.
    package var doNotCallList: String?

    /// Memberwise.
    package init(
        attempt: AttemptID, lead: LeadID, number: PhoneNumber, callerID: String?, history: OutcomeCounts,
        agent: AgentID? = nil, list: ListID? = nil, doNotCallList: String? = nil
    ) {
        self.attempt = attempt
        self.lead = lead
        self.number = number
        self.callerID = callerID
        self.history = history
        self.agent = agent
        self.list = list
        self.doNotCallList = doNotCallList
    }
}

/// Why nobody can be dialled at all for a while.
package struct ClaimHold: Hashable, Sendable, Codable {
    /// When to ask again.
    package var until: Timestamp
    /// What is missing.
    package var reason: String
    /// Whether it is the account that may carry no further call; otherwise no number can be shown.
    package var isOfAccount: Bool

    /// Memberwise.
    package init(until: Timestamp, reason: String, isOfAccount: Bool = false) {
        self.until = until
        self.reason = reason
        self.isOfAccount = isOfAccount
    }
}

/// An attempt that an earlier run left open, as the ledger has it.
package struct OpenAttempt: Hashable, Sendable, Codable {
    /// What was claimed.
    package var claim: Claim
    /// The account that its call was, or was to be, placed through: nobody else knows what became of it.
    package var vendor: String
    /// The state last committed.
    package var state: AttemptState
    /// When the row was committed, which is before the vendor was asked.
    package var claimedAt: Timestamp
    /// The vendor's name of the call, if its acceptance was recorded.
    package var vendorCall: VendorCallID?
    /// The agent whom it was placed for or who took it, if that was recorded.
    package var agent: AgentID?
    /// The clock of the run that claimed it, which its times are by; nil if that was not recorded.
    package var clock: ClockOrigin?
    /// When the callee answered, if that was recorded.
    package var answeredAt: Timestamp?
    /// When callee and agent were joined, if that was recorded.
    package var connectedAt: Timestamp?
    /// Who answered, if that was recorded.
    package var cpa: CPAResult?

    /// Memberwise.
    package init(
        claim: Claim, vendor: String, state: AttemptState, claimedAt: Timestamp, vendorCall: VendorCallID?,
        agent: AgentID? = nil, clock: ClockOrigin? = nil, answeredAt: Timestamp? = nil, connectedAt: Timestamp? = nil,
        cpa: CPAResult? = nil
    ) {
        self.claim = claim
        self.vendor = vendor
        self.state = state
        self.claimedAt = claimedAt
        self.vendorCall = vendorCall
        self.agent = agent
        self.clock = clock
        self.answeredAt = answeredAt
        self.connectedAt = connectedAt
        self.cpa = cpa
    }
}

/// How many attempts ended in each outcome.
package struct OutcomeCounts: Hashable, Sendable, Codable {
    private var counts: [Int]

    /// No attempts.
    package init() {
        counts = Array(repeating: 0, count: CallOutcome.allCases.count)
    }

    /// Reads the counts of all outcomes; throws `DecodingError` for those of a program that knows others.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        counts = try container.decode([Int].self)
        guard counts.count == CallOutcome.allCases.count else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(counts.count) outcomes")
        }
    }

    /// Writes the counts of all outcomes.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(counts)
    }

    /// The number of attempts that ended in `outcome`.
    package subscript(outcome: CallOutcome) -> Int {
        get { counts[Self.index(outcome)] }
        set { counts[Self.index(outcome)] = newValue }
    }

    /// The number of attempts in all.
    package var total: Int { counts.reduce(0, +) }

    /// The number of attempts in which the callee's phone may have rung.
    package var mayHaveRung: Int {
        CallOutcome.allCases.reduce(0) { $0 + ($1.mayHaveRung ? self[$1] : 0) }
    }

    private static func index(_ outcome: CallOutcome) -> Int {
        switch outcome {
        case .connected: 0
        case .abandoned: 1
        case .machine: 2
        case .busy: 3
        case .noAnswer: 4
        case .rejected: 5
        case .invalidNumber: 6
        case .unreachable: 7
        case .congestion: 8
        case .agentMissed: 9
        case .refused: 10
        case .notPlaced: 11
        case .unknown: 12
        }
    }
}
