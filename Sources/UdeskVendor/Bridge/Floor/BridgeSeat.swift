import DialModel
import Telephony

/// One agent, their page, and the call on their phone.
struct BridgeSeat: Sendable {
    /// What a command was sent for.
    enum Purpose: Hashable, Sendable {
        case place(AttemptID)
        case select(String)
        /// To know where the vendor stands.
        case look
        /// To know what numbers there are.
        case numbers
        case currentNumber
        /// To know the tenant's number, which an agent shows who has selected none.
        case tenantNumber
        case listedNumbers
        case pools
        /// To know which agents are idle.
        case idleAgents
        /// To end the call of an attempt.
        case hangUp(AttemptID)
        /// For somebody who waits, if anybody does.
        case wish(Ticket?)
    }

    /// A command that has not been answered.
    struct Pending: Hashable, Sendable {
        var purpose: Purpose
        /// Until when it is waited for.
        var deadline: Timestamp
        /// The last instant at which it may be carried out.
        var notAfter: Timestamp
    }

    /// The numbers that the agent may show, as far as they were told.
    struct Numbers: Hashable, Sendable {
        var known: [String]?
        /// The number that is selected.
        var current: String?
        /// Whether a pool is selected, which then chooses.
        var isPooled = false
        /// Ids by number, for selecting a number in the place of a pool.
        var ids: [String: String] = [:]
    }

    let login: AgentLogin
    var session: PageSession?
    /// The session that another page has put an end to.
    var replaced: String?
    /// Whether the SDK is connected, so that what it said last is true.
    var isConnected = false
    /// What the vendor last said of the agent and of their phone, in its words.
    var agentState: String?
    var phoneState: String?
    /// A call that is none of ours, as far as is known, and whom the agent called with it; nil if they were called.
    var foreignCall: String?
    var foreignNumber: String?
    /// Whether that call is answered.
    var isForeignEstablished = false
    var isAfterCall = false
    var since: Timestamp
    /// What the agent was doing when that was looked at last.
    var lastActivity = AgentActivity.offline
    var numbers = Numbers()
    var call: BridgeCall?
    /// A call of which nothing was found, or which was declined; it may come all the same.
    var doubted: BridgeCall?
    /// The vendor's names of the latest calls that are over: news of them may come twice.
    var ended: [String] = []
    var pending: [String: Pending] = [:]
    /// When the agent was heard of last, and how often the vendor was asked since because they did not get free.
    var heardAt: Timestamp
    var restLooks = 0
    /// When the vendor is to be asked where it stands.
    var lookAt: Timestamp?
    /// Who wants to know what became of a call once that is known.
    var inquiries: [(ticket: Ticket, call: FollowedCall)] = []
    var orderAfterCall: AgentOrder?
    /// Until when the agent is offered nothing.
    var heldUntil: Timestamp?
    /// Since when there is no page.
    var absentSince: Timestamp?

    init(_ login: AgentLogin, now: Timestamp) {
        self.login = login
        since = now
        heardAt = now
        absentSince = now
    }

    /// Whether it is known what the agent does.
    var isWorking: Bool { session != nil && isConnected }

    /// Whether the vendor was told to end a call and has not answered.
    var isHangingUp: Bool { pending.values.contains { if case .hangUp = $0.purpose { true } else { false } } }

    var isLooking: Bool { pending.values.contains { $0.purpose == .look } }

    /// What the agent is doing as far as dialling is concerned: idle by both their own state and their phone's, or not
    /// idle.
    func activity(at now: Timestamp) -> AgentActivity {
        guard isWorking, let agentState, agentState != "offline", phoneState != "offline" else { return .offline }
        if call != nil { return .busy }
        if agentState == "onBreak" { return .onBreak }
        if isAfterCall, agentState == "busy" { return .wrapUp }
        let isHeld = heldUntil.map { $0 > now } ?? false
        return agentState == "idle" && phoneState == "idle" && foreignCall == nil && !isHeld ? .idle : .busy
    }

    /// How long an agent who is not free may not be heard of; nil where there is nothing to wait for.
    func quietRest(at now: Timestamp) -> Duration? {
        guard isWorking, call == nil, activity(at: now) != .idle else { return nil }
        return min(BridgeRhythm.longestQuietRest, BridgeRhythm.quietRest * (1 << min(restLooks, 5)))
    }

    func observation(at now: Timestamp) -> AgentObservation {
        AgentObservation(
            id: login.agent, name: login.name, activity: activity(at: now), since: since,
            isLeaving: orderAfterCall == .sendOnBreak || orderAfterCall == .signOut)
    }
}
