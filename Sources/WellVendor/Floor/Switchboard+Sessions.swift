import DialModel
import Telephony

extension Switchboard {
    /// How long a call that the vendor has just taken may be missing from its state.
    private static let settling = Duration.seconds(5)
    /// How long the own phone and the network may take beside the ringing, before a call that nobody answers is ended
    /// whatever the vendor's state says (A.6.3); whoever heard that it rings has ended it by then.
    private static let setUpLimit = Duration.seconds(60)
    /// How long a conversation may last before it is ended.
    private static let longestTalk = Duration.seconds(2 * 3600)

    /// Gives a desk the session that its requests carry.
    mutating func note(session: Secret?, of agent: AgentID) {
        guard let index = index(of: agent) else { return }
        desks[index].session = session
    }

    /// Notes that an agent's events do not reach us, or do again; what was missed is compared at the next sync.
    mutating func noteChannel(of agent: AgentID, isUp: Bool, at now: Timestamp) {
        guard let index = index(of: agent) else { return }
        desks[index].revision += 1
        desks[index].lastSerial = nil
        desks[index].channelUpAt = isUp ? now : nil
        desks[index].isSynced = false
        for call in openCalls where call.holder.agent == agent || call.owner.agent == agent {
            calls[call.attempt]?.hasGap = true
        }
        if isUp { desks[index].wantSync(by: now) }
        tellOfAgents(at: now)
    }

    /// Notes that an agent is not signed in any more.
    mutating func noteSignedOut(_ index: Int) {
        desks[index].isSignedIn = false
        desks[index].mayBeSignedIn = false
        desks[index].mode = .loggedOut
    }

    /// Takes over what the vendor says of an agent, unless something happened since it was asked.
    ///
    /// False if it has to be asked again.
    mutating func sync(_ agent: AgentID, with state: ClientState, revision: Int, at now: Timestamp) -> Bool {
        guard let index = index(of: agent) else { return true }
        guard desks[index].revision == revision else { return false }
        desks[index].syncDueAt = nil
        defer { tellOfAgents(at: now) }
        guard state.isSignedIn(as: desks[index].address) else {
            noteSignedOut(index)
            return true
        }
        desks[index].isSignedIn = true
        desks[index].mayBeSignedIn = true
        desks[index].mode = state.mode ?? desks[index].mode
        desks[index].settlesUntil = nil
        settleConsultation(state.activeCall, index)
        if let active = state.activeCall { meet(active, index, at: now) }
        dropAllBut(callsThere(with: state.activeCall?.callID, index), index, at: now)
        settleLostDial(index, at: now)
        desks[index].isSynced = true
        heal(index)
        return true
    }

    /// Whether an agent's state is to be compared now: it was asked for, or a call is at the phone, whose end may get lost.
    func needsSync(_ agent: AgentID, afterHeartbeat: Bool, at now: Timestamp) -> Bool {
        guard let desk = self[agent] else { return false }
        return desk.syncDueAt.map { $0 <= now } ?? false || afterHeartbeat && !desk.isFree
    }

    /// The call of ours at an agent's phone that has lasted longer than any does; it is compared again soon.
    mutating func overdueLeg(of agent: AgentID, at now: Timestamp) -> CallLeg? {
        guard let index = index(of: agent) else { return nil }
        for callID in desks[index].openCalls {
            guard let attempt = attempts[callID], let call = calls[attempt], !call.hasEnded else { continue }
            let ringingEnd = call.placedAt + Self.setUpLimit + call.ringTimeout
            let limit = call.answeredAt.map { $0 + Self.longestTalk } ?? ringingEnd
            guard limit <= now else { continue }
            desks[index].wantSync(by: now + Self.settling)
            return CallLeg(callID: callID, device: desks[index].address.device)
        }
        return nil
    }

    /// When something about an agent is due that nobody tells of.
    func nextDue(of agent: AgentID, at now: Timestamp) -> Timestamp? {
        guard let desk = self[agent] else { return nil }
        let pauses = [desk.pausedUntil, desk.settlesUntil].compactMap { $0 }.filter { $0 > now }
        return (pauses + [desk.syncDueAt].compactMap { $0 }).min()
    }

    // MARK: Private

    /// The vendor has a call at the phone: ours, whether its events were missed or not, or somebody else's.
    private mutating func meet(_ active: ClientState.ActiveCall, _ index: Int, at now: Timestamp) {
        if attempts[active.callID] == nil, let dial = desks[index].dial, dial.stage != .reserved,
            let call = calls[dial.attempt], active.otherSides.contains(call.dialled)
        {
            bind(dial.attempt, to: active.callID, at: index, now: now)
        }
        desks[index].open(active.callID)
        desks[index].otherSides[active.callID] = active.otherSides
        // Of a call that is offered to an agent, the answer is the callee's to the phone that dialled.
        guard active.isAnswered, !active.isRinging, let attempt = attempts[active.callID] else { return }
        let agent = desks[index].address
        let answeredAt = WireTime.instant(active.answeredAt, arrivedAt: now)
        change(attempt, at: now) { $0.learnAnswer(at: answeredAt, agent: agent) }
    }

    /// Calls that the vendor does not have at the phone are over, or have never been there.
    private mutating func dropAllBut(_ kept: Set<String>, _ index: Int, at now: Timestamp) {
        let address = desks[index].address
        for callID in desks[index].openCalls where !kept.contains(callID) {
            desks[index].close(callID)
        }
        for call in openCalls where call.holder == address {
            guard let callID = call.callID, !kept.contains(callID) else { continue }
            var knownSince = call.placedAt
            if case .offered(_, let since) = call.hand { knownSince = since }
            guard knownSince + Self.settling <= now else {
                desks[index].wantSync(by: now + Self.settling)
                continue
            }
            change(call.attempt, at: now) { $0.vanish(at: now) }
        }
    }

    /// A request without an answer of which neither an event nor the vendor's state knows made no call.
    private mutating func settleLostDial(_ index: Int, at now: Timestamp) {
        guard let dial = desks[index].dial, case .lost(let since) = dial.stage else { return }
        if since + Self.settling <= now {
            desks[index].dial = nil
            desks[index].earlyEvents.removeAll()
        } else {
            desks[index].wantSync(by: since + Self.settling)
        }
    }
}
