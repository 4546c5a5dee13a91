import CallModel
import DialModel

/// Calls for which an agent is on the line before the callee is dialled (`vendors/well-wincall.md`, A.6.2 and B.6).
extension SimulatedCallCentre {
    mutating func ringFirst(_ call: Int, _ agent: Int) {
        precondition(agents[agent].isFree, "agent \(agent) is \(agents[agent].state.rawValue) and cannot call out")
        calls[call].stage = .ringingFirst(agent: agent)
        enter(agent, .dialing, call: call)
        note(.firstRing, call, agent)
        letRing(agent, for: call)
    }

    mutating func firstPickedUp(_ call: Int, _ agent: Int) {
        calls[call].stage = .settingUp
        note(.firstPickUp, call, agent)
        events.add(.networkReached(call: call), at: now + settings.setUpDelay)
    }

    mutating func firstMissed(_ call: Int, _ agent: Int) {
        note(.firstMissed, call, agent)
        finish(call, .agentMissed)
        becomeIdle(agent)
    }

    /// A dialler hears the callee, but nobody talks to them: their patience runs.
    mutating func calleeAnswered(_ call: Int, _ agent: Int) {
        note(.answer, call, agent)
        guard agents[agent].isDialler else {
            connect(call, agent)
            return
        }
        calls[call].stage = .talking(agent: agent)
        enter(agent, .talking, call: call)
        startWait(call)
    }
}

extension SimulatedCall {
    /// The agent or dialler for whom the call was placed.
    var firstAgent: Int? {
        if case .agentFirst(let agent) = destination { return agent }
        return nil
    }
}

extension CalleeBehaviour.Kind {
    /// Whether the callee's phone rings before the call is answered or fails.
    var rings: Bool {
        switch self {
        case .human, .machine, .noAnswer, .rejected: true
        case .busy, .invalid, .unreachable, .congestion: false
        }
    }
}
