import CallModel
import DialModel

extension SimulatedCallCentre {
    mutating func networkReached(_ call: Int) {
        calls[call].stage = .dialing
        note(.dial, call)
        events.add(.calleeResponded(call: call), at: now + calls[call].behaviour.responds)
    }

    mutating func calleeResponded(_ call: Int) {
        let behaviour = calls[call].behaviour
        guard behaviour.kind.answers else {
            finish(call, .unanswered)
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
            events.add(.talkEnded(call: call), at: now + behaviour.talk)
        case .agent, .queue:
            calls[call].stage = .waiting
            note(.enterQueue, call)
            waiting.append(call)
            events.add(.patienceRanOut(call: call), at: now + behaviour.patience)
            events.add(.queueTimedOut(call: call), at: now + settings.queueTimeout)
            offerWaitingCalls()
        }
    }

    mutating func patienceRanOut(_ call: Int) {
        switch calls[call].stage {
        case .waiting:
            waiting.removeAll { $0 == call }
            note(.abandonedInQueue, call)
            finish(call, .abandonedInQueue)
        case .offered(let agent):
            note(.abandonedRing, call, agent)
            finish(call, .abandonedInRing)
            becomeReady(agent)
        case .settingUp, .dialing, .inIVR, .talking, .ended:
            return
        }
    }

    /// A call that is being offered when its time in the queue is over stays with the agent whose phone rings.
    mutating func queueTimedOut(_ call: Int) {
        guard calls[call].stage == .waiting else { return }
        waiting.removeAll { $0 == call }
        note(.overflow, call)
        finish(call, .queueOverflow)
    }

    mutating func agentPickedUp(_ call: Int, offer: Int) {
        guard case .offered(let agent) = calls[call].stage, calls[call].offers == offer else { return }
        calls[call].stage = .talking(agent: agent)
        calls[call].agent = agent
        calls[call].connectedAt = now
        agents[agent].enter(.talking, at: now, call: call)
        note(.normalEnd, call)
        note(.talk, call, agent)
        events.add(.talkEnded(call: call), at: now + calls[call].behaviour.talk)
    }

    /// The agent goes on a break and the call back to the head of the queue (`vendors/alibaba-udesk.md`, A3.2).
    mutating func agentMissed(_ call: Int, offer: Int) {
        guard case .offered(let agent) = calls[call].stage, calls[call].offers == offer else { return }
        note(.giveUp, call, agent)
        agents[agent].enter(.onBreak, at: now, call: call)
        if let length = settings.breakAfterNoShow {
            events.add(.breakEnded(agent: agent, since: now), at: now + length)
        }
        calls[call].stage = .waiting
        waiting.insert(call, at: 0)
        if let answered = calls[call].answeredAt, answered + settings.queueTimeout <= now {
            queueTimedOut(call)
        }
        offerWaitingCalls()
    }

    mutating func talkEnded(_ call: Int) {
        guard case .talking(let agent) = calls[call].stage else { return }
        note(.end, call, agent)
        calls[call].releasedByAgent = releasedByAgent(call)
        finish(call, .served)
        guard let agent else { return }
        note(.handle, call, agent)
        agents[agent].enter(.wrapUp, at: now, call: call)
        let behaviour = model.agent(id: agents[agent].id, offerOrdinal: agents[agent].offers - 1)
        events.add(.wrapUpEnded(agent: agent, since: now), at: now + behaviour.wrapUp)
    }

    mutating func dialogueEnded(_ call: Int) {
        guard calls[call].stage == .inIVR else { return }
        finish(call, .served)
    }

    mutating func note(_ happening: SimulatedCall.Happening, _ call: Int, _ agent: Int? = nil) {
        calls[call].entries.append(SimulatedCall.Entry(happening: happening, at: now, agent: agent))
    }

    /// Agents hang up on machines; of conversations, each side ends every second one.
    private func releasedByAgent(_ call: Int) -> Bool {
        calls[call].agent != nil && (calls[call].behaviour.kind == .machine || call.isMultiple(of: 2))
    }

    private mutating func finish(_ call: Int, _ ending: SimulatedCall.Ending) {
        calls[call].stage = .ended
        calls[call].ending = ending
        calls[call].endedAt = now
        ended.append(call)
    }
}
