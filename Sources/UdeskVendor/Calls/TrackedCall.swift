import DialModel
import Telephony

/// A call that was asked for, and everything that was told of it so far.
struct TrackedCall: Sendable {
    let call: FollowedCall
    let number: CalleeSpelling
    /// The relay number that it was asked for with; nil where that is not known any more.
    var relay: String?
    /// Whether the engine counts on it: its request was accepted, or it was found.
    var isFollowed: Bool
    /// The vendor's name of it, once anything was told.
    var callID: String?
    /// When something was told of it last, or it was asked for.
    var heardAt: Timestamp
    /// How many of its facts have been reported.
    var reported = 0
    private(set) var facts: [DatedProgress] = []
    private var agentAnswer: (at: Timestamp, agent: AgentID?)?
    private var answeredAt: Timestamp?
    private var displayNumber: String?

    init(_ call: FollowedCall, relay: String?, isFollowed: Bool, now: Timestamp) {
        self.call = call
        number = CalleeSpelling(call.number)
        self.relay = relay
        self.isFollowed = isFollowed
        heardAt = now
    }

    /// Whether it is over.
    var hasEnded: Bool { facts.last?.isEnding ?? false }

    /// Takes in what is told of it, which may have been told before, or be older than what is known.
    ///
    /// Times on the wire have whole seconds. One whose second holds the arrival, where there is one, is the arrival.
    mutating func take(_ event: CallEvent, arrival: Timestamp?, words: [FailureWord], now: Timestamp) {
        heardAt = max(heardAt, now)
        callID = callID ?? event.callID
        displayNumber = displayNumber ?? event.displayNumber
        guard !hasEnded else { return }
        if let rang = event.customerRangAt { add(.ringing, at: exact(rang, arrival), rank: 0) }
        if let answered = event.customerAnsweredAt, answeredAt == nil {
            answeredAt = add(.answered(.unknown), at: exact(answered, arrival), rank: 1)
        }
        if let joined = event.agentAnsweredAt, event.customerAnsweredAt != nil || answeredAt != nil, agentAnswer == nil
        {
            let at = add(.connected(event.agent), at: exact(joined, arrival), rank: 2)
            agentAnswer = (at, event.agent)
        }
        guard event.isOver else { return }
        let end = event.customerHungUpAt ?? event.agentHungUpAt
        let at = add(nil, at: end.map { exact($0, arrival) } ?? arrival ?? now, rank: 3)
        facts.append(DatedProgress(.ended(ending(event, words, at: at)), at: at))
    }

    /// What has not been reported yet, which then has.
    mutating func takeNews() -> [DatedProgress] {
        defer { reported = facts.count }
        return Array(facts[reported...])
    }

    /// Adds a fact unless it or a later one is known; gives its time, which is never before that of the fact before it.
    @discardableResult
    private mutating func add(_ progress: CallProgress?, at instant: Timestamp, rank: Int) -> Timestamp {
        let at = max(facts.last?.at ?? instant, instant)
        guard let progress, facts.last.map({ $0.rank < rank }) ?? true else { return at }
        facts.append(DatedProgress(progress, at: at))
        return at
    }

    private func exact(_ wire: Timestamp, _ arrival: Timestamp?) -> Timestamp {
        let second = Duration.seconds(1)
        guard let arrival, arrival >= wire, arrival < wire + second else { return wire }
        return arrival
    }

    private func ending(_ event: CallEvent, _ words: [FailureWord], at end: Timestamp) -> CallEnding {
        let outcome: CallOutcome =
            if agentAnswer != nil { .connected } else if answeredAt != nil { .abandoned } else {
                words.outcome(of: event.defeatCause)
            }
        let reason = [event.result, event.defeatCause].compactMap(\.self).joined(separator: ", ")
        return CallEnding(
            outcome: outcome, vendorReason: reason, answeredAt: answeredAt, connectedAt: agentAnswer?.at,
            talk: agentAnswer.map { max(.zero, end - $0.at) }, agent: agentAnswer?.agent,
            shownCallerID: displayNumber)
    }
}

extension DatedProgress {
    /// The place of a fact in the order in which the facts of a call come.
    fileprivate var rank: Int {
        switch progress {
        case .ringing: 0
        case .answered: 1
        case .connected, .agentMissed: 2
        case .ended: 3
        }
    }

}
