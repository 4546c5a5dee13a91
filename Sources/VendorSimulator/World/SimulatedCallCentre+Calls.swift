import CallModel
import DialModel

extension SimulatedCallCentre {
    mutating func networkReached(_ call: Int) {
        guard calls[call].stage == .settingUp else { return }
        calls[call].stage = .dialing
        note(.dial, call)
        if calls[call].firstAgent != nil, calls[call].behaviour.kind.rings { note(.calleeRing, call) }
        events.add(.calleeResponded(call: call), at: now + calls[call].behaviour.responds)
    }

    mutating func calleeResponded(_ call: Int) {
        guard calls[call].stage == .dialing else { return }
        let behaviour = calls[call].behaviour
        guard behaviour.kind.answers else {
            finish(call, .unanswered)
            if let agent = calls[call].firstAgent { becomeIdle(agent) }
            return
        }
        calls[call].answeredAt = now
        switch calls[call].destination {
        case .ivr:
            calls[call].stage = .inIVR
            note(.enterIVR, call)
            events.add(.dialogueEnded(call: call), at: now + min(settings.ivrLength, behaviour.patience))
        case .secondParty:
            calls[call].stage = .talking(agent: nil)
            calls[call].connectedAt = now
            note(.talk, call)
            startTalk(call, for: behaviour.talk)
        case .agent, .queue:
            enqueue(call)
        case .agentFirst(let agent):
            calleeAnswered(call, agent)
        }
    }

    /// Lets the callee wait for an agent.
    mutating func enqueue(_ call: Int) {
        calls[call].stage = .waiting
        calls[call].queuedAt = now
        note(.enterQueue, call)
        waiting.append(call)
        startWait(call)
        events.add(.queueTimedOut(call: call), at: now + settings.queueTimeout)
        offerWaitingCalls()
    }

    mutating func patienceRanOut(_ call: Int, wait: Int) {
        guard calls[call].isUnattended, calls[call].waits == wait else { return }
        calleeGaveUp(call)
    }

    /// The callee, to whom nobody talks, hangs up.
    mutating func calleeGaveUp(_ call: Int) {
        switch calls[call].stage {
        case .waiting:
            waiting.removeAll { $0 == call }
            note(.abandonedInQueue, call)
            finish(call, .abandonedInQueue)
        case .offered(let agent):
            note(.abandonedRing, call, agent)
            finish(call, .abandonedInRing)
            becomeIdle(agent)
        case .talking(let agent):
            part(call, agent, calls[call].connectedAt == nil ? .abandonedInQueue : .served)
        case .ringingFirst, .settingUp, .dialing, .inIVR, .ended:
            return
        }
    }

    /// A call that is being offered when its time in the queue is over stays with the agent whose phone rings; one that
    /// came back into the queue has a time of its own.
    mutating func queueTimedOut(_ call: Int) {
        guard calls[call].stage == .waiting, hasWaitedTooLong(call) else { return }
        waiting.removeAll { $0 == call }
        note(.overflow, call)
        finish(call, .queueOverflow)
    }

    private func hasWaitedTooLong(_ call: Int) -> Bool {
        calls[call].queuedAt.map { $0 + settings.queueTimeout <= now } ?? false
    }

    mutating func agentPickedUp(_ call: Int, offer: Int) {
        guard calls[call].offers == offer else { return }
        switch calls[call].stage {
        case .ringingFirst(let agent):
            firstPickedUp(call, agent)
        case .offered(let agent):
            if calls[call].handOver != .agent(agent) { note(.normalEnd, call) }
            connect(call, agent)
        case .settingUp, .dialing, .inIVR, .waiting, .talking, .ended:
            return
        }
    }

    mutating func agentMissed(_ call: Int, offer: Int) {
        guard calls[call].offers == offer else { return }
        switch calls[call].stage {
        case .ringingFirst(let agent): firstMissed(call, agent)
        case .offered(let agent) where calls[call].handOver == .agent(agent): transferMissed(call, agent)
        case .offered(let agent): queueMissed(call, agent)
        case .settingUp, .dialing, .inIVR, .waiting, .talking, .ended: return
        }
    }

    /// The agent goes on a break and the call back to the head of the queue (`vendors/alibaba-udesk.md`, A3.2).
    private mutating func queueMissed(_ call: Int, _ agent: Int) {
        note(.giveUp, call, agent)
        enter(agent, .onBreak, call: call)
        if let length = settings.breakAfterNoShow {
            events.add(.breakEnded(agent: agent, since: now), at: now + length)
        }
        calls[call].stage = .waiting
        waiting.insert(call, at: 0)
        queueTimedOut(call)
        offerWaitingCalls()
    }

    mutating func talkEnded(_ call: Int, talk: Int) {
        guard case .talking(let agent) = calls[call].stage, calls[call].talks == talk else { return }
        calls[call].releasedByAgent = releasedByAgent(call)
        part(call, agent, .served)
    }

    mutating func dialogueEnded(_ call: Int) {
        guard calls[call].stage == .inIVR else { return }
        finish(call, .served)
    }

    /// Agents hang up on machines; of conversations, each side ends every second one.
    private func releasedByAgent(_ call: Int) -> Bool {
        calls[call].agent != nil && (calls[call].behaviour.kind == .machine || call.isMultiple(of: 2))
    }
}

/// What calls of every kind are made of.
extension SimulatedCallCentre {
    mutating func note(_ happening: SimulatedCall.Happening, _ call: Int, _ agent: Int? = nil) {
        let entry = SimulatedCall.Entry(happening: happening, at: now, agent: agent)
        calls[call].entries.append(entry)
        record(.happened(call: call, entry))
    }

    /// Joins the callee and an agent, who talk from now on.
    mutating func connect(_ call: Int, _ agent: Int) {
        calls[call].stage = .talking(agent: agent)
        calls[call].agent = agent
        calls[call].connectedAt = calls[call].connectedAt ?? now
        endWait(call)
        enter(agent, .talking, call: call)
        note(.talk, call, agent)
        startTalk(call, for: calls[call].behaviour.talk)
    }

    /// Ends a call whose parties are joined; the agent goes on to the wrap-up.
    mutating func part(_ call: Int, _ agent: Int?, _ ending: SimulatedCall.Ending) {
        note(.end, call, agent)
        finish(call, ending)
        if let agent { startWrapUp(agent, after: call) }
    }

    mutating func startTalk(_ call: Int, for length: Duration) {
        calls[call].talks += 1
        calls[call].talkEndsAt = now + length
        events.add(.talkEnded(call: call, talk: calls[call].talks), at: now + length)
    }

    mutating func stopTalk(_ call: Int) { calls[call].talks += 1 }

    /// Lets the callee's patience run, unless it does.
    mutating func startWait(_ call: Int) {
        guard !calls[call].isUnattended else { return }
        calls[call].isUnattended = true
        calls[call].waits += 1
        events.add(
            .patienceRanOut(call: call, wait: calls[call].waits), at: now + calls[call].behaviour.patience)
    }

    mutating func endWait(_ call: Int) {
        calls[call].isUnattended = false
        calls[call].waits += 1
    }

    mutating func finish(_ call: Int, _ ending: SimulatedCall.Ending) {
        endConsultation(call)
        calls[call].stage = .ended
        calls[call].ending = ending
        calls[call].endedAt = now
        ended.append(call)
        record(.ended(call: call, at: now))
        let supervisors = calls[call].supervisors
        calls[call].supervisors = []
        for supervisor in supervisors { becomeIdle(supervisor) }
    }
}
