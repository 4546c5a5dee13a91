import CallModel
import DialEngine
import DialModel
import Telephony

/// How calls go on.
extension SimulatedWorld {
    mutating func step(_ index: Int, _ step: CallStep) {
        switch step {
        case .rings: reachCallee(index)
        case .responds: respond(index)
        case .patienceEnds:
            if [.waiting, .offered].contains(calls[index].stage) { end(index) }
        case .pickedUp(let offer):
            if calls[index].offers == offer, isRingingAgent(index) { pickUp(index) }
        case .missed(let offer):
            if calls[index].offers == offer, isRingingAgent(index) { miss(index) }
        case .talkEnds:
            if calls[index].stage == .talking { end(index) }
        case .messageEnds:
            if calls[index].stage == .hearing { end(index) }
        }
    }

    private func isRingingAgent(_ index: Int) -> Bool { [.ringingAgent, .offered].contains(calls[index].stage) }

    private mutating func reachCallee(_ index: Int) {
        guard calls[index].stage == .settingUp else { return }
        calls[index].stage = .ringing
        calls[index].ringingAt = now
        facts.append(.rang(index))
        report(index, .ringing)
        let behaviour = calls[index].behaviour
        // Where the vendor lets phones ring, it is for us to end the call.
        let isEndless = behaviour.kind == .noAnswer && !scenario.vendor.endsRinging
        agenda.plan(.call(index, .responds), in: isEndless ? .seconds(85) : behaviour.responds)
    }

    private mutating func respond(_ index: Int) {
        guard calls[index].stage == .ringing else { return }
        let behaviour = calls[index].behaviour
        guard behaviour.kind.answers else { return end(index) }
        calls[index].answeredAt = now
        calls[index].cpa = analysis(of: index)
        facts.append(.answered(index))
        report(index, .answered(calls[index].cpa))
        if calls[index].isBound { return join(index) }
        calls[index].stage = .waiting
        agenda.plan(.call(index, .patienceEnds), in: behaviour.patience)
        guard scenario.settings.handOff == .byVendor || calls[index].isOwn else { return }
        if !calls[index].cpa.isLive { return end(index) }
        queue.append(index)
        serveQueue()
    }

    private mutating func analysis(of index: Int) -> CPAResult {
        guard scenario.vendor.classifies else { return .unknown }
        let isWrong = calls[index].random.chance(scenario.vendor.wrongAnalyses)
        guard (calls[index].behaviour.kind == .machine) != isWrong else { return .human }
        return calls[index].random.chance(0.1) ? .fax : .machine
    }

    /// Callee and agent talk from now on.
    mutating func join(_ index: Int) {
        calls[index].stage = .talking
        calls[index].connectedAt = now
        queue.removeAll { $0 == index }
        facts.append(.joined(index))
        if let agent = calls[index].agent { enter(agent, .talking) }
        report(index, .connected(calls[index].agent.map { agents[$0].id }))
        agenda.plan(.call(index, .talkEnds), in: min(calls[index].behaviour.talk, .seconds(240)))
    }

    /// A call is over, whatever it was about.
    mutating func end(_ index: Int) {
        precondition(calls[index].stage != .ended, "call \(index) ended twice")
        let agent = calls[index].agent
        let wasTalking = calls[index].stage == .talking
        calls[index].outcome = outcome(of: index)
        calls[index].stage = .ended
        calls[index].endedAt = now
        queue.removeAll { $0 == index }
        facts.append(.ended(index))
        report(index, .ended(ending(of: index)))
        if let agent, agents[agent].call == index { release(agent, talked: wasTalking) }
    }

    private mutating func outcome(of index: Int) -> CallOutcome {
        let call = calls[index]
        if call.connectedAt != nil { return .connected }
        if call.answeredAt != nil { return call.cpa.isLive ? .abandoned : .machine }
        // Vendors say in many words that we ended a call.
        if call.wasHungUp { return calls[index].random.pick([.noAnswer, .rejected, .congestion, .unreachable]) }
        if call.stage == .ringingAgent { return .agentMissed }
        return switch call.behaviour.kind {
        case .human, .machine, .noAnswer: .noAnswer
        case .busy: .busy
        case .invalid: .invalidNumber
        case .rejected: .rejected
        case .unreachable: .unreachable
        case .congestion: .congestion
        }
    }

    private func ending(of index: Int) -> CallEnding {
        let call = calls[index]
        var ending = CallEnding(outcome: call.outcome ?? .unknown, vendorReason: "over", shownCallerID: call.callerID)
        guard scenario.vendor.tellsTimes else { return ending }
        ending.answeredAt = call.answeredAt.map { $0 + scenario.vendor.clockError }
        ending.connectedAt = call.connectedAt.map { $0 + scenario.vendor.clockError }
        ending.agent = call.connectedAt == nil ? nil : call.agent.map { agents[$0].id }
        ending.vendorCall = call.id
        return ending
    }

    /// Puts something on record, and tells whoever follows the call.
    mutating func report(_ index: Int, _ progress: CallProgress) {
        calls[index].records.append(DatedProgress(progress, at: vendorNow))
        let call = calls[index]
        if let attempt = call.attempt {
            deliver(.event(.call(attempt, progress, at: vendorNow)), to: call.follower)
        } else if call.answeredAt != nil, let process {
            let isUnreadable = strikes(.unreadableCallee, calls[index].random.unit())
            let own = OwnCall(
                id: call.id, callee: isUnreadable ? "withheld" : call.number.e164,
                since: (call.answeredAt ?? now) + clockOffset, origin: "row \(index) of project 7")
            deliver(.event(.ownCall(own, progress, at: vendorNow)), to: process)
        }
    }

    // MARK: Calls of the vendor's own

    /// Calls the next of the vendor's own numbers, if an agent is there to talk.
    mutating func dialByItself(for process: Int) {
        guard process == self.process else { return }
        agenda.plan(.dialsByItself(process: process), in: Self.ownPause)
        guard takesOwnCalls, ownCallCount < scenario.table.count, agents.contains(where: { $0.state == .idle }) else {
            return
        }
        let number = scenario.table[ownCallCount]
        ownCallCount += 1
        let ordinal = callsTo[number, default: 0]
        callsTo[number] = ordinal + 1
        let index = calls.endIndex
        calls.append(
            SimulatedCall(
                attempt: nil, id: VendorCallID("own-\(index)"), number: number, callerID: nil,
                behaviour: scenario.model.callee(number: number.e164, callOrdinal: ordinal), isBound: false,
                isOwn: true, placedAt: now, random: generator(index, salt: 4), stage: .settingUp, agent: nil,
                follower: process))
        agenda.plan(.call(index, .rings), in: calls[index].random.milliseconds(100...4_000))
    }
}
