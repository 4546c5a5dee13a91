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
        takeIn()
    }

    /// The process takes in what it was told, and the timers that are due, unless it waits for the disk.
    mutating func takeIn() {
        guard let waiting = process?.inbox, process?.committing == nil else { return }
        process?.inbox = []
        var step = SimulatedStep()
        for event in waiting { tell(event, &step) }
        let now = world.processNow
        while let timer = process?.timers.popFirst(dueAt: now) { tell(.timerFired(timer), &step) }
        begin(step)
    }

    private mutating func tell(_ event: DialEvent, _ step: inout SimulatedStep) {
        guard violation == nil, var process else { return }
        let before = process.engine.agents
        let directives = process.engine.handle(event, at: world.processNow)
        step.add(directives, setting: &process.timers)
        self.process = process
        kinds.note(event, directives)
        if isTraced { remember(event, directives) }
        look(.told(event, directives, before: before))
    }

    /// Commits, and goes on when the disk has answered.
    private mutating func begin(_ step: SimulatedStep) {
        guard process != nil, violation == nil else { return }
        let size = step.changes.count + (step.claim == nil ? 0 : 1)
        guard size > 0 else { return goOn(with: step, hearing: nil) }
        if let left = process?.directivesLeft, left < size { return die(of: .killed) }
        commitCount += 1
        var random = world.generator(commitCount, salt: 8)
        if world.strikes(.diskFull, random.unit()) { return die(of: .diskFull) }
        if world.strikes(.diskFailed, random.unit()) {
            // Of a commit that failed, nobody knows whether it was kept.
            if random.chance(0.5) { _ = commit(step, &random) }
            return die(of: .diskFailed)
        }
        let wait = random.milliseconds(scenario.commitDelay)
        let answer = commit(step, &random)
        guard survives(size) else { return }
        guard wait > .zero, let number = process?.number else { return goOn(with: step, hearing: answer) }
        process?.committing = (step, answer)
        world.agenda.plan(.commits(process: number), in: wait)
    }

    /// The disk has answered.
    mutating func endCommit() {
        guard let (step, answer) = process?.committing else { return }
        process?.committing = nil
        goOn(with: step, hearing: answer)
    }

    /// Acts, and begins a further step with what the commit yielded, until nothing is left to do.
    private mutating func goOn(with step: SimulatedStep, hearing answer: DialEvent?) {
        var following = SimulatedStep()
        if let answer { tell(answer, &following) }
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
        if !following.isEmpty {
            following.ending = following.ending ?? step.ending
            return begin(following)
        }
        if let ending = step.ending { return finish(ending) }
        arm()
        if process?.inbox.isEmpty == false { takeIn() }
    }

    /// Commits what happened and claims leads, and returns what the engine is to hear of it.
    private mutating func commit(_ step: SimulatedStep, _ random: inout SplitMix64) -> DialEvent? {
        look(.committing(step.changes))
        for change in step.changes { ledger.apply(change) }
        guard let count = step.claim else {
            look(.committed(step.changes, nil, nil))
            return nil
        }
        switch answer(to: count, &random) {
        case .denied(let event):
            look(.committed(step.changes, nil, nil))
            return event
        case .claims(let granted):
            guard let request = claimRequest(granted) else { return nil }
            var result = ledger.claim(request)
            process?.claimed += result.claims.count
            if granted < count, result.claims.count == granted { result.isCutShort = true }
            look(.committed(step.changes, request, result))
            return claimed(result, of: count)
        }
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
        case .claimLeads, .record, .adopt, .setTimer, .cancelTimer, .finish:
            preconditionFailure("not an action: \(directive)")
        }
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
