import DialModel
import Telephony

/// How calls are placed (`vendors/well-wincall.md`, B.5, B.7 and B.9).
extension Floor {
    mutating func take(_ request: FloorRequest, _ ticket: Ticket, at now: Timestamp) {
        guard !isStopping else {
            return fail(
                ticket, error(.unavailable, "run", code: "Stopping", "the run is over, and the agents are signed out"))
        }
        switch request {
        case .place(let request): place(request, ticket, at: now)
        case .reconcile(let call): reconcile(call, ticket, at: now)
        case .hangUp(let call): hangUp(call, ticket, at: now)
        case .order(let order, let agent): carryOut(order, agent, ticket, at: now)
        case .intervene(let intervention, let agent, let internalID):
            intervene(intervention, agent, internalID, ticket, at: now)
        case .callers: answerCallers(ticket)
        }
    }

    /// The numbers that the sessions were granted, all of which have to be known.
    private mutating func answerCallers(_ ticket: Ticket) {
        if let index = seats.firstIndex(where: { $0.state != .working }) {
            return fail(
                ticket,
                error(
                    .unavailable, "Action 100", code: "NotSignedIn",
                    "agent \(seats[index].login.agent) is not signed in, so that not all numbers are known"))
        }
        answer(ticket, .success(.callers(Set(seats.flatMap(\.grant.callers)).sorted())))
    }

    private mutating func place(_ request: CallRequest, _ ticket: Ticket, at now: Timestamp) {
        if let refusal = refusal(of: request, at: now) { return fail(ticket, refusal) }
        let index: Int
        switch seat(for: request) {
        case .failure(let error): return fail(ticket, error)
        case .success(let found): index = found
        }
        if let refusal = unreadiness(of: index) { return fail(ticket, refusal) }
        if seats[index].activity == .wrapUp {
            send(.goIdle, index, for: .readyToPlace(ticket, request), at: now)
        } else {
            dial(request, ticket, index, at: now)
        }
    }

    /// What stands against a call whoever is to make it.
    private func refusal(of request: CallRequest, at now: Timestamp) -> VendorError? {
        if let stopReason { return stopReason }
        if let rest = trunkRestsUntil, now < rest {
            return error(
                .throttled(after: rest - now), "Action 22", code: "NoTrunk",
                "the last calls found no line; nothing was sent")
        }
        guard now <= request.notAfter else {
            return error(
                .throttled(after: FloorRhythm.agentPause), "Action 22", code: "TooLate",
                "the request could not leave in time; nothing was sent")
        }
        if blockedCallees.contains(CalledNumber(request.number, prefix: request.prefix).text) {
            return error(
                .barred, "Action 22", code: "022504",
                "the vendor does not let the enterprise call this number")
        }
        return request.callerID.flatMap { declinedCallers[$0] }
    }

    /// Whose phone the call is made at: the reserved agent's, or that of the automatic phone that has rested longest.
    private func seat(for request: CallRequest) -> Result<Int, VendorError> {
        if let agent = request.agent {
            guard let index = seats.firstIndex(where: { $0.login.agent == agent }) else {
                return .failure(
                    error(
                        .refused(.notPlaced), "Action 22", code: "UnknownAgent",
                        "the account has no login for agent \(agent)"))
            }
            return .success(index)
        }
        let free = seats.indices.filter { seats[$0].login.isDialler && unreadiness(of: $0) == nil }
        if let index = free.min(by: { (seats[$0].since, $0) < (seats[$1].since, $1) }) { return .success(index) }
        return .failure(
            error(
                .throttled(after: FloorRhythm.agentPause), "Action 22", code: "NoDialler",
                "every automatic phone of the account is in use or away; nothing was sent"))
    }

    /// Why no call can be made at a seat now (B.5); nothing has been sent then.
    private func unreadiness(of index: Int) -> VendorError? {
        let seat = seats[index]
        guard seat.state == .working else {
            let isAnybodyThere = seats.contains { $0.state == .working }
            return error(
                isAnybodyThere ? .refused(.notPlaced) : .unavailable, "Action 22", code: "NotSignedIn",
                "agent \(seat.login.agent) is not signed in")
        }
        let isFree = seat.call == nil && seat.pending[22] == nil && seat.pending[5] == nil
        let isAvailable =
            switch seat.activity {
            case .idle, .wrapUp: true
            // The queue gives no calls to automatic phones, because they are kept on a break.
            case .onBreak: seat.login.isDialler
            case .busy, .offline: false
            }
        guard isFree, isAvailable else {
            return error(
                .refused(.notPlaced), "Action 22", code: "AgentNotReady",
                "agent \(seat.login.agent) is not free for a call")
        }
        return nil
    }

    private mutating func dial(_ request: CallRequest, _ ticket: Ticket, _ index: Int, at now: Timestamp) {
        let called = CalledNumber(request.number, prefix: request.prefix)
        let callerID = request.callerID ?? seats[index].grant.callers.first ?? ""
        let id = name(ofCallAt: index, now)
        let way: PhoneCall.Way = request.agent == nil ? .placedForQueue : .placed
        begin(PhoneCall(way, attempt: request.attempt, id: id, called: called, since: now), index)
        stories.begin(request.attempt, as: id)
        let command = AgentCommand.dial(
            called: called.text, callerID: callerID, queue: queue.id, channel: account.outChannel)
        send(command, index, for: .place(ticket, request), at: now)
    }

    /// The name of a call that is placed now: the vendor's own comes too late, and not always.
    func name(ofCallAt index: Int, _ now: Timestamp) -> VendorCallID {
        VendorCallID("\(seats[index].login.agent)/\(now.milliseconds)")
    }

    /// After-call work is over, or is not to be ended.
    mutating func takeReady(
        _ result: CommandResult, _ ticket: Ticket, _ request: CallRequest, _ index: Int, at now: Timestamp
    ) {
        let code = ResultCode(result)
        let reaction = ResultTable.verdict(on: code).reaction
        guard result.code == 0 || reaction == .asWished else {
            fail(ticket, error(.refused(.notPlaced), result, index))
            if reaction == .signInAgain { signInAgain(index, at: now) }
            return
        }
        setActivity(index, .idle, at: now)
        if let refusal = refusal(of: request, at: now) ?? unreadiness(of: index) { return fail(ticket, refusal) }
        dial(request, ticket, index, at: now)
    }

    /// The answer to a dial.
    mutating func takeDialled(
        _ result: CommandResult, _ ticket: Ticket, _ request: CallRequest, _ index: Int, at now: Timestamp
    ) {
        guard result.code == 0 else { return takeRefusal(result, ticket, request, index, at: now) }
        trunkFailures = 0
        let id = seats[index].call?.attempt == request.attempt ? seats[index].call?.id : nil
        if id != nil { seats[index].call?.acceptedAt = now }
        answer(ticket, .success(.placed(id ?? name(ofCallAt: index, now))))
    }

    /// The answer to a dial that was given up as unanswered: it settles what the phone has not.
    mutating func takeLateDialled(_ result: CommandResult, _ index: Int, at now: Timestamp) {
        guard var call = seats[index].call ?? seats[index].doubted, !call.isProven, let attempt = call.attempt else {
            return
        }
        guard result.code != 0 else {
            call.acceptedAt = now
            return begin(call, index)
        }
        let reaction = ResultTable.verdict(on: ResultCode(result)).reaction
        guard let outcome = outcome(ofRefusal: reaction) else { return }
        (seats[index].call, seats[index].doubted) = (nil, nil)
        let words = error(.unavailable, result, index)
        report(attempt, .ended(CallEnding(outcome: outcome, vendorReason: "\(words.code): \(words.message)")), at: now)
    }

    private mutating func takeRefusal(
        _ result: CommandResult, _ ticket: Ticket, _ request: CallRequest, _ index: Int, at now: Timestamp
    ) {
        let verdict = ResultTable.verdict(on: ResultCode(result))
        let call = seats[index].call
        // The phone rings for it, whatever the answer says.
        guard call?.attempt != request.attempt || call?.trail.isEmpty == true else {
            return fail(ticket, error(.outcomeUnknown, result, index))
        }
        guard let outcome = outcome(ofRefusal: verdict.reaction) else {
            look(index, at: now)
            return fail(ticket, error(.outcomeUnknown, result, index))
        }
        if call?.attempt == request.attempt { seats[index].call = nil }
        stories.drop(request.attempt)
        var meaning = VendorError.Meaning.refused(outcome)
        if verdict.stopsEverybody { meaning = .misconfigured }
        if verdict.reaction == .calleeBlocked { meaning = .barred }
        let error = error(meaning, result, index)
        fail(ticket, error)
        react(verdict, to: error, of: request, index, at: now)
    }

    /// How an attempt ends that was declined; nil where that is not certain.
    private func outcome(ofRefusal reaction: Reaction) -> CallOutcome? {
        switch reaction {
        case .unknown: nil
        case .congestion: .congestion
        case .calleeBlocked: .refused
        case .invalidNumber: .invalidNumber
        case .asWished, .stop, .noMoreAgents, .signedInElsewhere, .openAnew, .tryLater, .signInAgain, .agentNotReady,
            .callerIDDeclined, .handOverFailed, .declined:
            .notPlaced
        }
    }

    /// What a declined dial means for the agent, the number shown and the campaign.
    private mutating func react(
        _ verdict: Verdict, to error: VendorError, of request: CallRequest, _ index: Int, at now: Timestamp
    ) {
        switch verdict.reaction {
        case .stop where verdict.stopsEverybody: stopReason = error
        case .stop: sendAway(index, because: error, at: now)
        case .signInAgain: signInAgain(index, at: now)
        case .agentNotReady:
            seats[index].heldUntil = now + FloorRhythm.agentPause
            look(index, at: now)
        case .callerIDDeclined: if let callerID = request.callerID { declinedCallers[callerID] = error }
        case .calleeBlocked: blockedCallees.insert(CalledNumber(request.number, prefix: request.prefix).text)
        case .congestion: if verdict.level == .trunk { noteTrunkFailure(at: now) }
        case .asWished, .noMoreAgents, .signedInElsewhere, .openAnew, .tryLater, .invalidNumber, .handOverFailed,
            .declined, .unknown:
            return
        }
    }

    /// Lines that are out of order get no better by being asked for at once.
    private mutating func noteTrunkFailure(at now: Timestamp) {
        trunkFailures += 1
        guard trunkFailures >= FloorRhythm.mostTrunkFailures else { return }
        trunkFailures = 0
        trunkRestsUntil = now + FloorRhythm.trunkPause
    }
}
