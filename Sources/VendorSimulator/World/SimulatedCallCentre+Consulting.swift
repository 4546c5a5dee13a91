import CallModel
package import DialModel

/// Agents who consult a colleague while the callee waits.
///
/// Each gives whether the call was in a state for it; if it was not, nothing has changed. What is due before the time
/// given happens first.
extension SimulatedCallCentre {
    /// Rings a colleague, by index, whom the agent talks to while the callee is on hold.
    @discardableResult
    package mutating func consult(_ call: Int, agent colleague: Int, at time: Timestamp) -> Bool {
        advance(to: time)
        guard case .talking(let agent?) = calls[call].stage, calls[call].consultation == nil, agent != colleague,
            agents.indices.contains(colleague), agents[colleague].isFree
        else { return false }
        if !calls[call].isHeld { hold(call, at: now) }
        calls[call].consultations += 1
        calls[call].consultation = SimulatedCall.Consultation(agent: colleague)
        enter(colleague, .ringing, call: call)
        note(.consultRing, call, colleague)
        let number = calls[call].consultations
        let behaviour = model.agent(id: agents[colleague].id, offerOrdinal: agents[colleague].offers)
        agents[colleague].offers += 1
        if let pickUp = behaviour.pickUp, pickUp < settings.agentRingLimit {
            events.add(.colleaguePickedUp(call: call, consultation: number), at: now + pickUp)
        } else {
            events.add(.colleagueMissed(call: call, consultation: number), at: now + settings.agentRingLimit)
        }
        return true
    }

    /// Ends the consultation, and takes the callee back.
    @discardableResult
    package mutating func cancelConsultation(_ call: Int, at time: Timestamp) -> Bool {
        advance(to: time)
        guard calls[call].consultation != nil, case .talking = calls[call].stage else { return false }
        endConsultation(call)
        retrieve(call, at: now)
        return true
    }

    /// Brings callee, agent and a colleague who has picked up together; the colleague may leave like a supervisor.
    @discardableResult
    package mutating func confer(_ call: Int, at time: Timestamp) -> Bool {
        advance(to: time)
        guard let colleague = takeColleague(call) else { return false }
        retrieve(call, at: now)
        note(.conference, call, colleague)
        return true
    }

    /// Leaves the callee to a colleague who has picked up; the agent is out of the call.
    @discardableResult
    package mutating func handOver(_ call: Int, at time: Timestamp) -> Bool {
        advance(to: time)
        guard let colleague = takeColleague(call) else { return false }
        note(.handOver, call, colleague)
        return transfer(call, toAgent: colleague, at: now)
    }

    mutating func colleaguePickedUp(_ call: Int, consultation: Int) {
        guard calls[call].consultations == consultation, let colleague = calls[call].consultation?.agent else { return }
        calls[call].consultation?.isTalking = true
        enter(colleague, .talking, call: call)
        note(.consultTalk, call, colleague)
    }

    mutating func colleagueMissed(_ call: Int, consultation: Int) {
        guard calls[call].consultations == consultation, calls[call].consultation != nil else { return }
        endConsultation(call)
    }

    /// The colleague has nothing to do with the call any more.
    mutating func endConsultation(_ call: Int) {
        guard let colleague = calls[call].consultation?.agent else { return }
        calls[call].consultation = nil
        note(.consultEnd, call, colleague)
        becomeIdle(colleague)
    }

    /// Makes a colleague who has picked up one of those in the call, and gives them.
    private mutating func takeColleague(_ call: Int) -> Int? {
        guard case .talking = calls[call].stage, let consultation = calls[call].consultation, consultation.isTalking
        else { return nil }
        calls[call].consultation = nil
        calls[call].supervisors.append(consultation.agent)
        return consultation.agent
    }
}
