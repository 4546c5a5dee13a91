import CampaignFile
import CampaignRunner
import DialEngine
import DialModel
import Ledger
import Monitoring
import Pacing
import RunControl
import SQLiteLedger
import StoredLedger
import Telephony

/// What a run counts as it goes; shared by its runners, who add to it, and its monitor, who reads it.
final class RunTally: Sendable {
    /// What one campaign has come to in this run.
    struct Work {
        var outcomes = OutcomeCounts()
        var changes = 0
        var claims = 0
    }

    let metrics = Locked(MetricSet())
    private let work = Locked([String: Work]())

    /// What a campaign has come to so far.
    func work(of campaign: String) -> Work { work.with { $0[campaign] ?? Work() } }

    /// Counts what the ledger's writer did.
    func note(_ event: WriterEvent) {
        guard case .committed(_, let took) = event else { return }
        metrics.with { $0.observe(took.seconds, in: .commitDuration) }
    }

    fileprivate func note(_ campaign: String, _ change: (inout Work) -> Void) {
        work.with { change(&$0[campaign, default: Work()]) }
    }
}

/// Counts what one account does for a campaign.
final class PartTally: RunObserver {
    private let tally: RunTally
    private let campaign: String
    private let account: String
    /// When the phone of each open call began to ring.
    private let ringing = Locked([AttemptID: Timestamp]())

    init(_ tally: RunTally, campaign: String, account: String) {
        self.tally = tally
        self.campaign = campaign
        self.account = account
    }

    func committed(_ changes: [AttemptChange], claims: Int, at now: Timestamp) {
        guard !changes.isEmpty || claims > 0 else { return }
        tally.note(campaign) { work in
            work.changes += changes.count + claims
            work.claims += claims
            for case .closed(_, let closing) in changes { work.outcomes[closing.outcome] += 1 }
        }
        let rings = rings(in: changes)
        tally.metrics.with { metrics in
            if claims > 0 { metrics.add(Double(claims), to: .claims, campaign, account) }
            for case .closed(_, let closing) in changes {
                metrics.add(to: .attempts, campaign, account, closing.outcome.rawValue)
                if let talk = closing.talk { metrics.observe(talk.seconds, in: .talkDuration, campaign, account) }
            }
            for ring in rings { metrics.observe(ring.seconds, in: .ringDuration, campaign, account) }
        }
    }

    func asking(_ request: VendorRequest) -> @Sendable (VendorError?) -> Void {
        let began = ContinuousClock.now
        let (tally, campaign, account) = (tally, campaign, account)
        return { error in
            let seconds = (ContinuousClock.now - began).seconds
            let result = error?.meaning.word ?? "ok"
            tally.metrics.with { metrics in
                metrics.observe(seconds, in: .requestDuration, campaign, account, request.rawValue, result)
                if error != nil { metrics.add(to: .vendorErrors, campaign, account, request.rawValue, result) }
            }
        }
    }

    func troubled(_ error: VendorError) {
        tally.metrics.with { $0.add(to: .vendorErrors, campaign, account, "observe", error.meaning.word) }
    }

    /// How long the phones rang of the calls that have ended.
    private func rings(in changes: [AttemptChange]) -> [Duration] {
        ringing.with { ringing in
            changes.compactMap { change in
                switch change {
                case .reached(let attempt, .ringing, let at, _):
                    ringing[attempt] = at
                    return nil
                case .reached: return nil
                case .closed(let attempt, let closing):
                    guard let began = ringing.removeValue(forKey: attempt) else { return nil }
                    return max(.zero, (closing.answeredAt ?? closing.endedAt) - began)
                }
            }
        }
    }
}

/// Looks at a run every few seconds, and tells monitors how it stands.
actor RunMonitor {
    /// How often the run is looked at, in real time.
    private static let rhythm = Duration.seconds(5)
    /// How old figures of the ledger may be that are told, in real time: each look costs a walk over its indexes.
    private static let ledgerAge = Duration.seconds(14)

    private let runs: [CampaignRun]
    private let tally: RunTally
    private let figures: LedgerGauges
    private let clock: SystemClock
    private var watches: [ProgressWatch]
    private var figuresReadAt: ContinuousClock.Instant?

    init(_ runs: [CampaignRun], _ tally: RunTally, figures: LedgerGauges, clock: SystemClock) {
        self.runs = runs
        self.tally = tally
        self.figures = figures
        self.clock = clock
        watches = runs.map { _ in ProgressWatch(at: clock.now) }
        tally.metrics.with { $0.set(.build, Autodialer.version, to: 1) }
    }

    /// Looks at the run until cancelled.
    func watch() async {
        while !Task.isCancelled {
            await look()
            guard (try? await ContinuousClock().sleep(for: Self.rhythm)) != nil else { return }
        }
    }

    /// Everything there is to tell, as Prometheus reads it; the last time, with the ledger as it is left.
    func text(isLast: Bool = false) async -> String {
        if isLast { figuresReadAt = nil }
        await look()
        await readFigures()
        return tally.metrics.with { metrics in
            ProcessFigures.now().tell(&metrics)
            return PrometheusText.text(metrics)
        }
    }

    /// A campaign's run at a glance; numbers of callees are masked.
    func glance(of run: CampaignRun, _ notes: Notes?) async -> RunGlance {
        guard let index = runs.firstIndex(where: { $0.id == run.id }) else { return RunGlance(at: clock.now) }
        var glance = await run.glance(of: look(at: index), notes)
        glance.stalled = watches[index].stalled(at: clock.now)
        glance.isStalledSinceStart = watches[index].hasNeverMoved
        return glance
    }

    private func look() async {
        for index in runs.indices { _ = await look(at: index) }
    }

    /// Looks at one run; the answer is how the engine of each of its accounts stands.
    private func look(at index: Int) async -> [EngineSnapshot] {
        let (run, name) = (runs[index], runs[index].campaign.name)
        let snapshots = await run.snapshots()
        for (part, snapshot) in zip(run.parts, snapshots) { tell(snapshot, of: part, in: name) }
        let whole = EngineSnapshot(joining: snapshots)
        let now = clock.now
        watches[index].note(
            ProgressWatch.Standing(
                couldDial: whole.couldDial(in: run.campaign.mode), openCalls: whole.openCalls,
                changes: tally.work(of: name).changes),
            at: now)
        let watch = watches[index]
        tally.metrics.with { metrics in
            metrics.set(.stalled, name, to: watch.stalled(at: now).seconds)
            if let last = watch.lastProgressAt {
                metrics.set(.lastProgress, name, to: Double(last.milliseconds) / 1_000)
            }
        }
        return snapshots
    }

    private func tell(_ snapshot: EngineSnapshot, of part: CampaignRun.Part, in campaign: String) {
        let account = part.account
        let waiting = part.runner.waitingNotices
        tally.metrics.with { metrics in
            for (state, count) in snapshot.callCounts {
                metrics.set(.calls, campaign, account, state, to: Double(count))
            }
            for (state, count) in snapshot.agents.counts {
                metrics.set(.agents, campaign, account, state, to: Double(count))
            }
            metrics.set(
                .pause, [campaign, account], state: snapshot.pause.map { RunPause(of: $0).reason.rawValue },
                among: RunPause.Reason.allCases.map(\.rawValue))
            metrics.set(.eventsWaiting, campaign, account, to: Double(waiting))
            guard let decision = snapshot.decision else { return }
            metrics.set(.callsAhead, campaign, account, to: Double(decision.calls))
            metrics.set(
                .pacingBound, [campaign, account], state: decision.bound.rawValue,
                among: PacingDecision.Bound.allCases.map(\.rawValue))
        }
    }

    private func readFigures() async {
        if let figuresReadAt, ContinuousClock.now - figuresReadAt < Self.ledgerAge { return }
        figuresReadAt = ContinuousClock.now
        for run in runs { await figures.read(run, into: tally.metrics, at: clock.now) }
    }
}

extension EngineSnapshot {
    /// Calls that have not ended.
    fileprivate var openCalls: Int { callCounts.reduce(0) { $0 + $1.count } }

    fileprivate var callCounts: [(state: String, count: Int)] {
        [("dialing", dialing), ("ringing", ringing), ("waiting", waiting), ("talking", talking), ("unknown", unknown)]
    }

    /// Whether nothing but vendor or program stands in the way of a call.
    fileprivate func couldDial(in mode: DialingMode) -> Bool {
        switch pause {
        case nil, .vendorDown, .throttled: break
        case .draining, .byOperator, .noAgents, .nothingDue, .noCallerID, .accountFull, .othersTurn, .withoutShare,
            .byVendor:
            return false
        }
        if case .broadcast = mode { return true }
        return agents.idle > 0
    }
}

extension AgentCensus {
    fileprivate var counts: [(state: String, count: Int)] {
        [
            ("idle", idle), ("reserved", reserved), ("set_aside", setAside), ("busy", busy), ("wrap_up", wrapUp),
            ("on_break", onBreak),
        ]
    }
}
