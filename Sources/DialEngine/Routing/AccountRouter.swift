package import DialModel

/// An account as the router knows it beforehand.
package struct RoutedAccount: Hashable, Sendable {
    /// Its name.
    package var name: String
    /// What its calls cost, where that decides.
    package var price: CallPrice

    /// Memberwise.
    package init(_ name: String, price: CallPrice = CallPrice()) {
        self.name = name
        self.price = price
    }
}

/// The answer to an account that would place calls.
package enum RoutingAnswer: Hashable, Sendable {
    /// Place up to so many; why this account, in words that are kept with the attempts.
    case place(Int, because: String)
    /// Others are to carry the next calls, or this account is left alone: ask again then.
    case wait(until: Timestamp)
    /// The run has made as many attempts as it may.
    case over
}

/// Decides which of a campaign's accounts carries the next call: a value, asked by each account whenever it would place
/// calls.
///
/// An account that cannot work (out of reach, out of agents, left alone, at a limit, ended) stands in nobody's way. With
/// shares, an account that is ahead of its own waits for those that are behind and at work; what is carried while one of
/// them cannot work is nobody's debt, unless the run has only begun and nobody has seen its agents yet. With an order or
/// prices, an account waits as long as one before it has an agent and a line free.
package struct AccountRouter: Hashable, Sendable {
    private struct Entry: Hashable, Sendable {
        var account: RoutedAccount
        var standing = AccountStanding()
        var breaker = AccountBreaker()
        /// Calls that it may place and has not said how many of.
        var granted = 0
        /// Calls that it carried in this run.
        var carried = 0
        /// How many calls it is behind its share; negative where it is ahead.
        var credit = 0.0
        /// It has nothing that it could place before then, whatever its agents do.
        var idleUntil: Timestamp?
        /// Requests to place calls that it has not answered.
        var requests = 0
        /// Its engine places no more calls in this run.
        var hasEnded = false
        /// When it placed a call last, or began to be at work.
        var lastCarriedAt: Timestamp?
    }

    /// How often an account that has to wait asks again.
    package static let turnInterval = Duration.seconds(1)
    /// How many calls an account may be ahead of its share.
    package static let leastSlack = 2.0
    /// The like, as a part of the calls of the run so far, if that is more.
    package static let slackShare = 0.005
    /// With how many requests under way at most the time that an answer takes is the vendor's own, and not that of a queue.
    package static let fewRequests = 5
    /// How long an account that is behind its share is waited for while it places nothing, and how long one that has yet to
    /// be at work is owed its share.
    package static let patience = Duration.seconds(300)

    private let rule: RoutingRule
    private let maxLines: Int?
    private let maxAttempts: Int?
    private var entries: [Entry]
    /// When the first of them said what it could carry.
    private var beganAt: Timestamp?

    /// A router over accounts; `maxLines` calls at a time and `maxAttempts` attempts are for all of them together.
    package init(_ accounts: [RoutedAccount], by rule: RoutingRule, maxLines: Int? = nil, maxAttempts: Int? = nil) {
        if case .shares(let shares) = rule {
            precondition(shares.count == accounts.count, "\(shares.count) shares for \(accounts.count) accounts")
        }
        self.rule = rule
        self.maxLines = maxLines
        self.maxAttempts = maxAttempts
        entries = accounts.map { Entry(account: $0) }
    }

    /// How many calls each account has carried in this run.
    package var carried: [Int] { entries.map(\.carried) }

    /// Whether an account places no more calls in this run.
    package func hasEnded(_ account: Int) -> Bool { entries[account].hasEnded }

    /// The health of an account.
    package func breaker(of account: Int) -> AccountBreaker { entries[account].breaker }

    /// Whether some other account is at work, so that the campaign goes on without this one.
    package func othersAreAtWork(beside account: Int) -> Bool {
        entries.indices.contains { $0 != account && entries[$0].standing.isAtWork }
    }

    /// Takes in what an account could carry at present.
    package mutating func note(_ standing: AccountStanding, of account: Int, at now: Timestamp) {
        beganAt = beganAt ?? now
        if standing.isAtWork, !entries[account].standing.isAtWork { entries[account].lastCarriedAt = now }
        if !standing.isRunning, entries[account].standing.isRunning { entries[account].hasEnded = true }
        entries[account].standing = standing
        entries[account].granted = 0
    }

    /// Takes in that a vendor is asked to place a call; true if the time that it takes to answer is its own.
    package mutating func requestBegan(of account: Int) -> Bool {
        entries[account].requests += 1
        return entries[account].requests <= Self.fewRequests
    }

    /// Takes in what became of a request to place a call, nil if it says nothing of the account's health.
    package mutating func requestEnded(
        _ answer: AccountBreaker.Answer?, after delay: Duration?, of account: Int, at now: Timestamp
    ) {
        entries[account].requests -= 1
        precondition(entries[account].requests >= 0, "more answers than requests")
        if let answer { entries[account].breaker.requestEnded(answer, after: delay, at: now) }
    }

    /// Takes in that a call is over.
    package mutating func callEnded(isAnswered: Bool, of account: Int, at now: Timestamp) {
        let others = entries.indices.filter { $0 != account }.map { entries[$0].breaker }
        entries[account].breaker.callEnded(isAnswered: isAnswered, beside: others, at: now)
    }

    /// Answers an account that would place `wanted` calls, at least one.
    package mutating func answer(_ wanted: Int, for account: Int, at now: Timestamp) -> RoutingAnswer {
        precondition(wanted > 0, "no call is wanted of \(entries[account].account.name)")
        if let attemptsLeft, attemptsLeft <= 0 {
            // A call that the vendor has not taken yet may turn out to be no attempt.
            let isSettled = entries.allSatisfy { $0.standing.placing == 0 && $0.granted == 0 }
            return isSettled ? .over : .wait(until: now + Self.turnInterval)
        }
        let underWay = entries[account].standing.placing + entries[account].granted
        let healthy = entries[account].breaker.allowed(wanted, underWay: underWay, at: now)
        guard healthy > 0 else {
            return .wait(until: max(entries[account].breaker.askAgainAt ?? now, now + Self.turnInterval))
        }
        let most = min(healthy, attemptsLeft ?? .max, linesLeft ?? .max)
        // A call that tries whether an account works again is nobody's turn.
        let isProbe = entries[account].breaker.state == .halfOpen
        let count = min(most, isProbe ? .max : turn(of: account, at: now))
        guard count > 0 else { return .wait(until: now + Self.turnInterval) }
        entries[account].granted = count
        return .place(count, because: reason(for: account, at: now))
    }

    /// Takes in how many leads an account that was allowed `granted` calls has claimed; `hold` is until when it can claim
    /// none, if it was told.
    package mutating func claimed(
        _ count: Int, of granted: Int, by account: Int, holdUntil hold: Timestamp?, at now: Timestamp
    ) {
        entries[account].granted = count
        entries[account].idleUntil = count < granted ? max(hold ?? now, now + Self.turnInterval * 2) : nil
        guard count > 0 else { return }
        entries[account].lastCarriedAt = now
        entries[account].carried += count
        if case .shares(let shares) = rule { settle(count, of: account, shares, at: now) }
    }

    // MARK: Turns

    /// How many calls the rule leaves to an account now.
    private func turn(of account: Int, at now: Timestamp) -> Int {
        switch rule {
        case .shares:
            let contenders = contenders(at: now, beside: account)
            guard contenders.count > 1 else { return .max }
            // Beside those at work: whoever left may be owed what nobody else can make up for.
            let mean = contenders.reduce(0) { $0 + entries[$1].credit } / Double(contenders.count)
            let total = Double(entries.reduce(0) { $0 + $1.carried })
            let slack = max(Self.leastSlack, total * Self.slackShare)
            return max(0, Int((entries[account].credit - mean + slack).rounded(.down)))
        case .order, .cost:
            let before = ranking.prefix { $0 != account }
            return before.contains { isFree($0, at: now) } ? 0 : .max
        }
    }

    /// The accounts in the order in which they are preferred.
    private var ranking: [Int] {
        guard rule == .cost else { return Array(entries.indices) }
        return entries.indices.sorted { first, second in
            let prices = (entries[first].account.price.ofUsualCall, entries[second].account.price.ofUsualCall)
            return prices.0 == prices.1 ? first < second : prices.0 < prices.1
        }
    }

    /// The accounts among which calls are shared at present, the one that asks in any case.
    private func contenders(at now: Timestamp, beside account: Int) -> [Int] {
        entries.indices.filter { $0 == account || isWaitedFor($0, at: now) }
    }

    private func isWaitedFor(_ account: Int, at now: Timestamp) -> Bool {
        let entry = entries[account]
        guard isAbleToWork(account, at: now) else { return false }
        return entry.lastCarriedAt.map { now - $0 <= Self.patience } ?? true
    }

    /// Whether an account has yet to be at work for the first time, which it may any moment.
    private func isStarting(_ account: Int, at now: Timestamp) -> Bool {
        guard let beganAt, entries[account].lastCarriedAt == nil, !entries[account].hasEnded else { return false }
        return now - beganAt <= Self.patience
    }

    private func isFree(_ account: Int, at now: Timestamp) -> Bool {
        isAbleToWork(account, at: now) && !entries[account].standing.isFull
    }

    private func isAbleToWork(_ account: Int, at now: Timestamp) -> Bool {
        let entry = entries[account]
        if let idleUntil = entry.idleUntil, idleUntil > now { return false }
        return entry.standing.isAtWork && entry.breaker.state == .closed
    }

    /// Divides calls that were carried among the accounts that are at work or about to be: each is owed its part, and one
    /// has had all.
    private mutating func settle(_ count: Int, of account: Int, _ shares: [Int], at now: Timestamp) {
        let contenders = entries.indices.filter {
            $0 == account || isWaitedFor($0, at: now) || isStarting($0, at: now)
        }
        let sum = Double(contenders.reduce(0) { $0 + shares[$1] })
        guard contenders.count > 1, sum > 0 else { return }
        for contender in contenders { entries[contender].credit += Double(count) * Double(shares[contender]) / sum }
        entries[account].credit -= Double(count)
    }

    private var attemptsLeft: Int? {
        maxAttempts.map { $0 - entries.reduce(0) { $0 + $1.standing.attemptsMade + $1.granted } }
    }

    private var linesLeft: Int? {
        maxLines.map { $0 - entries.reduce(0) { $0 + $1.standing.openCalls + $1.granted } }
    }

    // MARK: Words

    private func reason(for account: Int, at now: Timestamp) -> String {
        let entry = entries[account]
        let name = entry.account.name
        if entry.breaker.state == .halfOpen { return "through \(name), to see whether it works again" }
        switch rule {
        case .shares(let shares):
            let total = entries.reduce(0) { $0 + $1.carried }
            let had = total == 0 ? "nothing" : "\(entry.carried * 100 / total) % of \(total)"
            return "through \(name): its share is \(shares[account]) %, and it has carried \(had)"
        case .order, .cost:
            let before = ranking.prefix { $0 != account }.map { entries[$0].account.name }
            let rank = rule == .cost ? "the cheapest" : "the first"
            guard !before.isEmpty else { return "through \(name), \(rank) of the accounts" }
            return "through \(name), because \(before.joined(separator: ", ")) could not take it"
        }
    }
}
