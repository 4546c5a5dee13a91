import DialModel
import Pacing

extension DialEngine {
    /// Whether the vendor cannot be observed or reached: patience with it is running out.
    var isVendorDown: Bool { isBlind || isOutOfReach }

    /// The vendor's agents and calls cannot be observed any more.
    mutating func loseSight(at now: Timestamp, into directives: inout [Directive]) {
        startPatience(at: now, into: &directives)
        isBlind = true
    }

    /// They can be observed again.
    mutating func regainSight(into directives: inout [Directive]) {
        guard isBlind else { return }
        isBlind = false
        refusal = nil
        endPatience(into: &directives)
    }

    /// Places no call for a while that doubles each time, and then a single one to try.
    mutating func holdBecauseOutOfReach(at now: Timestamp, into directives: inout [Directive]) {
        if let heldUntil, heldUntil > now { return }
        startPatience(at: now, into: &directives)
        isOutOfReach = true
        lastHold = lastHold == .zero ? EngineSettings.hold : min(lastHold * 2, EngineSettings.holdLimit)
        hold(for: lastHold, at: now, into: &directives)
    }

    /// Places no call for as long as the vendor asked, longer each time that it asks in a row, and then a single one.
    mutating func holdBecauseThrottled(
        for pause: Duration, at now: Timestamp, into directives: inout [Directive]
    ) {
        if let heldUntil, heldUntil >= now + pause { return }
        lastHold = max(pause, min(lastHold * 2, EngineSettings.throttleLimit))
        hold(for: lastHold, at: now, into: &directives)
    }

    /// The vendor took or judged a call, so it is there.
    mutating func noteVendorAnswered(into directives: inout [Directive]) {
        lastHold = .zero
        guard isOutOfReach else { return }
        isOutOfReach = false
        endPatience(into: &directives)
    }

    /// The time that the run puts up with a silent vendor is over.
    mutating func losePatience(at now: Timestamp, into directives: inout [Directive]) {
        if isBlind || (isOutOfReach && (heldUntil ?? now) > now) {
            if areOthersAtWork {
                return directives.append(.setTimer(.vendorPatience, at: now + settings.vendorPatience))
            }
            let ending = isBlind ? refusal.map { RunEnding.vendorRefused(reason: $0) } : nil
            return finish(ending ?? .vendorUnavailable, into: &directives)
        }
        // Nothing was asked since the last hold was over, so there is no telling: the next call is a fresh try.
        isOutOfReach = false
        lastHold = .zero
    }

    private mutating func hold(for duration: Duration, at now: Timestamp, into directives: inout [Directive]) {
        heldUntil = now + duration
        pacing?.vendorFailed(at: now)
        directives.append(.setTimer(.holdOver, at: now + duration))
    }

    private func startPatience(at now: Timestamp, into directives: inout [Directive]) {
        guard !isVendorDown else { return }
        directives.append(.setTimer(.vendorPatience, at: now + settings.vendorPatience))
    }

    private func endPatience(into directives: inout [Directive]) {
        guard !isVendorDown else { return }
        directives.append(.cancelTimer(.vendorPatience))
    }
}
