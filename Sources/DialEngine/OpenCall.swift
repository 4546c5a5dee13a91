import DialModel
import Pacing

/// An attempt that has no outcome yet, as the engine knows it.
struct OpenCall: Hashable, Sendable {
    /// How far the controller of pacing has been told of a call.
    enum Pace: Hashable, Sendable {
        /// Of nothing; or of its end.
        case untold
        /// That it is to be placed, one of a segment.
        case requested(segment: Int)
        /// That it was placed.
        case placed(PacedCall)
        /// That nobody knows what it does, if it was told of it at all: no longer reckoned with, and counted if it is answered.
        case lost
        /// That a person answered, as far as anybody knows.
        case live
        /// That callee and agent were joined, in time as far as is known yet.
        case joined
    }

    /// What the engine does about a call by itself, beside what the vendor does.
    enum HandOff: Hashable, Sendable {
        /// Nothing: it is not answered, or the vendor sees to it. Can go to waiting, dismissed.
        case none
        /// It is answered, and in line for an agent. Can go to offered, dismissed, none.
        case waiting
        /// An agent is reserved for it, and has until then to take it. Can go to held, waiting, dismissed, none.
        case offered(until: Timestamp)
        /// The vendor could not be asked; its agent stays reserved for a moment. Can go to waiting, dismissed, none.
        case held(until: Timestamp)
        /// It is for no agent any more: the vendor was asked to end it, with or without a message. Stays so.
        case dismissed
    }

    /// What was claimed.
    let claim: Claim
    /// When the attempt was committed: the call cannot have been placed earlier.
    let claimedAt: Timestamp
    /// Since when it has been open by this run's clock, at the latest; what is given up in time is reckoned from here.
    let openSince: Timestamp
    /// Where it stands; `closed` only in passing, for the row is then forgotten.
    private(set) var state: AttemptState
    /// Since when it stands there.
    private(set) var stateSince: Timestamp
    /// The vendor's name of the call.
    var vendorCall: VendorCallID?
    /// The agent reserved for it or joined to it.
    var agent: AgentID?
    /// Who answered.
    var cpa: CPAResult?
    /// Since when we know that the callee's phone rings.
    var ringingSince: Timestamp?
    /// Since when it rings by the vendor's clock, which need not agree with ours.
    var rangFrom: Timestamp?
    /// When the callee answered.
    var answeredAt: Timestamp?
    /// When callee and agent were joined.
    var connectedAt: Timestamp?
    /// How far giving it to an agent has come.
    var handOff = HandOff.none
    /// How many agents it was offered to.
    var offers = 0
    /// How often the vendor was asked in vain to end it.
    var failedHangUps = 0
    /// Whether it was ended because it had rung for long enough.
    var hasRungOut = false
    /// The supervisor who had it ended.
    var droppedBy: String?
    /// How often the vendor's records were searched in vain.
    var searches = 0
    /// Since when this run knows that it goes on: found on record, or joined.
    var knownSince: Timestamp?
    /// Whether nobody saw what it did lately: its end may have been another than the one that we asked for.
    var wasLost = false
    /// Whether this run has learnt that it went on; of a call that an earlier run left open, it may never.
    var isHeardOf = true
    /// Whether the vendor's records are being searched.
    var isBeingSought = false

    /// What the controller of pacing was told of it last.
    var pace = Pace.untold
    /// Whether an agent was idle for it when it was answered, as far as anybody knew.
    var metIdleAgent = false

    /// Whether the vendor is known to have had the call.
    var isProven: Bool { vendorCall != nil || answeredAt != nil || connectedAt != nil }

    /// The call as the vendor is asked about it.
    var live: LiveCall { LiveCall(attempt: claim.attempt, vendorCall: vendorCall) }

    /// Whether an agent is reserved who has not taken it yet.
    var isOffered: Bool {
        switch handOff {
        case .offered, .held: true
        case .none, .waiting, .dismissed: false
        }
    }

    /// The agent to keep with the attempt: nobody who was only asked to take it.
    var ownAgent: AgentID? { isOffered ? nil : agent }

    /// Whether it has no agent and may still need one.
    var isUnattended: Bool { agent == nil && state != .connected && handOff != .dismissed }

    init(claim: Claim, claimedAt: Timestamp, openSince: Timestamp? = nil, state: AttemptState) {
        self.claim = claim
        self.claimedAt = claimedAt
        self.openSince = openSince ?? claimedAt
        self.state = state
        stateSince = claimedAt
    }

    /// Notes that it stands somewhere else now.
    mutating func enter(_ next: AttemptState, at instant: Timestamp) {
        if next != state { stateSince = instant }
        state = next
    }

    /// Whether an event that would move the call to `next` brings news: calls only move forward, and an unknown one anywhere
    /// but to before what was seen of it.
    func canMove(to next: AttemptState) -> Bool {
        guard state == .unknown else { return next.rank > state.rank }
        if connectedAt != nil { return next.rank >= AttemptState.connected.rank }
        return answeredAt == nil || next.rank >= AttemptState.answered.rank
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
