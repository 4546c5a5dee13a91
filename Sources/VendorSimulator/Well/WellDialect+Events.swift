import CallModel
import DialModel

extension WellDialect {
    mutating func take(_ changes: [WorldChange], in world: inout SimulatedCallCentre) {
        for change in changes {
            switch change {
            case .happened(let ordinal, let entry):
                guard let index = callsByOrdinal[ordinal] else { continue }
                tell(entry, index, in: &world)
            case .ended(let ordinal, _):
                guard let index = callsByOrdinal[ordinal] else { continue }
                tellEnd(of: index, world)
            case .agentChanged(let agent, let change):
                guard bindings[agent] != nil else { continue }
                tell(change.state, of: agent, world)
            }
        }
    }

    /// Tells of an agent; what is told to nobody who listens is lost (`vendors/well-wincall.md`, A.10).
    mutating func emit(_ name: String, of agent: Int, _ members: [(String, JSON)] = [], _ world: SimulatedCallCentre) {
        send(
            name, "agent", to: agent,
            [("agentId", .string(loginID(of: agent, world)))] + members, world)
    }

    /// An instant in the vendor's spelling (A.6.1).
    func time(_ instant: Timestamp) -> String {
        CivilTime(instant, offset: CivilTime.shanghai).dateTime.replacing("-", with: ".")
    }

    /// Tells of a recording that has begun or is over.
    mutating func tellRecording(_ name: String, of index: Int, to agent: Int, _ world: SimulatedCallCentre) {
        let record = calls[index].recordID ?? ""
        emit(
            name, index, to: agent,
            [("recordId", .string(record)), ("fileName", .string(record + ".wav")), ("isSuccess", .bool(true))],
            "Connect", world)
    }

    // MARK: Agents

    private mutating func tell(_ state: SimulatedAgent.State, of agent: Int, _ world: SimulatedCallCentre) {
        switch state {
        case .ready: emit("agentReady", of: agent, [("agentMode", .string("Ready"))], world)
        case .onBreak:
            var members = [("agentMode", JSON.string("NotReady"))]
            if case .notReady(let reason) = world.agents[agent].readiness, !reason.isEmpty {
                members.append(("reason", .string(reason)))
            }
            emit("agentNotReady", of: agent, members, world)
        case .wrapUp: emit("agentWorkingAfterCall", of: agent, [("agentMode", .string("WorkNotReady"))], world)
        case .signedOut:
            emit("agentLoggedOff", of: agent, [("agentMode", .string("Logout"))], world)
            bindings[agent] = nil
        case .ringing, .dialing, .talking: return
        }
    }

    // MARK: Calls

    private mutating func tell(
        _ entry: SimulatedCall.Entry, _ index: Int, in world: inout SimulatedCallCentre
    ) {
        let first = calls[index].parties.first
        switch entry.happening {
        case .firstRing:
            emit("serviceInitiated", index, to: entry.agent, [("cause", .string("NORMAL"))], "Initiate", world)
        case .dial:
            emit("originated", index, to: first, [("cause", .string("NEWCALL"))], "Connect", world)
            guard calls[index].script == .dropsAtOnce else { return }
            world.hangUp(calls[index].ordinal, by: .agent, at: world.now)
        case .calleeRing:
            guard calls[index].script != .dropsAtOnce else { return }
            calls[index].rangAt = entry.at
            emitDelivered(index, to: first, alerting: callee(index, world), world)
        case .answer:
            emitEstablished(index, to: entry.agent, answering: callee(index, world), world)
        case .ring:
            arrive(entry.agent, index)
            emitDelivered(index, to: entry.agent, alerting: entry.agent.map { device(of: $0, world) }, world)
        case .talk where world.calls[calls[index].ordinal].handOver != nil,
            .listen, .barge:
            arrive(entry.agent, index)
            emitEstablished(index, to: entry.agent, answering: entry.agent.map { device(of: $0, world) }, world)
        // Who consulted a colleague first has told already.
        case .transfer where calls[index].parties.contains(where: { $0 == entry.agent }):
            tellTransfer(index, by: entry.agent, world)
        case .consultRing, .consultTalk, .consultEnd, .conference, .handOver: tellConsultation(entry, index, world)
        case .hold: emit("held", index, to: entry.agent, [], "Hold", world)
        case .retrieve: emit("retrieved", index, to: entry.agent, [], "Connect", world)
        case .leave: leave(entry.agent, index, hangup: entry.agent.map { device(of: $0, world) }, world)
        case .enterIVR, .enterQueue, .normalEnd, .abandonedInQueue, .abandonedRing, .overflow, .giveUp, .talk, .end,
            .handle, .firstPickUp, .firstMissed, .transfer:
            return
        }
    }

    private mutating func tellTransfer(_ index: Int, by agent: Int?, _ world: SimulatedCallCentre) {
        guard let agent else { return }
        let call = world.calls[calls[index].ordinal]
        var target: JSON = .string("")
        if case .agent(let other) = call.handOver { target = .string(device(of: other, world)) }
        let name = JSON.string(calls[index].id)
        emit(
            "transferred", index, to: agent,
            [
                ("primaryOldCall", name), ("newCall", name), ("transferringDevice", .string(device(of: agent, world))),
                ("transferredToDevice", target), ("cause", .string("SINGLESTEPTRANSFER")),
            ], "None", world)
        leave(agent, index, hangup: device(of: agent, world), world)
    }

    private mutating func tellEnd(of index: Int, _ world: SimulatedCallCentre) {
        let call = world.calls[calls[index].ordinal]
        var cause = "NORMAL_CLEARING"
        switch call.ending {
        case .unanswered:
            cause = WellFailureWords.cause(of: call.behaviour.kind)
            if case .cause(let scripted) = calls[index].script { cause = scripted }
            if calls[index].analyses { tellFailure(index, call, world) }
        case .agentMissed, .transferMissed: cause = "NO_ANSWER"
        case .served, .abandonedInQueue, .abandonedInRing, .queueOverflow, .cancelled, .dismissed, nil: break
        }
        guard calls[index].script != .losesEnd else { return }
        let isMissed = call.ending == .agentMissed || call.ending == .transferMissed
        let reachedCallee = call.entries.contains { $0.happening == .dial }
        for agent in calls[index].parties {
            let own = device(of: agent, world)
            let hangup = call.releasedByAgent || isMissed ? own : callee(index, world)
            var releasing = reachedCallee ? [callee(index, world), own] : [own]
            if calls[index].script == .clearsCalleeLast { releasing.reverse() }
            for device in releasing { clear(index, to: agent, releasing: device, hangup, cause, world) }
        }
        calls[index].parties = []
    }

    private mutating func tellFailure(_ index: Int, _ call: SimulatedCall, _ world: SimulatedCallCentre) {
        var code = WellFailureWords.code(of: call.behaviour.kind)
        switch calls[index].script {
        case .failedCode(let scripted): code = scripted
        case .cause: return
        default: break
        }
        emit(
            "failed", index, to: calls[index].parties.first,
            [
                ("cause", .string("Failed")), ("failedCode", .string(String(code))),
                ("failedMsg", .string(WellFailureWords.words(for: code))),
            ], "Fail", world)
    }

    private mutating func arrive(_ agent: Int?, _ index: Int) {
        guard let agent, !calls[index].parties.contains(agent) else { return }
        calls[index].parties.append(agent)
    }

    private mutating func leave(_ agent: Int?, _ index: Int, hangup: String?, _ world: SimulatedCallCentre) {
        guard let agent else { return }
        calls[index].parties.removeAll { $0 == agent }
        let own = device(of: agent, world)
        clear(index, to: agent, releasing: own, hangup ?? own, "NORMAL_CLEARING", world)
    }

    // MARK: Events

    private mutating func emitDelivered(_ index: Int, to agent: Int?, alerting: String?, _ world: SimulatedCallCentre) {
        let call = world.calls[calls[index].ordinal]
        let attached = JSON.object([
            ("originalANI", .string(call.caller)), ("originalDNIS", .string(call.callee)),
            ("originalCallId", .string(calls[index].id)),
        ])
        emit(
            "delivered", index, to: agent,
            [
                ("alertingDevice", .string(alerting ?? "")), ("callType", .string("Outbound")),
                ("userData", .object([("data", attached)])),
            ], "Alerting", world)
    }

    private mutating func emitEstablished(
        _ index: Int, to agent: Int?, answering: String?, _ world: SimulatedCallCentre
    ) {
        emit("established", index, to: agent, [("answeringDevice", .string(answering ?? ""))], "Connect", world)
    }

    private mutating func clear(
        _ index: Int, to agent: Int, releasing: String, _ hangup: String, _ cause: String, _ world: SimulatedCallCentre
    ) {
        emit(
            "connectionCleared", index, to: agent,
            [("releasingDevice", .string(releasing)), ("hangupDevice", .string(hangup)), ("cause", .string(cause))],
            "None", world)
    }

    /// Tells of a call on the topic of one of its agents.
    private mutating func emit(
        _ name: String, _ index: Int, to agent: Int?, _ members: [(String, JSON)], _ localState: String,
        _ world: SimulatedCallCentre
    ) {
        guard let agent else { return }
        let own = device(of: agent, world)
        let all: [(String, JSON)] =
            [
                ("callId", .string(calls[index].id)), ("deviceId", .string(own)),
                ("connectionId", .string("\(own)|\(calls[index].id)")), ("localState", .string(localState)),
                ("callingDevice", .string(own)), ("calledDevice", .string(callee(index, world))),
            ] + members
        send(name, "csta", to: agent, all, world)
        guard calls[index].script == .doublesEvents else { return }
        serial -= 1
        send(name, "csta", to: agent, all, world)
    }

    mutating func send(
        _ name: String, _ type: String, to agent: Int, _ members: [(String, JSON)], _ world: SimulatedCallCentre
    ) {
        serial += 1
        let event = JSON.object(
            [
                ("eventName", .string(name)), ("eventType", .string(type)), ("eventTime", .string(time(world.now))),
                ("serial", .count(serial)), ("namespace", .string(tenant.domain)),
                ("srcDeviceId", .string(device(of: agent, world))), ("eventSrc", .string(device(of: agent, world))),
            ] + members + [("params", .object([])), ("_type", .string("event")), ("topics", .list([]))])
        publish(faults.style.bytes(of: event), to: topic(of: agent, world))
    }

    private func callee(_ index: Int, _ world: SimulatedCallCentre) -> String {
        "\(world.calls[calls[index].ordinal].callee)@\(tenant.domain)"
    }

    private func topic(of agent: Int, _ world: SimulatedCallCentre) -> String {
        "/topic/event.agent.*." + loginID(of: agent, world).replacing(".", with: "_")
    }
}
