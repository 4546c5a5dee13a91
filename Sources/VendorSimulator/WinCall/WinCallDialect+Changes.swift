import DialModel
import EventWire

/// What agents are told of their phones and of themselves (`vendors/well-wincall.md`, B.6).
extension WinCallDialect {
    mutating func take(_ changes: [WorldChange], in world: inout SimulatedCallCentre) {
        for change in changes {
            switch change {
            case .happened(let call, let entry):
                if placed.contains(call) { tell(of: call, entry, in: world) }
            case .ended(let call, _):
                for agent in projectCalls.filter({ $0.value == call }).keys { projectCalls[agent] = nil }
                for agent in onPhone.filter({ $0.value == call }).keys.sorted() { phoneIsIdle(agent) }
            case .agentChanged(let agent, let change): tell(agent, of: change, in: world)
            }
        }
        for connection in answeredLate.compactMap({ connections[$0] }) { answer(22, 0, to: connection) }
        answeredLate = []
        dialRows(in: &world)
    }

    private mutating func tell(
        of call: Int, _ entry: SimulatedCall.Entry, in world: SimulatedCallCentre
    ) {
        let agent = entry.agent ?? world.calls[call].firstAgent
        guard let agent else { return }
        switch entry.happening {
        case .firstRing: phone(agent, 5, ring: 2, call, in: world)
        case .firstPickUp: if tells(.omitsOwnSide) { phone(agent, 10, call, in: world) }
        case .dial: if tells(.omitsCalling) { phone(agent, 4, call, in: world) }
        case .calleeRing: if tells(.omitsAlerting) { phone(agent, 55, call, in: world) }
        case .answer: phone(agent, 6, call, in: world)
        // Who was on the line before the callee has been told of the answer.
        case .talk: if !isOnLineFirst(agent, call, in: world) { phone(agent, 6, call, in: world) }
        case .ring: phone(agent, 5, ring: ringType(of: world.calls[call]), call, in: world)
        case .listen:
            phone(agent, 5, ring: 3, call, in: world)
            phone(agent, 31, call, in: world)
        case .barge: phone(agent, 32, call, in: world)
        case .giveUp, .firstMissed, .abandonedRing, .leave, .transfer: phoneIsIdle(agent)
        case .enterIVR, .enterQueue, .normalEnd, .abandonedInQueue, .overflow, .end, .handle, .hold, .retrieve:
            return
        case .consultRing, .consultTalk, .consultEnd, .conference, .handOver:
            tellConsultation(entry.happening, with: agent, call, in: world)
        }
    }

    /// What is told of a consultation to the agent and to the colleague.
    private mutating func tellConsultation(
        _ happening: SimulatedCall.Happening, with colleague: Int, _ call: Int, in world: SimulatedCallCentre
    ) {
        // Whoever consults is told so, also where the callee has been left to the colleague meanwhile.
        let others = onPhone.filter { $0.value == call && $0.key != colleague }.keys
        guard let agent = others.filter({ !world.calls[call].supervisors.contains($0) }).min() else {
            return phoneIsIdle(colleague)
        }
        switch happening {
        case .consultRing:
            phone(agent, 21, call, in: world)
            phone(colleague, 5, ring: 4, call, in: world)
        case .consultTalk:
            phone(agent, 22, call, in: world)
            phone(colleague, 6, call, in: world)
        case .consultEnd:
            phoneIsIdle(colleague)
            let last = world.calls[call].entries.last { [.consultRing, .consultTalk].contains($0.happening) }
            phone(agent, last?.happening == .consultTalk ? 23 : 24, call, in: world)
        case .conference: phone(agent, 25, call, in: world)
        case .handOver:
            phone(agent, 33, call, in: world)
            phone(colleague, 35, call, in: world)
        default: return
        }
    }

    /// Why an agent's phone rings: for a call of the project, one from the queue, or one for this agent.
    private func ringType(of call: SimulatedCall) -> Int {
        if call.handOver == nil { return 5 }
        return call.handOver == .queue ? 1 : 0
    }

    /// Whether the agent was on the line before the callee.
    private func isOnLineFirst(_ agent: Int, _ call: Int, in world: SimulatedCallCentre) -> Bool {
        world.calls[call].firstAgent == agent && world.calls[call].handOver == nil
    }

    private func tells(_ quirk: WinCallSimulation.Quirk) -> Bool { !simulation.quirks.contains(quirk) }

    /// Tells an agent what their phone does.
    private mutating func phone(
        _ agent: Int, _ state: Int, ring: Int? = nil, _ call: Int, in world: SimulatedCallCentre
    ) {
        onPhone[agent] = call
        var members: [(String, JSON)] = [("MT", .count(3)), ("PhoSta", .count(state))]
        if let ring { members.append(("RingType", .count(ring))) }
        let isNew = toldParameters.insert(agent).inserted
        if isNew || tells(.tellsParametersOnce) { members += parameters(of: call, for: agent, in: world) }
        if let connection = connections[agent] { send(members, to: connection) }
    }

    private func parameters(of call: Int, for agent: Int, in world: SimulatedCallCentre) -> [(String, JSON)] {
        let present = world.calls[call]
        let id = callID(ofCall: call) ?? ""
        if isOnLineFirst(agent, call, in: world) {
            return [
                ("Caller", .string(present.caller)), ("Called", .string(present.callee)), ("CallId", .string(id)),
            ]
        }
        // Given on, or answered first, it is an inbound call: the callee is who calls (B.9).
        let parties: [(String, JSON)] = [("Caller", .string(present.callee)), ("Called", .string(present.caller))]
        guard present.handOver == nil else {
            return parties + [("CallId", .string(id + "-2")), ("QueId", .count(simulation.queueID))]
        }
        return parties + [
            ("CallId", .string(id)), ("AcPro", .count(simulation.project)),
            ("AcTask", .string(String(rowOfCall[call] ?? call))),
        ]
    }

    private mutating func phoneIsIdle(_ agent: Int) {
        guard onPhone.removeValue(forKey: agent) != nil else { return }
        toldParameters.remove(agent)
        if let connection = connections[agent] {
            send([("MT", .count(3)), ("PhoSta", .count(0))], to: connection)
        }
    }

    /// Tells an agent what they are doing, as far as that is news.
    private mutating func tell(
        _ agent: Int, of change: SimulatedAgent.Change, in world: SimulatedCallCentre
    ) {
        let isOccupied = [.ringing, .dialing, .talking].contains(change.state)
        let wasOccupied = occupied.contains(agent)
        if isOccupied { occupied.insert(agent) } else { occupied.remove(agent) }
        guard let connection = connections[agent], change.state != .signedOut, !(isOccupied && wasOccupied) else {
            return
        }
        var members: [(String, JSON)] = [("MT", .count(4))]
        switch change.state {
        case .ready: members.append(("AgSta", .count(3)))
        case .onBreak:
            let reason = if case .notReady(let reason) = world.agents[agent].readiness { reason } else { "" }
            members += [("AgSta", .count(2)), ("AgStaParam", .string(reason))]
        case .ringing, .dialing, .talking: members.append(("AgSta", .count(4)))
        case .wrapUp:
            let seconds = Int64(world.wrapUpLength(agent: agent).seconds.rounded(.up))
            members += [("AgSta", .count(5)), ("AgStaParam", .number(seconds))]
        case .signedOut: return
        }
        send(members, to: connection)
    }
}
