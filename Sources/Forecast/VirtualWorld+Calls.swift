import CallModel
import DialEngine
import DialModel
import Telephony

extension VirtualWorld {
    /// Whether the engine gives answered calls to agents, and says what becomes of the others.
    private var isEngineInCharge: Bool { engine.settings.handOff == .byEngine }

    mutating func reached(_ call: Int) {
        calls[call].stage = .ringing
        calls[call].ringingAt = now
        haveNews(of: call)
        events.add(.responded(call), at: now + calls[call].behaviour.responds)
    }

    mutating func responded(_ call: Int) {
        guard calls[call].stage == .ringing else { return }
        let behaviour = calls[call].behaviour
        guard behaviour.kind.answers else { return end(call) }
        calls[call].answeredAt = now
        guard let detection = centre.detection else {
            calls[call].detectedAt = now
            return seekAgent(for: call)
        }
        calls[call].stage = .detecting
        events.add(.detected(call), at: now + detection.delay.draw(using: &detections))
    }

    mutating func detected(_ call: Int) {
        guard let detection = centre.detection, calls[call].stage == .detecting else { return }
        let isMachine = calls[call].behaviour.kind == .machine
        let isWrong = detections.unit() < (isMachine ? detection.missedMachines : detection.falseMachines)
        calls[call].detectedAt = now
        calls[call].cpa = isMachine == isWrong ? .human : .machine
        if calls[call].cpa == .machine, !isEngineInCharge { return end(call) }
        seekAgent(for: call)
    }

    mutating func patienceOver(_ call: Int, since: Timestamp) {
        guard calls[call].waitingSince == since, [.waiting, .offered].contains(calls[call].stage) else { return }
        endBeforeTalk(call)
    }

    mutating func talkEnded(_ call: Int) {
        guard calls[call].stage == .talking else { return }
        let agent = calls[call].agent
        end(call)
        if let agent { startWrapUp(agent) }
    }

    private mutating func seekAgent(for call: Int) {
        calls[call].stage = .waiting
        calls[call].waitingSince = now
        haveNews(of: call)
        let patience = min(calls[call].behaviour.patience, centre.queueLimit)
        events.add(.patienceOver(call, since: now), at: now + patience)
        if calls[call].isBound {
            if let agent = calls[call].agent, agents[agent].state == .idle { offer(call, to: agent) }
        } else if !isEngineInCharge {
            queue.append(call)
            offerWaitingCalls()
        }
    }

    /// The engine has an agent rung; whoever was rung for the call before is not any more.
    mutating func connect(_ live: LiveCall, to wanted: AgentID) {
        let call = ordinal(live.attempt)
        guard calls.indices.contains(call), [.waiting, .offered].contains(calls[call].stage) else { return }
        if calls[call].stage == .offered, let agent = calls[call].agent {
            calls[call].stage = .waiting
            calls[call].agent = nil
            becomeIdle(agent)
        }
        guard let agent = agentIndices[wanted], agents[agent].state == .idle else {
            return inbox.append(.offerFailed(live.attempt, wanted, .agentUnavailable(reason: "not idle")))
        }
        offer(call, to: agent)
    }

    /// The callee hears the message to its end, and nobody else any more.
    mutating func playMessage(_ live: LiveCall) {
        let call = ordinal(live.attempt)
        guard calls.indices.contains(call), [.waiting, .offered].contains(calls[call].stage) else { return }
        let agent = calls[call].stage == .offered ? calls[call].agent : nil
        calls[call].stage = .hearing
        calls[call].agent = nil
        if let agent { becomeIdle(agent) }
        inbox.append(.messageStarted(live.attempt))
        events.add(.messageOver(call), at: now + centre.messageLength)
    }

    /// Ends a call, whatever it is about; news of it may have crossed the engine's order.
    mutating func hangUp(_ live: LiveCall) {
        let call = ordinal(live.attempt)
        guard calls.indices.contains(call) else { return }
        switch calls[call].stage {
        case .settingUp, .hearing, .ended: return
        case .talking: talkEnded(call)
        case .ringing, .detecting, .waiting, .offered: endBeforeTalk(call)
        }
    }

    /// Ends a call whose callee talks with nobody; an agent who is rung for it is idle again.
    private mutating func endBeforeTalk(_ call: Int) {
        let agent = calls[call].stage == .offered ? calls[call].agent : nil
        end(call)
        if let agent { becomeIdle(agent) }
    }

    mutating func join(_ call: Int) {
        calls[call].stage = .talking
        calls[call].connectedAt = now
        haveNews(of: call)
        events.add(.talkEnded(call), at: now + calls[call].behaviour.talk)
    }

    mutating func end(_ call: Int) {
        precondition(calls[call].stage != .ended, "call \(call) ended twice")
        if let agent = calls[call].agent, agents[agent].promised == call {
            agents[agent].promised = nil
            promisedCount -= 1
        }
        calls[call].stage = .ended
        calls[call].endedAt = now
        lineCount -= 1
        haveNews(of: call)
    }

    // MARK: News

    /// Has the engine told of a call's progress: at once, or when the vendor is next asked about it.
    private mutating func haveNews(of call: Int) {
        guard !calls[call].isLookedAt else { return }
        let heardAt = calls[call].placedAt + centre.rhythm.age(ofLookAfter: now - calls[call].placedAt)
        if heardAt <= now { return tellNews(of: call) }
        calls[call].isLookedAt = true
        events.add(.look(call), at: heardAt)
    }

    mutating func tellNews(of ordinal: Int) {
        calls[ordinal].isLookedAt = false
        let call = calls[ordinal]
        let attempt = attempt(ordinal)
        // A vendor that is asked now and then no longer tells of ringing when the call has gone on.
        if call.told < .ringing, let at = call.ringingAt, call.detectedAt == nil, call.endedAt == nil {
            tell(.ringing, .ringing, at: at, attempt, ordinal)
        }
        if call.told < .answered, let at = call.answeredAt, call.detectedAt != nil {
            tell(.answered, .answered(call.cpa), at: at, attempt, ordinal)
        }
        if call.told < .connected, let at = call.connectedAt {
            let agent = call.agent.map { agents[$0].id }
            tell(.connected, .connected(agent), at: at, attempt, ordinal)
        }
        if call.told < .ended, let at = call.endedAt {
            let outcome = call.outcome(telling: centre.failuresTold)
            tell(.ended, .ended(CallEnding(outcome: outcome, vendorReason: "")), at: at, attempt, ordinal)
        }
    }

    private mutating func tell(
        _ news: VirtualCall.News, _ progress: CallProgress, at instant: Timestamp, _ attempt: AttemptID, _ call: Int
    ) {
        calls[call].told = news
        // What the engine concludes of the agent may be older than what it was told of them.
        if news >= .connected, let agent = calls[call].agent { haveNews(ofAgent: agent) }
        inbox.append(.callProgressed(attempt, progress, at: instant))
    }
}

extension VirtualCall {
    /// The call of an attempt that was claimed and not asked for yet.
    static func unplaced(at now: Timestamp) -> VirtualCall {
        VirtualCall(
            placedAt: now,
            behaviour: CalleeBehaviour(kind: .noAnswer, responds: .zero, patience: .zero, talk: .zero), agent: nil)
    }
}
