import CallModel
import DialEngine
import DialModel
import Telephony

extension VendorRequest.Wish {
    /// The last instant, by the process's clock, at which it may leave.
    var notAfter: Timestamp? {
        switch self {
        case .place(let order): order.notAfter
        case .connect(_, _, let last): last
        case .playMessage, .hangUp, .search: nil
        }
    }

    /// What can go wrong with it, each by a chance of its own.
    var faults: [Fault] {
        switch self {
        case .place:
            [
                .requestLost, .answerLost, .refused, .barred, .throttled, .unavailable, .misconfigured, .tokenExpired,
                .tooLate,
            ]
        case .connect: [.offerFailed, .answerLost]
        case .playMessage: [.messageFailed]
        case .hangUp: [.hangUpFailed]
        case .search: [.searchFailed]
        }
    }

    /// The answer that comes to an error.
    func refusal(_ meaning: VendorError.Meaning, _ code: String) -> VendorAnswer {
        let error = VendorError(meaning, vendor: Scenario.account, operation: "ask", code: code, message: "")
        return switch self {
        case .place(let order): .placed(order.attempt, .failure(error))
        case .connect(let call, let agent, _): .offered(call.attempt, agent, error)
        case .playMessage(let call): .messagePlayed(call.attempt, error)
        case .hangUp(let call): .hungUp(call.attempt, error)
        case .search(let order): .searched(order.attempt, .failure(error))
        }
    }
}

/// What the vendor does with what it is asked for.
extension SimulatedWorld {
    mutating func arrive(_ request: VendorRequest) {
        if isLost(request) {
            if case .place(let order) = request.wish { underWay.remove(order.attempt) }
            return
        }
        switch request.wish {
        case .place(let order): place(order, request)
        case .connect(let call, let agent, _): connect(call, to: agent, request)
        case .playMessage(let call): playMessage(call, request)
        case .hangUp(let call): hangUp(call, request)
        case .search(let order): search(order, request)
        }
    }

    // MARK: Placing

    private mutating func place(_ order: CallOrder, _ request: VendorRequest) {
        underWay.remove(order.attempt)
        var random = generator(request.serial, salt: 3)
        switch request.fault {
        case .refused:
            let outcome = random.pick([CallOutcome.refused, .congestion, .invalidNumber, .unreachable])
            refusals[order.attempt] = outcome
            return answer(request, request.wish.refusal(.refused(outcome), "declined"))
        case .barred:
            refusals[order.attempt] = .refused
            return answer(request, request.wish.refusal(.barred, "barred"))
        case .throttled:
            let pause = random.seconds(1...20)
            return answer(request, request.wish.refusal(.throttled(after: pause), "slow down"))
        case .unavailable, .tokenExpired: return answer(request, request.wish.refusal(.unavailable, "down"))
        case .misconfigured: return answer(request, request.wish.refusal(.misconfigured, "no rights"))
        default: break
        }
        let index = addCall(order, follower: request.process)
        if strikes(.recordForgotten, calls[index].random.unit()) { calls[index].isForgotten = true }
        answer(request, .placed(order.attempt, .success(calls[index].id)))
        if let agent = calls[index].agent {
            ring(agent, for: index)
        } else {
            agenda.plan(.call(index, .rings), in: calls[index].random.milliseconds(100...4_000))
        }
    }

    private mutating func addCall(_ order: CallOrder, follower: Int) -> Int {
        let ordinal = callsTo[order.number, default: 0]
        callsTo[order.number] = ordinal + 1
        let agent = order.agent.flatMap { id in agents.firstIndex { $0.id == id } }
        let index = calls.endIndex
        calls.append(
            SimulatedCall(
                attempt: order.attempt, id: VendorCallID("call-\(index)"), number: order.number,
                callerID: order.callerID,
                behaviour: scenario.model.callee(
                    number: order.number.e164, callOrdinal: ordinal), isBound: agent != nil, isOwn: false,
                placedAt: now, random: generator(index, salt: 4), stage: agent == nil ? .settingUp : .ringingAgent,
                agent: agent, follower: follower))
        callOf[order.attempt] = index
        facts.append(.placed(index))
        return index
    }

    // MARK: Calls that are there

    private mutating func connect(_ live: LiveCall, to agent: AgentID, _ request: VendorRequest) {
        guard let index = call(of: live.attempt, named: live.vendorCall),
            let wanted = agents.firstIndex(where: { $0.id == agent }),
            [.waiting, .offered].contains(calls[index].stage)
        else { return answer(request, request.wish.refusal(.refused(.agentMissed), "no such call")) }
        if request.fault == .offerFailed {
            var random = generator(request.serial, salt: 3)
            let meaning: VendorError.Meaning = random.chance(0.02) ? .misconfigured : .unavailable
            return answer(request, request.wish.refusal(meaning, "failed"))
        }
        if calls[index].stage == .offered { stopRingingAgent(of: index) }
        guard agents[wanted].state == .idle, !agents[wanted].isVanished else {
            return answer(request, request.wish.refusal(.refused(.agentMissed), "not idle"))
        }
        calls[index].stage = .offered
        calls[index].agent = wanted
        ring(wanted, for: index)
        answer(request, .offered(live.attempt, agent, nil))
    }

    private mutating func playMessage(_ live: LiveCall, _ request: VendorRequest) {
        guard let index = call(of: live.attempt, named: live.vendorCall),
            [.waiting, .offered].contains(calls[index].stage), request.fault == nil
        else { return answer(request, request.wish.refusal(.refused(.refused), "not played")) }
        if calls[index].stage == .offered { stopRingingAgent(of: index) }
        queue.removeAll { $0 == index }
        calls[index].stage = .hearing
        agenda.plan(.call(index, .messageEnds), in: Self.messageLength)
        answer(request, .messagePlayed(live.attempt, nil))
    }

    private mutating func hangUp(_ live: LiveCall, _ request: VendorRequest) {
        guard request.fault == nil else { return answer(request, request.wish.refusal(.unavailable, "not now")) }
        answer(request, .hungUp(live.attempt, nil))
        guard let index = call(of: live.attempt, named: live.vendorCall), calls[index].stage != .ended else { return }
        facts.append(.isHungUp(index))
        calls[index].wasHungUp = true
        end(index)
    }

    // MARK: Records

    private mutating func search(_ order: ReconcileOrder, _ request: VendorRequest) {
        guard request.fault == nil else {
            return answer(request, request.wish.refusal(.unavailable, "no records now"))
        }
        answer(request, .searched(order.attempt, .success(finding(order, for: request.process))))
    }

    private mutating func finding(_ order: ReconcileOrder, for process: Int) -> Reconciliation {
        if scenario.vendor.isBuiltIn, askers[order.attempt] != process { return .lost }
        guard let index = call(of: order.attempt, named: order.vendorCall) else {
            let isCertain = scenario.vendor.provesAbsence && !underWay.contains(order.attempt)
            return isCertain ? .neverPlaced : .notFound
        }
        if !scenario.vendor.keepsRecords, calls[index].stage == .ended {
            // Whose name is known has ended, and that is all.
            guard let name = order.vendorCall else { return .notFound }
            let unseen = CallEnding(outcome: .unknown, vendorReason: "nobody saw the end")
            return .found(name, [DatedProgress(.ended(unseen), at: vendorNow)])
        }
        guard isOnRecord(index) else { return .notFound }
        calls[index].attempt = order.attempt
        calls[index].follower = process
        guard scenario.vendor.keepsRecords else {
            // What it does now is known, and not since when.
            return .found(
                calls[index].id, calls[index].records.suffix(1).map { DatedProgress($0.progress, at: vendorNow) })
        }
        return .found(calls[index].id, calls[index].records)
    }

    /// Whether the vendor's records show a call by now.
    func isOnRecord(_ index: Int) -> Bool {
        guard scenario.vendor.keepsRecords else { return calls[index].stage != .ended }
        return !calls[index].isForgotten && now >= calls[index].placedAt + scenario.vendor.recordLag
    }
}
