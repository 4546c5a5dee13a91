import DialModel
import Telephony

/// One agent's session with the server (`vendors/well-wincall.md`, B.4).
struct Seat: Sendable {
    /// Where the session stands.
    enum State: Hashable, Sendable {
        /// No channel; one is opened at this instant. Can go to opening, stopped.
        case away(until: Timestamp)
        /// A channel is being opened. Can go to initialising, away, stopped.
        case opening
        /// The session is to become the agent's. Can go to settling, away, leaving.
        case initialising
        /// It is the agent's; the server is left alone for a moment. Can go to signingIn, away, leaving.
        case settling(until: Timestamp)
        /// The agent is being signed in. Can go to working, doubtful, away, leaving.
        case signingIn
        /// The server's answer to that can mean both; the agent's state is asked for. Can go to working, away, leaving.
        case doubtful
        /// Signed in. Can go to initialising, away, signingOut, leaving.
        case working
        /// Being signed out. Can go to leaving, stopped.
        case signingOut
        /// Everything is said, and the channel is being closed. Can go to away, stopped.
        case leaving
        /// Stays away, unless a supervisor wants the agent back. Can go to opening.
        case stopped
    }

    /// What a command was sent for.
    enum Purpose: Hashable, Sendable {
        /// For the session itself.
        case session
        /// To know the agent's state.
        case look
        case place(Ticket, CallRequest)
        /// To end after-call work, so that a call can be placed.
        case readyToPlace(Ticket, CallRequest)
        case transfer(AttemptID)
        /// To enter the auto-call project, or to leave it.
        case project
        /// For somebody who waits, if anybody does.
        case wish(Ticket?)
        /// Listening to an agent, with what is to follow once it does.
        case spy(Ticket, then: AgentCommand?)
    }

    /// A command that has not been answered.
    struct Pending: Hashable, Sendable {
        var purpose: Purpose
        var sentAt: Timestamp
        var deadline: Timestamp
    }

    let login: AgentLogin
    var state = State.stopped
    var channel: ChannelID
    var grant = SignInGrant()
    /// Whether the agent may be given calls of the project; nil as long as that is not known.
    var isInProject: Bool?
    /// What the vendor last said the agent is doing, while signed in.
    var activity = AgentActivity.offline
    var since: Timestamp
    var call: PhoneCall?
    /// A call of ours that nobody has answered for, and of which the agent's state showed nothing; it may come all the same.
    var doubted: PhoneCall?
    /// Commands without an answer by their action: answers name nothing else, so there is one of each at most.
    var pending: [Int: Pending] = [:]
    /// Who wants to know what became of a call, and is told when the agent's state is known.
    var inquiries: [(ticket: Ticket, call: FollowedCall)] = []
    /// When the agent's state was last asked for that showed them in no call, or in one whose callee is known.
    var seenAt: Timestamp?
    /// When the agent's state is asked for unless something is heard.
    var lookAt: Timestamp?
    /// Until when the agent is offered nothing.
    var heldUntil: Timestamp?
    /// What a supervisor wants once the present call is over.
    var orderAfterCall: AgentOrder?
    /// What is to be sent once this agent hears the call that they listen to.
    var intervention: AgentCommand?
    /// Since when the server has said that the agent is signed in elsewhere.
    var elsewhereSince: Timestamp?
    var failures = 0
    var unanswered = 0
    /// Whether the channel may be opened anew at once, without counting as a failure.
    var mayReopen = true
    /// Whether the agent stays away once the channel is closed.
    var staysAway = false

    init(_ login: AgentLogin, index: Int, now: Timestamp) {
        self.login = login
        channel = ChannelID(seat: index, serial: 0)
        since = now
    }

    /// Whether a channel is open, or being opened.
    var hasChannel: Bool {
        switch state {
        case .away, .stopped: false
        case .opening, .initialising, .settling, .signingIn, .doubtful, .working, .signingOut, .leaving: true
        }
    }

    /// What the agent is doing as far as dialling is concerned.
    func shownActivity(at now: Timestamp) -> AgentActivity {
        guard state == .working else { return .offline }
        if call != nil { return .busy }
        if let heldUntil, heldUntil > now, activity == .idle { return .busy }
        return activity
    }

    func observation(at now: Timestamp) -> AgentObservation {
        let leaves = orderAfterCall == .sendOnBreak || orderAfterCall == .signOut
        return AgentObservation(
            id: login.agent, name: login.name, activity: shownActivity(at: now), since: since, isLeaving: leaves)
    }

    /// The earliest instant at which something is due.
    var nextDeadline: Timestamp? {
        var instants = pending.values.map(\.deadline)
        switch state {
        case .away(let until), .settling(let until): instants.append(until)
        case .working: instants += [lookAt, heldUntil].compactMap(\.self)
        case .opening, .initialising, .signingIn, .doubtful, .signingOut, .leaving, .stopped: break
        }
        if let call, call.ringsOwnPhone, !call.isBeingEnded { instants.append(call.since + FloorRhythm.ownRingLimit) }
        return instants.min()
    }
}
