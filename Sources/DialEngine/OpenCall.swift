import DialModel

/// An attempt that has no outcome yet, as the engine knows it.
struct OpenCall: Hashable, Sendable {
    /// What was claimed.
    let claim: Claim
    /// When the attempt was committed: the call cannot have been placed earlier.
    let claimedAt: Timestamp
    /// Where it stands; `closed` only in passing, for the row is then forgotten.
    var state: AttemptState
    /// The vendor's name of the call.
    var vendorCall: VendorCallID?
    /// The agent reserved for it or joined to it.
    var agent: AgentID?
    /// Who answered.
    var cpa: CPAResult?
    /// When the callee answered.
    var answeredAt: Timestamp?
    /// When callee and agent were joined.
    var connectedAt: Timestamp?
    /// How often the vendor's records were searched in vain.
    var searches = 0
    /// Whether the vendor's records are being searched.
    var isBeingSought = false

    /// Whether the vendor is known to have had the call.
    var isProven: Bool { vendorCall != nil || answeredAt != nil || connectedAt != nil }

    init(claim: Claim, claimedAt: Timestamp, state: AttemptState) {
        self.claim = claim
        self.claimedAt = claimedAt
        self.state = state
    }

    /// Whether an event that would move the call to `next` brings news: calls only move forward, and an unknown one anywhere.
    func canMove(to next: AttemptState) -> Bool {
        state == .unknown || next.rank > state.rank
    }
}

extension AttemptState {
    /// The place of a state in a call's course; calls only move to higher ones.
    var rank: Int {
        switch self {
        case .placing: 0
        case .dialing: 1
        case .ringing: 2
        case .answered: 3
        case .connected: 4
        case .unknown: 5
        case .closed: 6
        }
    }
}
