import CallModel
package import DialModel

/// What agents and supervisors do with live calls.
///
/// Each gives whether the call was in a state for it; if it was not, nothing has changed. What is due before the time
/// given happens first.
extension SimulatedCallCentre {
    /// Hangs up; callees can once they have answered, our side always.
    ///
    /// An agent who hangs up while the call is being offered to them has missed it.
    @discardableResult
    package mutating func hangUp(_ call: Int, by side: SimulatedCall.Side, at time: Timestamp) -> Bool {
        advance(to: time)
        guard calls[call].answeredAt != nil || side == .agent else { return false }
        switch (calls[call].stage, side) {
        case (.ended, _):
            return false
        case (.ringingFirst, _), (.settingUp, _), (.dialing, _):
            release(call, .cancelled)
            if let agent = calls[call].firstAgent { becomeIdle(agent) }
        case (.offered, .agent):
            agentMissed(call, offer: calls[call].offers)
        case (.inIVR, .callee):
            finish(call, .served)
        case (.inIVR, .agent), (.waiting, .agent):
            waiting.removeAll { $0 == call }
            release(call, .dismissed)
        case (.waiting, .callee), (.offered, .callee):
            calleeGaveUp(call)
        case (.talking(let agent), .agent):
            calls[call].releasedByAgent = true
            part(call, agent, calls[call].connectedAt == nil ? .dismissed : .served)
        case (.talking, .callee):
            calleeGaveUp(call)
        }
        return true
    }

    /// Puts the callee on hold; their patience runs, and the talk stands still.
    @discardableResult
    package mutating func hold(_ call: Int, at time: Timestamp) -> Bool {
        advance(to: time)
        guard case .talking(let agent?) = calls[call].stage, !calls[call].isUnattended else { return false }
        calls[call].isHeld = true
        calls[call].talkLeft = (calls[call].talkEndsAt ?? now) - now
        stopTalk(call)
        note(.hold, call, agent)
        startWait(call)
        return true
    }

    /// Takes the callee back, and the talk goes on.
    @discardableResult
    package mutating func retrieve(_ call: Int, at time: Timestamp) -> Bool {
        advance(to: time)
        guard case .talking(let agent?) = calls[call].stage, calls[call].isHeld else { return false }
        calls[call].isHeld = false
        endWait(call)
        note(.retrieve, call, agent)
        startTalk(call, for: calls[call].talkLeft)
        return true
    }

    /// Hands the call on to another agent in one step: whoever is on the line leaves at once, and the other's phone
    /// rings.
    ///
    /// An agent whose phone is not free, and one who does not pick up, misses the call, and the callee is dropped. A
    /// supervisor in the call takes it at once.
    @discardableResult
    package mutating func transfer(_ call: Int, toAgent target: Int, at time: Timestamp) -> Bool {
        advance(to: time)
        guard agents.indices.contains(target), let first = handOn(call, .agent(target)) else { return false }
        if let place = calls[call].supervisors.firstIndex(of: target) {
            calls[call].supervisors.remove(at: place)
            connect(call, target)
        } else if agents[target].isFree {
            offer(call, to: target)
        } else {
            finish(call, .transferMissed)
        }
        // Last, so that whoever has just left is not busy with another call before this one is handed on.
        startWrapUp(first, after: call)
        return true
    }

    /// Hands the call on to whichever agent has been idle longest; the callee waits.
    @discardableResult
    package mutating func transferToQueue(_ call: Int, at time: Timestamp) -> Bool {
        advance(to: time)
        guard let first = handOn(call, .queue) else { return false }
        enqueue(call)
        startWrapUp(first, after: call)
        return true
    }

    /// Lets a supervisor, by index, hear a call or talk in it; one who hears it may go on to talk.
    @discardableResult
    package mutating func join(_ call: Int, supervisor: Int, talks: Bool, at time: Timestamp) -> Bool {
        advance(to: time)
        guard case .talking(let agent) = calls[call].stage, agent != supervisor else { return false }
        if !calls[call].supervisors.contains(supervisor) {
            guard agents[supervisor].isFree else { return false }
            calls[call].supervisors.append(supervisor)
            enter(supervisor, .talking, call: call)
        }
        note(talks ? .barge : .listen, call, supervisor)
        return true
    }

    /// Lets a supervisor leave a call, which goes on.
    @discardableResult
    package mutating func leave(_ call: Int, supervisor: Int, at time: Timestamp) -> Bool {
        advance(to: time)
        guard let place = calls[call].supervisors.firstIndex(of: supervisor) else { return false }
        calls[call].supervisors.remove(at: place)
        note(.leave, call, supervisor)
        becomeIdle(supervisor)
        return true
    }

    mutating func transferMissed(_ call: Int, _ agent: Int) {
        note(.giveUp, call, agent)
        finish(call, .transferMissed)
        becomeIdle(agent)
    }

    /// Takes whoever is on the line off it, and gives them; nil when nobody is, or the call is already theirs.
    private mutating func handOn(_ call: Int, _ handOver: SimulatedCall.HandOver) -> Int? {
        guard case .talking(let agent?) = calls[call].stage, handOver != .agent(agent) else { return nil }
        calls[call].handOver = handOver
        calls[call].isHeld = false
        stopTalk(call)
        note(.transfer, call, agent)
        startWait(call)
        return agent
    }

    /// Ends a call that is joined to nobody, by our side.
    private mutating func release(_ call: Int, _ ending: SimulatedCall.Ending) {
        calls[call].releasedByAgent = true
        finish(call, ending)
    }
}
