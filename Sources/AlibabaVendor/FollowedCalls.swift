import DialModel
import Telephony

/// A call that is being followed, and when it is asked about next (`vendors/alibaba-udesk.md`, A6.5).
struct Followed: Hashable, Sendable {
    var call: FollowedCall
    /// The agent that the call was placed for.
    var boundAgent: AgentID?
    /// When following began.
    var since: Timestamp
    /// The identifier under which the vendor keeps the call, once it is proven.
    var contact: String?
    var polls = 0
    var dueAt: Timestamp
    var isBeingAsked = false
    /// Tells this entry from an earlier or later one of the same attempt.
    var generation: UInt64
    /// How far the call's progress has been reported.
    var reported = Stage.nothing

    /// The stages of a call in their order.
    enum Stage: Int, Comparable, Sendable {
        case nothing, ringing, answered, connected, ended

        init(_ progress: CallProgress) {
            switch progress {
            case .ringing: self = .ringing
            case .answered, .agentMissed: self = .answered
            case .connected: self = .connected
            case .ended: self = .ended
            }
        }

        static func < (lhs: Self, rhs: Self) -> Bool { lhs.rawValue < rhs.rawValue }
    }
}

/// The calls that are being followed: a value without a clock.
struct FollowedCalls: Sendable {
    private static let longestTalk = Duration.seconds(2 * 3600)
    private static let slowInterval = Duration.seconds(30)
    /// When even a lagging record has had its time; without a bound, lost calls would use up the rate one by one.
    private static let longestFollowing = Duration.seconds(24 * 3600)

    /// How long a call may last before it is asked about only now and then.
    private let patience: Duration
    /// How many contacts are remembered as somebody's.
    private static let mostContacts = 4096

    private var calls: [AttemptID: Followed] = [:]
    /// When each call is due, and when calls were due that have been asked about since or are forgotten.
    private var agenda = BinaryHeap<Appointment>()
    /// Whose call each contact is, so that one record is never taken for two attempts' calls.
    private var owners: [String: AttemptID] = [:]
    /// The contacts that are remembered, each in the place of the oldest one when there were too many.
    private var contacts: [String] = []
    private var oldestContact = 0
    private var lastGeneration: UInt64 = 0

    init(account: AlibabaAccount) {
        patience = account.ringLimit + account.queueLimit + max(Self.longestTalk, account.recordDelay)
    }

    var isEmpty: Bool { calls.isEmpty }

    /// Whose call a contact is; nil as long as it is nobody's.
    func owner(of contact: String) -> AttemptID? { owners[contact] }

    /// Makes an entry without following it yet; a known one of the attempt lends its agent and contact.
    mutating func entry(for call: FollowedCall, boundAgent: AgentID? = nil, now: Timestamp) -> Followed {
        lastGeneration += 1
        let known = calls[call.attempt]
        return Followed(
            call: call, boundAgent: boundAgent ?? known?.boundAgent, since: now, contact: known?.contact,
            dueAt: now + AlibabaVendor.rhythm.wait(after: 0), generation: lastGeneration)
    }

    /// Follows a call from now on, instead of any earlier entry of its attempt.
    mutating func follow(_ followed: Followed) {
        calls[followed.call.attempt] = followed
        if !followed.isBeingAsked { agenda.add(Appointment(followed)) }
    }

    /// Takes the call that has been due longest; it stays taken until `learn` or `miss`.
    mutating func takeDue(now: Timestamp) -> Followed? {
        guard let due = nextDue, due <= now, let appointment = agenda.popFirst(),
            let next = calls[appointment.attempt]
        else { return nil }
        calls[appointment.attempt]?.isBeingAsked = true
        return next
    }

    /// When the next call is due that is not being asked about.
    var nextDue: Timestamp? {
        mutating get {
            while let first = agenda.first {
                if let call = calls[first.attempt], !call.isBeingAsked, Appointment(call) == first {
                    return first.dueAt
                }
                _ = agenda.popFirst()
            }
            return nil
        }
    }

    /// Takes in an answer and gives back what is new in it, in order; a call that ended is forgotten.
    mutating func learn(
        _ facts: [CallFact], contact: String?, of followed: Followed, now: Timestamp
    ) -> [CallFact] {
        let attempt = followed.call.attempt
        guard var entry = calls[attempt], entry.generation == followed.generation else { return [] }
        if let contact, !claims(contact, for: attempt) {
            reschedule(entry, now: now)
            return []
        }
        let news = facts.filter { Followed.Stage($0.progress) > entry.reported }
        if let last = news.last { entry.reported = Followed.Stage(last.progress) }
        entry.contact = contact ?? entry.contact
        if entry.reported == .ended { calls[attempt] = nil } else { reschedule(entry, now: now) }
        return news
    }

    /// Notes that a question about a call got no answer.
    mutating func miss(_ followed: Followed, now: Timestamp) {
        guard let entry = calls[followed.call.attempt], entry.generation == followed.generation else { return }
        reschedule(entry, now: now)
    }

    /// Notes that nobody asks any more, because observing stopped.
    mutating func putBackAll() {
        for var call in Array(calls.values) where call.isBeingAsked {
            call.isBeingAsked = false
            follow(call)
        }
    }

    /// Notes whose call a contact is; false when it is another attempt's.
    private mutating func claims(_ contact: String, for attempt: AttemptID) -> Bool {
        if let owner = owners[contact] { return owner == attempt }
        owners[contact] = attempt
        if contacts.count < Self.mostContacts {
            contacts.append(contact)
        } else {
            owners[contacts[oldestContact]] = nil
            contacts[oldestContact] = contact
            oldestContact = (oldestContact + 1) % Self.mostContacts
        }
        return true
    }

    /// Has a call asked about again after a while; one that lasts longer than any does is forgotten.
    private mutating func reschedule(_ entry: Followed, now: Timestamp) {
        guard now - entry.since <= Self.longestFollowing else {
            calls[entry.call.attempt] = nil
            return
        }
        var entry = entry
        entry.polls += 1
        entry.isBeingAsked = false
        let interval =
            now - entry.call.placedAfter > patience ? Self.slowInterval : AlibabaVendor.rhythm.wait(after: entry.polls)
        entry.dueAt = now + interval
        follow(entry)
    }
}

/// When a call is due; of those at one instant the oldest attempt goes first.
private struct Appointment: Hashable, Comparable, Sendable {
    let dueAt: Timestamp
    let attempt: AttemptID
    let generation: UInt64

    init(_ followed: Followed) {
        dueAt = followed.dueAt
        attempt = followed.call.attempt
        generation = followed.generation
    }

    static func < (lhs: Self, rhs: Self) -> Bool { (lhs.dueAt, lhs.attempt) < (rhs.dueAt, rhs.attempt) }
}
