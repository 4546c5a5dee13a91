import CallModel
import DialModel

extension SimulatedCallCentre {
    /// Offers waiting calls, the first to come first, to the agents who may take them.
    mutating func offerWaitingCalls() {
        var position = 0
        var nobodyIsReady = false
        while position < waiting.count {
            let call = waiting[position]
            let isQueued = calls[call].destination == .queue
            guard !(isQueued && nobodyIsReady), let agent = agent(for: call) else {
                nobodyIsReady = nobodyIsReady || isQueued
                position += 1
                continue
            }
            waiting.remove(at: position)
            offer(call, to: agent)
        }
    }

    /// The agent who may take a call now: the bound one, or whoever has been ready longest
    /// (`vendors/alibaba-udesk.md`, A3.1).
    private func agent(for call: Int) -> Int? {
        if case .agent(let bound) = calls[call].destination {
            return agents[bound].state == .ready ? bound : nil
        }
        var best: Int?
        for (index, agent) in agents.enumerated() where agent.state == .ready {
            if let other = best, agents[other].since <= agent.since { continue }
            best = index
        }
        return best
    }

    private mutating func offer(_ call: Int, to agent: Int) {
        calls[call].offers += 1
        let offer = calls[call].offers
        calls[call].stage = .offered(agent: agent)
        let behaviour = model.agent(id: agents[agent].id, offerOrdinal: agents[agent].offers)
        agents[agent].offers += 1
        agents[agent].enter(.ringing, at: now, call: call)
        note(.ring, call, agent)
        if let pickUp = behaviour.pickUp, pickUp < settings.agentRingLimit {
            events.add(.agentPickedUp(call: call, offer: offer), at: now + pickUp)
        } else {
            events.add(.agentMissed(call: call, offer: offer), at: now + settings.agentRingLimit)
        }
    }

    /// Only the rest that set the timer ends by it: an agent may have been reset meanwhile.
    mutating func restEnded(_ agent: Int, _ state: SimulatedAgent.State, since: Timestamp) {
        guard agents[agent].state == state, agents[agent].since == since else { return }
        becomeReady(agent)
    }

    mutating func becomeReady(_ agent: Int) {
        agents[agent].enter(.ready, at: now)
        offerWaitingCalls()
    }
}
