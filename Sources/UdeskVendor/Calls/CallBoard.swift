import DialModel
import Telephony

/// Which calls were asked for, and whose the events are that come in: a value without a clock.
///
/// The vendor names a call only when it tells of it, so a call is known by the mark that its request carried, and where
/// that does not come back, by callee, relay number and time (`vendors/alibaba-udesk.md`, B5).
struct CallBoard: Sendable {
    /// How far the vendor's clock may be behind ours; a lead is not dialled again sooner than that, nor a number that another
    /// campaign called.
    static let clockTolerance = RetryRule.shortestWait
    /// How many events of nobody's are kept, for calls that are taken up after them.
    private static let mostUnclaimed = 256
    /// How many ended calls are remembered.
    private static let mostEnded = 4096
    /// When nothing can be expected of a call any more.
    private static let longestFollowing = Duration.seconds(24 * 3600)

    private let words: [FailureWord]
    private(set) var calls: [AttemptID: TrackedCall] = [:]
    private var attempts: [String: AttemptID] = [:]
    private var unclaimed: [(event: CallEvent, at: Timestamp?)] = []
    private var ended: [AttemptID] = []
    private var outbox: [VendorEvent] = []

    init(words: [FailureWord]) {
        self.words = words
    }

    // MARK: Calls

    /// Notes a call whose request is about to leave.
    mutating func expect(_ request: CallRequest, relay: String, now: Timestamp) {
        let call = FollowedCall(
            attempt: request.attempt, number: request.number, prefix: request.prefix, vendorCall: nil, placedAfter: now)
        calls[request.attempt] = TrackedCall(call, relay: relay, isFollowed: false, now: now)
    }

    /// The request was accepted, or proves to have been: what is known of the call is reported from now on.
    mutating func accept(_ attempt: AttemptID, now: Timestamp) {
        calls[attempt]?.isFollowed = true
        tell(of: attempt, now: now)
    }

    /// The request certainly made no call.
    mutating func forget(_ attempt: AttemptID) {
        if let callID = calls[attempt]?.callID { attempts[callID] = nil }
        calls[attempt] = nil
    }

    /// Takes up a call of unknown fate and looks among the events that nobody claimed; says what is known of it.
    mutating func takeUp(_ call: FollowedCall, now: Timestamp) -> [DatedProgress] {
        if calls[call.attempt] == nil {
            calls[call.attempt] = TrackedCall(call, relay: nil, isFollowed: false, now: now)
        }
        let waiting = unclaimed
        unclaimed = []
        for (event, arrival) in waiting { take(event, arrival: arrival, now: now) }
        return calls[call.attempt]?.facts ?? []
    }

    /// A call was found: what is known of it has been said, and what comes is reported.
    mutating func adopt(_ attempt: AttemptID) {
        calls[attempt]?.isFollowed = true
        _ = calls[attempt]?.takeNews()
    }

    /// Whether the vendor has told anything of a call.
    func isKnown(_ attempt: AttemptID) -> Bool {
        calls[attempt]?.callID != nil || calls[attempt]?.facts.isEmpty == false
    }

    /// The instant from which on the log has to be looked at for calls that are not over and of which nothing was told for
    /// a while; nil when there is none.
    mutating func quietSince(_ patience: Duration, now: Timestamp) -> Timestamp? {
        for (attempt, call) in calls where !call.hasEnded && now - call.call.placedAfter > Self.longestFollowing {
            forget(attempt)
        }
        let quiet = calls.values.filter { $0.isFollowed && !$0.hasEnded && now - $0.heardAt >= patience }
        return quiet.map(\.call.placedAfter).min().map { $0 - Self.clockTolerance }
    }

    // MARK: Events

    /// Takes in an event, with its arrival unless it was asked for; one that is nobody's is kept for a while.
    mutating func take(_ event: CallEvent, arrival: Timestamp?, now: Timestamp) {
        guard let attempt = owner(of: event) else {
            unclaimed.append((event, arrival))
            if unclaimed.count > Self.mostUnclaimed { unclaimed.removeFirst() }
            return
        }
        let hadEnded = calls[attempt]?.hasEnded ?? true
        calls[attempt]?.take(event, arrival: arrival, words: words, now: now)
        if let callID = event.callID { attempts[callID] = attempt }
        tell(of: attempt, now: now)
        if !hadEnded, calls[attempt]?.hasEnded == true { remember(attempt) }
    }

    /// What is to be reported, in order.
    mutating func takeOutbox() -> [VendorEvent] {
        defer { outbox = [] }
        return outbox
    }

    private mutating func tell(of attempt: AttemptID, now: Timestamp) {
        guard calls[attempt]?.isFollowed == true else { return }
        outbox += calls[attempt]?.takeNews().map { .call(attempt, $0.progress, at: $0.at) } ?? []
    }

    /// The attempt that an event is of; a mark alone does not prove it, for other programs count theirs too.
    private func owner(of event: CallEvent) -> AttemptID? {
        if let callID = event.callID, let attempt = attempts[callID], calls[attempt] != nil { return attempt }
        if let mark = event.mark {
            guard let attempt = Int64(mark).map({ AttemptID($0) }), let call = calls[attempt] else { return nil }
            return isPossible(call, for: event) ? attempt : nil
        }
        let candidates = calls.filter { _, call in
            call.callID == nil && !call.hasEnded && event.customerPhone.map(call.number.isWritten) ?? false
                && isPossible(call, for: event)
        }
        return candidates.count == 1 ? candidates.first?.key : nil
    }

    private func isPossible(_ call: TrackedCall, for event: CallEvent) -> Bool {
        if let phone = event.customerPhone, call.number.isContradicted(by: phone) { return false }
        if let relay = call.relay, let shown = event.displayNumber, Self.digits(relay) != Self.digits(shown) {
            return false
        }
        if let callID = call.callID, let other = event.callID, callID != other { return false }
        guard let start = event.startedAt else { return true }
        return start >= call.call.placedAfter - Self.clockTolerance
    }

    private static func digits(_ number: String) -> Substring {
        number.filter(\.isNumber).drop { $0 == "0" }
    }

    private mutating func remember(_ attempt: AttemptID) {
        ended.append(attempt)
        guard ended.count > Self.mostEnded else { return }
        forget(ended.removeFirst())
    }
}
