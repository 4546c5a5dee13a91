import DialModel
package import Telephony

/// The token bucket of one vendor account, in the time of the run (`vendors/alibaba-udesk.md`, A5).
///
/// Limits are per account, so vendors of several campaigns may share one. Calls to place go first; so that questions
/// are not starved, every fifth grant goes to a waiting question.
package final class RequestRate: Sendable {
    /// Who goes first when requests wait.
    enum Priority: Hashable, Sendable {
        /// A call is to be placed.
        case dial
        /// A question, which can wait.
        case question
    }

    private let clock: any RunClock
    private let bucket: Locked<TokenBucket>

    /// A full bucket with the account's rate and burst.
    package convenience init(account: AlibabaAccount, clock: any RunClock) {
        self.init(perSecond: account.requestsPerSecond, burst: account.burst, clock: clock)
    }

    init(perSecond: Double, burst: Int, clock: any RunClock) {
        self.clock = clock
        bucket = Locked(TokenBucket(perSecond: perSecond, burst: burst, now: clock.now))
    }

    /// Waits for permission to send one request; false if it would come after `notAfter`, and then nothing is granted.
    func admit(_ priority: Priority, notAfter: Timestamp? = nil) async throws(CancellationError) -> Bool {
        let ticket = bucket.with { $0.enter(priority) }
        while true {
            if Task.isCancelled {
                bucket.with { $0.leave(ticket) }
                throw CancellationError()
            }
            guard let wait = bucket.with({ $0.serve(ticket, now: clock.now) }) else { return true }
            if let notAfter, clock.now + wait > notAfter {
                bucket.with { $0.leave(ticket) }
                return false
            }
            do {
                try await clock.sleep(for: wait)
            } catch {
                bucket.with { $0.leave(ticket) }
                throw CancellationError()
            }
        }
    }

    /// Halves the rate for a minute, because the vendor throttled us.
    func slowDown() {
        bucket.with { $0.slowDown(now: clock.now) }
    }
}

/// The arithmetic of the bucket: no clock and no waiting, only instants.
struct TokenBucket: Sendable {
    typealias Ticket = UInt64

    private static let dialsPerQuestion = 4
    private static let slowPeriod = Duration.seconds(60)

    private let perSecond: Double
    private let capacity: Double
    private var tokens: Double
    private var filledAt: Timestamp
    private var slowUntil: Timestamp
    private var dials: [Ticket] = []
    private var questions: [Ticket] = []
    private var dialsInARow = 0
    private var lastTicket: Ticket = 0

    /// A full bucket; rates and bursts that would never let anything pass are raised.
    init(perSecond: Double, burst: Int, now: Timestamp) {
        self.perSecond = perSecond.isFinite ? max(0.01, perSecond) : 1000
        capacity = Double(max(1, burst))
        tokens = capacity
        filledAt = now
        slowUntil = now
    }

    /// Joins the queue.
    mutating func enter(_ priority: RequestRate.Priority) -> Ticket {
        lastTicket += 1
        switch priority {
        case .dial: dials.append(lastTicket)
        case .question: questions.append(lastTicket)
        }
        return lastTicket
    }

    /// Leaves the queue unserved.
    mutating func leave(_ ticket: Ticket) {
        dials.removeAll { $0 == ticket }
        questions.removeAll { $0 == ticket }
    }

    /// Grants a token, answering nil, or says how long to wait before asking again.
    mutating func serve(_ ticket: Ticket, now: Timestamp) -> Duration? {
        fill(now: now)
        let ahead = position(of: ticket)
        guard ahead == 0, tokens >= 1 else {
            let missing = max(0, Double(ahead + 1) - tokens)
            return .milliseconds(max(1, Int64((missing / rate(at: now) * 1000).rounded(.up))))
        }
        tokens -= 1
        dialsInARow = dials.first == ticket ? dialsInARow + 1 : 0
        leave(ticket)
        return nil
    }

    /// Halves the rate from now on for a minute.
    mutating func slowDown(now: Timestamp) {
        fill(now: now)
        slowUntil = max(slowUntil, now + Self.slowPeriod)
        tokens = min(tokens, 1)
    }

    /// How many others go before this ticket.
    private func position(of ticket: Ticket) -> Int {
        let questionFirst = dialsInARow >= Self.dialsPerQuestion && !questions.isEmpty
        if let index = dials.firstIndex(of: ticket) { return index + (questionFirst ? 1 : 0) }
        guard let index = questions.firstIndex(of: ticket) else { return 0 }
        return questionFirst && index == 0 ? 0 : index + dials.count
    }

    private func rate(at now: Timestamp) -> Double {
        now < slowUntil ? perSecond / 2 : perSecond
    }

    private mutating func fill(now: Timestamp) {
        guard now > filledAt else { return }
        let slow = max(.zero, min(now, slowUntil) - filledAt)
        let normal = (now - filledAt) - slow
        tokens = min(capacity, tokens + slow.seconds * perSecond / 2 + normal.seconds * perSecond)
        filledAt = now
    }
}
