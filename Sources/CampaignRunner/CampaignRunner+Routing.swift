import DialEngine
import DialModel
import Ledger
import Logging
import Telephony

/// What a runner has to do with those of the campaign's other accounts.
extension CampaignRunner {
    /// How many leads the account may claim now, and why; or the event that says that it may claim none.
    func turn(for count: Int) -> (count: Int, note: String?, denied: DialEvent?) {
        guard count > 0, let route = plan.route else { return (count, nil, nil) }
        switch route.desk.answer(count, for: route.account, at: clock.now) {
        case .place(let allowed, let reason): return (allowed, reason, nil)
        case .wait(let until): return (0, nil, .turnAwaited(requested: count, until: until))
        case .over: return (0, nil, .attemptLimitReached(requested: count))
        }
    }

    /// Tells what came of a claim that was allowed.
    func noteClaims(_ result: ClaimResult, of granted: Int) {
        guard granted > 0, let route = plan.route else { return }
        route.desk.claimed(
            result.claims.count, of: granted, by: route.account, holdUntil: result.hold?.until, at: clock.now)
    }

    /// Tells which calls are over, and whether anybody answered them.
    func noteEnds(_ changes: [AttemptChange]) {
        guard let route = plan.route else { return }
        for case .closed(_, let closing) in changes {
            switch closing.outcome {
            case .notPlaced, .refused, .unknown: continue
            case let outcome:
                route.desk.callEnded(isAnswered: outcome.wasAnswered, of: route.account, at: clock.now)
            }
        }
    }

    /// Has the engine know whether the campaign goes on without it.
    func learnOfOthers(into step: inout Step) {
        guard let route = plan.route else { return }
        let are = route.desk.othersAreAtWork(beside: route.account)
        guard are != areOthersAtWork else { return }
        areOthersAtWork = are
        tell(.othersAtWork(are), into: &step)
    }

    /// Tells what the account could carry at present, and says so when it is left alone or used again.
    func tellDesk() {
        guard let route = plan.route else { return }
        route.desk.note(engine.standing(at: clock.now), of: route.account, at: clock.now)
        let breaker = route.desk.breaker(of: route.account)
        guard breaker.state != toldState else { return }
        toldState = breaker.state
        let account = Logger.Metadata.Value(stringLiteral: plan.vendorName)
        switch breaker.state {
        case .closed: logger.warning("the account is used again", metadata: ["account": account])
        case .halfOpen: logger.info("the account is tried again", metadata: ["account": account])
        case .open(let until):
            logger.warning(
                "the account is left alone for a while; others carry its calls",
                metadata: [
                    "account": account, "because": "\(breaker.ailment?.rawValue ?? "errors")",
                    "seconds": "\(Int((until - clock.now).seconds))",
                ])
        }
    }
}

/// Looks on while a vendor is asked to place a call, for the sake of the account's health.
struct RequestWatch: Sendable {
    private let route: RunRoute?
    private let clock: any RunClock
    private let began: Timestamp
    /// Whether the time that the answer takes is the vendor's own.
    private let isTimed: Bool

    init(of route: RunRoute?, clock: any RunClock) {
        self.route = route
        self.clock = clock
        began = clock.now
        let isAlone = route.map { $0.desk.requestBegan(of: $0.account) } ?? false
        // In a rehearsal the moments that this machine takes last longer in the time of the run.
        isTimed = isAlone && clock.speed == 1
    }

    /// The request was answered, with an error of this meaning or none.
    func ended(_ meaning: VendorError.Meaning?) {
        guard let route else { return }
        let now = clock.now
        let answer: AccountBreaker.Answer? =
            switch meaning {
            case nil, .refused, .barred: .given
            case .unavailable, .outcomeUnknown: .failed
            // Neither tells of the account's health: one passes, and the other ends its run.
            case .throttled, .misconfigured: nil
            }
        route.desk.requestEnded(answer, after: isTimed ? now - began : nil, of: route.account, at: now)
    }
}
