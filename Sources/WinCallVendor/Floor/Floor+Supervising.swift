import DialModel
import Telephony

/// What supervisors and the campaign may do about agents and their calls (`vendors/well-wincall.md`, B.5).
extension Floor {
    // MARK: Ending calls

    mutating func hangUp(_ call: LiveCall, _ ticket: Ticket, at now: Timestamp) {
        let seat =
            seats.firstIndex { $0.call?.attempt == call.attempt }
            ?? seats.indices.first { ownFacts(of: call.vendorCall, $0) != nil }
        guard let index = seat else {
            guard queued.contains(where: { $0.attempt == call.attempt }) else { return answer(ticket, .success(.done)) }
            return refuse(ticket, "Action 23", "a callee who waits in the skill group is on no phone of ours")
        }
        endCall(of: index, ticket, at: now)
    }

    private mutating func endCall(of index: Int, _ ticket: Ticket, at now: Timestamp) {
        guard seats[index].state == .working else {
            return refuse(ticket, "Action 23", "the agent is not signed in")
        }
        seats[index].call?.isBeingEnded = true
        // One that is under way will do for both.
        if !send(.hangUp, index, for: .wish(ticket), at: now) { answer(ticket, .success(.done)) }
    }

    // MARK: Orders

    mutating func carryOut(_ order: AgentOrder, _ agent: AgentID, _ ticket: Ticket, at now: Timestamp) {
        guard let index = seats.firstIndex(where: { $0.login.agent == agent }) else {
            return refuse(ticket, order.rawValue, "the account has no login for agent \(agent)")
        }
        if order == .makeReady, seats[index].state == .stopped {
            open(index, at: now)
            return answer(ticket, .success(.done))
        }
        guard seats[index].state == .working else {
            return refuse(ticket, order.rawValue, "agent \(agent) is not signed in")
        }
        guard seats[index].call == nil else {
            seats[index].orderAfterCall = order
            return answer(ticket, .success(.done))
        }
        carryOutNow(order, index, ticket, at: now)
    }

    private mutating func carryOutNow(_ order: AgentOrder, _ index: Int, _ ticket: Ticket?, at now: Timestamp) {
        let command: AgentCommand
        switch order {
        case .makeReady: command = .goIdle
        case .sendOnBreak: command = .goBusy(reason: 1)
        case .signOut:
            seats[index].staysAway = true
            signOut(index, at: now)
            if let ticket { answer(ticket, .success(.done)) }
            return
        }
        guard !send(command, index, for: .wish(ticket), at: now), let ticket else { return }
        refuse(ticket, order.rawValue, "the server has not answered the last such order yet")
    }

    mutating func carryOutOrderAfterCall(_ index: Int, at now: Timestamp) {
        guard let order = seats[index].orderAfterCall else { return }
        seats[index].orderAfterCall = nil
        if seats[index].state == .working { carryOutNow(order, index, nil, at: now) }
    }

    // MARK: Interventions

    /// A supervisor acts from the phone of a login of their own; listening comes before everything else.
    mutating func intervene(
        _ intervention: CallIntervention, _ agent: AgentID, _ internalID: Int?, _ ticket: Ticket, at now: Timestamp
    ) {
        let phone: String
        let next: AgentCommand?
        switch intervention {
        case .drop:
            guard let index = seats.firstIndex(where: { $0.login.agent == agent }), seats[index].call != nil else {
                return refuse(ticket, "Action 23", "agent \(agent) is in no call that is known of")
            }
            return endCall(of: index, ticket, at: now)
        case .consult:
            guard let internalID else {
                return refuse(ticket, "Action 24", "the phone is not that of an agent who is idle")
            }
            return sendInCall(.consult(agent: internalID), agent, ticket, at: now)
        case .cancelConsult: return sendInCall(.endConsultation, agent, ticket, at: now)
        case .conference: return sendInCall(.threeWay, agent, ticket, at: now)
        case .transfer: return sendInCall(.transfer, agent, ticket, at: now)
        case .hold, .retrieve, .startRecording, .stopRecording:
            return refuse(ticket, "intervene", "that is only done from the agent's own phone")
        case .listen(let own): (phone, next) = (own, nil)
        case .barge(let own): (phone, next) = (own, .bargeIn)
        case .take(let own): (phone, next) = (own, .intercept)
        }
        guard let index = seats.firstIndex(where: { $0.login.phone == phone }), seats[index].state == .working else {
            return refuse(
                ticket, "Action 30", "a supervisor acts from the phone of a login of the account that is signed in")
        }
        guard let internalID else { return refuse(ticket, "Action 30", "agent \(agent) is in no call") }
        if !send(.spy(agent: internalID), index, for: .spy(ticket, then: next), at: now) {
            refuse(ticket, "Action 30", "the supervisor is about to listen to an agent already")
        }
    }

    /// Has an agent's session do something with the call that the agent is in.
    private mutating func sendInCall(_ command: AgentCommand, _ agent: AgentID, _ ticket: Ticket, at now: Timestamp) {
        let operation = "Action \(command.action)"
        guard let index = seats.firstIndex(where: { $0.login.agent == agent }), seats[index].state == .working,
            seats[index].call != nil
        else { return refuse(ticket, operation, "agent \(agent) is in no call that is known of") }
        if !send(command, index, for: .wish(ticket), at: now) {
            refuse(ticket, operation, "the server has not answered the last such order yet")
        }
    }

    mutating func takeSpying(
        _ result: CommandResult, _ ticket: Ticket, then next: AgentCommand?, _ index: Int, at now: Timestamp
    ) {
        guard result.code == 0 else { return takeWish(result, ticket, index, at: now) }
        seats[index].intervention = next
        answer(ticket, .success(.done))
    }

    /// The supervisor hears the call, so that they can enter it.
    mutating func interveneNow(_ index: Int, at now: Timestamp) {
        guard let command = seats[index].intervention else { return }
        seats[index].intervention = nil
        send(command, index, for: .wish(nil), at: now)
    }

    // MARK: Answers

    /// The answer to a wish.
    mutating func takeWish(_ result: CommandResult, _ ticket: Ticket?, _ index: Int, at now: Timestamp) {
        let reaction = ResultTable.verdict(on: ResultCode(result)).reaction
        let isDone = result.code == 0 || reaction == .asWished
        if isDone, result.action == 5 { setActivity(index, .idle, at: now) }
        if isDone, result.action == 4 { setActivity(index, .onBreak, at: now) }
        if reaction == .agentNotReady { seats[index].lookAt = now + FloorRhythm.agentPause }
        // A hang-up found no call: if the agent is free, it is over.
        if result.action == 23, result.code != 0 { look(index, at: now) }
        if let ticket {
            if isDone {
                answer(ticket, .success(.done))
            } else {
                fail(ticket, error(reaction == .unknown ? .outcomeUnknown : .refused(.refused), result, index))
            }
        }
        if !isDone, reaction == .signInAgain { signInAgain(index, at: now) }
    }

    private mutating func refuse(_ ticket: Ticket, _ operation: String, _ words: String) {
        fail(ticket, error(.refused(.refused), operation, code: "NotPossible", words))
    }
}
