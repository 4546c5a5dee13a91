import DialEngine
import DialModel
import Ledger
import PlainLedger

/// The vendor is asked at most once for each attempt, and no number is in two of its calls at a time.
struct OneCallPerAttempt: Checker {
    private var asked: Set<AttemptID> = []
    /// The calls that have not ended.
    private var open: [Int] = []

    mutating func check(_ moment: Moment, _ scene: Scene) -> String? {
        switch moment {
        case .happened(.departed(let request)):
            guard case .place(let order) = request.wish else { return nil }
            return asked.insert(order.attempt).inserted ? nil : "\(order.attempt) is asked for again"
        case .happened(.placed(let index)):
            let number = scene.world.calls[index].number
            let other = open.first { scene.world.calls[$0].number == number }
            open.append(index)
            return other.map { "calls \($0) and \(index) are to one number" }
        case .happened(.ended(let index)): open.removeAll { $0 == index }
        case .began, .told, .committing, .committed, .adopted, .happened, .gone, .over: break
        }
        return nil
    }
}

/// No phone is left before it has rung for as long as the rules want, unless a supervisor wishes it.
struct MinimumRing: Checker {
    private var dropped: Set<AttemptID> = []

    mutating func check(_ moment: Moment, _ scene: Scene) -> String? {
        switch moment {
        case .told(.dropRequested(let attempt, _), _, _): dropped.insert(attempt)
        case .happened(.isHungUp(let index)):
            let call = scene.world.calls[index]
            if let attempt = call.attempt, dropped.contains(attempt) { return nil }
            guard call.answeredAt == nil else { return nil }
            guard let rang = call.ringingAt.map({ scene.world.now - $0 }) else {
                return "call \(index) is ended before it rings"
            }
            let least = max(scene.scenario.settings.minimumRing, scene.scenario.settings.ringTimeout)
            if rang < least { return "call \(index) is ended after \(rang) of ringing" }
        case .began, .told, .committing, .committed, .adopted, .happened, .gone, .over: break
        }
        return nil
    }
}

/// What the ledger says of a call is what happened to it: no result is lost, and an answered call without an agent counts
/// as abandoned, unless a machine answered.
struct OutcomesAreTrue: Checker {
    /// A call that a supervisor had ended is one that nobody answered, whatever the vendor calls it.
    private var dropped: Set<AttemptID> = []

    mutating func check(_ moment: Moment, _ scene: Scene) -> String? {
        if case .told(.dropRequested(let attempt, _), _, _) = moment { dropped.insert(attempt) }
        guard case .committing(let changes) = moment else { return nil }
        for case .closed(let attempt, let closing) in changes {
            if closing.outcome == .unknown || closing.outcome == .notPlaced { continue }
            let name = scene.ledger.attempt(attempt)?.vendorCall
            let index = scene.world.call(of: attempt, named: name)
            guard let index else {
                if closing.outcome == scene.world.refusals[attempt] { continue }
                return "\(attempt) has no call, and is \(closing.outcome)"
            }
            let call = scene.world.calls[index]
            let isOurs =
                (call.wasHungUp || dropped.contains(attempt) || call.rangForAsLong(as: scene.scenario.settings))
                && call.answeredAt == nil
            // Where nobody keeps records, whoever was seen to answer and was not seen to talk has to count as abandoned, or
            // as the machine that they were taken for.
            let isGuess = closing.outcome == (call.cpa.isLive ? .abandoned : .machine)
            if !scene.scenario.vendor.keepsRecords, isGuess, call.answeredAt != nil, call.outcome != nil { continue }
            if let words = compare(closing, call, isOurs) { return "\(attempt): \(words)" }
        }
        return nil
    }

    private func compare(_ closing: AttemptClosing, _ call: SimulatedCall, _ isOurs: Bool) -> String? {
        guard let outcome = call.outcome else {
            // What has been talked about is not lost, even where nobody ever heard of its end.
            let isGivenUp = call.connectedAt != nil && closing.outcome == .connected
            return isGivenUp ? nil : "\(closing.outcome) while the call goes on"
        }
        if closing.outcome != outcome, !isOurs || closing.outcome != .noAnswer {
            return "\(closing.outcome), and it was \(outcome)"
        }
        if (closing.connectedAt == nil) != (call.connectedAt == nil), closing.outcome != .connected {
            return "joined, or not, against the truth"
        }
        if let answeredAt = closing.answeredAt, let connectedAt = closing.connectedAt, connectedAt < answeredAt {
            return "joined before it was answered"
        }
        return nil
    }
}

extension SimulatedCall {
    /// Whether it had rung for as long as it may, as far as vendors' times can tell: then nobody can say who ended it.
    fileprivate func rangForAsLong(as settings: EngineSettings) -> Bool {
        guard let ringingAt, let endedAt else { return false }
        return endedAt - ringingAt >= max(settings.ringTimeout, settings.minimumRing) - EngineSettings.endTolerance
    }
}

/// Nothing is given up that the vendor's records could settle, and nothing counts as not placed that was placed.
struct UnknownsAreSettled: Checker {
    mutating func check(_ moment: Moment, _ scene: Scene) -> String? {
        guard case .committing(let changes) = moment else { return nil }
        for case .closed(let attempt, let closing) in changes {
            guard closing.outcome == .unknown || closing.outcome == .notPlaced else { continue }
            if closing.outcome == .notPlaced, scene.world.underWay.contains(attempt) {
                return "\(attempt) is under way, and counts as not placed"
            }
            let record = scene.ledger.attempt(attempt)
            guard let index = scene.world.call(of: attempt, named: record?.vendorCall) else { continue }
            if closing.outcome == .notPlaced { return "\(attempt) was placed, and counts as not placed" }
            let settings = scene.scenario.settings
            let limit = settings.answerLimit + settings.talkLimit + settings.recordDelay
            let isOld = scene.world.now >= scene.world.calls[index].placedAt + limit
            if scene.world.isOnRecord(index), !isOld { return "\(attempt) is on record, and given up" }
            if scene.world.calls[index].stage != .ended { return "\(attempt) is given up while the call goes on" }
        }
        return nil
    }
}
