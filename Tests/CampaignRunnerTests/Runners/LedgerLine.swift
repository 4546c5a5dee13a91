import DialModel
import Foundation
import Ledger
import PlainLedger
import Telephony
import Wording

/// A runner's line to the ledger that it shares with others: it can be cut, lose answers and be slow.
///
/// `@unchecked Sendable`: every access to the state goes through `lock`.
final class LedgerLine: ForwardingLedger, RunnerLedger, @unchecked Sendable {
    /// What becomes of a commit.
    enum Fate: Hashable {
        case kept
        /// It is kept, and the answer never comes.
        case unanswered
        /// It never arrives.
        case lost
    }

    let shared: PlainRunnerLedger
    var inner: any Ledger { shared }
    private let clock: any RunClock
    private let clockError: Duration
    private let lock = NSLock()
    private var fates: [Fate] = []
    private var delay = Duration.zero
    private var cut = false
    private var losesEnd = false
    private var losesLeases = false
    private var renewals: [Timestamp] = []
    private var stamps: [Int64] = []

    /// The runner's clock is so far behind the ledger's.
    init(to ledger: PlainRunnerLedger, clock: any RunClock, clockError: Duration) {
        shared = ledger
        self.clock = clock
        self.clockError = clockError
    }

    /// When the lease was renewed, in order.
    var renewedAt: [Timestamp] { lock.withLock { renewals } }
    /// The numbers of the commits that were asked for, in order.
    var commits: [Int64] { lock.withLock { stamps } }

    /// Whether nothing gets through.
    var isCut: Bool {
        get { lock.withLock { cut } }
        set { lock.withLock { cut = newValue } }
    }

    /// This is to become of the next commits, in order.
    func commits(meet fates: [Fate]) { lock.withLock { self.fates = fates } }

    /// Whether nothing gets through that renews the lease.
    var losesRenewals: Bool {
        get { lock.withLock { losesLeases } }
        set { lock.withLock { losesLeases = newValue } }
    }

    /// The answer is lost that tells of the run's end.
    func loseAnswerToEnd() { lock.withLock { losesEnd = true } }

    /// From now on a commit takes so long.
    func slowCommits(by delay: Duration) { lock.withLock { self.delay = delay } }

    private func pass(_ operation: String) throws(LedgerError) {
        if isCut { throw failure(operation) }
    }

    private func failure(_ operation: String) -> LedgerError {
        LedgerError(.unreachable, operation: operation, database: "memory", message: Phrase(same: "as rehearsed"))
    }

    func join(
        _ run: RunID, named name: String, reporting report: RunnerReport
    ) async throws(LedgerError) -> LeaseAnswer {
        try pass("join")
        return told(try await shared.join(run, named: name, reporting: report))
    }

    func renew(_ run: RunID, reporting report: RunnerReport) async throws(LedgerError) -> LeaseAnswer {
        try pass("renew")
        if losesRenewals { throw failure("renew") }
        lock.withLock { renewals.append(clock.now) }
        return told(try await shared.renew(run, reporting: report))
    }

    private func told(_ answer: LeaseAnswer) -> LeaseAnswer {
        var answer = answer
        answer.now = answer.now + clockError
        return answer
    }

    func takeOver(by run: RunID) async throws(LedgerError) -> [OpenAttempt] {
        try pass("take over")
        return try await shared.takeOver(by: run)
    }

    func commit(
        _ changes: [AttemptChange], claiming request: ClaimRequest?, as stamp: CommitStamp
    ) async throws(LedgerError) -> ClaimResult {
        let (fate, delay) = lock.withLock {
            stamps.append(stamp.number)
            return (fates.isEmpty ? .kept : fates.removeFirst(), self.delay)
        }
        if delay > .zero { try? await clock.sleep(for: delay) }
        try pass("commit")
        if fate == .lost { throw failure("commit") }
        let result = try await shared.commit(changes, claiming: request, as: stamp)
        if fate == .unanswered { throw failure("commit") }
        return result
    }

    func publish(_ publication: SharePublication, by run: RunID) async throws(LedgerError) {
        try pass("publish")
        try await shared.publish(publication, by: run)
    }

    func endRun(_ run: RunID, because ending: String, at now: Timestamp) async throws(LedgerError) {
        try pass("end run")
        try await shared.endRun(run, because: ending, at: now)
        if lock.withLock({ losesEnd }) { throw failure("end run") }
    }

    func give(_ order: RunnerOrder.Kind, to campaign: CampaignID?, by giver: String) async throws(LedgerError) {
        await shared.give(order, to: campaign, by: giver)
    }

    func runners(of campaign: CampaignID) async throws(LedgerError) -> [RunnerRecord] {
        await shared.runners(of: campaign)
    }

    func wakes(of campaign: CampaignID) -> AsyncStream<Void> { shared.wakes(of: campaign) }
}
