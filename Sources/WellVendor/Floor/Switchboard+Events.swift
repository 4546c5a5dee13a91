import DialModel
import Telephony

extension Switchboard {
    /// A mode that changes while a call is at the phone may mean that the call is over and its end got lost.
    private static let doubtfulCall = Duration.seconds(2)
    /// How long the vendor may take to say that an agent works after a call whose end it has told.
    private static let settling = Duration.seconds(2)

    /// Takes in an event of an agent's that reached us at `arrival`.
    mutating func take(_ event: WellEvent, of agent: AgentID, at arrival: Timestamp) {
        guard let index = index(of: agent) else { return }
        if let serial = event.serial, serial == desks[index].lastSerial { return }
        desks[index].lastSerial = event.serial
        desks[index].revision += 1
        switch event.name {
        case .agentLoggedOn, .agentLoggedOff, .agentReady, .agentNotReady, .agentAllocated, .agentWorkingAfterCall:
            noteMode(event, index, at: arrival)
        case .serviceInitiated, .originated, .delivered, .established, .failed, .connectionCleared:
            noteCall(event, index, at: arrival)
        case .conferenced: noteConference(event, index, at: arrival)
        case .transferred: noteTransfer(event, index)
        }
        tellOfAgents(at: arrival)
    }

    private mutating func noteMode(_ event: WellEvent, _ index: Int, at now: Timestamp) {
        switch event.name {
        case .agentLoggedOn:
            desks[index].isSignedIn = true
            if desks[index].mode == .loggedOut { desks[index].mode = .notReady }
            heal(index)
        case .agentLoggedOff: noteSignedOut(index)
        case .agentReady:
            desks[index].mode = .ready
            desks[index].isOnBreak = false
        case .agentNotReady:
            desks[index].mode = .notReady
            if event.reason != nil { desks[index].isOnBreak = true }
        case .agentAllocated: desks[index].mode = .allocated
        case .agentWorkingAfterCall: desks[index].mode = .workNotReady
        case .serviceInitiated, .originated, .delivered, .established, .failed, .connectionCleared, .conferenced,
            .transferred:
            return
        }
        desks[index].settlesUntil = nil
        if !desks[index].openCalls.isEmpty { desks[index].wantSync(by: now + Self.doubtfulCall) }
    }

    /// A call is not at a phone any more.
    ///
    /// That the agent works after it is told by an event of its own, and nobody is to dial for them in between.
    private mutating func leave(_ callID: String, _ index: Int, at now: Timestamp) {
        let hasTalked = attempts[callID].flatMap { calls[$0] }?.connectedAt != nil
        if hasTalked, desks[index].openCalls == [callID], !desks[index].login.isDialler {
            desks[index].settlesUntil = now + Self.settling
        }
        desks[index].close(callID)
    }

    private mutating func noteCall(_ event: WellEvent, _ index: Int, at arrival: Timestamp) {
        guard let callID = event.callID else { return }
        let address = desks[index].address
        let instant = WireTime.instant(event.at, arrivedAt: arrival)
        if event.name == .established, desks[index].expectedCall == callID, desks[index].isSynced {
            // It is where it was to go, so nobody has to look for it.
            desks[index].syncDueAt = nil
        }
        if event.name == .connectionCleared {
            if event.releasingDevice.map(address.owns) ?? true { leave(callID, index, at: arrival) }
        } else {
            noteConsultation(callID, index)
            desks[index].open(callID)
        }
        if let attempt = attempts[callID] {
            return change(attempt, at: arrival) { $0.take(event, at: address, at: instant) }
        }
        guard let dial = desks[index].dial, dial.stage != .reserved else { return }
        desks[index].earlyEvents.append(.init(event: event, at: instant))
        if desks[index].earlyEvents.count > Desk.mostEarlyEvents { desks[index].earlyEvents.removeFirst() }
        // Only the request that this phone sent can have called this number from it.
        guard event.name == .originated, let call = calls[dial.attempt],
            event.callingDevice.map(address.owns) ?? true,
            event.calledDevice.map(AgentAddress.localPart) == call.dialled
        else { return }
        bind(dial.attempt, to: callID, at: index, now: arrival)
    }
}
