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
    /// Whose call each contact is, so that one record is never taken for two attempts' calls.
    private(set) var owners: [String: AttemptID] = [:]
    private var contactsInOrder: [String] = []
    private var lastGeneration: UInt64 = 0

    init(account: AlibabaAccount) {
        patience = account.ringLimit + account.queueLimit + max(Self.longestTalk, account.recordDelay)
    }

    var isEmpty: Bool { calls.isEmpty }

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
    }

    /// Takes the call that has been due longest; it stays taken until `learn` or `miss`.
    mutating func takeDue(now: Timestamp) -> Followed? {
        let due = calls.values.filter { !$0.isBeingAsked && $0.dueAt <= now }
        let next = due.min { ($0.dueAt, $0.call.attempt) < ($1.dueAt, $1.call.attempt) }
        guard let next else { return nil }
        calls[next.call.attempt]?.isBeingAsked = true
        return next
    }

    /// When the next call is due that is not being asked about.
    var nextDue: Timestamp? {
        calls.values.filter { !$0.isBeingAsked }.map(\.dueAt).min()
    }

    /// Takes in an answer and gives back what is new in it, in order; a call that ended is forgotten.
    mutating func learn(
        _ facts: [CallFact], contact: String?, of followed: Followed, now: Timestamp
    ) -> [CallFact] {
        let attempt = followed.call.attempt
        guard var entry = calls[attempt], entry.generation == followed.generation else { return [] }
        if let contact, !claims(contact, for: attempt) {
            calls[attempt] = rescheduled(entry, now: now)
            return []
        }
        let news = facts.filter { Followed.Stage($0.progress) > entry.reported }
        if let last = news.last { entry.reported = Followed.Stage(last.progress) }
        entry.contact = contact ?? entry.contact
        calls[attempt] = entry.reported == .ended ? nil : rescheduled(entry, now: now)
        return news
    }

    /// Notes that a question about a call got no answer.
    mutating func miss(_ followed: Followed, now: Timestamp) {
        guard let entry = calls[followed.call.attempt], entry.generation == followed.generation else { return }
        calls[followed.call.attempt] = rescheduled(entry, now: now)
    }

    /// Notes that nobody asks any more, because observing stopped.
    mutating func putBackAll() {
        for attempt in calls.keys { calls[attempt]?.isBeingAsked = false }
    }

    /// Notes whose call a contact is; false when it is another attempt's.
    private mutating func claims(_ contact: String, for attempt: AttemptID) -> Bool {
        if let owner = owners[contact] { return owner == attempt }
        owners[contact] = attempt
        contactsInOrder.append(contact)
        if contactsInOrder.count > Self.mostContacts { owners[contactsInOrder.removeFirst()] = nil }
        return true
    }

    private func rescheduled(_ entry: Followed, now: Timestamp) -> Followed? {
        guard now - entry.since <= Self.longestFollowing else { return nil }
        var entry = entry
        entry.polls += 1
        entry.isBeingAsked = false
        let interval =
            now - entry.call.placedAfter > patience ? Self.slowInterval : AlibabaVendor.rhythm.wait(after: entry.polls)
        entry.dueAt = now + interval
        return entry
    }
}
