package import DialModel
package import Pacing

/// The state machine of a running campaign: facts in, directives out.
///
/// It is a value without clock, network, storage or randomness, so that a run can be rehearsed, stopped after any
/// directive and replayed. `CampaignRunner` carries its directives out in the real world. The life of an attempt is
/// drawn in the module's documentation.
package struct DialEngine: Hashable, Sendable {
    /// How far a run has come.
    enum Phase: Hashable, Sendable {
        /// Not told yet what an earlier run left open. Can go to running.
        case new
        /// Placing calls. Can go to draining, finished.
        case running
        /// Placing no more calls, seeing those in flight out. Can go to finished.
        case draining(RunEnding)
        /// Over. Goes nowhere.
        case finished
    }

    /// What is known of the leads that wait.
    enum Dueness: Hashable, Sendable {
        /// Nothing: the ledger has to be asked.
        case unasked
        /// Some are due.
        case now
        /// The next one is due then.
        case later(Timestamp)
        /// Some are due, and their numbers are being called elsewhere; to be asked again then.
        case blocked(until: Timestamp)
        /// Some may be due, and other accounts are to carry the next calls before then.
        case othersTurn(until: Timestamp)
        /// Some are due, and no number can be shown to any of them, or no call be placed, before then.
        case withoutCallerID(ClaimHold)
        /// No lead waits.
        case never
    }

    /// What does not change during the run.
    package let settings: EngineSettings

    var phase = Phase.new
    var calls = CallTable()
    /// Who could take calls.
    package internal(set) var agents: AgentPool
    /// The calls that the vendor placed by itself.
    var ownCalls: [AdoptedCall] = []
    /// Whether the vendor was told last to give the agents calls of its own.
    var takesOwnCalls = false
    /// The answered calls for which no agent is idle.
    var line = WaitingLine()
    /// Calls that were answered during the event at hand.
    var justAnswered: [AttemptID] = []
    var dueness = Dueness.unasked
    /// Since when no claim has found a number to show; nil if the last one did.
    var heldSince: Timestamp?
    /// How many leads were asked for, and when; nil when no claim is under way.
    var claiming: ClaimUnderWay?
    var attemptsMade = 0
    /// Whether other accounts carry the campaign's calls, so that patience with this one's vendor need not end.
    var areOthersAtWork = false
    /// What the run may use of what it shares with other runners of its campaign; nil where it is the only one.
    package internal(set) var allowance: RunnerAllowance?
    /// No call is placed before this instant.
    var heldUntil: Timestamp?
    /// The length of the last hold for the vendor's sake; zero once it takes calls.
    var lastHold = Duration.zero
    /// Whether that hold was because the vendor could not be reached.
    var isOutOfReach = false
    /// Whether the vendor's agents and calls cannot be observed.
    var isBlind = false
    /// Why that is for an operator to mend; nil where time may heal it.
    var refusal: String?
    /// Who wants no calls to be placed for the time being; nil when nobody does.
    package internal(set) var pausedBy: String?

    /// Decides how many calls are placed ahead of agents; nil where each has their agent first.
    var pacing: PacingController?
    /// What it said last; nil before that, and where each call has its agent first.
    package internal(set) var decision: PacingDecision?
    /// When it is asked again.
    var nextDecisionAt: Timestamp?
    /// How many of the windows to come have begun, for each of the settings' allowances.
    var windowsBegun: [Int]
    /// The kinds of leads that were claimed, and which came last.
    var segments = LeadSegments()
    var segment = 0

    /// An engine that waits for `started`.
    package init(settings: EngineSettings) {
        self.settings = settings
        agents = AgentPool(skill: settings.skill)
        windowsBegun = settings.abandonment.map { _ in 0 }
        pacing = Self.controller(for: settings)
    }

    /// Takes in one fact, as of `now`, and says what to do about it, in order.
    ///
    /// Facts about attempts that are closed or were never claimed are late or repeated news, and are dropped.
    package mutating func handle(_ event: DialEvent, at now: Timestamp) -> [Directive] {
        var directives: [Directive] = []
        if phase == .finished {
            // Leads that were being claimed when the run ended are handed back; all other news is for the next run.
            guard case .leadsClaimed = event else { return [] }
        }
        switch event {
        case .started(let leftOpen): start(leftOpen, at: now, into: &directives)
        case .leadsClaimed(let requested, let claims, let nextDueAt, let hold, let isCutShort, let leavesSome):
            learnDueness(
                shortfall: claims.count < requested, nextDueAt: nextDueAt, hold: hold, isCutShort: isCutShort,
                leavesSome: leavesSome, at: now, into: &directives)
            heldSince = hold == nil || !claims.isEmpty ? nil : heldSince ?? now
            take(claims, requested: requested, at: now, into: &directives)
        case .turnAwaited(let requested, let until): awaitTurn(requested, until: until, into: &directives)
        case .attemptLimitReached(let requested):
            endClaim(of: requested)
            drain(.attemptLimit, at: now, into: &directives)
        case .othersAtWork(let are): areOthersAtWork = are
        case .allowanceChanged(let allowed): take(allowed, at: now)
        case .tookOver(let leftOpen): for open in leftOpen { resume(open, at: now, into: &directives) }
        case .answersCounted(let counts, let asOf): take(counts, asOf: asOf, at: now)
        case .callAccepted(let attempt, let call): accept(attempt, as: call, at: now, into: &directives)
        case .callTurnedAway(let attempt, let why): turnAway(attempt, why, at: now, into: &directives)
        case .callOutcomeUnknown(let attempt, let reason):
            // A callee whom an agent is being found for is there, whatever became of the answer to the request.
            if calls[attempt]?.handOff == OpenCall.HandOff.none {
                loseTrack(of: attempt, because: reason, at: now, into: &directives)
            }
        case .callProgressed(let attempt, let progress, let instant):
            advance(attempt, by: progress, at: instant, now: now, into: &directives)
        case .ownCallProgressed(let call, let progress, let instant):
            follow(call, progress, at: instant, now: now, into: &directives)
        case .adopted(let call, let adoption): adopted(call, adoption, at: now, into: &directives)
        case .reconciled(let attempt, let finding): settle(attempt, finding, at: now, into: &directives)
        case .reconcileFailed(let attempt): searchAgain(for: attempt, at: now, into: &directives)
        case .offerFailed(let attempt, let agent, let failure):
            noteFailedOffer(of: attempt, to: agent, failure, at: now, into: &directives)
        case .messageStarted(let attempt): noteMessage(to: attempt, at: now, into: &directives)
        case .messageFailed(let attempt): hangUpAgain(attempt, into: &directives)
        case .hangUpFailed(let attempt): noteFailedHangUp(of: attempt, at: now, into: &directives)
        case .agentsObserved(let observations, let asOf):
            takeBackCalls(agents.observe(observations, asOf: asOf), at: now, into: &directives)
        case .agentObserved(let observation, let asOf):
            takeBackCalls(agents.observe(observation, asOf: asOf), at: now, into: &directives)
        case .vendorTroubled: loseSight(at: now, into: &directives)
        case .vendorRefused(let reason):
            refusal = reason
            loseSight(at: now, into: &directives)
        case .vendorRecovered: regainSight(into: &directives)
        case .timerFired(let timer): fire(timer, at: now, into: &directives)
        case .stopRequested: stop(at: now, into: &directives)
        case .pauseRequested(let operatorName): pausedBy = operatorName
        case .resumeRequested: pausedBy = nil
        case .dropRequested(let attempt, let supervisor):
            drop(attempt, by: supervisor, at: now, into: &directives)
        }
        if phase != .finished { seeToAnswered(at: now, into: &directives) }
        tellOfAgents(at: now)
        plan(at: now, into: &directives)
        seeToOwnCalls(into: &directives)
        return directives
    }

    /// The agents who could take a call-back that is theirs alone; nil if agents are not chosen by us.
    package var agentsToClaimFor: [AgentID]? { settings.style == .agentFirst ? agents.idle : nil }

    /// The answered calls for which no agent is idle, longest-waiting first.
    package var waiting: [AttemptID] { line.attempts }

    private mutating func start(_ leftOpen: [OpenAttempt], at now: Timestamp, into directives: inout [Directive]) {
        precondition(phase == .new, "started twice: \(phase)")
        phase = .running
        for open in leftOpen {
            resume(open, at: now, into: &directives)
        }
        if let end = settings.stopDialingAt {
            directives.append(.setTimer(.deadline, at: end))
        }
    }

    private mutating func fire(_ timer: DialTimer, at now: Timestamp, into directives: inout [Directive]) {
        switch timer {
        case .attempt(let attempt): checkOn(attempt, at: now, into: &directives)
        case .ringLimit(let attempt): endRinging(of: attempt, at: now, into: &directives)
        case .handOff(let attempt): checkHandOff(of: attempt, at: now, into: &directives)
        case .hangUp(let attempt): hangUpAgain(attempt, into: &directives)
        case .setAside(let agent): agents.takeBack(agent, at: now)
        case .reconcile(let attempt): search(for: attempt, into: &directives)
        case .adoption(let call): adoptAgain(call, into: &directives)
        case .leadsDue: dueness = .unasked
        case .holdOver: heldUntil = nil
        case .deadline: drain(.deadline, at: now, into: &directives)
        case .drainLimit: endDrain(at: now, into: &directives)
        case .pace: break
        case .vendorPatience: losePatience(at: now, into: &directives)
        }
    }

    // MARK: The end of the run

    /// Places no more calls; the run is over when those in flight are.
    mutating func drain(_ ending: RunEnding, at now: Timestamp, into directives: inout [Directive]) {
        guard phase == .running else { return }
        phase = .draining(ending)
        directives.append(.setTimer(.drainLimit, at: now + settings.drainLimit))
    }

    /// Drains because the operator said so, also where the run was ending for another reason.
    private mutating func stop(at now: Timestamp, into directives: inout [Directive]) {
        guard phase != .draining(.stopped) else { return }
        phase = .draining(.stopped)
        directives.append(.setTimer(.drainLimit, at: now + settings.drainLimit))
    }

    /// The time for calls in flight is over; conversations go on, unless the operator wants to leave.
    private mutating func endDrain(at now: Timestamp, into directives: inout [Directive]) {
        guard case .draining(let ending) = phase else { return }
        if ending == .stopped || calls[inState: .connected] == 0 {
            finish(ending, into: &directives)
        } else {
            directives.append(.setTimer(.drainLimit, at: now + .seconds(60)))
        }
    }

    mutating func finish(_ ending: RunEnding, into directives: inout [Directive]) {
        phase = .finished
        directives.append(.finish(ending))
    }

    /// Whether the run's last moment for placing a call is past, which a claim may have waited for the disk through.
    func isOver(at now: Timestamp) -> Bool { settings.stopDialingAt.map { now >= $0 } ?? false }

    // MARK: What to do next

    /// Claims as many leads as can be dialled now, or ends the run when there is nothing left to wait for.
    private mutating func plan(at now: Timestamp, into directives: inout [Directive]) {
        switch phase {
        case .new, .finished: return
        case .draining(let ending):
            if claiming == nil, !isWaitingForCalls(ending) { finish(ending, into: &directives) }
            return
        case .running: break
        }
        if isOver(at: now) {
            drain(.deadline, at: now, into: &directives)
            return plan(at: now, into: &directives)
        }
        // A call that the vendor has not taken yet may turn out to be no attempt.
        if let limit = settings.maxAttempts, attemptsMade >= limit, calls[inState: .placing] == 0 {
            drain(.attemptLimit, at: now, into: &directives)
            return plan(at: now, into: &directives)
        }
        guard claiming == nil, settings.style != .vendorPaced else { return }
        switch dueness {
        case .unasked: claim(max(0, capacity(at: now, into: &directives)), at: now, into: &directives)
        case .now:
            let count = capacity(at: now, into: &directives)
            if count > 0 { claim(count, at: now, into: &directives) }
        case .later(let next): wait(until: next, orEndAs: .nothingDue(next: next), at: now, into: &directives)
        case .blocked(let next): wait(until: next, orEndAs: .numbersBusy, at: now, into: &directives)
        case .othersTurn(let until):
            guard until <= now else { return }
            dueness = .unasked
            plan(at: now, into: &directives)
        case .withoutCallerID(let hold):
            let ending = hold.isOfAccount ? RunEnding.accountFull(hold) : .noCallerID(hold)
            wait(until: hold.until, orEndAs: ending, at: now, into: &directives)
        case .never: endUnlessCallsAreOpen(.nothingDue(next: nil), into: &directives)
        }
    }

    /// Whether calls in flight keep a draining run alive.
    ///
    /// After the operator's stop, attempts of unknown outcome are left to the next start, which searches for them.
    private func isWaitingForCalls(_ ending: RunEnding) -> Bool {
        let isAdopting = ownCalls.contains { $0.attempt == nil }
        return isAdopting || (ending == .stopped ? calls.count > calls[inState: .unknown] : calls.count > 0)
    }

    private mutating func claim(_ count: Int, at now: Timestamp, into directives: inout [Directive]) {
        claiming = ClaimUnderWay(count: count, since: now)
        directives.append(.claimLeads(count))
    }

    private mutating func wait(
        until next: Timestamp, orEndAs ending: RunEnding, at now: Timestamp, into directives: inout [Directive]
    ) {
        if next <= now {
            dueness = .unasked
            return plan(at: now, into: &directives)
        }
        let isWithinRun = settings.stopDialingAt.map { next < $0 } ?? true
        var stays = settings.staysForRetries
        // A line that another campaign uses may be free in a moment.
        if case .withoutCallerID = dueness { stays = stays || next - (heldSince ?? now) <= EngineSettings.lineWait }
        guard stays, isWithinRun else { return endUnlessCallsAreOpen(ending, into: &directives) }
    }

    private mutating func endUnlessCallsAreOpen(_ ending: RunEnding, into directives: inout [Directive]) {
        if calls.count == 0 { finish(ending, into: &directives) }
    }

    /// How many more calls may be placed now.
    private mutating func capacity(at now: Timestamp, into directives: inout [Directive]) -> Int {
        if isBlind || pausedBy != nil { return 0 }
        if let heldUntil, heldUntil > now { return 0 }
        let lines = min(settings.maxLines, allowance?.lines ?? .max) - calls.count
        let attempts = settings.maxAttempts.map { $0 - attemptsMade } ?? .max
        let trial = lastHold > .zero ? 1 - calls[inState: .placing] : .max
        let most = min(lines, attempts, trial, EngineSettings.claimLimit)
        switch settings.style {
        case .agentFirst: return min(most, agents.idleCount - calls.unattendedCount)
        case .customerFirst where allowance?.dialsAhead == false:
            return min(most, agents.idleCount - calls.withoutAgentCount)
        case .customerFirst: return callsAhead(upTo: most, at: now, into: &directives)
        case .vendorPaced: return 0
        }
    }
}
