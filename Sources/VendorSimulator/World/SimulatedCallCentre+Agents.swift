import CallModel
package import DialModel

/// Agents who come and go, by index; what is due before the time given happens first.
extension SimulatedCallCentre {
    /// Signs an agent in, ready or on a break; one who is signed in already stays as they are.
    package mutating func signIn(agent: Int, isReady: Bool, at time: Timestamp) {
        advance(to: time)
        agents[agent].isSigningOut = false
        guard agents[agent].state == .signedOut else { return }
        agents[agent].readiness = isReady ? .ready : .notReady(reason: "")
        becomeIdle(agent)
    }

    /// Signs an agent out, at once or when the call that occupies their phone is over.
    package mutating func signOut(agent: Int, at time: Timestamp) {
        advance(to: time)
        if agents[agent].isFree {
            enter(agent, .signedOut)
        } else {
            agents[agent].isSigningOut = agents[agent].state != .signedOut
        }
    }

    /// Makes an agent ready: at once on a break or in the wrap-up, else after the call that occupies their phone.
    package mutating func setReady(agent: Int, at time: Timestamp) {
        advance(to: time)
        agents[agent].readiness = .ready
        guard [.onBreak, .wrapUp].contains(agents[agent].state) else { return }
        becomeIdle(agent)
    }

    /// Sends an agent on a break: at once if they are free, else after the call that occupies their phone.
    package mutating func setNotReady(agent: Int, reason: String, at time: Timestamp) {
        advance(to: time)
        agents[agent].readiness = .notReady(reason: reason)
        guard [.ready, .wrapUp].contains(agents[agent].state) else { return }
        enter(agent, .onBreak)
    }

    /// Makes an agent ready who is on a break or in after-call work; others are left alone.
    package mutating func reset(agent: Int, at time: Timestamp) {
        advance(to: time)
        guard agents.indices.contains(agent), [.onBreak, .wrapUp].contains(agents[agent].state) else { return }
        setReady(agent: agent, at: time)
    }

    /// Sends a ready agent on a break that lasts until they are reset; others are left alone.
    package mutating func startBreak(agent: Int, at time: Timestamp) {
        advance(to: time)
        guard agents.indices.contains(agent), agents[agent].state == .ready else { return }
        setNotReady(agent: agent, reason: "", at: time)
    }

    /// How long the wrap-up lasts that follows an agent's latest call.
    package func wrapUpLength(agent: Int) -> Duration {
        model.agent(id: agents[agent].id, offerOrdinal: agents[agent].offers - 1).wrapUp
    }
}

extension SimulatedCallCentre {
    /// Offers waiting calls, the first to come first, to the agents who may take them.
    mutating func offerWaitingCalls() {
        var position = 0
        var nobodyIsReady = false
        while position < waiting.count {
            let call = waiting[position]
            let isQueued = calls[call].isForAnyAgent
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
        for (index, agent) in agents.enumerated() where agent.state == .ready && !agent.isDialler {
            if let other = best, agents[other].since <= agent.since { continue }
            best = index
        }
        return best
    }

    mutating func offer(_ call: Int, to agent: Int) {
        calls[call].stage = .offered(agent: agent)
        enter(agent, .ringing, call: call)
        note(.ring, call, agent)
        letRing(agent, for: call)
    }

    /// Lets the agent pick up when they do; a dialler does at once.
    mutating func letRing(_ agent: Int, for call: Int) {
        calls[call].offers += 1
        let offer = calls[call].offers
        let behaviour = model.agent(id: agents[agent].id, offerOrdinal: agents[agent].offers)
        agents[agent].offers += 1
        let pickUp = agents[agent].isDialler ? .zero : behaviour.pickUp
        if let pickUp, pickUp < settings.agentRingLimit {
            events.add(.agentPickedUp(call: call, offer: offer), at: now + pickUp)
        } else {
            events.add(.agentMissed(call: call, offer: offer), at: now + settings.agentRingLimit)
        }
    }

    /// Only the rest that set the timer ends by it: an agent may have been reset meanwhile.
    mutating func restEnded(_ agent: Int, _ state: SimulatedAgent.State, since: Timestamp) {
        guard agents[agent].state == state, agents[agent].since == since else { return }
        becomeIdle(agent)
    }

    /// Lets an agent be what they want to be when no call keeps them busy.
    mutating func becomeIdle(_ agent: Int) {
        if agents[agent].isSigningOut {
            agents[agent].isSigningOut = false
            enter(agent, .signedOut)
        } else if agents[agent].readiness == .ready {
            enter(agent, .ready)
            offerWaitingCalls()
        } else if agents[agent].state != .onBreak {
            enter(agent, .onBreak)
        }
    }

    /// Lets an agent work after a conversation; diallers have nothing to do, and nobody has who is about to go.
    mutating func startWrapUp(_ agent: Int, after call: Int) {
        guard !agents[agent].isDialler, !agents[agent].isSigningOut else {
            becomeIdle(agent)
            return
        }
        note(.handle, call, agent)
        enter(agent, .wrapUp, call: call)
        events.add(.wrapUpEnded(agent: agent, since: now), at: now + wrapUpLength(agent: agent))
    }

    mutating func enter(_ agent: Int, _ state: SimulatedAgent.State, call: Int? = nil) {
        let change = SimulatedAgent.Change(state: state, at: now, call: call)
        agents[agent].enter(change)
        record(.agentChanged(agent: agent, change))
    }
}
