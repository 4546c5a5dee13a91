package import DialModel

/// The health of one vendor account, by what became of its requests and its calls.
///
/// An account that fails is left alone for a while, then tried with single calls, and used again when those go well. Time
/// comes from outside.
package struct AccountBreaker: Hashable, Sendable {
    /// Whether calls go through the account.
    package enum State: Hashable, Sendable {
        /// They do. Can go to open.
        case closed
        /// None do before then. Can go to halfOpen.
        case open(until: Timestamp)
        /// Single ones do, to see how they fare. Can go to closed, open.
        case halfOpen
    }

    /// What an account suffers from.
    package enum Ailment: String, Hashable, Sendable {
        /// Too many requests fail, or nobody knows what became of them.
        case errors
        /// It takes too long to answer requests.
        case delay
        /// Its calls are answered far more seldom than those of the other accounts.
        case connectRate = "connect_rate"
    }

    /// What became of a request to place a call.
    package enum Answer: Hashable, Sendable {
        /// The account took the call, or judged it.
        case given
        /// It did not, or nobody knows.
        case failed
    }

    private struct Sample: Hashable, Sendable {
        var at: Timestamp
        var answer: Answer
        var delay: Duration?
    }

    /// How far back requests count.
    package static let window = Duration.seconds(300)
    /// How many requests count at most.
    package static let sampleLimit = 50
    /// How many requests are needed before anything is concluded from them.
    package static let leastRequests = 5
    /// The share of failed requests, in percent, from which on an account is left alone.
    package static let failedPercent = 50
    /// The mean delay of requests beyond which an account is left alone.
    package static let longestDelay = Duration.seconds(10)
    /// How many calls that are over are needed before their answers are compared.
    package static let leastCalls = 40
    /// How many calls that are over count at most.
    package static let callLimit = 200
    /// So many times more often have the others' calls to be answered.
    package static let connectRatio = 4
    /// The first time that an account is left alone; it doubles up to `pauseLimit`.
    package static let pause = Duration.seconds(30)
    /// The longest time that an account is left alone.
    package static let pauseLimit = Duration.seconds(300)
    /// How many calls in a row have to go well before an account is used again.
    package static let probes = 3
    /// How many calls may go unanswered before an account that was left alone for its connect rate is so again.
    package static let unansweredProbes = 10

    /// Whether calls go through the account.
    package private(set) var state = State.closed
    /// What the account was left alone for last.
    package private(set) var ailment: Ailment?
    private var samples: [Sample] = []
    /// Whether calls that are over were answered, the latest last.
    private var ends: [Bool] = []
    private var lastPause = Duration.zero
    private var goodProbes = 0
    private var badEnds = 0

    /// An account in good health.
    package init() {}

    /// How many calls may be placed now, of those that are wanted; `underWay` are being asked for at present.
    package mutating func allowed(_ wanted: Int, underWay: Int, at now: Timestamp) -> Int {
        switch state {
        case .closed: return wanted
        case .open(let until):
            guard now >= until else { return 0 }
            state = .halfOpen
            (goodProbes, badEnds) = (0, 0)
            return min(wanted, max(0, 1 - underWay))
        case .halfOpen: return min(wanted, max(0, 1 - underWay))
        }
    }

    /// When to ask again; nil where nothing stands in the way.
    package var askAgainAt: Timestamp? {
        if case .open(let until) = state { until } else { nil }
    }

    /// Takes in what became of a request to place a call, and how long it took, where that says something of the vendor.
    package mutating func requestEnded(_ answer: Answer, after delay: Duration?, at now: Timestamp) {
        switch state {
        case .open: return
        case .halfOpen:
            guard answer == .given, (delay ?? .zero) <= Self.longestDelay else {
                return leaveAlone(for: answer == .failed ? .errors : .delay, at: now)
            }
            goodProbes += 1
            if goodProbes >= Self.probes, ailment != .connectRate { recover() }
        case .closed:
            samples.append(Sample(at: now, answer: answer, delay: delay))
            samples.removeAll { now - $0.at > Self.window }
            samples.removeFirst(max(0, samples.count - Self.sampleLimit))
            if let ailment = ailmentOfRequests { leaveAlone(for: ailment, at: now) }
        }
    }

    /// Takes in whether a call that is over was answered; `others` are the other accounts of the campaign.
    package mutating func callEnded(isAnswered: Bool, beside others: [AccountBreaker], at now: Timestamp) {
        ends.append(isAnswered)
        ends.removeFirst(max(0, ends.count - Self.callLimit))
        switch state {
        case .open: return
        case .halfOpen where ailment == .connectRate:
            if isAnswered { return recover() }
            badEnds += 1
            if badEnds >= Self.unansweredProbes { leaveAlone(for: .connectRate, at: now) }
        case .halfOpen: return
        case .closed:
            if isAnsweredTooSeldom(beside: others) { leaveAlone(for: .connectRate, at: now) }
        }
    }

    // MARK: Private

    private var ailmentOfRequests: Ailment? {
        guard samples.count >= Self.leastRequests else { return nil }
        let failed = samples.count { $0.answer == .failed }
        if failed * 100 >= samples.count * Self.failedPercent { return .errors }
        let delays = samples.compactMap(\.delay)
        guard delays.count >= Self.leastRequests else { return nil }
        return delays.reduce(.zero, +) / delays.count > Self.longestDelay ? .delay : nil
    }

    /// Compares with integers: answered share × ratio < the others' answered share.
    private func isAnsweredTooSeldom(beside others: [AccountBreaker]) -> Bool {
        let theirs = others.flatMap(\.ends)
        guard ends.count >= Self.leastCalls, theirs.count >= Self.leastCalls else { return false }
        let (answered, theirAnswered) = (ends.count { $0 }, theirs.count { $0 })
        return answered * Self.connectRatio * theirs.count < theirAnswered * ends.count
    }

    private mutating func leaveAlone(for ailment: Ailment, at now: Timestamp) {
        self.ailment = ailment
        lastPause = lastPause == .zero ? Self.pause : min(lastPause * 2, Self.pauseLimit)
        state = .open(until: now + lastPause)
        samples.removeAll()
    }

    private mutating func recover() {
        state = .closed
        ailment = nil
        lastPause = .zero
        samples.removeAll()
        ends.removeAll()
    }
}
