import DialModel
import Telephony

/// One agent or automatic phone that we sign in, and what is known of it.
struct Desk: Sendable {
    /// A call that this phone is dialling, until its name at the vendor is known.
    struct Dial: Hashable, Sendable {
        enum Stage: Hashable, Sendable {
            /// The phone is kept for it, and nothing was sent. Can go to sent.
            case reserved
            /// The request is on its way. Can go to lost.
            case sent
            /// It may have been carried out, and no answer came; since when.
            case lost(Timestamp)
        }

        var attempt: AttemptID
        var stage = Stage.reserved
    }

    /// An event that came before it was known whose call it is about.
    struct EarlyEvent: Hashable, Sendable {
        var event: WellEvent
        var at: Timestamp
    }

    /// What the agent talks over with a colleague.
    struct Consultation: Hashable, Sendable {
        /// The call that waits meanwhile.
        var held: String
        /// The call with the colleague, once its name is known.
        var call: String?
        /// Whether nobody said that it was asked for with success.
        var isDoubtful = false
    }

    static let mostEarlyEvents = 32
    private static let mostClosedCalls = 32

    let login: AgentLogin
    let address: AgentAddress
    /// What proves our requests to be this agent's.
    var session: Secret?
    var isSignedIn = false
    /// Whether the vendor was asked to sign the agent in and not seen to have signed them out.
    var mayBeSignedIn = false
    /// Since when the agent's events reach us; nil while they do not.
    var channelUpAt: Timestamp?
    /// Whether ours was compared with the vendor's state since then.
    var isSynced = false
    var mode = AgentMode.loggedOut
    /// Whether the agent is on a break although the mode is one in which we dial.
    var isOnBreak = false
    /// Whether a supervisor signed the agent out.
    var isDismissed = false
    /// Until when the phone is not used, because the vendor turned calls from it away.
    var pausedUntil: Timestamp?
    /// Until when an agent who has talked counts as working after the call, unless the vendor says before what they do.
    var settlesUntil: Timestamp?
    /// How often in a row the vendor turned calls away: for the phone, and for reasons unknown.
    var absencesInARow = 0
    var refusalsInARow = 0
    /// The prefixes with which the agent may dial; empty where the vendor named none.
    var prefixes: [String] = []
    /// The calls at the phone, ours and others.
    var openCalls: [String] = []
    /// Whom calls are with, as far as the vendor's state told.
    var otherSides: [String: [String]] = [:]
    /// Calls that the phone was in and is not any more, so that a late event does not open them again.
    private(set) var closedCalls: [String] = []
    var dial: Dial?
    /// A consultation that was asked for and is not known to be over.
    var consultation: Consultation?
    /// A call that the vendor was asked to give to this agent.
    var expectedCall: String?
    /// When the next call may be dialled (A.5).
    var nextDialAt: Timestamp
    var lastSerial: Int64?
    /// Grows with everything that happens here, so that an older answer of the vendor's is not taken for news.
    var revision = 0
    var earlyEvents: [EarlyEvent] = []
    /// When to compare ours with the vendor's state; nil for no need.
    var syncDueAt: Timestamp?
    /// Why the agent cannot be used, where that is so.
    var failure: VendorError?
    /// Whether nothing is to be learnt of the phone then: the vendor has no place for the agent, or does not have the phone.
    var isLeftOut = false
    var activity = AgentActivity.offline
    var activitySince: Timestamp

    init(_ login: AgentLogin, domain: String, now: Timestamp) {
        self.login = login
        address = AgentAddress(login, domain: domain)
        nextDialAt = now
        activitySince = now
    }

    /// Whether the agent's events reach us and nothing was missed.
    var isWatched: Bool { channelUpAt != nil && isSynced }

    /// Whether the phone is in no call and about to be in none.
    var isFree: Bool { openCalls.isEmpty && dial == nil && expectedCall == nil && mode != .allocated }

    /// Whether a call may be dialled from the phone, apart from the time since the last one.
    func mayDial(at now: Timestamp) -> Bool {
        isSignedIn && isWatched && isFree && [pausedUntil, settlesUntil].allSatisfy { $0.map { $0 <= now } ?? true }
    }

    /// What the agent is doing, as far as dialling is concerned.
    func activity(at now: Timestamp, dialsWhenNotReady: Bool) -> AgentActivity {
        guard isSignedIn else { return .offline }
        // What cannot be seen is taken for busy, so that nobody is given a call by mistake.
        guard isWatched, isFree else { return .busy }
        switch mode {
        case .loggedOut: return .offline
        case .allocated: return .busy
        case .workNotReady: return .wrapUp
        case .ready, .notReady:
            if settlesUntil.map({ $0 > now }) == true { return .wrapUp }
            if isOnBreak || pausedUntil.map({ $0 > now }) == true { return .onBreak }
            return mode == .ready || dialsWhenNotReady ? .idle : .onBreak
        }
    }

    /// Notes that a call is at the phone, unless it was and is not any more.
    mutating func open(_ callID: String) {
        guard !openCalls.contains(callID), !closedCalls.contains(callID) else { return }
        openCalls.append(callID)
    }

    /// Notes that a call is not at the phone any more.
    mutating func close(_ callID: String) {
        openCalls.removeAll { $0 == callID }
        otherSides[callID] = nil
        if expectedCall == callID { expectedCall = nil }
        if consultation?.held == callID || consultation?.call == callID { consultation = nil }
        closedCalls.append(callID)
        if closedCalls.count > Self.mostClosedCalls { closedCalls.removeFirst() }
    }

    /// Asks for a comparison with the vendor's state no later than `instant`.
    mutating func wantSync(by instant: Timestamp) {
        syncDueAt = min(syncDueAt ?? instant, instant)
    }
}
