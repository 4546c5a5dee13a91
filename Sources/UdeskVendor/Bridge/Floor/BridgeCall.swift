import DialModel
import Telephony

/// A call that is made at an agent's phone, as far as its page has told.
struct BridgeCall: Hashable, Sendable {
    /// How far its request is.
    enum Phase: Hashable, Sendable {
        /// The number to show is being selected. Can go to asked, or to nothing.
        case selecting(Ticket, CallRequest)
        /// The vendor has been asked. Can go to accepted, declined, doubtful, or to nothing.
        case asked(Ticket)
        /// The vendor declined, and is asked where it stands, for the call may be on its way all the same. Can go to
        /// accepted, doubtful, or to nothing.
        case declined(Ticket, VendorError)
        /// There is such a call.
        case accepted
        /// Nobody knows whether there is. Can go to accepted, or to nothing.
        case doubtful
    }

    private static let longestTrail = 24

    let attempt: AttemptID
    let id: VendorCallID
    let number: CalleeSpelling
    let callerID: String?
    /// When it is ended unless somebody has answered.
    let endsAt: Timestamp?
    var phase: Phase
    /// When it got where it stands.
    var phaseSince: Timestamp
    /// When it was heard of last.
    var heardAt: Timestamp
    /// The name of the command that asked for it.
    var command: String?
    /// The vendor's name of it, once that is told.
    var vendorID: String?
    /// What was told of it, by the vendor's words.
    private(set) var trail: [String] = []
    /// Whether something may have happened that nobody told, because the page or its connection was away.
    var hasGap = false
    /// Whether it is to be ended, and whether the vendor was told so.
    var isBeingEnded = false
    var isEndSent = false
    private var hasRung = false
    private var answeredAt: Timestamp?
    private var channel: String?
    private var phone: String?
    private var isOwnPhoneFirst = false
    private var shown: String?

    init(
        attempt: AttemptID, id: VendorCallID, number: CalleeSpelling, callerID: String? = nil,
        endsAt: Timestamp? = nil, phase: Phase, now: Timestamp
    ) {
        self.attempt = attempt
        self.id = id
        self.number = number
        self.callerID = callerID
        self.endsAt = endsAt
        self.phase = phase
        phaseSince = now
        heardAt = now
    }

    var isEstablished: Bool { answeredAt != nil }

    /// Whether a call of the vendor's, which no other name stands against, may be this one.
    func isMeant(by vendorCall: String, number other: String?) -> Bool {
        if let vendorID { return vendorID == vendorCall }
        if case .selecting = phase { return false }
        return other.map { !number.isContradicted(by: $0) } ?? true
    }

    mutating func enter(_ phase: Phase, at now: Timestamp) {
        self.phase = phase
        phaseSince = now
    }

    /// Takes in what an agent's phone does.
    mutating func note(phone state: String, at now: Timestamp) {
        phone = state
        heardAt = now
        note("phone:" + state)
    }

    /// Takes in an event; gives what is new by it, in order.
    mutating func take(_ news: SDKEvent.CallNews, agent: AgentID, at now: Timestamp) -> [CallProgress] {
        heardAt = now
        vendorID = vendorID ?? news.call
        shown = news.shown ?? shown
        note(news.kind.rawValue)
        switch news.kind {
        case .originated: return originated(news)
        case .established: return established(agent, at: now)
        case .offered, .cleared, .held, .retrieved, .conferenced, .transferred: return []
        }
    }

    /// Callee and agent talk with each other.
    mutating func established(_ agent: AgentID, at now: Timestamp) -> [CallProgress] {
        guard answeredAt == nil else { return [] }
        answeredAt = now
        return [.answered(.unknown), .connected(agent)]
    }

    /// The callee's phone rings: where the agent's rings first, once another leg is told of.
    private mutating func originated(_ news: SDKEvent.CallNews) -> [CallProgress] {
        isOwnPhoneFirst = isOwnPhoneFirst || news.workflow == "out_callback"
        let isCallees = isOwnPhoneFirst ? channel != nil && news.channel != nil && channel != news.channel : true
        channel = channel ?? news.channel
        guard isCallees, !hasRung, answeredAt == nil else { return [] }
        hasRung = true
        return [.ringing]
    }

    /// How it ended; `isSeen` is false where the end follows from something else than its being told.
    func ending(isSeen: Bool, agent: AgentID, ringingWords: Set<String>, at now: Timestamp) -> CallEnding {
        let (outcome, words) = outcome(isWhole: isSeen && !hasGap, ringingWords)
        let trail = trail.joined(separator: " ")
        return CallEnding(
            outcome: outcome, vendorReason: words.isEmpty ? trail : "\(words) (\(trail))", answeredAt: answeredAt,
            connectedAt: answeredAt, talk: isSeen ? answeredAt.map { now - $0 } : nil,
            agent: outcome == .connected ? agent : nil, shownCallerID: shownCallerID)
    }

    private func outcome(isWhole: Bool, _ ringingWords: Set<String>) -> (outcome: CallOutcome, words: String) {
        if answeredAt != nil { return (.connected, isWhole ? "" : "the end was not seen") }
        guard isWhole else { return (.unknown, "not all of the call was seen") }
        let isMissed = isOwnPhoneFirst && !hasRung && phone.map(ringingWords.contains) ?? false
        return isMissed ? (.agentMissed, "the agent's phone was not picked up") : (.noAnswer, "")
    }

    /// The number that was shown, spelt as it was chosen where it is the same.
    private var shownCallerID: String? {
        guard let shown else { return nil }
        func significant(_ number: String) -> Substring { number.filter(\.isNumber).drop { $0 == "0" } }
        return callerID.map { significant($0) == significant(shown) } ?? false ? callerID : shown
    }

    /// A word that is told twice counts once.
    private mutating func note(_ word: String) {
        if trail.last != word, trail.count < Self.longestTrail { trail.append(word) }
    }
}
