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
        /// Nowhere: an agent, by index, is on the line before the callee is dialled.
        case agentFirst(Int)
    }

    /// Where an answered call was handed on to by whoever was on the line.
    package enum HandOver: Hashable, Sendable {
        /// To one agent, by index, or to nobody.
        case agent(Int)
        /// To whichever agent has been idle longest.
        case queue
    }

    /// Where the call stands.
    package enum Stage: Hashable, Sendable {
        /// The phone rings of the agent for whom it was placed. Can go to settingUp, ended.
        case ringingFirst(agent: Int)
        /// The vendor has accepted it; the network has not been reached. Can go to dialing, ended.
        case settingUp
        /// The callee's phone rings, or is about to. Can go to ivr, waiting, talking, ended.
        case dialing
        /// The callee listens to a recorded dialogue. Can go to ended.
        case inIVR
        /// The callee waits for an agent. Can go to offered, ended.
        case waiting
        /// The agent's phone rings. Can go to waiting, talking, ended.
        case offered(agent: Int)
        /// Callee and agent, or the two outside parties, are joined. Can go to waiting, offered, ended.
        case talking(agent: Int?)
        /// Over.
        case ended
    }

    /// A colleague, by index, whom the agent talks to while the callee waits.
    package struct Consultation: Hashable, Sendable {
        /// Who.
        package var agent: Int
        /// Whether they have picked up.
        package var isTalking = false
    }

    /// Who hangs up.
    package enum Side: Hashable, Sendable {
        /// Ours: the agent or dialler on the line, or whoever acts for them.
        case agent
        /// The other.
        case callee
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
        /// The agent for whom it was placed did not pick up, and the callee was not dialled.
        case agentMissed = "agent_missed"
        /// Our side hung up before the callee answered.
        case cancelled
        /// Our side hung up on a callee who had talked to nobody.
        case dismissed
        /// The agent to whom it was transferred did not take it, and the callee was dropped.
        case transferMissed = "transfer_missed"
    }

    /// A thing that happened, in the words of Alibaba's call details (`vendors/alibaba-udesk.md`, A2.7), and from
    /// `firstRing` on in words of ours: calls that Alibaba's operations place know none of these.
    package enum Happening: String, Hashable, Sendable {
        /// The network was asked for the callee.
        case dial = "Dial"
        /// The callee hears a recorded dialogue.
        case enterIVR = "EnterIVR"
        /// The callee began to wait for an agent.
        case enterQueue = "EnterQueue"
        /// An agent took the call from the queue.
        case normalEnd = "NormalEnd"
        /// The callee hung up while waiting.
        case abandonedInQueue = "AbandonedInQueue"
        /// The callee hung up while the agent's phone rang.
        case abandonedRing = "AbandonedRing"
        /// The queue turned the call away.
        case overflow = "ACDOverflow"
        /// The phone rings of the agent who is to have the call.
        case ring = "Ring"
        /// The agent did not pick up.
        case giveUp = "GiveUp"
        /// Callee and agent are joined.
        case talk = "Talk"
        /// They parted.
        case end = "End"
        /// The agent began the wrap-up.
        case handle = "Handle"
        /// The phone rings of the agent for whom the call was placed.
        case firstRing = "FirstRing"
        /// That agent picked up; the callee has not been dialled.
        case firstPickUp = "FirstPickUp"
        /// That agent did not pick up.
        case firstMissed = "FirstMissed"
        /// The callee's phone rings.
        case calleeRing = "CalleeRing"
        /// The callee answered; the agent or dialler concerned is on the line already.
        case answer = "Answer"
        /// The agent put the callee on hold.
        case hold = "Hold"
        /// The agent took the callee back.
        case retrieve = "Retrieve"
        /// The agent or dialler concerned handed the call on and left it.
        case transfer = "Transfer"
        /// A supervisor hears the call.
        case listen = "Listen"
        /// A supervisor talks in the call.
        case barge = "Barge"
        /// A supervisor left the call.
        case leave = "Leave"
        /// The phone of a colleague rings whom the agent wants to consult.
        case consultRing = "ConsultRing"
        /// The colleague picked up.
        case consultTalk = "ConsultTalk"
        /// The consultation is over, or never came about.
        case consultEnd = "ConsultEnd"
        /// Callee, agent and colleague talk with each other.
        case conference = "Conference"
        /// The callee was left to the colleague.
        case handOver = "HandOver"
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
    /// When the callee and an agent, who is no dialler, were first joined.
    package internal(set) var connectedAt: Timestamp?
    /// Who talked last, by index; never a dialler.
    package internal(set) var agent: Int?
    /// Where it was handed on to last.
    package internal(set) var handOver: HandOver?
    /// Whether the callee is on hold.
    package internal(set) var isHeld = false
    /// Whom the agent consults.
    package internal(set) var consultation: Consultation?
    /// The supervisors in the call, by index.
    package internal(set) var supervisors: [Int] = []
    /// When it ended.
    package internal(set) var endedAt: Timestamp?
    /// What became of it.
    package internal(set) var ending: Ending?
    /// Whether our side, rather than the callee or the network, ended it.
    package internal(set) var releasedByAgent = false
    /// How many times it was offered to an agent; tells a timer of an earlier offer from one of this.
    var offers = 0
    /// How often a colleague was consulted; tells a timer of an earlier consultation from one of this.
    var consultations = 0
    /// When it came into the queue last.
    var queuedAt: Timestamp?
    /// Whether nobody talks to the callee, who has answered.
    var isUnattended = false
    /// How often that has begun or ended; tells a timer of an earlier wait from one of this.
    var waits = 0
    /// How often callee and agent began or ceased to talk; tells a timer of an earlier talk from one of this.
    var talks = 0
    /// When the talk is to end, or how much of it is left while the callee is on hold.
    var talkEndsAt: Timestamp?
    var talkLeft = Duration.zero

    /// How long callee and agent talked, the time on hold or in a transfer included; zero when they did not.
    package var talkTime: Duration {
        guard let connectedAt, let endedAt else { return .zero }
        return endedAt - connectedAt
    }

    /// Whether whichever agent has been idle longest may take it.
    var isForAnyAgent: Bool { handOver == .queue || handOver == nil && destination == .queue }
}
