import DialModel
import Telephony

/// One opening of an agent's channel: what comes of an earlier one is told apart from what comes of this.
struct ChannelID: Hashable, Sendable {
    /// The agent's place among the logins.
    var seat: Int
    /// Counts the openings of all channels.
    var serial: UInt64
}

/// The name of a question that somebody waits to be answered.
struct Ticket: Hashable, Sendable {
    var value: UInt64
}

/// What the floor is asked to do by somebody who waits for the answer.
enum FloorRequest: Hashable, Sendable {
    case place(CallRequest)
    case reconcile(FollowedCall)
    case hangUp(LiveCall)
    case order(AgentOrder, AgentID)
    /// With the agent's internal id, where it was looked up.
    case intervene(CallIntervention, AgentID, internalID: Int?)
    /// Which numbers may be shown.
    case callers
}

/// What a question is answered with.
enum FloorReply: Hashable, Sendable {
    case placed(VendorCallID)
    case reconciled(Reconciliation)
    /// The call was placed for an agent who has no session here, or may have been placed for any of several.
    case outOfSight([AbsentAgent])
    case callers([String])
    case done
}

/// An agent who has no session here; where the agent's phone is known, with its number.
struct AbsentAgent: Hashable, Sendable {
    var agent: AgentID
    var phone: String?
}

extension AbsentAgent {
    init(_ login: AgentLogin) {
        self.init(agent: login.agent, phone: login.phone)
    }
}

/// A fact that the floor is told; the time of it comes beside it.
enum FloorEvent: Sendable {
    /// The run begins.
    case started
    /// A channel is open, and its handshake is over.
    case opened(ChannelID)
    /// The server said something.
    case received(ChannelID, ServerMessage)
    /// A channel is closed, or could not be opened.
    case closed(ChannelID, VendorError)
    /// Somebody wants something done.
    case asked(Ticket, FloorRequest)
    /// Agents are to be given calls of the auto-call project, or none any more.
    case ownCallsWanted(Bool)
    /// This deadline has come.
    case timePassed(Timestamp)
    /// Everybody is to be signed out.
    case stopRequested
}

/// What the floor wants done.
enum FloorDirective: Hashable, Sendable {
    case open(ChannelID)
    case send(ChannelID, AgentCommand)
    /// To close a channel once everything before has been sent.
    case close(ChannelID)
    case report(VendorEvent)
    case answer(Ticket, Result<FloorReply, VendorError>)
}

/// The figures by which the floor lives, in the run's time.
///
/// The connection and both its ends live in real time, so in a run at speed none is given less time than they need.
struct FloorRhythm: Hashable, Sendable {
    /// How long the server is left alone between granting a session and signing its agent in (B.4).
    static let settling = Duration.milliseconds(500)
    /// The first wait before a channel is opened again; it doubles up to `longestPause`.
    static let firstPause = Duration.seconds(1)
    static let longestPause = Duration.seconds(60)
    /// How long the server may take an agent for signed in elsewhere: a session of ours that broke off lives until its
    /// pings are missed, for 85 s (B.3.2).
    static let staleSessionLimit = Duration.seconds(120)
    /// How long an agent is offered nothing whom the vendor would not dial for.
    static let agentPause = Duration.seconds(5)
    /// How many calls in a row may find no line before none is asked for during `trunkPause`.
    static let mostTrunkFailures = 3
    static let trunkPause = Duration.seconds(30)
    /// How long an agent's own phone may ring.
    static let ownRingLimit = Duration.seconds(60)
    /// How long after its request a call may not count as a conversation yet: both phones have rung by then.
    static let longestSetUp = Duration.seconds(180)
    /// How long a callee who was given to the skill group may wait unseen.
    static let queueLimit = Duration.seconds(60)
    /// How soon a call of the project is offered to another agent if it is: not at all, as far as documents say.
    static let reofferLimit = Duration.seconds(5)
    /// When an agent's state is asked for of whom nothing was heard: soon after a call, for what follows it is due.
    static let lookAfterCall = Duration.seconds(3)
    static let lookInCall = Duration.seconds(30)
    static let lookAtRest = Duration.seconds(60)
    /// How long after the announced end of after-call work.
    static let lookAfterWrapUp = Duration.seconds(2)
    /// How many commands in a row may stay unanswered before the channel counts as dead.
    static let mostUnanswered = 2

    /// How long a command may stay unanswered, and the server may take to begin a session.
    let answerLimit: Duration
    /// How long a sign-out may stay unanswered (B.4), and a connection take to end.
    let signOutLimit: Duration

    /// `speed` seconds of the run pass in a real one.
    init(speed: Double) {
        answerLimit = Duration.seconds(10).stretched(toAtLeast: .seconds(5), at: speed)
        signOutLimit = Duration.seconds(2).stretched(toAtLeast: .seconds(2), at: speed)
    }
}
