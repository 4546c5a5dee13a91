import CallerID
package import DialEngine
package import DialModel
package import Ledger
import Telephony
import Wording

/// Where the runners of one campaign, each working an account of its own, learn whose turn it is.
///
/// The decisions are those of `AccountRouter`; this hands it to several tasks, and remembers which leads an account could not
/// dial while another may.
package final class RouteDesk: Sendable {
    /// What an account could not dial, and until when.
    private struct Passes {
        var until: [LeadID: [Timestamp?]] = [:]
    }

    /// How many leads are remembered at most; beyond that all are asked about anew.
    private static let passLimit = 10_000

    private let accountCount: Int
    private let router: Locked<AccountRouter>
    private let passes = Locked(Passes())

    /// A desk for as many runners as there are accounts.
    package init(
        _ accounts: [RoutedAccount], by rule: RoutingRule, maxLines: Int? = nil, maxAttempts: Int? = nil
    ) {
        accountCount = accounts.count
        router = Locked(AccountRouter(accounts, by: rule, maxLines: maxLines, maxAttempts: maxAttempts))
    }

    /// How many calls each account has carried in this run.
    package var carried: [Int] { router.with { $0.carried } }

    /// The health of an account.
    package func breaker(of account: Int) -> AccountBreaker { router.with { $0.breaker(of: account) } }

    // MARK: For the runners

    func answer(_ wanted: Int, for account: Int, at now: Timestamp) -> RoutingAnswer {
        router.with { $0.answer(wanted, for: account, at: now) }
    }

    func claimed(_ count: Int, of granted: Int, by account: Int, holdUntil: Timestamp?, at now: Timestamp) {
        router.with { $0.claimed(count, of: granted, by: account, holdUntil: holdUntil, at: now) }
    }

    func note(_ standing: AccountStanding, of account: Int, at now: Timestamp) {
        router.with { $0.note(standing, of: account, at: now) }
    }

    func othersAreAtWork(beside account: Int) -> Bool { router.with { $0.othersAreAtWork(beside: account) } }

    func requestBegan(of account: Int) -> Bool { router.with { $0.requestBegan(of: account) } }

    func requestEnded(
        _ answer: AccountBreaker.Answer?, after delay: Duration?, of account: Int, at now: Timestamp
    ) {
        router.with { $0.requestEnded(answer, after: delay, of: account, at: now) }
    }

    func callEnded(isAnswered: Bool, of account: Int, at now: Timestamp) {
        router.with { $0.callEnded(isAnswered: isAnswered, of: account, at: now) }
    }

    // MARK: For the policies

    /// Takes in that an account can show no number to a lead before an instant; until when all that are still at it are in
    /// the same position, nil if some other may dial it.
    func pass(_ lead: LeadID, by account: Int, until instant: Timestamp, at now: Timestamp) -> Timestamp? {
        let running = router.with { router in (0..<accountCount).filter { !router.hasEnded($0) } }
        return passes.with { passes in
            if passes.until.count >= Self.passLimit { passes.until.removeAll() }
            var all = passes.until[lead] ?? Array(repeating: nil, count: accountCount)
            all[account] = instant
            let areAllPassed = running.allSatisfy { (all[$0] ?? now) > now }
            if areAllPassed, let earliest = all.compactMap(\.self).filter({ $0 > now }).min() {
                passes.until[lead] = nil
                return earliest
            }
            passes.until[lead] = all
            return nil
        }
    }

    /// Until when an account is known to have no number for a lead; nil if it is to be asked.
    func passedUntil(_ lead: LeadID, by account: Int, at now: Timestamp) -> Timestamp? {
        passes.with { passes in
            guard let until = passes.until[lead]?[account], until > now else { return nil }
            return until
        }
    }
}

/// One of several accounts that carry a campaign's calls.
package struct RunRoute: Sendable {
    /// Where its runner learns whose turn it is.
    package var desk: RouteDesk
    /// Its place among the accounts.
    package var account: Int
    /// The names of the other accounts, each worked by a runner of its own.
    package var others: [String]

    /// Memberwise.
    package init(desk: RouteDesk, account: Int, others: [String]) {
        self.desk = desk
        self.account = account
        self.others = others
    }
}

/// The numbers of one of several accounts: a lead for which it has none is left to the others, until all have passed it.
package struct RoutedNumbers: ClaimPolicy {
    private let numbers: any ClaimPolicy
    private let desk: RouteDesk
    private let account: Int

    /// Asks `numbers`, which choose among those of the account.
    package init(_ numbers: any ClaimPolicy, of account: Int, desk: RouteDesk) {
        self.numbers = numbers
        self.account = account
        self.desk = desk
    }

    package var lookBack: Duration { numbers.lookBack }
    package var readsFields: Bool { numbers.readsFields }
    package var doNotCall: DoNotCallQuestion { numbers.doNotCall }
    package var chooser: (any CallerIDPolicy)? { numbers.chooser }

    package func decide(on candidate: ClaimCandidate, at now: Timestamp) -> ClaimDecision {
        if let until = desk.passedUntil(candidate.lead, by: account, at: now) {
            return left(candidate.lead, until: until, because: nil, at: now)
        }
        let decision = numbers.decide(on: candidate, at: now)
        guard case .hold(let until, let reason) = decision else { return decision }
        return left(candidate.lead, until: until, because: reason, at: now)
    }

    private func left(
        _ lead: LeadID, until: Timestamp, because reason: String?, at now: Timestamp
    ) -> ClaimDecision {
        guard let earliest = desk.pass(lead, by: account, until: until, at: now) else { return .pass }
        return .hold(until: earliest, because: reason ?? CallerIDPhrase.noAccount.phrase.english)
    }
}
