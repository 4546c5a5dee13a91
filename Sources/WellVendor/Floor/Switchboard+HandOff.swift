import DialModel

/// What is needed to give an answered call to an agent.
struct HandOffOrder: Hashable, Sendable {
    var leg: CallLeg
    var dialler: AgentID
    var session: Secret
    var phone: String
}

extension Switchboard {
    /// How long an offered call may be at neither phone before it is looked for.
    private static let lookForOfferedCall = Duration.seconds(10)

    /// Notes that a call is about to be given to an agent; nil if it cannot be, or not to this one.
    mutating func offer(_ attempt: AttemptID, to agent: AgentID, at now: Timestamp) -> HandOffOrder? {
        guard let index = index(of: agent), desks[index].isSignedIn, desks[index].isWatched, desks[index].isFree,
            let call = calls[attempt], !call.hasEnded, call.answeredAt != nil, call.hand == .none, !call.isForAgent,
            let callID = call.callID, let session = self[call.owner.agent]?.session
        else { return nil }
        desks[index].expectedCall = callID
        desks[index].revision += 1
        desks[index].wantSync(by: now + Self.lookForOfferedCall)
        calls[attempt]?.hand = .offered(desks[index].address, since: now)
        tellOfAgents(at: now)
        return HandOffOrder(
            leg: CallLeg(callID: callID, device: call.owner.device), dialler: call.owner.agent, session: session,
            phone: desks[index].login.phone)
    }

    /// Takes in that the vendor declined to give a call to an agent: it is where it was, unless it ended meanwhile.
    mutating func withdraw(_ attempt: AttemptID, from agent: AgentID, at now: Timestamp) {
        guard let index = index(of: agent), let call = calls[attempt],
            case .offered(desks[index].address, _) = call.hand
        else { return }
        desks[index].expectedCall = nil
        calls[attempt]?.hand = .none
        if let owner = self.index(of: call.owner.agent) { desks[owner].wantSync(by: now) }
        tellOfAgents(at: now)
    }

    /// Where to hang a call up; nil for one that is not known or over.
    mutating func hangUpLeg(of attempt: AttemptID) -> (leg: CallLeg, agent: AgentID)? {
        guard let call = calls[attempt], !call.hasEnded, let callID = call.callID else { return nil }
        calls[attempt]?.wasHungUp = true
        return (CallLeg(callID: callID, device: call.holder.device), call.holder.agent)
    }
}
