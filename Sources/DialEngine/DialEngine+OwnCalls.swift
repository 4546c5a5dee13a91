package import DialModel

/// A call that the vendor placed by itself.
struct AdoptedCall: Hashable, Sendable {
    let call: UnclaimedCall
    /// Its attempt; nil until the ledger has given it one.
    var attempt: AttemptID?
    /// What has happened to it and awaits the attempt, in order.
    var news: [DatedProgress] = []
}

/// How calls that the vendor places by itself become attempts.
///
/// What is told of such a call waits until the ledger has an attempt for it; from then on it is followed like any other.
extension DialEngine {
    /// Takes in what the vendor reports of a call of its own.
    mutating func follow(
        _ call: UnclaimedCall, _ progress: CallProgress, at instant: Timestamp, now: Timestamp,
        into directives: inout [Directive]
    ) {
        guard settings.style == .vendorPaced else { return }
        let news = DatedProgress(progress, at: instant)
        guard let index = ownCalls.firstIndex(where: { $0.call.id == call.id }) else {
            ownCalls.append(AdoptedCall(call: call, news: [news]))
            return directives.append(.adopt(call))
        }
        guard let attempt = ownCalls[index].attempt else { return ownCalls[index].news.append(news) }
        advance(attempt, by: progress, at: instant, now: now, into: &directives)
    }

    /// The calls that the ledger has given no attempt so far.
    package var callsWithoutAttempt: [UnclaimedCall] { ownCalls.filter { $0.attempt == nil }.map(\.call) }

    /// The ledger has given a call its attempt, or says why it has none.
    mutating func adopted(
        _ id: VendorCallID, _ adoption: Adoption, at now: Timestamp, into directives: inout [Directive]
    ) {
        guard let index = ownCalls.firstIndex(where: { $0.call.id == id && $0.attempt == nil }) else { return }
        switch adoption {
        case .open(let claim):
            ownCalls[index].attempt = claim.attempt
            let own = ownCalls[index]
            ownCalls[index].news = []
            begin(own, as: claim, at: now, into: &directives)
            for news in own.news {
                advance(claim.attempt, by: news.progress, at: news.at, now: now, into: &directives)
            }
        case .closed: ownCalls.remove(at: index)
        case .numberBusy: directives.append(.setTimer(.adoption(id), at: now + EngineSettings.adoptionPause))
        }
    }

    /// Has the ledger asked again for an attempt.
    mutating func adoptAgain(_ id: VendorCallID, into directives: inout [Directive]) {
        guard let own = ownCalls.first(where: { $0.call.id == id }), own.attempt == nil else { return }
        directives.append(.adopt(own.call))
    }

    /// Has the vendor give the agents calls of its own for as long as the run wants calls.
    mutating func seeToOwnCalls(into directives: inout [Directive]) {
        guard settings.style == .vendorPaced, phase != .finished else { return }
        let wants = phase == .running && pausedBy == nil
        guard wants != takesOwnCalls else { return }
        takesOwnCalls = wants
        directives.append(.takeOwnCalls(wants))
    }

    /// An attempt that an earlier run left open is looked for already, and is not another one.
    private mutating func begin(
        _ own: AdoptedCall, as claim: Claim, at now: Timestamp, into directives: inout [Directive]
    ) {
        guard calls[claim.attempt] == nil else { return }
        var call = OpenCall(claim: claim, claimedAt: min(own.call.since, now), state: .dialing)
        call.vendorCall = own.call.id
        calls[claim.attempt] = call
        attemptsMade += 1
        directives.append(.setTimer(.attempt(claim.attempt), at: now + settings.answerLimit))
    }
}
