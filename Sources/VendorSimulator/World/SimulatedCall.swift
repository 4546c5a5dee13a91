package import CallModel
package import DialModel

/// One call of the simulated call centre, from the request that placed it to its end.
package struct SimulatedCall: Hashable, Sendable {
    /// Where an answered call goes.
    package enum Destination: Hashable, Sendable {
        /// To a recorded dialogue.
        case ivr
        /// To one agent, by index.
        case agent(Int)
        /// To whichever agent has been idle longest.
        case queue
        /// To a second outside party: a back-to-back call.
        case secondParty(String)
    }

    /// Where the call stands.
    package enum Stage: Hashable, Sendable {
        /// The vendor has accepted it; the network has not been reached. Can go to dialing.
        case settingUp
        /// The callee's phone rings, or is about to. Can go to ivr, waiting, talking, ended.
        case dialing
        /// The callee listens to a recorded dialogue. Can go to ended.
        case inIVR
        /// The callee waits for an agent. Can go to offered, ended.
        case waiting
        /// The agent's phone rings. Can go to waiting, talking, ended.
        case offered(agent: Int)
        /// Callee and agent, or the two outside parties, talk. Can go to ended.
        case talking(agent: Int?)
        /// Over.
        case ended
    }

    /// What became of a call.
    package enum Ending: String, CaseIterable, Hashable, Sendable {
        /// Talked to an agent, to the second party, or heard the recorded dialogue to its end.
        case served
        /// Hung up while waiting.
        case abandonedInQueue = "abandoned_in_queue"
        /// Hung up while an agent's phone rang.
        case abandonedInRing = "abandoned_in_ring"
        /// Waited for as long as the queue allows.
        case queueOverflow = "queue_overflow"
        /// Was not answered; the callee's kind says why.
        case unanswered
    }

    /// A thing that happened, in the words of Alibaba's call details (`vendors/alibaba-udesk.md`, A2.7).
    package enum Happening: String, Hashable, Sendable {
        case dial = "Dial"
        case enterIVR = "EnterIVR"
        case enterQueue = "EnterQueue"
        case normalEnd = "NormalEnd"
        case abandonedInQueue = "AbandonedInQueue"
        case abandonedRing = "AbandonedRing"
        case overflow = "ACDOverflow"
        case ring = "Ring"
        case giveUp = "GiveUp"
        case talk = "Talk"
        case end = "End"
        case handle = "Handle"
    }

    /// One entry of the call's history.
    package struct Entry: Hashable, Sendable {
        /// What happened.
        package var happening: Happening
        /// When.
        package var at: Timestamp
        /// The agent concerned, by index.
        package var agent: Int?
    }

    /// The call's place in the order of placing, from zero.
    package let ordinal: Int
    /// The number shown.
    package let caller: String
    /// The number dialled, a prefix included.
    package let callee: String
    /// Where it goes once answered.
    package let destination: Destination
    /// When it was placed.
    package let placedAt: Timestamp
    /// What the callee does.
    package let behaviour: CalleeBehaviour

    /// Where it stands.
    package internal(set) var stage = Stage.settingUp
    /// Its history.
    package internal(set) var entries: [Entry] = []
    /// When the callee answered.
    package internal(set) var answeredAt: Timestamp?
    /// When the callee and an agent were joined.
    package internal(set) var connectedAt: Timestamp?
    /// Who talked, by index.
    package internal(set) var agent: Int?
    /// When it ended.
    package internal(set) var endedAt: Timestamp?
    /// What became of it.
    package internal(set) var ending: Ending?
    /// Whether the agent, rather than the callee or the network, ended it.
    package internal(set) var releasedByAgent = false
    /// How many times it was offered to an agent; tells a timer of an earlier offer from one of this.
    var offers = 0

    /// How long callee and agent talked; zero when they did not.
    package var talkTime: Duration {
        guard let connectedAt, let endedAt else { return .zero }
        return endedAt - connectedAt
    }
}
