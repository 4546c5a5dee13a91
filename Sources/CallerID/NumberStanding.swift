import DialModel

/// How a number stands at one instant, whoever is called (`vendors/alibaba-udesk.md`, C4.3).
///
/// Both implementations of the choice ask here; only what depends on the callee or on other numbers is theirs.
struct NumberStanding: Hashable {
    /// The first reason against it; nil if it may be used.
    var reason: RejectionReason?
    /// When the first reason ends; nil if it does not end by itself, or there is none.
    var freeAt: Timestamp?
    /// Whether nothing but lines or rest stand against it, so that a contact may wait for it (C4.4).
    var isOnlyBusy = false
    /// When time alone next changes any of this.
    var changesAt: Timestamp?

    /// Looks at a number and its usage.
    init(of number: OutboundNumber, _ usage: NumberUsage, at now: Timestamp) {
        let limits = number.limits
        let today = ShanghaiDay(containing: now)
        changesAt = limits.window.nextBoundary(after: now)
        switch number.status {
        case .active: break
        case .paused: add(.paused, until: nil)
        case .quarantined(let until): if now < until { add(.quarantined, until: until) }
        }
        if !limits.window.contains(now) { add(.outsideWindow, until: limits.window.firstInstant(from: now)) }
        let expiry = usage.earliestExpiry(after: now)
        if usage.inFlight(at: now) >= number.lines { add(.atConcurrency, until: expiry) }
        if let cap = limits.maxPerDay, usage.dials(on: today) >= cap {
            add(.atDailyCap, until: limits.window.firstInstant(from: today.end))
        }
        if let last = usage.lastDialAt, now - last < limits.minGap { add(.coolingDown, until: last + limits.minGap) }
        if let expiry { changesAt = min(changesAt ?? expiry, expiry) }
        isOnlyBusy = reason == .atConcurrency || reason == .coolingDown
        if isOnlyBusy, let cap = limits.maxPerDay, usage.dials(on: today) >= cap { isOnlyBusy = false }
    }

    private mutating func add(_ other: RejectionReason, until: Timestamp?) {
        if reason == nil {
            reason = other
            freeAt = until
        }
        if let until { changesAt = min(changesAt ?? until, until) }
    }

    /// When it is worth asking again: a line may become free any moment, so five seconds at most (C4.8).
    func retryAt(from now: Timestamp) -> Timestamp? {
        guard reason == .atConcurrency else { return freeAt }
        return min(freeAt ?? now + Self.lineWait, now + Self.lineWait)
    }

    /// How long to wait for a line that somebody may give back.
    static let lineWait: Duration = .seconds(5)
}
