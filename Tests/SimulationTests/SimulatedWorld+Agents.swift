import CallModel
import DialEngine
import DialModel
import Telephony

/// What agents do.
extension SimulatedWorld {
    mutating func step(_ index: Int, _ step: AgentStep) {
        switch step {
        case .comes:
            agents[index].isOnShift = true
            if agents[index].state == .offline { becomeFree(index) }
        case .returns:
            agents[index].isVanished = false
            tell(ofAgent: index)
            serveQueue()
        case .leaves:
            agents[index].isOnShift = false
            if [.idle, .wrapUp, .onBreak].contains(agents[index].state) { enter(index, .offline) }
        case .wrapUpEnds(let pause):
            if agents[index].state == .wrapUp, agents[index].pauses == pause { restOrGoOn(index) }
        case .breakEnds(let pause):
            if agents[index].state == .onBreak, agents[index].pauses == pause { becomeFree(index) }
        }
    }

    mutating func enter(_ index: Int, _ state: SimulatedAgent.State) {
        agents[index].state = state
        agents[index].since = now
        tell(ofAgent: index)
    }

    /// Rings an agent for a call, who picks up, or does not.
    mutating func ring(_ index: Int, for call: Int) {
        calls[call].offers += 1
        let offer = calls[call].offers
        guard agents[index].state == .idle, !agents[index].isVanished else {
            return agenda.plan(.call(call, .missed(offer: offer)), in: .milliseconds(200))
        }
        agents[index].call = call
        let behaviour = scenario.model.agent(id: agents[index].id.value, offerOrdinal: agents[index].offers)
        agents[index].offers += 1
        enter(index, .ringing)
        var random = generator(agents[index].offers, salt: UInt64(10 + index))
        if strikes(.agentVanished, random.unit()) {
            agents[index].isVanished = true
            agenda.plan(.agent(index, .returns), in: random.seconds(10...300))
            return agenda.plan(.call(call, .missed(offer: offer)), in: .seconds(20))
        }
        if let pickUp = behaviour.pickUp ?? (isFaulty ? nil : .seconds(1)) {
            agenda.plan(.call(call, .pickedUp(offer: offer)), in: pickUp)
        } else {
            injected.insert(.agentMissedCall)
            agenda.plan(.call(call, .missed(offer: offer)), in: random.seconds(5...20))
        }
    }

    /// The agent of a call picked up.
    mutating func pickUp(_ call: Int) {
        guard calls[call].stage == .ringingAgent else { return join(call) }
        calls[call].stage = .settingUp
        if let agent = calls[call].agent { enter(agent, .talking) }
        agenda.plan(.call(call, .rings), in: calls[call].random.milliseconds(100...4_000))
    }

    /// The agent of a call did not pick up.
    mutating func miss(_ call: Int) {
        guard calls[call].stage == .offered else { return end(call) }
        let agent = calls[call].agent
        stopRingingAgent(of: call)
        guard scenario.settings.handOff == .byEngine, !calls[call].isOwn else { return serveQueue() }
        if let agent { report(call, .agentMissed(agents[agent].id)) }
        if scenario.vendor.hangsUpOnMiss { end(call) }
    }

    /// Lets the agent go who is rung for a call; the callee waits on.
    mutating func stopRingingAgent(of call: Int) {
        guard let agent = calls[call].agent else { return }
        calls[call].stage = .waiting
        calls[call].agent = nil
        calls[call].offers += 1
        if agents[agent].call == call { release(agent, talked: false) }
    }

    /// The vendor gives the callees that have waited longest to the agents who have been idle for longest.
    mutating func serveQueue() {
        for call in queue where calls[call].stage == .waiting {
            let idle = agents.indices.filter { agents[$0].state == .idle && !agents[$0].isVanished }
            guard let agent = idle.min(by: { (agents[$0].since, $0) < (agents[$1].since, $1) }) else { return }
            calls[call].stage = .offered
            calls[call].agent = agent
            ring(agent, for: call)
        }
    }

    /// A call is over for an agent.
    mutating func release(_ index: Int, talked: Bool) {
        agents[index].call = nil
        guard talked || agents[index].state == .talking else {
            // Whoever did not pick up is given a moment, as vendors do.
            let missed = agents[index].state == .ringing && scenario.settings.handOff == .byVendor
            return missed ? pause(index, .onBreak, for: .seconds(15)) : becomeFree(index)
        }
        let behaviour = scenario.model.agent(id: agents[index].id.value, offerOrdinal: agents[index].offers)
        pause(index, .wrapUp, for: behaviour.wrapUp)
    }

    private mutating func pause(_ index: Int, _ state: SimulatedAgent.State, for length: Duration) {
        agents[index].pauses += 1
        let pause = agents[index].pauses
        enter(index, state)
        agenda.plan(.agent(index, state == .wrapUp ? .wrapUpEnds(pause) : .breakEnds(pause)), in: length)
    }

    private mutating func restOrGoOn(_ index: Int) {
        var random = generator(agents[index].pauses, salt: UInt64(30 + index))
        if isFaulty, agents[index].isOnShift, random.chance(scenario.staff.breakShare) {
            pause(index, .onBreak, for: random.seconds(10...600))
        } else {
            becomeFree(index)
        }
    }

    private mutating func becomeFree(_ index: Int) {
        enter(index, agents[index].isOnShift ? .idle : .offline)
        if agents[index].state == .idle { serveQueue() }
    }
}
