import DialModel
import EventWire
import Telephony

/// The name of a question that somebody waits to be answered.
struct Ticket: Hashable, Sendable {
    var value: UInt64
}

/// A fact that the floor is told; the time of it comes beside it.
enum BridgeFact: Sendable {
    /// The run begins.
    case started
    /// An agent's page asks for something.
    case visited(Ticket, AgentID, PageVisit)
    /// Somebody wants something done.
    case asked(Ticket, BridgeRequest)
    /// A deadline has come.
    case timePassed
}

/// What a page asks for.
enum PageVisit: Hashable, Sendable {
    /// To be an agent's page from now on.
    case begin
    /// A fresh token for the vendor.
    case token(session: String)
    /// What is to be done after a command, waited for as long.
    case commands(session: String, after: Int, wait: Duration)
    /// To bring what happened.
    case bring(session: String, [PageItem])
}

/// What the floor is asked to do by somebody who waits for the answer.
enum BridgeRequest: Hashable, Sendable {
    case place(CallRequest)
    case reconcile(FollowedCall)
    case hangUp(LiveCall)
    case order(AgentOrder, AgentID)
    case intervene(CallIntervention, AgentID)
    /// Which numbers may be shown.
    case numbers
}

/// What a question is answered with.
enum BridgeReply: Hashable, Sendable {
    case placed(VendorCallID)
    case reconciled(Reconciliation)
    case numbers([String])
    case done
    /// For a page.
    case page(JSONValue)
    /// The session is none, or none any more.
    case noSession(SessionLoss)
}

/// Why a page has no session, as it is told.
enum SessionLoss: String, Hashable, Sendable {
    /// Nobody knows it, or it was silent for too long.
    case unknown
    /// Another page of the agent has taken its place.
    case replaced
    /// The agent is none of the group that is called for.
    case otherGroup
}

/// What the floor wants done.
enum BridgeDirective: Hashable, Sendable {
    case report(VendorEvent)
    case answer(Ticket, Result<BridgeReply, VendorError>)
}

/// The figures by which the floor lives, in the run's time.
///
/// Pages and this machine live in real time, so in a run at speed none of them is shorter than they need.
struct BridgeRhythm: Hashable, Sendable {
    /// How long a page may be left waiting for commands; it asks for less.
    static let longestWait = Duration.seconds(25)
    /// How long an agent is offered nothing whom the vendor would not dial for.
    static let agentPause = Duration.seconds(5)
    /// How long the callee's phone and the agent's may ring together beyond the campaign's limit for the callee's.
    static let setUpLimit = Duration.seconds(60)
    /// How long after its request or its acceptance a call may not be known to the vendor yet.
    static let settling = Duration.seconds(5)
    /// How long a call may still come whose request seemed to be lost.
    static let doubtLimit = Duration.seconds(180)
    /// How soon the vendor is asked where it stands when an agent seems to be out of a call that has not ended.
    static let lookSoon = Duration.seconds(1)
    /// How soon after a question that came to nothing.
    static let lookAgain = Duration.seconds(5)
    /// How long nothing may be heard of a call: before it is answered, and then.
    static let quietRing = Duration.seconds(45)
    static let quietTalk = Duration.seconds(300)
    /// How long nothing may be heard of an agent who is not free although no call of ours keeps them: at first, and at most.
    static let quietRest = Duration.seconds(30)
    static let longestQuietRest = Duration.seconds(300)
    /// How often it is asked whether an agent without a page is idle.
    static let absentLook = Duration.seconds(30)
    /// How long the end of a call is waited for whose agent has no page.
    static let longestAbsence = Duration.seconds(1800)
    /// How long an absent agent may still be in a call: from the call on, and from the beginning of a run that asks for it.
    static let longestUnseen = Duration.seconds(600)

    /// How many seconds of the run a real one is.
    private let speed: Double
    /// How long a command may stay unanswered.
    let answerLimit: Duration
    /// How long nothing may be heard of a page.
    let silence: Duration
    /// How long the first pages are waited for before anybody is told that there are none.
    let arrival: Duration
    /// How long pages are waited for by somebody who wants to know what only they can tell.
    let numbersLimit: Duration

    init(speed: Double) {
        self.speed = speed
        answerLimit = Duration.seconds(15).stretched(toAtLeast: .seconds(5), at: speed)
        silence = Duration.seconds(45).stretched(toAtLeast: .seconds(10), at: speed)
        arrival = Duration.seconds(15).stretched(toAtLeast: .seconds(10), at: speed)
        numbersLimit = Duration.seconds(15).stretched(toAtLeast: .seconds(10), at: speed)
    }

    /// How long something of the run takes outside it, in ms.
    func realMilliseconds(_ length: Duration) -> Int64 { Int64(length.seconds * 1000 / speed) }
}
