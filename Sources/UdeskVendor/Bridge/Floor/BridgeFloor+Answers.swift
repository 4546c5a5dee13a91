import DialModel
import EventWire
import Telephony

/// Answers to commands, and commands that are not answered (`vendors/alibaba-udesk.md`, B4).
extension BridgeFloor {
    mutating func take(_ answer: SDKAnswer, to purpose: BridgeSeat.Purpose, _ index: Int, at now: Timestamp) {
        switch purpose {
        case .place(let attempt): takeDialled(answer, attempt, index, at: now)
        case .select(let number): takeSelected(answer, number, index, at: now)
        case .look: takeLooked(answer, index, at: now)
        case .numbers:
            guard answer.isDone else { return }
            seats[index].numbers.known = answer.numbers
            proveNumbers(index)
        case .currentNumber:
            guard answer.isDone else { return }
            seats[index].numbers.current = answer.currentNumber
            if answer.currentNumber == nil { send(.tenantSpNumber, index, for: .tenantNumber, at: now) }
        case .tenantNumber:
            // One may have been selected meanwhile.
            if answer.isDone { seats[index].numbers.current = seats[index].numbers.current ?? answer.currentNumber }
        case .listedNumbers:
            guard answer.isDone else { return }
            for entry in answer.selection.entries { seats[index].numbers.ids[entry.number] = entry.id }
        case .pools: if answer.isDone { seats[index].numbers.isPooled = answer.selection.selected != nil }
        case .idleAgents: if answer.isDone { endCallsOfAbsent(answer.agents, at: now) }
        case .hangUp(let attempt): lookAfterHangUp(attempt, index, at: now)
        case .wish(let ticket): takeWish(answer, ticket)
        }
    }

    /// A command will not be answered.
    mutating func giveUp(_ purpose: BridgeSeat.Purpose, _ index: Int, wasHandedOut: Bool, at now: Timestamp) {
        switch purpose {
        case .place(let attempt): giveUpDial(attempt, index, wasHandedOut: wasHandedOut, at: now)
        case .select: giveUpSelection(index)
        case .look:
            doubtDeclined(index, at: now)
            wantLook(index, at: now + BridgeRhythm.lookAgain)
        case .numbers, .currentNumber, .tenantNumber, .listedNumbers, .pools, .idleAgents: return
        case .hangUp(let attempt): lookAfterHangUp(attempt, index, at: now)
        case .wish(let ticket?):
            fail(
                ticket,
                error(
                    wasHandedOut ? .outcomeUnknown : .unavailable, "bridge", code: "NoAnswer",
                    "the agent's page did not answer"))
        case .wish(nil): return
        }
    }

    // MARK: Dialling

    private mutating func takeDialled(_ answer: SDKAnswer, _ attempt: AttemptID, _ index: Int, at now: Timestamp) {
        guard let call = seats[index].call, call.attempt == attempt, case .asked(let ticket) = call.phase else {
            return
        }
        // Once anything was told of the call there is one, whatever the answer says.
        if answer.isDone || call.vendorID != nil { return accept(index, at: now) }
        switch answer.code {
        case SDKAnswer.tooLate:
            seats[index].call = nil
            fail(ticket, notFetched)
        case _ where answer.isUnclear:
            doubt(index, at: now)
            fail(ticket, error(.outcomeUnknown, "MakeCallAsync", answer))
        default:
            let refusal = error(.refused(.refused), "MakeCallAsync", answer)
            seats[index].call?.enter(.declined(ticket, refusal), at: now)
            wantLook(index, at: now)
        }
    }

    /// An answer that nobody waits for any more still tells what became of a call.
    mutating func takeLate(_ answer: SDKAnswer, to command: String, _ index: Int, at now: Timestamp) {
        if answer.code == SDKAnswer.tooLate {
            if seats[index].doubted?.command == command { seats[index].doubted = nil }
            guard let call = seats[index].call, call.command == command, call.phase == .doubtful else { return }
            seats[index].call = nil
            settleInquiries(index, at: now)
        } else if answer.isDone, let call = seats[index].call, call.command == command, call.phase == .doubtful {
            accept(index, at: now)
        }
    }

    /// There is such a call: whoever waits for that is told.
    mutating func accept(_ index: Int, at now: Timestamp) {
        guard let call = seats[index].call else { return }
        seats[index].call?.enter(.accepted, at: now)
        switch call.phase {
        case .asked(let ticket), .declined(let ticket, _): answer(ticket, .placed(call.id))
        case .selecting, .accepted, .doubtful: break
        }
    }

    private mutating func giveUpDial(_ attempt: AttemptID, _ index: Int, wasHandedOut: Bool, at now: Timestamp) {
        guard let call = seats[index].call, call.attempt == attempt, case .asked(let ticket) = call.phase else {
            return
        }
        if call.vendorID != nil { return accept(index, at: now) }
        guard wasHandedOut else {
            seats[index].call = nil
            return fail(ticket, notFetched)
        }
        doubt(index, at: now)
        fail(
            ticket,
            error(.outcomeUnknown, "MakeCallAsync", code: "NoAnswer", "the agent's page did not say what became of it"))
    }

    private mutating func doubt(_ index: Int, at now: Timestamp) {
        seats[index].call?.enter(.doubtful, at: now)
        seats[index].call?.hasGap = true
        wantLook(index, at: now)
    }

    /// Where the vendor stands could not be learnt, so its declining is not believed.
    mutating func doubtDeclined(_ index: Int, at now: Timestamp) {
        guard case .declined(let ticket, var failure)? = seats[index].call?.phase else { return }
        failure.meaning = .outcomeUnknown
        doubt(index, at: now)
        fail(ticket, failure)
    }

    private var notFetched: VendorError {
        error(
            .throttled(after: BridgeRhythm.agentPause), "MakeCallAsync", code: "NotFetched",
            "the agent's page did not fetch the command in time; nothing was dialled")
    }

    // MARK: Selecting the number to show

    private mutating func takeSelected(_ answer: SDKAnswer, _ number: String, _ index: Int, at now: Timestamp) {
        guard case .selecting(let ticket, let request)? = seats[index].call?.phase else { return }
        guard answer.isDone else {
            seats[index].call = nil
            seats[index].heldUntil = now + BridgeRhythm.agentPause
            return fail(ticket, error(.refused(.notPlaced), "SetSpNumberAsync", answer))
        }
        seats[index].numbers.current = number
        seats[index].numbers.isPooled = false
        dial(request, ticket, index, at: now)
    }

    private mutating func giveUpSelection(_ index: Int) {
        guard case .selecting(let ticket, _)? = seats[index].call?.phase else { return }
        seats[index].call = nil
        fail(ticket, notFetched)
    }

    /// A number of the campaign that the agent may not show makes them useless for it.
    private mutating func proveNumbers(_ index: Int) {
        guard let known = seats[index].numbers.known, let foreign = callerIDs.first(where: { !known.contains($0) })
        else { return }
        let failure = error(
            .misconfigured, "GetSpNumbersAsync", code: "ForeignCallerID",
            "the number ending in \(foreign.suffix(4)) is not among those that the agent may show")
        emit(.report(.agentUnusable(seats[index].login.agent, failure)))
    }

    // MARK: Others

    private mutating func takeLooked(_ answer: SDKAnswer, _ index: Int, at now: Timestamp) {
        // Where it is done the state follows, and is asked for again if it does not.
        if !answer.isDone { doubtDeclined(index, at: now) }
        wantLook(index, at: now + (answer.isDone ? rhythm.answerLimit : BridgeRhythm.lookAgain))
    }

    private mutating func takeWish(_ answer: SDKAnswer, _ ticket: Ticket?) {
        guard let ticket else { return }
        guard !answer.isDone else { return self.answer(ticket, .done) }
        let meaning: VendorError.Meaning = answer.isUnclear ? .outcomeUnknown : .refused(.refused)
        fail(ticket, error(meaning, "bridge", answer))
    }
}
