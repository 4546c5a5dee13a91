import DialModel

/// Agents who talk something over with a colleague, while the callee waits (`vendors/well-wincall.md`, A.5).
extension Switchboard {
    /// How long the vendor may take to call a colleague of whom its answer told nothing.
    private static let lookForConsultation = Duration.seconds(2)

    /// Notes that an agent's phone is about to call a colleague's; the call that waits, or nil where that cannot be.
    mutating func beginConsultation(of agent: AgentID) -> CallLeg? {
        guard let index = index(of: agent), desks[index].consultation == nil, let held = desks[index].openCalls.first
        else { return nil }
        desks[index].consultation = Desk.Consultation(held: held)
        desks[index].revision += 1
        return CallLeg(callID: held, device: desks[index].address.device)
    }

    /// The vendor calls the colleague, and may say under which name.
    mutating func noteConsultation(of agent: AgentID, as call: String?) {
        guard let index = index(of: agent), desks[index].consultation != nil, let call else { return }
        desks[index].consultation?.call = call
        desks[index].revision += 1
        desks[index].open(call)
    }

    /// Nobody said whether the vendor calls the colleague: its state will tell.
    mutating func doubtConsultation(of agent: AgentID, at now: Timestamp) {
        guard let index = index(of: agent) else { return }
        desks[index].consultation?.isDoubtful = true
        desks[index].wantSync(by: now + Self.lookForConsultation)
    }

    /// Takes over what the vendor's state tells of a consultation: one that never came about, or is over.
    mutating func settleConsultation(_ active: ClientState.ActiveCall?, _ index: Int) {
        guard let consultation = desks[index].consultation else { return }
        if let call = consultation.call {
            guard let active, active.callID == consultation.held, active.isConnected else { return }
            desks[index].close(call)
        } else if consultation.isDoubtful {
            if let active { noteConsultation(active.callID, index) }
            if desks[index].consultation?.call == nil { desks[index].consultation = nil }
        }
    }

    /// The vendor does not call the colleague.
    mutating func endConsultation(of agent: AgentID) {
        guard let index = index(of: agent) else { return }
        desks[index].consultation = nil
    }

    /// The call that waits for a consultation, and the name of that; nil where no colleague is being consulted.
    func consultation(of agent: AgentID) -> (leg: CallLeg, call: String)? {
        guard let desk = self[agent], let consultation = desk.consultation, let call = consultation.call else {
            return nil
        }
        return (CallLeg(callID: consultation.held, device: desk.address.device), call)
    }

    /// A call that nobody of ours placed, at a phone from which a colleague is to be called, is that one.
    mutating func noteConsultation(_ callID: String, _ index: Int) {
        guard let consultation = desks[index].consultation, consultation.call == nil, consultation.held != callID,
            attempts[callID] == nil, !desks[index].openCalls.contains(callID)
        else { return }
        desks[index].consultation?.call = callID
    }

    /// A consultation and the call that waited for it are one, perhaps under another name.
    mutating func noteConference(_ event: WellEvent, _ index: Int, at now: Timestamp) {
        desks[index].consultation = nil
        guard let name = event.newCall else { return }
        let renamed = event.oldCalls.first { $0 != name && attempts[$0] != nil }
        if let renamed, let attempt = attempts[renamed] {
            rename(attempt, from: renamed, to: name, at: index, now: now)
        }
        for call in event.oldCalls where call != name { desks[index].close(call) }
        // Whoever is told first, everybody in the conference is in that call from now on.
        if attempts[name].flatMap({ calls[$0] })?.hasEnded != true { desks[index].open(name) }
    }

    /// A call was left to this phone, perhaps under another name; whoever left it is told of its end by other events.
    mutating func noteTransfer(_ event: WellEvent, _ index: Int) {
        guard event.transferredToDevice.map(desks[index].address.owns) == true, let name = event.newCall else { return }
        for call in event.oldCalls where call != name { desks[index].close(call) }
        desks[index].open(name)
    }

    /// The calls at a phone of which the vendor names the active one: it names no other, so the one that waits for a
    /// consultation is there for as long as that is.
    func callsThere(with active: String?, _ index: Int) -> Set<String> {
        guard let active else { return [] }
        guard let consultation = desks[index].consultation, [consultation.held, consultation.call].contains(active)
        else { return [active] }
        return Set([consultation.held, consultation.call].compactMap(\.self))
    }
}
