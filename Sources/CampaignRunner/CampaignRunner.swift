package import DialEngine
import DialModel
package import Ledger
package import Logging
package import Telephony

/// Runs one campaign: feeds the engine with what happens, and carries out what it answers.
///
/// There is one door in, the inbox, and one loop that empties it: change the engine, commit what it wants recorded
/// together with the claim it wants, and only then act. Nothing that the engine said before a commit is trusted after it.
package actor CampaignRunner {
    let plan: RunPlan
    private let ledger: any Ledger
    /// Whether the run is alone with its campaign, and what it may do if it is not.
    let seat: any RunnerSeat
    let vendor: any TelephonyVendor
    let clock: any RunClock
    let logger: Logger
    private let recorder: (any EventRecorder)?
    let observer: (any RunObserver)?
    let inbox = Inbox()
    var engine: DialEngine
    private var timers = TimerQueue()
    /// What was said last of the account's health.
    var toldState = AccountBreaker.State.closed
    /// The vendor's own calls whose callee nobody can read, so that each is complained of once.
    var unreadable: Set<VendorCallID> = []
    /// Whether the engine was told last that other accounts are at work.
    var areOthersAtWork = false

    /// The number of the share by which every claim was asked for that is under way.
    private(set) var appliedShare: Int64 = 0

    /// Attempts of other runs of which nobody can be asked any more.
    private var lost: Set<AttemptID> = []

    /// Prepares a run; nothing happens before `run()`.
    ///
    /// It is one of several of its campaign if its ledger is a `RunnerLedger`.
    package init(
        plan: RunPlan, ledger: any Ledger, vendor: any TelephonyVendor, clock: any RunClock, logger: Logger,
        recorder: (any EventRecorder)? = nil, observer: (any RunObserver)? = nil
    ) {
        self.plan = plan
        self.ledger = ledger
        self.vendor = vendor
        self.clock = clock
        self.logger = logger
        self.recorder = recorder
        self.observer = observer
        engine = DialEngine(settings: plan.engine)
        if let shared = ledger as? any RunnerLedger {
            seat = LeasedSeat(shared, for: plan, clock: clock, logger: logger)
        } else {
            seat = LoneSeat(ledger: ledger, plan: plan, clock: clock)
        }
    }

    /// Runs until the campaign has nothing to do, its time is up, it is stopped, or vendor or ledger fail for good.
    ///
    /// Attempts that an earlier run left open are searched for at the vendor first. The run's row, which has begun, is ended.
    /// When this throws or is cancelled, or the run was given up, open attempts stay open in the ledger, for the next run or
    /// another runner to settle.
    package func run() async throws(LedgerError) -> RunEnding {
        do throws(LedgerError) {
            let ending = try await runToTheEnd()
            // One that is cancelled is like one whose process has died.
            if !Task.isCancelled { try await leave(because: ending.word) }
            return ending
        } catch {
            guard error.code == .fenced else { throw error }
            logger.warning("the run was given up, and others go on with its calls", metadata: ["error": "\(error)"])
            return .fenced
        }
    }

    private func runToTheEnd() async throws(LedgerError) -> RunEnding {
        try await patiently { () async throws(LedgerError) in try await ledger.arrange(plan.campaign, plan.order) }
        let (seat, report) = (seat, report().report)
        let leftOpen = try await patiently { () async throws(LedgerError) in try await seat.take(reporting: report) }
        // Only the vendor that was asked knows what became of a call; nobody else's silence proves anything.
        let ours = leftOpen.filter { $0.vendor == plan.vendorName }
        if !ours.isEmpty {
            logger.notice("settling attempts of an earlier run", metadata: ["attempts": "\(ours.count)"])
        }
        for vendor in Set(leftOpen.map(\.vendor)).subtracting([plan.vendorName] + (plan.route?.others ?? [])).sorted() {
            logger.warning(
                "attempts are open at another vendor, and their leads wait; run the campaign with it to settle them",
                metadata: ["vendor": "\(vendor)", "attempts": "\(leftOpen.count { $0.vendor == vendor })"])
        }
        inbox.post(.started(leftOpen: ours))
        let result = await withDiscardingTaskGroup(returning: Result<RunEnding, LedgerError>.self) { group in
            let inbox = inbox
            let vendor = vendor
            group.addTask {
                await vendor.run { event in inbox.post(event) }
            }
            group.addTask { await seat.keep(reporting: { await self.report() }, telling: inbox) }
            let result = await work(in: &group)
            tellOfCallsWithoutAttempt()
            group.cancelAll()
            return result
        }
        return try result.get()
    }

    /// Lets calls in flight finish and places no more; `run()` then returns.
    package nonisolated func requestStop() {
        inbox.post(.stopRequested)
    }

    /// The run at a glance.
    package func snapshot() -> EngineSnapshot {
        engine.snapshot(at: clock.now)
    }

    /// What agents are of use for, for whoever divides them among several campaigns.
    package func demand() -> AgentDemand { engine.demand }

    // MARK: The loop

    private func work(in group: inout DiscardingTaskGroup) async -> Result<RunEnding, LedgerError> {
        // Whoever gives an order from now on is told that nobody hears it.
        defer { inbox.close() }
        while let arrived = await inbox.next() {
            var step = Step()
            learnOfOthers(into: &step)
            let share = learnOfShare(into: &step)
            for notice in arrived {
                take(notice, into: &step)
            }
            // An order is confirmed when everything that came before it has been seen to.
            defer { for notice in arrived { notice.confirm() } }
            if let loss = seat.loss { return .failure(loss) }
            let now = clock.now
            while let timer = timers.popFirst(dueAt: now) { tell(.timerFired(timer), into: &step) }
            do throws(LedgerError) {
                if let ending = try await carryOut(step, in: &group) { return .success(ending) }
            } catch {
                return .failure(error)
            }
            appliedShare = share
            tellDesk()
            arm(in: &group)
        }
        return .success(.stopped)
    }

    /// Tells the engine a fact and the recorder what came of it, which is to be done.
    func tell(_ event: DialEvent, into step: inout Step) {
        let now = clock.now
        recorder?.willHandle(event, at: now)
        let directives = engine.handle(event, at: now)
        recorder?.didHandle(directives)
        step.add(directives, setting: &timers)
    }

    private func take(_ notice: Inbox.Notice, into step: inout Step) {
        switch notice {
        case .event(let event), .order(let event, _):
            noteLost(event)
            tell(event, into: &step)
        case .vendor(let event):
            if let event = translate(event) { tell(event, into: &step) }
        case .wake: break
        }
    }

    /// Where the vendor began with the run, nobody can be asked of calls that others had it place.
    private func noteLost(_ event: DialEvent) {
        switch event {
        case .started(let leftOpen), .tookOver(let leftOpen):
            if plan.isVendorNew { lost.formUnion(leftOpen.map(\.claim.attempt)) }
        default: break
        }
    }

    /// What a vendor's news is to the engine; nil for what only a person can do something about.
    private func translate(_ event: VendorEvent) -> DialEvent? {
        switch event {
        case .agents(let observations, let asOf): return .agentsObserved(observations, asOf: asOf)
        case .call(let attempt, let progress, let instant): return .callProgressed(attempt, progress, at: instant)
        case .ownCall(let call, let progress, let instant):
            return claimable(call).map { .ownCallProgressed($0, progress, at: instant) }
        case .agentUnusable(let agent, let error):
            logger.warning(
                "the vendor does not let an agent work", metadata: ["agent": "\(agent)", "error": "\(error)"])
            return nil
        case .trouble(let error):
            observer?.troubled(error)
            logger.warning(
                "the vendor cannot be observed", metadata: ["operation": "\(error.operation)", "error": "\(error)"])
            return error.meaning == .misconfigured ? .vendorRefused(reason: error.reason) : .vendorTroubled
        case .recovered:
            logger.notice("the vendor can be observed again")
            return .vendorRecovered
        }
    }

    /// Commits, then acts; the leads claimed by the commit are dialled by a further step, until nothing is left to do.
    private func carryOut(_ first: Step, in group: inout DiscardingTaskGroup) async throws(LedgerError) -> RunEnding? {
        var step = first
        while true {
            var following = Step()
            if let claimed = try await commit(step) {
                // A slow commit may have taken all that was left of a lease.
                _ = learnOfShare(into: &following)
                tell(claimed, into: &following)
            }
            for call in step.adoptions {
                let adoption = try await adopt(call)
                tell(.adopted(call.id, adoption), into: &following)
            }
            tellDesk()
            for action in step.actions {
                act(action, in: &group)
            }
            // A claim that was made is seen through before the run may end.
            if let ending = step.ending, following.isEmpty { return ending }
            if following.isEmpty { return nil }
            following.ending = following.ending ?? step.ending
            step = following
        }
    }

    private func commit(_ step: Step) async throws(LedgerError) -> DialEvent? {
        guard let count = step.claim else {
            try await commitOnly(step.changes)
            return nil
        }
        let turn = turn(for: count)
        if let denied = turn.denied {
            try await commitOnly(step.changes)
            return denied
        }
        let request = ClaimRequest(
            campaign: plan.campaign, run: plan.run, vendor: plan.vendorName, count: turn.count, now: clock.now,
            policy: plan.policy, order: plan.order, idleAgents: engine.agentsToClaimFor, limits: plan.limits,
            isOneOfSeveral: plan.route != nil, note: turn.note)
        let result = try await commitPatiently(step.changes, claiming: request)
        noteClaims(result, of: turn.count)
        tellOfCallerIDs()
        // Leads that the account was not allowed to claim are due all the same.
        let isCutShort = result.isCutShort || (turn.count < count && result.claims.count == turn.count)
        return .leadsClaimed(
            requested: count, claims: result.claims, nextDueAt: result.nextDueAt, hold: result.hold,
            isCutShort: isCutShort, leavesSome: result.passed > 0)
    }

    private func commitOnly(_ changes: [AttemptChange]) async throws(LedgerError) {
        if !changes.isEmpty { _ = try await commitPatiently(changes, claiming: nil) }
    }

    /// Says which numbers went into quarantine, and when leads are parked for want of a number.
    private func tellOfCallerIDs() {
        guard let choice = plan.policy.chooser as? CallerIDChoice else { return }
        for number in choice.takeQuarantined() {
            logger.warning("a caller ID is in quarantine", metadata: ["ending": "\(number.suffix(4))"])
        }
        for reason in choice.takeParkingReasons() {
            logger.warning("leads wait because no number can be shown to them", metadata: ["reason": "\(reason)"])
        }
    }

    private func commitPatiently(
        _ changes: [AttemptChange], claiming request: ClaimRequest?
    ) async throws(LedgerError) -> ClaimResult {
        let seat = seat
        let result = try await patiently { () async throws(LedgerError) in
            try await seat.commit(changes, claiming: request)
        }
        noteEnds(changes)
        tellOfCommit(changes, result)
        return result
    }

    /// Gives a call that the vendor placed by itself an attempt.
    private func adopt(_ call: UnclaimedCall) async throws(LedgerError) -> Adoption {
        let (ledger, plan, now) = (ledger, plan, clock.now)
        let adoption = try await patiently { () async throws(LedgerError) in
            try await ledger.adopt(
                call, into: plan.campaign, run: plan.run, vendor: plan.vendorName, asking: plan.policy.doNotCall,
                at: now)
        }
        tellOfList(adoption, of: call)
        return adoption
    }

    private func leave(because word: RunEnding.Word) async throws(LedgerError) {
        let seat = seat
        try await patiently { () async throws(LedgerError) in try await seat.leave(because: word) }
    }

    /// Writes, and tries again as long as there is hope: each write happens once, however often it is asked for.
    private func patiently<Answer: Sendable>(
        _ write: () async throws(LedgerError) -> Answer
    ) async throws(LedgerError) -> Answer {
        var tries = 0
        while true {
            do throws(LedgerError) {
                return try await write()
            } catch {
                tries += 1
                guard await seat.mayTryAgain(after: error, tries: tries), !Task.isCancelled else { throw error }
                let isHeld = error.code == .locked
                logger.warning(
                    isHeld
                        ? "the database is held by another process; trying again"
                        : "the database is out of reach; trying again")
            }
        }
    }

    // MARK: Acting

    private func act(_ action: Step.Action, in group: inout DiscardingTaskGroup) {
        switch action {
        case .place(let order): place(order, in: &group)
        case .takeOwnCalls(let takes): takeOwnCalls(takes, in: &group)
        case .connect(let call, let agent, let last):
            connect(call, to: agent, notAfter: seat.lastDeparture(within: last), in: &group)
        case .playMessage(let call): playMessage(call, in: &group)
        case .hangUp(let call): hangUp(call, in: &group)
        case .reconcile(let order): reconcile(order, in: &group)
        }
    }

    private func place(_ order: CallOrder, in group: inout DiscardingTaskGroup) {
        let request = CallRequest(
            attempt: order.attempt, number: order.number, prefix: plan.prefix(order.number), callerID: order.callerID,
            agent: order.agent, classifiesAnswer: plan.classifiesAnswers,
            notAfter: seat.lastDeparture(within: order.notAfter),
            ringTimeout: max(plan.engine.ringTimeout, plan.engine.minimumRing))
        let (vendor, inbox, logger) = (vendor, inbox, logger)
        let watch = RequestWatch(of: plan.route, clock: clock)
        let answered = asking(.place)
        group.addTask {
            do throws(VendorError) {
                let call = try await vendor.placeCall(request)
                watch.ended(nil)
                answered(nil)
                logger.debug("accepted", metadata: ["attempt": "\(order.attempt.value)", "call": "\(call)"])
                inbox.post(.callAccepted(order.attempt, call))
            } catch {
                watch.ended(error.meaning)
                answered(error)
                logger.info("not accepted", metadata: Self.facts(of: error, in: order.attempt))
                inbox.post(Self.consequence(of: error, for: order.attempt))
            }
        }
    }

    private func reconcile(_ order: ReconcileOrder, in group: inout DiscardingTaskGroup) {
        guard !lost.contains(order.attempt) else { return inbox.post(.reconciled(order.attempt, .lost)) }
        let call = FollowedCall(
            attempt: order.attempt, number: order.number, prefix: plan.prefix(order.number),
            vendorCall: order.vendorCall,
            placedAfter: order.placedAfter)
        let (vendor, inbox, logger) = (vendor, inbox, logger)
        let answered = asking(.reconcile)
        group.addTask {
            do throws(VendorError) {
                let found = try await vendor.reconcile(call)
                answered(nil)
                inbox.post(.reconciled(order.attempt, found))
            } catch {
                answered(error)
                logger.info("not reconciled", metadata: Self.facts(of: error, in: order.attempt))
                inbox.post(.reconcileFailed(order.attempt))
            }
        }
    }

    private static func consequence(of error: VendorError, for attempt: AttemptID) -> DialEvent {
        switch error.meaning {
        case .refused(let outcome): .callTurnedAway(attempt, .refused(outcome, reason: error.reason))
        case .barred: .callTurnedAway(attempt, .barred(reason: error.reason))
        case .throttled(let pause): .callTurnedAway(attempt, .throttled(after: pause))
        case .unavailable: .callTurnedAway(attempt, .unavailable(reason: error.reason))
        case .misconfigured: .callTurnedAway(attempt, .misconfigured(reason: error.reason))
        case .outcomeUnknown: .callOutcomeUnknown(attempt, reason: error.reason)
        }
    }

    /// Sees to it that the loop wakes up for the earliest timer.
    private func arm(in group: inout DiscardingTaskGroup) {
        guard let instant = timers.nextToArm() else { return }
        let (clock, inbox) = (clock, inbox)
        group.addTask {
            // Cancellation means that the run is over, and then nobody needs waking.
            guard (try? await clock.sleep(until: instant)) != nil else { return }
            inbox.post(.wake)
        }
    }
}

extension VendorError {
    /// The vendor's code and words, for the ledger.
    var reason: String { message.isEmpty ? code : "\(code): \(message)" }
}
