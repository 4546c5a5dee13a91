import DialModel

extension DialEngine {
    /// The vendor took the call.
    mutating func accept(
        _ attempt: AttemptID, as vendorCall: VendorCallID, at now: Timestamp, into directives: inout [Directive]
    ) {
        noteVendorAnswered(into: &directives)
        guard var call = calls[attempt] else { return }
        call.vendorCall = vendorCall
        // News of a call can overtake the answer to its request.
        if call.state == .placing { call.enter(.dialing, at: now) }
        tellOfTaking(&call, at: now)
        calls[attempt] = call
        let detail = AttemptDetail(vendorCall: vendorCall, agent: call.ownAgent)
        directives.append(.record(.reached(attempt, call.state, at: now, detail: detail)))
    }

    /// The vendor did not place the call.
    mutating func turnAway(
        _ attempt: AttemptID, _ why: TurnedAway, at now: Timestamp, into directives: inout [Directive]
    ) {
        guard let call = calls[attempt], call.state == .placing else { return }
        switch why {
        case .refused(let outcome, let reason):
            noteVendorAnswered(into: &directives)
            let lead = settings.retry.decision(after: outcome, history: call.claim.history, now: now)
            close(call, as: outcome, reason: reason, lead: lead, at: now, into: &directives)
        case .barred(let reason):
            noteVendorAnswered(into: &directives)
            close(call, as: .refused, reason: reason, lead: .finish(.doNotCall), at: now, into: &directives)
        case .throttled(let pause):
            holdBecauseThrottled(for: pause, at: now, into: &directives)
            giveUpPlacing(call, reason: "throttled by the vendor", at: now, into: &directives)
        case .unavailable(let reason):
            holdBecauseOutOfReach(at: now, into: &directives)
            giveUpPlacing(call, reason: reason, at: now, into: &directives)
        case .misconfigured(let reason):
            drain(.vendorRefused(reason: reason), at: now, into: &directives)
            giveUpPlacing(call, reason: reason, at: now, into: &directives)
        }
    }

    /// Takes in what the vendor reports; calls only move forward.
    ///
    /// `told` is when it happened by the vendor's clock, `now` when we heard of it. On record it is neither before the attempt nor
    /// after we heard of it; how long the vendor's own times are apart is true whatever its clock shows.
    mutating func advance(
        _ attempt: AttemptID, by progress: CallProgress, at told: Timestamp, now: Timestamp,
        into directives: inout [Directive]
    ) {
        guard var call = calls[attempt] else { return }
        let instant = max(min(told, now), call.claimedAt)
        switch progress {
        case .ringing:
            guard call.canMove(to: .ringing) else { return }
            if call.answeredAt == nil { (call.ringingSince, call.rangFrom) = (now, told) }
            tellOfTaking(&call, at: now)
            move(&call, to: .ringing, at: instant, now: now, into: &directives)
            guard settings.control.hangsUp, call.answeredAt == nil else { return }
            directives.append(.setTimer(.ringLimit(attempt), at: now + settings.ringLimit))
        case .answered(let cpa):
            guard call.canMove(to: .answered) else { return }
            call.answeredAt = call.answeredAt ?? instant
            if call.cpa == nil || cpa != .unknown { call.cpa = cpa }
            tellOfAnswer(
                &call, answeredAt: call.answeredAt ?? instant, isLive: (call.cpa ?? cpa).isLive, at: now)
            move(&call, to: .answered, at: instant, now: now, into: &directives)
            justAnswered.append(attempt)
        case .connected(let agent):
            guard call.canMove(to: .connected) else { return }
            leaveHandOff(&call, into: &directives)
            call.handOff = .none
            if let agent { takeBackCall(of: agent, for: attempt, at: now, into: &directives) }
            tellOfJoining(&call, answeredAt: call.answeredAt, connectedAt: call.connectedAt ?? instant, at: now)
            join(&call, to: agent, at: instant, now: now)
            move(&call, to: .connected, at: instant, now: now, into: &directives)
            directives.append(.setTimer(.attempt(attempt), at: now + settings.talkLimit))
        case .agentMissed(let agent): noteMissed(attempt, by: agent, at: now, into: &directives)
        case .ended(let ending):
            end(call, ending, at: instant, told: told, now: now, into: &directives)
        }
    }

    /// A call had its time to move on and did not.
    mutating func checkOn(_ attempt: AttemptID, at now: Timestamp, into directives: inout [Directive]) {
        guard let call = calls[attempt] else { return }
        if call.state == .placing {
            // The request is still on its way; how it ended is always told, and the attempt is not judged before.
            directives.append(.setTimer(.attempt(attempt), at: now + settings.answerLimit))
        } else {
            loseTrack(of: attempt, because: "no end reported in time", at: now, into: &directives)
        }
    }

    /// It is not known, or no longer known, what the vendor does with the call: its records are searched.
    mutating func loseTrack(
        of attempt: AttemptID, because reason: String, at now: Timestamp, into directives: inout [Directive]
    ) {
        guard var call = calls[attempt], call.state != .unknown else { return }
        if call.isOffered, let agent = call.agent {
            agents.release(agent, from: attempt, talked: false, at: now)
            call.agent = nil
        }
        stopRinging(call, into: &directives)
        leaveHandOff(&call, into: &directives)
        losePace(of: &call)
        call.wasLost = true
        call.enter(.unknown, at: now)
        calls[attempt] = call
        let detail = AttemptDetail(agent: call.agent, note: reason)
        directives.append(.record(.reached(attempt, .unknown, at: now, detail: detail)))
        search(for: attempt, into: &directives)
    }

    /// Closes an attempt and lets its lead, its agent and its timers go.
    mutating func close(
        _ call: OpenCall, as outcome: CallOutcome, reason: String, ending: CallEnding? = nil, lead: LeadDecision,
        endedAt: Timestamp? = nil, at now: Timestamp, into directives: inout [Directive]
    ) {
        let attempt = call.claim.attempt
        let connectedAt = ending?.connectedAt ?? call.connectedAt
        let answeredAt = ending?.answeredAt ?? call.answeredAt
        // Times come from two clocks; an end is never before what it ends.
        let endedAt = max(endedAt ?? now, connectedAt ?? answeredAt ?? call.claimedAt)
        let closing = AttemptClosing(
            outcome: outcome, endedAt: endedAt, answeredAt: answeredAt, connectedAt: connectedAt,
            talk: outcome == .connected ? talk(of: call, since: connectedAt, until: endedAt, ending) : nil,
            agent: call.isHeardOf ? call.ownAgent ?? ending?.agent : ending?.agent ?? call.ownAgent,
            vendorReason: reason, shownCallerID: ending?.shownCallerID,
            lead: lead)
        directives.append(.record(.closed(attempt, closing)))
        if calls[attempt] != nil {
            calls[attempt] = nil
            ownCalls.removeAll { $0.attempt == attempt }
            directives.append(.cancelTimer(.attempt(attempt)))
            directives.append(.cancelTimer(.reconcile(attempt)))
        }
        var call = call
        tellOfEnd(&call, as: outcome, answeredAt: answeredAt, connectedAt: connectedAt, at: now)
        stopRinging(call, into: &directives)
        leaveHandOff(&call, into: &directives)
        if let agent = call.agent {
            agents.release(agent, from: attempt, talked: outcome == .connected, endedAt: endedAt, at: now)
        }
        // The line of its number is free now.
        if case .withoutCallerID = dueness { dueness = .unasked }
        switch lead {
        case .wait(let due): noteWaiting(until: due, at: now, into: &directives)
        case .finish(let ending): if ending.leavesOtherNumbers { noteOtherNumbers() }
        }
    }

    // MARK: Private

    /// How long they talked who were joined, by the vendor or by our own times; nil where nobody saw when it was over.
    private func talk(
        of call: OpenCall, since connectedAt: Timestamp?, until endedAt: Timestamp, _ ending: CallEnding?
    ) -> Duration? {
        guard let ending else { return nil }
        if let talk = ending.talk { return talk }
        guard let connectedAt, call.isHeardOf || ending.outcome != .unknown else { return nil }
        return endedAt - connectedAt
    }

    /// A call that moves on is not ended for having rung any more.
    private func stopRinging(_ call: OpenCall, into directives: inout [Directive]) {
        guard settings.control.hangsUp, call.state == .ringing else { return }
        directives.append(.cancelTimer(.ringLimit(call.claim.attempt)))
    }

    private mutating func move(
        _ call: inout OpenCall, to state: AttemptState, at instant: Timestamp, now: Timestamp,
        into directives: inout [Directive]
    ) {
        guard call.canMove(to: state) else { return }
        if call.state == .unknown {
            // Whoever reports progress follows the call again, so it has its time again.
            directives.append(.cancelTimer(.reconcile(call.claim.attempt)))
            directives.append(.setTimer(.attempt(call.claim.attempt), at: now + settings.answerLimit))
        }
        stopRinging(call, into: &directives)
        call.enter(state, at: instant)
        (call.isHeardOf, call.wasLost) = (true, false)
        calls[call.claim.attempt] = call
        let detail = AttemptDetail(vendorCall: call.vendorCall, agent: call.agent, cpa: call.cpa)
        directives.append(.record(.reached(call.claim.attempt, state, at: instant, detail: detail)))
    }

    private mutating func join(_ call: inout OpenCall, to agent: AgentID?, at instant: Timestamp, now: Timestamp) {
        if call.connectedAt == nil { call.knownSince = now }
        call.connectedAt = call.connectedAt ?? max(instant, call.answeredAt ?? instant)
        call.answeredAt = call.answeredAt ?? call.connectedAt
        guard let agent = agent ?? call.agent else { return }
        if let reserved = call.agent, reserved != agent {
            agents.release(reserved, from: call.claim.attempt, talked: false, at: now)
        }
        call.agent = agent
        agents.connect(agent, to: call.claim.attempt, at: now)
    }

    private mutating func end(
        _ call: OpenCall, _ ending: CallEnding, at instant: Timestamp, told: Timestamp, now: Timestamp,
        into directives: inout [Directive]
    ) {
        if call.vendorCall == nil, let name = ending.vendorCall {
            // The end has overtaken the answer to the request, for which the attempt does not stay open.
            let state = call.state == .placing ? .dialing : call.state
            let detail = AttemptDetail(vendorCall: name)
            directives.append(.record(.reached(call.claim.attempt, state, at: instant, detail: detail)))
        }
        let outcome = outcome(of: call, ending, told: told)
        if ending.outcome == .agentMissed, let agent = call.agent {
            setAside(agent, at: now, into: &directives)
            if outcome != .agentMissed {
                let detail = AttemptDetail(missedBy: agent, note: "\(agent): did not take the call")
                directives.append(.record(.reached(call.claim.attempt, call.state, at: instant, detail: detail)))
            }
        }
        let lead = settings.retry.decision(after: outcome, history: call.claim.history, now: now)
        close(
            call, as: outcome, reason: call.reason(for: ending), ending: ending, lead: lead, endedAt: instant, at: now,
            into: &directives)
    }

    /// What we saw of a call outranks the vendor's summary: who talked was connected, who answered and did not talk was
    /// abandoned, unless a machine answered.
    private func outcome(of call: OpenCall, _ ending: CallEnding, told: Timestamp) -> CallOutcome {
        if call.connectedAt != nil || ending.connectedAt != nil { return .connected }
        guard call.answeredAt != nil || ending.answeredAt != nil, !ending.outcome.wasAnswered else {
            // Vendors tell an end that we asked for in many words; one that nobody saw may have been any.
            let wasEndedByUs = hasRungOut(call, at: told) || call.droppedBy != nil
            let isUnseen = call.wasLost && ending.outcome == .unknown
            return wasEndedByUs && !isUnseen && !ending.outcome.wasAnswered ? .noAnswer : ending.outcome
        }
        switch call.cpa {
        case .machine, .fax: return .machine
        case .human, .unknown, nil: return .abandoned
        }
    }

    /// Whether the end of a call is the one that we asked for when it had rung for long enough.
    ///
    /// The news of an earlier end may have come late. By the vendor's own clock, which need not agree with ours, such a call
    /// has rung for less long.
    private func hasRungOut(_ call: OpenCall, at end: Timestamp) -> Bool {
        guard call.hasRungOut else { return false }
        return call.rangFrom.map { end - $0 >= settings.ringLimit - EngineSettings.endTolerance } ?? true
    }

    private mutating func giveUpPlacing(
        _ call: OpenCall, reason: String, at now: Timestamp, into directives: inout [Directive]
    ) {
        let lead = settings.retry.decision(after: .notPlaced, history: call.claim.history, now: now)
        attemptsMade -= 1
        close(call, as: .notPlaced, reason: reason, lead: lead, at: now, into: &directives)
    }

    private mutating func noteWaiting(until due: Timestamp, at now: Timestamp, into directives: inout [Directive]) {
        switch dueness {
        case .unasked, .now, .othersTurn, .withoutCallerID: return
        case .later(let next) where next <= due: return
        case .blocked(let next) where next <= due: return
        case .later, .blocked, .never:
            dueness = .later(due)
            directives.append(.setTimer(.leadsDue, at: min(max(due, now), now + EngineSettings.leadCheckInterval)))
        }
    }

    /// The callee may have a further number, which the ledger has dialled from now on: only it knows.
    private mutating func noteOtherNumbers() {
        switch dueness {
        case .unasked, .now, .othersTurn, .withoutCallerID: return
        case .later, .blocked, .never: dueness = .unasked
        }
    }
}
