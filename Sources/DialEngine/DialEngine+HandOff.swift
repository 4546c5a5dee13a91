import DialModel

/// How answered calls reach agents, and what becomes of those that do not.
///
/// A callee is given to the agent who has been idle for longest. Where nobody is idle callees wait, longest-waiting first,
/// for as long as the rules allow; then they hear the campaign's message, where the vendor plays it, and the call is ended.
extension DialEngine {
    /// Sees to the calls that were answered during this event, to those that wait, and to whose patience is over.
    mutating func seeToAnswered(at now: Timestamp, into directives: inout [Directive]) {
        for attempt in justAnswered {
            route(attempt, at: now, into: &directives)
        }
        justAnswered.removeAll(keepingCapacity: true)
        while let attempt = line.first, let agent = agents.reserveIdle(nil, for: attempt) {
            offer(attempt, to: agent, at: now, into: &directives)
        }
        while let attempt = line.first, let call = calls[attempt], patienceEnd(of: call, now) <= now {
            dismiss(call, because: "no agent in time", at: now, into: &directives)
        }
    }

    /// The time of a call is over: for its agent to take it, for the vendor to be asked again, or for an agent to be idle.
    mutating func checkHandOff(of attempt: AttemptID, at now: Timestamp, into directives: inout [Directive]) {
        guard let call = calls[attempt] else { return }
        switch call.handOff {
        case .offered(let until) where until <= now:
            miss(call, because: "did not pick up", at: now, into: &directives)
        case .held(let until) where until <= now: passOn(call, because: nil, at: now, into: &directives)
        case .none, .waiting, .offered, .held, .dismissed: return
        }
    }

    /// The vendor says that the agent did not take the call.
    mutating func noteMissed(
        _ attempt: AttemptID, by agent: AgentID, at now: Timestamp, into directives: inout [Directive]
    ) {
        guard let call = calls[attempt], case .offered = call.handOff, call.agent == agent else { return }
        miss(call, because: "did not take the call", at: now, into: &directives)
    }

    /// The vendor did not offer the call.
    mutating func noteFailedOffer(
        of attempt: AttemptID, to agent: AgentID, _ failure: OfferFailure, at now: Timestamp,
        into directives: inout [Directive]
    ) {
        if case .misconfigured(let reason) = failure {
            drain(.vendorRefused(reason: reason), at: now, into: &directives)
        }
        guard var call = calls[attempt], case .offered = call.handOff, call.agent == agent else { return }
        switch failure {
        case .agentUnavailable(let reason): miss(call, because: reason, at: now, into: &directives)
        case .notAsked, .misconfigured:
            let until = now + EngineSettings.offerPause
            call.handOff = .held(until: until)
            calls[attempt] = call
            directives.append(.setTimer(.handOff(attempt), at: until))
        }
    }

    /// Takes calls from agents who went away before they had them; who talks already is left alone.
    mutating func takeBackCalls(
        _ attempts: [AttemptID], at now: Timestamp, into directives: inout [Directive]
    ) {
        for attempt in attempts {
            guard let call = calls[attempt], call.isOffered else { continue }
            passOn(call, because: "went away", at: now, into: &directives)
        }
    }

    /// Takes the call from an agent who turns out to talk with somebody else.
    mutating func takeBackCall(
        of agent: AgentID, for attempt: AttemptID, at now: Timestamp, into directives: inout [Directive]
    ) {
        guard let other = agents.account(of: agent)?.reservedFor, other != attempt else { return }
        guard let call = calls[other], call.isOffered else { return }
        passOn(call, because: "is in another call", at: now, into: &directives)
    }

    /// Ends what the engine is about with a call, because it is joined, over, or out of sight; its agent stays with it.
    mutating func leaveHandOff(_ call: inout OpenCall, into directives: inout [Directive]) {
        switch call.handOff {
        case .none, .dismissed: return
        case .waiting: line.leave(call.claim.attempt)
        case .offered, .held: break
        }
        call.handOff = .none
        directives.append(.cancelTimer(.handOff(call.claim.attempt)))
    }

    /// Offers an agent no call for a while who did not take one.
    mutating func setAside(_ agent: AgentID, at now: Timestamp, into directives: inout [Directive]) {
        let until = agents.setAside(agent, at: now)
        directives.append(.setTimer(.setAside(agent), at: until))
    }

    // MARK: Ending calls

    /// A phone has rung for as long as the campaign and the rules want it to.
    mutating func endRinging(of attempt: AttemptID, at now: Timestamp, into directives: inout [Directive]) {
        guard var call = calls[attempt], call.state == .ringing, call.handOff == .none,
            let since = call.ringingSince, since + settings.ringLimit <= now
        else { return }
        // As long as the vendor cannot be observed, the callee may have answered and be talking.
        guard !isBlind else {
            return directives.append(.setTimer(.ringLimit(attempt), at: now + settings.ringLimit))
        }
        call.hasRungOut = true
        end(call, withMessage: false, because: "rang for long enough", at: now, into: &directives)
    }

    /// The vendor plays the message.
    mutating func noteMessage(to attempt: AttemptID, at now: Timestamp, into directives: inout [Directive]) {
        guard let call = calls[attempt] else { return }
        let detail = AttemptDetail(isMessage: true, note: "the message is played")
        directives.append(.record(.reached(attempt, call.state, at: now, detail: detail)))
    }

    /// Asks the vendor again to end a call; where it never does, the call is searched for in its time.
    mutating func hangUpAgain(_ attempt: AttemptID, into directives: inout [Directive]) {
        guard let call = calls[attempt], call.handOff == .dismissed else { return }
        directives.append(.hangUp(call.live))
    }

    /// The vendor may not have ended a call.
    mutating func noteFailedHangUp(of attempt: AttemptID, at now: Timestamp, into directives: inout [Directive]) {
        guard var call = calls[attempt], call.handOff == .dismissed else { return }
        call.failedHangUps += 1
        calls[attempt] = call
        guard call.failedHangUps < EngineSettings.hangUpLimit else { return }
        let pause = EngineSettings.hangUpPause * (1 << (call.failedHangUps - 1))
        directives.append(.setTimer(.hangUp(attempt), at: now + pause))
    }

    /// Asks the vendor to end a call, and gives up whatever was being done about it.
    mutating func end(
        _ ended: OpenCall, withMessage: Bool, because reason: String, at now: Timestamp,
        into directives: inout [Directive]
    ) {
        var call = ended
        leaveHandOff(&call, into: &directives)
        call.handOff = .dismissed
        calls[call.claim.attempt] = call
        let detail = AttemptDetail(note: reason)
        directives.append(.record(.reached(call.claim.attempt, call.state, at: now, detail: detail)))
        directives.append(withMessage ? .playMessage(call.live) : .hangUp(call.live))
    }

    // MARK: Private

    /// Decides what becomes of a call by who answered it.
    private mutating func route(_ attempt: AttemptID, at now: Timestamp, into directives: inout [Directive]) {
        guard let call = calls[attempt], call.state == .answered, call.handOff == .none else { return }
        let route = settings.routes.route(for: call.cpa ?? .unknown)
        if route == .agent {
            // A call that has its agent from the start is joined to them by the vendor.
            guard settings.handOff == .byEngine, call.agent == nil else { return }
            return wait(call, at: now, into: &directives)
        }
        let withMessage = route == .message && settings.control.playsMessage
        guard withMessage || settings.control.hangsUp else { return }
        end(call, withMessage: withMessage, because: "a machine answered", at: now, into: &directives)
    }

    private mutating func wait(_ waiting: OpenCall, at now: Timestamp, into directives: inout [Directive]) {
        var call = waiting
        call.handOff = .waiting
        calls[call.claim.attempt] = call
        line.enter(call.claim.attempt, since: call.answeredAt ?? now)
        directives.append(.setTimer(.handOff(call.claim.attempt), at: max(now, patienceEnd(of: call, now))))
    }

    private mutating func offer(
        _ attempt: AttemptID, to agent: AgentID, at now: Timestamp, into directives: inout [Directive]
    ) {
        guard var call = calls[attempt] else { preconditionFailure("\(attempt) waits and is not open") }
        precondition(call.handOff == .waiting && call.agent == nil, "offered while \(call)")
        line.leave(attempt)
        let until = now + settings.pickUpLimit
        call.handOff = .offered(until: until)
        call.agent = agent
        call.offers += 1
        calls[attempt] = call
        // The attempt has an agent once they are joined: a run that takes it over must not keep this one for it.
        let detail = AttemptDetail(note: "offered to \(agent)")
        directives.append(.record(.reached(attempt, .answered, at: now, detail: detail)))
        directives.append(.setTimer(.handOff(attempt), at: until))
        directives.append(.connect(call.live, to: agent, notAfter: until))
    }

    /// The agent did not take the call: they are set aside for a while, and the next one is asked.
    private mutating func miss(
        _ call: OpenCall, because reason: String, at now: Timestamp, into directives: inout [Directive]
    ) {
        if let agent = call.agent { setAside(agent, at: now, into: &directives) }
        passOn(call, because: reason, isMiss: true, at: now, into: &directives)
    }

    /// Frees the agent of a call, which goes back to its place among those that wait, or has been offered often enough.
    private mutating func passOn(
        _ offered: OpenCall, because reason: String?, isMiss: Bool = false, at now: Timestamp,
        into directives: inout [Directive]
    ) {
        var call = offered
        precondition(call.isOffered, "passed on while \(call)")
        let attempt = call.claim.attempt
        if let agent = call.agent {
            agents.release(agent, from: attempt, talked: false, at: now)
            if let reason {
                let detail = AttemptDetail(missedBy: isMiss ? agent : nil, note: "\(agent): \(reason)")
                directives.append(.record(.reached(attempt, call.state, at: now, detail: detail)))
            }
        }
        call.agent = nil
        if call.offers < EngineSettings.offerLimit {
            wait(call, at: now, into: &directives)
        } else {
            dismiss(call, because: "offered to \(call.offers) agents in vain", at: now, into: &directives)
        }
    }

    /// Gives up finding an agent for a callee.
    private mutating func dismiss(
        _ call: OpenCall, because reason: String, at now: Timestamp, into directives: inout [Directive]
    ) {
        end(call, withMessage: settings.control.playsMessage, because: reason, at: now, into: &directives)
    }

    /// The last moment at which an idle agent still counts as being there in time.
    private func patienceEnd(of call: OpenCall, _ now: Timestamp) -> Timestamp {
        (call.answeredAt ?? now) + settings.answerPatience
    }
}
