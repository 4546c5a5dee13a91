import DialModel
import Telephony

/// How calls are placed (`vendors/alibaba-udesk.md`, B5 and C5).
extension BridgeFloor {
    mutating func take(_ request: BridgeRequest, _ ticket: Ticket, at now: Timestamp) {
        switch request {
        case .place(let request): place(request, ticket, at: now)
        case .reconcile(let call): reconcile(call, ticket, at: now)
        case .hangUp(let call): hangUp(call, ticket, at: now)
        case .order(let order, let agent): carryOut(order, agent, ticket, at: now)
        case .intervene(let intervention, let agent): intervene(intervention, agent, ticket, at: now)
        case .numbers: numberAskers.append((ticket, now + rhythm.numbersLimit))
        }
    }

    private mutating func place(_ request: CallRequest, _ ticket: Ticket, at now: Timestamp) {
        guard let agent = request.agent else {
            return fail(
                ticket,
                error(
                    .misconfigured, "MakeCallAsync", code: "NoAgentChosen",
                    "calls are made at agents' phones, so each needs an agent"))
        }
        guard let index = seat(of: agent) else {
            return fail(
                ticket,
                error(
                    .refused(.notPlaced), "MakeCallAsync", code: "UnknownAgent",
                    "the account has no key for agent \(agent)"))
        }
        if let refusal = unreadiness(of: index, for: request, at: now) { return fail(ticket, refusal) }
        let numbers = seats[index].numbers
        guard let callerID = request.callerID, callerID != numbers.current || numbers.isPooled else {
            return dial(request, ticket, index, at: now)
        }
        begin(request, .selecting(ticket, request), index, at: now)
        // Under a pool that is selected, a number of the list takes its place.
        var command = SDKCommand.setSpNumber(callerID)
        if numbers.isPooled, let id = numbers.ids[callerID] { command = .selectNumber(id: id) }
        deliver(command, index, for: .select(callerID), notAfter: request.notAfter, at: now)
    }

    /// Why no call can be made at a seat now; nothing has been sent then.
    private func unreadiness(of index: Int, for request: CallRequest, at now: Timestamp) -> VendorError? {
        let seat = seats[index]
        guard seat.isWorking else {
            let isAnybodyThere = seats.contains(where: \.isWorking)
            return error(
                isAnybodyThere ? .refused(.notPlaced) : .unavailable, "MakeCallAsync", code: "NoPage",
                "agent \(seat.login.agent) has no page open that is connected")
        }
        guard seat.activity(at: now) == .idle else {
            return error(
                .refused(.notPlaced), "MakeCallAsync", code: "AgentNotReady",
                "agent \(seat.login.agent) is not free for a call")
        }
        guard now <= request.notAfter else {
            return error(
                .throttled(after: BridgeRhythm.agentPause), "MakeCallAsync", code: "TooLate",
                "the request could not leave in time; nothing was sent")
        }
        guard let callerID = request.callerID, let known = seat.numbers.known, !known.contains(callerID) else {
            return nil
        }
        return error(
            .refused(.notPlaced), "SetSpNumberAsync", code: "ForeignCallerID",
            "the number ending in \(callerID.suffix(4)) is not among those that agent \(seat.login.agent) may show")
    }

    private mutating func begin(
        _ request: CallRequest, _ phase: BridgeCall.Phase, _ index: Int, at now: Timestamp
    ) {
        seats[index].call = BridgeCall(
            attempt: request.attempt, id: Self.name(of: request.attempt, at: seats[index].login.agent),
            number: CalleeSpelling(request.number), callerID: request.callerID,
            endsAt: now + request.ringTimeout + BridgeRhythm.setUpLimit, phase: phase, now: now)
    }

    mutating func dial(_ request: CallRequest, _ ticket: Ticket, _ index: Int, at now: Timestamp) {
        seats[index].doubted = nil
        begin(request, .asked(ticket), index, at: now)
        let number = request.prefix + CalleeSpelling(request.number).text
        deliver(
            .makeCall(number, attempt: request.attempt), index, for: .place(request.attempt),
            notAfter: request.notAfter, at: now)
    }

    /// Sends a command of which the call depends.
    private mutating func deliver(
        _ command: SDKCommand, _ index: Int, for purpose: BridgeSeat.Purpose, notAfter: Timestamp, at now: Timestamp
    ) {
        if !send(command, index, for: purpose, notAfter: notAfter, at: now) {
            giveUp(purpose, index, wasHandedOut: false, at: now)
        }
    }

    /// The name of a call: the vendor's own comes too late, and not always.
    static func name(of attempt: AttemptID, at agent: AgentID) -> VendorCallID {
        VendorCallID("\(agent)/\(attempt.value)")
    }

    // MARK: Hanging up

    private mutating func hangUp(_ call: LiveCall, _ ticket: Ticket, at now: Timestamp) {
        answer(ticket, .done)
        guard let index = seats.firstIndex(where: { $0.call?.attempt == call.attempt }) else { return }
        seats[index].call?.isBeingEnded = true
        hangUpIfWanted(index, at: now)
    }

    /// Has a call ended that is to be, as soon as the vendor has named it and its page has a connection.
    mutating func hangUpIfWanted(_ index: Int, at now: Timestamp) {
        guard seats[index].isWorking, let call = seats[index].call, call.isBeingEnded, !call.isEndSent,
            let name = call.vendorID
        else { return }
        let isSent = send(.hangUp(name), index, for: .hangUp(call.attempt), at: now)
        seats[index].call?.isEndSent = isSent
    }

    /// Looks whether a call has ended that the vendor was told to end; if it lives still, the vendor is told again then.
    mutating func lookAfterHangUp(_ attempt: AttemptID, _ index: Int, at now: Timestamp) {
        guard seats[index].call?.attempt == attempt else { return }
        wantLook(index, at: now + BridgeRhythm.lookAgain)
    }

    /// Sends what somebody waits for.
    mutating func wish(_ command: SDKCommand, _ index: Int, _ ticket: Ticket, at now: Timestamp) {
        if !send(command, index, for: .wish(ticket), at: now) {
            giveUp(.wish(ticket), index, wasHandedOut: false, at: now)
        }
    }
}
