import CallModel
import DialEngine
import DialModel
import Telephony

extension VirtualWorld {
    /// Offers calls that wait for anybody, the first to come first, to whoever has been idle longest.
    mutating func offerWaitingCalls() {
        while let call = firstWaiting(), let agent = longestIdle() {
            queueHead += 1
            offer(call, to: agent)
        }
        if queueHead > 1_024 {
            queue.removeFirst(queueHead)
            queueHead = 0
        }
    }

    mutating func offer(_ call: Int, to agent: Int) {
        precondition(
            agents[agent].state == .idle && agents[agent].call == nil, "agent \(agent) is in call \(agents[agent])")
        precondition(calls[call].stage == .waiting, "call \(call) does not wait: \(calls[call].stage)")
        if agents[agent].promised == call {
            agents[agent].promised = nil
            promisedCount -= 1
        }
        let behaviour = model.agent(id: agents[agent].id.value, offerOrdinal: agents[agent].offers)
        agents[agent].offers += 1
        agents[agent].call = call
        idleCount -= 1
        calls[call].stage = .offered
        calls[call].agent = agent
        calls[call].offers += 1
        let offer = calls[call].offers
        enter(.ringing, agent)
        guard let pickUp = behaviour.pickUp, pickUp < centre.agentRingLimit else {
            return events.add(.missed(call, offer: offer), at: now + centre.agentRingLimit)
        }
        if pickUp == .zero { return pickedUp(call, offer: offer) }
        events.add(.pickedUp(call, offer: offer), at: now + pickUp)
    }

    mutating func pickedUp(_ call: Int, offer: Int32) {
        guard calls[call].stage == .offered, calls[call].offers == offer, let agent = calls[call].agent else { return }
        enter(.talking, agent)
        join(call)
    }

    /// The agent goes on a break, and the call back to the head of the queue.
    mutating func missed(_ call: Int, offer: Int32) {
        guard calls[call].stage == .offered, calls[call].offers == offer, let agent = calls[call].agent else { return }
        agents[agent].call = nil
        enter(.onBreak, agent)
        events.add(.breakEnded(agent), at: now + centre.breakAfterNoShow)
        calls[call].stage = .waiting
        guard !calls[call].isBound else { return }
        calls[call].agent = nil
        guard engine.settings.handOff == .byVendor else {
            return inbox.append(.callProgressed(attempt(call), .agentMissed(agents[agent].id), at: now))
        }
        if queueHead > 0 {
            queueHead -= 1
            queue[queueHead] = call
        } else {
            queue.insert(call, at: 0)
        }
        offerWaitingCalls()
    }

    mutating func startWrapUp(_ agent: Int) {
        agents[agent].call = nil
        enter(.wrapUp, agent)
        let behaviour = model.agent(id: agents[agent].id.value, offerOrdinal: agents[agent].offers - 1)
        tally.noteWrapUp(behaviour.wrapUp)
        events.add(.wrapUpEnded(agent), at: now + behaviour.wrapUp)
    }

    mutating func becomeIdle(_ agent: Int) {
        agents[agent].call = nil
        idleCount += 1
        enter(.idle, agent)
        idle.append((agent, now))
        // A call that was placed for them may have been answered meanwhile.
        if let call = agents[agent].promised, calls[call].stage == .waiting { return offer(call, to: agent) }
        offerWaitingCalls()
    }

    // MARK: News

    private mutating func enter(_ state: VirtualAgent.State, _ agent: Int) {
        agents[agent].state = state
        agents[agent].since = now
        haveNews(ofAgent: agent)
    }

    /// Has the engine told of an agent, at once or when the vendor is next asked.
    mutating func haveNews(ofAgent agent: Int) {
        if changedAgents.isEmpty {
            let interval = centre.rhythm.agents.milliseconds
            let heardAt =
                interval > 0
                ? tally.start.milliseconds + ((now - tally.start).milliseconds / interval + 1) * interval
                : now.milliseconds
            events.add(.lookAtAgents, at: Timestamp(milliseconds: heardAt))
        }
        guard !agents[agent].isChanged else { return }
        agents[agent].isChanged = true
        changedAgents.append(agent)
    }

    mutating func tellOfAgents() {
        for index in changedAgents {
            agents[index].isChanged = false
            inbox.append(.agentObserved(observation(of: agents[index]), asOf: now))
        }
        changedAgents.removeAll(keepingCapacity: true)
    }

    /// An agent as the vendor would tell of them; all can do what the campaign asks for.
    func observation(of agent: VirtualAgent) -> AgentObservation {
        AgentObservation(
            id: agent.id, name: "", activity: agent.activity, since: agent.since,
            skills: [engine.settings.skill].compactMap(\.self))
    }

    // MARK: Queues

    private mutating func firstWaiting() -> Int? {
        while queueHead < queue.count {
            let call = queue[queueHead]
            if calls[call].stage == .waiting { return call }
            queueHead += 1
        }
        return nil
    }

    private mutating func longestIdle() -> Int? {
        defer {
            if idleHead > 1_024 {
                idle.removeFirst(idleHead)
                idleHead = 0
            }
        }
        while idleHead < idle.count {
            let (agent, since) = idle[idleHead]
            if agents[agent].state == .idle, agents[agent].since == since { return agent }
            idleHead += 1
        }
        return nil
    }
}
