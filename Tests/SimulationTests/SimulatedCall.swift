import CallModel
import DialModel

/// A step of a call in the world.
enum CallStep: Sendable {
    case rings
    case responds
    case patienceEnds
    case pickedUp(offer: Int)
    case missed(offer: Int)
    case talkEnds
    case messageEnds
}

/// A call that the vendor really placed.
struct SimulatedCall: Sendable {
    /// Where it stands.
    enum Stage: Hashable, Sendable {
        /// The agent for whom it was placed is being rung. Can go to settingUp, ended.
        case ringingAgent
        /// It is on its way to the callee. Can go to ringing, ended.
        case settingUp
        /// The callee's phone rings. Can go to waiting, talking, ended.
        case ringing
        /// The callee is there, and nobody else is. Can go to offered, hearing, ended.
        case waiting
        /// The callee is there, and an agent is being rung. Can go to waiting, talking, ended.
        case offered
        /// The callee hears a message. Can go to ended.
        case hearing
        /// Callee and agent talk. Can go to ended.
        case talking
        /// Over. Goes nowhere.
        case ended
    }

    /// Its attempt; nil for a call of the vendor's own as long as nobody asked for it by an attempt's name.
    var attempt: AttemptID?
    let id: VendorCallID
    let number: PhoneNumber
    let callerID: String?
    let behaviour: CalleeBehaviour
    /// Whether it was placed for its agent and nobody else.
    let isBound: Bool
    /// Whether the vendor placed it by itself.
    let isOwn: Bool
    let placedAt: Timestamp
    /// What everything random about it is drawn from.
    var random: SplitMix64
    var stage: Stage
    /// The agent who is rung for it or talks in it.
    var agent: Int?
    /// How often an agent was rung for it.
    var offers = 0
    var ringingAt: Timestamp?
    var answeredAt: Timestamp?
    var cpa = CPAResult.unknown
    var connectedAt: Timestamp?
    var endedAt: Timestamp?
    var outcome: CallOutcome?
    /// Whether somebody of ours had it ended.
    var wasHungUp = false
    /// What the vendor's records say of it.
    var records: [DatedProgress] = []
    /// Whether the vendor has lost its records.
    var isForgotten = false
    /// The process that is told of it.
    var follower: Int

    /// Whether a person answered, as far as the vendor can tell.
    var wasAnsweredLive: Bool { answeredAt != nil && cpa.isLive }
}
