import DialEngine
import DialModel
import Ledger
import PlainLedger
import Telephony

/// What a process does: as `CampaignRunner` does it, without waiting.
extension Simulation {
    /// The process is told something, which it takes in at once, or with all that comes while it waits for the disk.
    mutating func receive(_ event: DialEvent) {
        process?.inbox.append(event)
        step()
    }

    /// The process takes in what it was told, and the timers that are due.
    mutating func step() {
        guard let waiting = process?.inbox, process?.busyUntil ?? world.now <= world.now else { return }
        process?.inbox = []
        var step = SimulatedStep()
        for event in waiting { tell(event, &step) }
        for timer in process?.timers.popDue(at: world.processNow) ?? [] { tell(.timerFired(timer), &step) }
        carryOut(step)
        arm()
    }

    private mutating func tell(_ event: DialEvent, _ step: inout SimulatedStep) {
        guard violation == nil, let before = process?.engine.agents else { return }
        let directives = process?.engine.handle(event, at: world.processNow) ?? []
        kinds.note(event, directives)
        if isTraced { remember(event, directives) }
        look(.told(event, directives, before: before))
        step.add(directives)
    }

    /// Commits, then acts, and goes on with what the commit yielded, until nothing is left to do.
    private mutating func carryOut(_ first: SimulatedStep) {
        var step = first
        while process != nil, violation == nil {
            var following = SimulatedStep()
            guard commit(step, &following) else { return }
            for call in step.adoptions {
                guard survives(1) else { return }
                let adoption = ledger.adopt(
                    call, into: Self.campaign, run: RunID(Int64(processCount + 1)), vendor: Scenario.account,
                    at: world.processNow)
                look(.adopted(call, adoption))
                tell(.adopted(call.id, adoption), &following)
            }
            for action in step.actions {
                guard survives(1) else { return }
                act(action)
            }
            if following.isEmpty {
                if let ending = step.ending { finish(ending) }
                return
            }
            following.ending = following.ending ?? step.ending
            step = following
        }
    }

    /// Commits what happened and claims leads; false if the process does not live to see the answer.
    private mutating func commit(_ step: SimulatedStep, _ following: inout SimulatedStep) -> Bool {
        let size = step.changes.count + (step.claim == nil ? 0 : 1)
        guard size > 0 else { return true }
        if let left = process?.directivesLeft, left < size {
            die(of: .killed)
            return false
        }
        commitCount += 1
        var random = world.generator(commitCount, salt: 8)
        if world.strikes(.diskFull, random.unit()) {
            die(of: .diskFull)
            return false
        }
        look(.committing(step.changes))
        for change in step.changes { ledger.apply(change) }
        let turn = step.claim.map { answer(to: $0, &random) }
        var request: ClaimRequest?
        var result: ClaimResult?
        if let count = step.claim, case .claims(let granted)? = turn {
            request = claimRequest(granted)
            result = request.map { ledger.claim($0) }
            process?.claimed += result?.claims.count ?? 0
            if granted < count, result?.claims.count == granted { result?.isCutShort = true }
        }
        look(.committed(step.changes, request, result))
        guard survives(size) else { return false }
        stayBusy(for: random.milliseconds(scenario.commitDelay))
        switch (step.claim, turn) {
        case (_, .denied(let event)): tell(event, &following)
        case (let count?, _): if let result { tell(claimed(result, of: count), &following) }
        case (nil, _): break
        }
        return true
    }

    private func claimed(_ result: ClaimResult, of count: Int) -> DialEvent {
        .leadsClaimed(
            requested: count, claims: result.claims, nextDueAt: result.nextDueAt, hold: result.hold,
            isCutShort: result.isCutShort, leavesSome: result.passed > 0)
    }

    private func claimRequest(_ count: Int) -> ClaimRequest? {
        guard let process else { return nil }
        return ClaimRequest(
            campaign: Self.campaign, run: process.run, vendor: Scenario.account, count: count, now: world.processNow,
            policy: process.policy, idleAgents: process.engine.agentsToClaimFor, limits: scenario.limits,
            isOneOfSeveral: scenario.isOneOfSeveral)
    }

    /// What the desk of several accounts says to a wish for leads.
    private enum Turn {
        case claims(Int)
        case denied(DialEvent)
    }

    private func answer(to count: Int, _ random: inout SplitMix64) -> Turn {
        guard scenario.isOneOfSeveral, count > 0 else { return .claims(count) }
        if let limit = scenario.jointLimit, process?.claimed ?? 0 >= limit {
            return .denied(.attemptLimitReached(requested: count))
        }
        switch random.whole(0...5) {
        case 0: return .denied(.turnAwaited(requested: count, until: world.processNow + AccountRouter.turnInterval))
        case 1: return .claims(random.whole(1...count))
        default: return .claims(count)
        }
    }

    /// Whether the process lives to carry out so many more directives; if not, it is gone.
    private mutating func survives(_ count: Int) -> Bool {
        guard let left = process?.directivesLeft else { return process != nil }
        process?.directivesLeft = left - count
        guard left > count else {
            die(of: .killed)
            return false
        }
        return true
    }

    private mutating func act(_ directive: Directive) {
        switch directive {
        case .placeCall(let order): world.ask(.place(order))
        case .connect(let call, let agent, let last): world.ask(.connect(call, to: agent, notAfter: last))
        case .playMessage(let call): world.ask(.playMessage(call))
        case .hangUp(let call): world.ask(.hangUp(call))
        case .reconcile(let order): world.ask(.search(order))
        case .takeOwnCalls(let takes): world.takesOwnCalls = takes
        case .setTimer(let timer, let instant): process?.timers.set(timer, at: instant)
        case .cancelTimer(let timer): process?.timers.cancel(timer)
        case .claimLeads, .record, .adopt, .finish: preconditionFailure("not an action: \(directive)")
        }
    }

    /// What is told meanwhile is taken in afterwards, all at once.
    private mutating func stayBusy(for wait: Duration) {
        guard let number = process?.number, wait > .zero else { return }
        process?.busyUntil = world.now + wait
        world.agenda.plan(.wakes(process: number), in: wait)
    }

    /// Sees to it that the process wakes up for its earliest timer.
    private mutating func arm() {
        guard let process, let next = process.timers.next else { return }
        if let armed = process.armedFor, armed <= next, armed > world.processNow { return }
        self.process?.armedFor = next
        world.agenda.plan(.wakes(process: process.number), at: next - world.clockOffset)
    }

    // MARK: What the engine is told

    func event(for answer: VendorAnswer) -> DialEvent? {
        switch answer {
        case .placed(let attempt, .success(let call)): .callAccepted(attempt, call)
        case .placed(let attempt, .failure(let error)): consequence(of: error, for: attempt)
        case .offered(_, _, nil): nil
        case .offered(let attempt, let agent, let error?):
            switch error.meaning {
            case .refused, .barred: .offerFailed(attempt, agent, .agentUnavailable(reason: error.code))
            case .throttled, .unavailable: .offerFailed(attempt, agent, .notAsked(reason: error.code))
            case .misconfigured: .offerFailed(attempt, agent, .misconfigured(reason: error.code))
            case .outcomeUnknown: nil
            }
        case .messagePlayed(let attempt, nil): .messageStarted(attempt)
        case .messagePlayed(let attempt, let error?):
            error.meaning == .outcomeUnknown ? nil : .messageFailed(attempt)
        case .hungUp(_, nil): nil
        case .hungUp(let attempt, _?): .hangUpFailed(attempt)
        case .searched(let attempt, .success(let finding)): .reconciled(attempt, finding)
        case .searched(let attempt, .failure): .reconcileFailed(attempt)
        }
    }

    private func consequence(of error: VendorError, for attempt: AttemptID) -> DialEvent {
        switch error.meaning {
        case .refused(let outcome): .callTurnedAway(attempt, .refused(outcome, reason: error.code))
        case .barred: .callTurnedAway(attempt, .barred(reason: error.code))
        case .throttled(let pause): .callTurnedAway(attempt, .throttled(after: pause))
        case .unavailable: .callTurnedAway(attempt, .unavailable(reason: error.code))
        case .misconfigured: .callTurnedAway(attempt, .misconfigured(reason: error.code))
        case .outcomeUnknown: .callOutcomeUnknown(attempt, reason: error.code)
        }
    }

    func event(for news: VendorNews) -> DialEvent? {
        switch news {
        case .agent(let observation, let asOf): .agentObserved(observation, asOf: asOf)
        case .event(.agents(let observations, let asOf)): .agentsObserved(observations, asOf: asOf)
        case .event(.call(let attempt, let progress, let instant)): .callProgressed(attempt, progress, at: instant)
        case .event(.ownCall(let call, let progress, let instant)):
            PhoneNumber(e164: call.callee).map { number in
                .ownCallProgressed(
                    UnclaimedCall(id: call.id, number: number, since: call.since, origin: call.origin), progress,
                    at: instant)
            }
        case .event(.agentUnusable): nil
        case .event(.trouble(let error)):
            error.meaning == .misconfigured ? .vendorRefused(reason: error.code) : .vendorTroubled
        case .event(.recovered): .vendorRecovered
        }
    }
}
