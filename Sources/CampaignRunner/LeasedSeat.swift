import DialEngine
import DialModel
import Ledger
import Logging
import Synchronization
import Telephony

/// The place of one of several runners of a campaign: it lasts as long as its lease is renewed.
///
/// What the run may do is decided by `LeaseKeeper`, and how runners share by `ShareDivision`. The lease is renewed by a task
/// of its own, so that no commit, however slow, keeps it waiting.
final class LeasedSeat: RunnerSeat {
    private struct State {
        var keeper: LeaseKeeper
        /// Commits that were answered.
        var commits: Int64 = 0
        /// What the last answer asked for and is not done yet.
        var pending: [LeaseKeeper.Directive] = []
        /// Whether attempts of runners that are gone are to be taken over.
        var hasOrphans = false
        /// The open attempts that were taken over and told of; looked up only.
        var taken: Set<AttemptID> = []
        var loss: LedgerError?
        /// What was said last of the ledger and of the clock.
        var isAnswered = true
        var isClockRight = true
    }

    /// How long to wait, in real time, before the ledger is asked again that could not be reached.
    private static let pause = Duration.milliseconds(500)

    private let ledger: any RunnerLedger
    private let plan: RunPlan
    private let clock: any RunClock
    private let logger: Logger
    private let state: Mutex<State>

    init(_ ledger: any RunnerLedger, for plan: RunPlan, clock: any RunClock, logger: Logger) {
        self.ledger = ledger
        self.plan = plan
        self.clock = clock
        self.logger = logger
        state = Mutex(State(keeper: LeaseKeeper(speed: clock.speed)))
    }

    var loss: LedgerError? { state.withLock(\.loss) }

    func take(reporting report: RunnerReport) async throws(LedgerError) -> [OpenAttempt] {
        let sentAt = clock.now
        heed(try await ledger.join(plan.run, named: plan.runnerName, reporting: report), sentAt: sentAt)
        state.withLock { $0.hasOrphans = true }
        return try await takeOver()
    }

    // MARK: What the run may do

    func allowance(at now: Timestamp) -> (allowed: RunnerAllowance, share: Int64)? {
        state.withLock { state in
            let allowed = state.loss == nil ? state.keeper.allowance(at: now) : .nothing
            return (allowed, state.keeper.share?.number ?? 0)
        }
    }

    func lastDeparture(within limit: Timestamp) -> Timestamp {
        state.withLock { state in
            let last = state.loss == nil ? state.keeper.lastDeparture : nil
            return min(limit, last ?? Timestamp(milliseconds: .min))
        }
    }

    // MARK: Writing

    func commit(
        _ changes: [AttemptChange], claiming request: ClaimRequest?
    ) async throws(LedgerError) -> ClaimResult {
        // One that was not answered has the same number when it is tried again, and is not made twice by that.
        let stamp = CommitStamp(run: plan.run, number: state.withLock { $0.commits + 1 })
        let result = try await ledger.commit(changes, claiming: request, as: stamp)
        state.withLock { $0.commits = stamp.number }
        return result
    }

    /// As long as the lease is good nobody else goes on with what the run began.
    func mayTryAgain(after error: LedgerError, tries: Int) async -> Bool {
        switch error.code {
        case .locked where tries < Self.tryLimit: return true
        case .locked, .unreachable: break
        default: return false
        }
        guard (try? await clock.sleep(for: Self.pause * clock.speed)) != nil else { return false }
        return state.withLock { $0.keeper.stage(at: clock.now) != .spent }
    }

    func leave(because word: RunEnding.Word) async throws(LedgerError) {
        do throws(LedgerError) {
            try await ledger.endRun(plan.run, because: word.rawValue, at: clock.now)
        } catch {
            // It has ended already: that was kept, and the answer was lost.
            guard error.code == .constraint else { throw error }
        }
    }

    // MARK: Keeping the lease

    func keep(reporting report: @escaping @Sendable () async -> SeatReport, telling inbox: Inbox) async {
        let (ticks, tick) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let (clock, rhythm, speed) = (clock, state.withLock { $0.keeper.rhythm }, clock.speed)
        let wakes = ledger.wakes(of: plan.campaign)
        await withDiscardingTaskGroup { group in
            group.addTask { for await _ in wakes { tick.yield() } }
            group.addTask { while (try? await clock.sleep(for: rhythm)) != nil { tick.yield() } }
            group.addTask {
                while (try? await clock.sleep(for: LeaseTerms.recount * speed)) != nil {
                    await self.countAnswers(since: await report().windows, telling: inbox)
                }
            }
            await obey(telling: inbox, renewingAt: tick)
            for await _ in ticks {
                await renew(reporting: await report().report)
                await obey(telling: inbox, renewingAt: tick)
                // Whatever came of it, time has passed, and what the run may do has changed by that.
                inbox.post(.wake)
                if loss != nil { break }
            }
            group.cancelAll()
        }
    }

    private func renew(reporting report: RunnerReport) async {
        var report = report
        state.withLock { state in
            report.heard = state.keeper.heard
            report.wantsAgents = report.wantsAgents && state.keeper.isClockRight
        }
        let sentAt = clock.now
        do throws(LedgerError) {
            heed(try await ledger.renew(plan.run, reporting: report), sentAt: sentAt)
        } catch {
            note(error)
        }
    }

    private func heed(_ answer: LeaseAnswer, sentAt: Timestamp) {
        let now = clock.now
        let (isNews, isClockRight) = state.withLock { state in
            state.pending = state.keeper.answered(answer, sentAt: sentAt, at: now)
            defer { (state.isAnswered, state.isClockRight) = (true, state.keeper.isClockRight) }
            return (!state.isAnswered, state.keeper.isClockRight == state.isClockRight ? nil : !state.isClockRight)
        }
        if isNews { logger.notice("the ledger answers again") }
        if let isClockRight {
            logger.warning(
                isClockRight
                    ? "the clock agrees with the ledger's again"
                    : "the clock differs from the ledger's, and no call is placed until it is set right")
        }
    }

    /// Takes note of a failure; one that is not for ever is told once.
    private func note(_ error: LedgerError) {
        let isNews = state.withLock { state in
            if error.code == .fenced { state.loss = error }
            defer { state.isAnswered = false }
            return state.isAnswered
        }
        guard isNews else { return }
        logger.warning(
            "the lease is not renewed, and no call is placed once it is spent", metadata: ["error": "\(error)"])
    }

    // MARK: What answers ask for

    private func obey(telling inbox: Inbox, renewingAt tick: AsyncStream<Void>.Continuation) async {
        let directives = state.withLock { state in
            defer { state.pending = [] }
            return state.pending
        }
        for directive in directives {
            switch directive {
            case .obey(let order): if let event = DialEvent(order) { inbox.post(event) }
            case .takeOver: state.withLock { $0.hasOrphans = true }
            case .publish(let publication): if await publish(publication) { tick.yield() }
            }
        }
        do throws(LedgerError) {
            let taken = try await takeOver()
            if !taken.isEmpty { inbox.post(.tookOver(taken)) }
        } catch {
            note(error)
        }
    }

    /// Publishes what the runners may use; one that is refused is made anew at the next renewal.
    private func publish(_ publication: SharePublication) async -> Bool {
        do throws(LedgerError) {
            try await ledger.publish(publication, by: plan.run)
            return true
        } catch {
            logger.info("no shares are published", metadata: ["error": "\(error)"])
            return false
        }
    }

    /// Takes over what runners that are gone have left open, if they have; those attempts that are new to this run.
    ///
    /// Is asked for again as long as it was not answered.
    private func takeOver() async throws(LedgerError) -> [OpenAttempt] {
        guard state.withLock(\.hasOrphans) else { return [] }
        let open: [OpenAttempt]
        do throws(LedgerError) {
            open = try await ledger.takeOver(by: plan.run)
        } catch {
            if error.code == .fenced { throw error }
            note(error)
            return []
        }
        return state.withLock { state in
            state.hasOrphans = false
            defer { state.taken = Set(open.map(\.claim.attempt)) }
            return open.filter { !state.taken.contains($0.claim.attempt) }
        }
    }

    /// Has the run know of what the whole campaign has had of answers, in windows that began then.
    private func countAnswers(since windows: [Timestamp], telling inbox: Inbox) async {
        let asOf = clock.now
        var counts: [AbandonmentCount] = []
        for window in windows {
            let count = try? await ledger.liveAnswers(
                of: plan.campaign, since: window, agentWithin: plan.engine.answerPatience)
            // What cannot be counted now is counted the next time.
            guard let count else { return }
            counts.append(count)
        }
        if !counts.isEmpty { inbox.post(.answersCounted(counts, asOf: asOf)) }
    }
}

extension DialEvent {
    /// What an order to all runners is to one of them; nil if it has nothing to do.
    fileprivate init?(_ order: RunnerOrder) {
        switch order.kind {
        case .pause: self = .pauseRequested(by: order.giver)
        case .resume: self = .resumeRequested
        case .drain: self = .stopRequested
        // Each claim asks the lists inside its transaction, and what was claimed is asked of the vendor within seconds.
        case .doNotCall: return nil
        }
    }
}
