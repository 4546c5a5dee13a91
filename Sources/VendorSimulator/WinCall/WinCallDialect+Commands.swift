import COpenSSL
import DialModel
import EventWire

/// What agents' channels are told to do (`vendors/well-wincall.md`, B.4, B.5 and B.7).
extension WinCallDialect {
    /// Carries out a command and answers with its result.
    mutating func perform(_ command: JSONValue, on connection: ConnectionID, in world: inout SimulatedCallCentre) {
        guard let action = command["Action"]?.integer.map(Int.init) else { return }
        switch action {
        case 7: return
        case 100: initialise(command, connection, in: &world)
        case 1:
            answer(action, 0, to: connection)
            unbind(connection, in: &world)
        case 6: answer(action, state(of: connection, in: world), to: connection)
        default:
            guard let agent = sessions[connection]?.agent else { return answer(action, 1, to: connection) }
            guard action == 2 || world.agents[agent].state != .signedOut else {
                return answer(action, 2, to: connection)
            }
            if action == 22 { return dial(command, agent, connection, in: &world) }
            answer(action, result(of: action, command, agent, in: &world), to: connection)
        }
    }

    mutating func answer(_ action: Int, _ result: Int, _ message: String = "", to connection: ConnectionID) {
        let words = message.isEmpty && result != 0 ? "error \(result)" : message
        send(
            [("MT", .count(1)), ("Retact", .count(action)), ("Ret", .count(result)), ("Retmsg", .string(words))],
            to: connection)
    }

    // MARK: Sessions

    private mutating func initialise(
        _ command: JSONValue, _ connection: ConnectionID, in world: inout SimulatedCallCentre
    ) {
        switch agentToInitialise(command, connection, in: world) {
        case .failure(let refusal): answer(100, refusal.result, to: connection)
        case .success(let agent):
            sessions[connection]?.agent = agent
            connections[agent] = connection
            broken.removeAll { $0.agent == agent }
            answer(100, 0, grant, to: connection)
        }
    }

    private struct Refusal: Error {
        var result: Int
    }

    private func agentToInitialise(
        _ command: JSONValue, _ connection: ConnectionID, in world: SimulatedCallCentre
    ) -> Result<Int, Refusal> {
        func refuse(_ result: Int) -> Result<Int, Refusal> { .failure(Refusal(result: result)) }
        for (name, result) in [("VccCode", 810), ("AgNum", 811), ("AgPass", 812), ("AgPhoneNum", 813)]
        where command[name]?.text == nil { return refuse(result) }
        if simulation.isExpired { return refuse(20) }
        if sessions[connection]?.agent != nil { return refuse(2) }
        guard command["VccCode"]?.text == simulation.enterprise,
            let agent = world.agents.firstIndex(where: { $0.jobNumber == command["AgNum"]?.text })
        else { return refuse(804) }
        let password = simulation.password.revealed
        guard [password, Self.md5(password)].contains(command["AgPass"]?.text ?? "") else { return refuse(806) }
        guard world.agents[agent].extensionNumber == command["AgPhoneNum"]?.text else { return refuse(3) }
        if connections[agent] != nil || broken.contains(where: { $0.agent == agent }) { return refuse(1) }
        if let limit = simulation.signInLimit, connections.count >= limit { return refuse(6) }
        return .success(agent)
    }

    /// What a sign-in grants, as a JavaScript literal.
    private var grant: String {
        let mark = simulation.quirks.contains(.singleQuotes) ? "'" : "\""
        let numbers = callers.map { mark + $0 + mark }.joined(separator: ",")
        return "[[\(simulation.queueID)],[\(numbers)],\(mark)softphone\(mark)]"
    }

    private mutating func unbind(_ connection: ConnectionID, in world: inout SimulatedCallCentre) {
        guard let agent = sessions[connection]?.agent else { return }
        sessions[connection]?.agent = nil
        connections[agent] = nil
        leave(agent, in: &world)
    }

    /// The digest in lower-case hexadecimal digits, the form of passwords on the wire (B.1).
    private static func md5(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        _ = EVP_Digest(bytes, bytes.count, &digest, &length, EVP_md5(), nil)
        let digits = Array("0123456789abcdef")
        return String(digest.prefix(Int(length)).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }

    /// The number by which a query tells the agent's state.
    private func state(of connection: ConnectionID, in world: SimulatedCallCentre) -> Int {
        guard let agent = sessions[connection]?.agent else { return 10 }
        switch world.agents[agent].state {
        case .signedOut: return 0
        case .ready: return 1
        case .onBreak: return 2
        case .ringing, .dialing, .talking: return 4
        case .wrapUp: return 5
        }
    }

    // MARK: Everything else

    private mutating func result(
        of action: Int, _ command: JSONValue, _ agent: Int, in world: inout SimulatedCallCentre
    ) -> Int {
        switch action {
        case 2:
            world.signIn(agent: agent, isReady: command["State"]?.integer == 1, at: world.now)
            return simulation.quirks.contains(.signInReturnsOne) ? 1 : 0
        case 3:
            leave(agent, in: &world)
            return 0
        case 4: return goBusy(agent, command["Reason"]?.text ?? "1", in: &world)
        case 5: return goIdle(agent, in: &world)
        case 9:
            guard command["ProID"]?.integer == Int64(simulation.project) else { return 3 }
            guard inProject.insert(agent).inserted else { return 4 }
            dialRows(in: &world)
            return 0
        case 10: return inProject.remove(agent) == nil ? 4 : 0
        case 23:
            guard let call = onPhone[agent] else { return 2 }
            return hangUp(call, agent, in: &world) ? 0 : 2
        case 24, 26, 27, 29: return consult(action, command, agent, in: &world)
        case 30: return spy(command, agent, in: &world)
        case 31, 32: return enter(agent, takesCall: action == 31, in: &world)
        case 44:
            guard command["TransParam1"]?.integer == Int64(simulation.queueID) else { return 8 }
            guard let call = onPhone[agent] else { return 2 }
            return world.transferToQueue(call, at: world.now) ? 0 : 4
        case 46:
            guard let call = onPhone[agent] else { return 2 }
            let target = world.agents.firstIndex { $0.extensionNumber == command["Called"]?.text }
            guard let target else { return 99 }
            return world.transfer(call, toAgent: target, at: world.now) ? 0 : 4
        default: return 999
        }
    }

    private func goBusy(_ agent: Int, _ reason: String, in world: inout SimulatedCallCentre) -> Int {
        if world.agents[agent].state == .onBreak { return 3 }
        world.setNotReady(agent: agent, reason: reason, at: world.now)
        return 0
    }

    private func goIdle(_ agent: Int, in world: inout SimulatedCallCentre) -> Int {
        if world.agents[agent].state == .ready { return 3 }
        world.setReady(agent: agent, at: world.now)
        return 0
    }

    /// A supervisor who listens leaves the call, which goes on; anybody else ends it.
    private func hangUp(_ call: Int, _ agent: Int, in world: inout SimulatedCallCentre) -> Bool {
        if world.calls[call].supervisors.contains(agent) {
            return world.leave(call, supervisor: agent, at: world.now)
        }
        if world.calls[call].consultation?.agent == agent { return world.cancelConsultation(call, at: world.now) }
        return world.hangUp(call, by: .agent, at: world.now)
    }

    /// Has a colleague consulted about the call of an agent, or ends that in one of three ways.
    private func consult(
        _ action: Int, _ command: JSONValue, _ agent: Int, in world: inout SimulatedCallCentre
    ) -> Int {
        guard let call = onPhone[agent], world.calls[call].stage == .talking(agent: agent) else { return 2 }
        let isDone: Bool
        switch action {
        case 24:
            let colleague = command["AgID"]?.integer.map { Int($0) - Self.firstInternalID } ?? -1
            isDone = world.consult(call, agent: colleague, at: world.now)
        case 26: isDone = world.cancelConsultation(call, at: world.now)
        case 27: isDone = world.confer(call, at: world.now)
        default: isDone = world.handOver(call, at: world.now)
        }
        return isDone ? 0 : 4
    }

    private func spy(_ command: JSONValue, _ agent: Int, in world: inout SimulatedCallCentre) -> Int {
        guard let target = command["AgID"]?.integer.map({ Int($0) - Self.firstInternalID }),
            let call = onPhone[target], onPhone[agent] == nil
        else { return 3 }
        return world.join(call, supervisor: agent, talks: false, at: world.now) ? 0 : 4
    }

    /// Joins the call that is listened to, or takes it.
    private func enter(_ agent: Int, takesCall: Bool, in world: inout SimulatedCallCentre) -> Int {
        guard let call = onPhone[agent], world.calls[call].supervisors.contains(agent) else { return 3 }
        let isDone =
            takesCall
            ? world.transfer(call, toAgent: agent, at: world.now)
            : world.join(call, supervisor: agent, talks: true, at: world.now)
        return isDone ? 0 : 4
    }

    // MARK: Dialling

    private mutating func dial(
        _ command: JSONValue, _ agent: Int, _ connection: ConnectionID, in world: inout SimulatedCallCentre
    ) {
        dials += 1
        if SimulatorFaults.strikes(faults.failBeforeDialEvery, dials) { return answer(22, 999, to: connection) }
        if SimulatorFaults.strikes(faults.resetBeforeDialEvery, dials) { return hang(connection, at: world.now) }
        let called = command["Called"]?.text ?? ""
        let script = WinCallScript(number: called)
        if script == .ignores { return }
        let refusal = refusal(of: command, called, agent, script, in: world)
        guard refusal == 0 else { return answer(22, refusal, to: connection) }
        if SimulatorFaults.strikes(faults.refuseDialEvery, dials) { return answer(22, 2, to: connection) }
        if SimulatorFaults.strikes(faults.resetAfterDialEvery, dials) {
            hang(connection, at: world.now)
        } else if SimulatorFaults.strikes(faults.failAfterDialEvery, dials) {
            answer(22, 999, to: connection)
        } else if script != .answersLate, script != .placesInSilence {
            answer(22, 0, to: connection)
        }
        let call = world.place(
            caller: command["CallerID"]?.text ?? "", callee: called, destination: .agentFirst(agent), at: world.now)
        placed.insert(call)
        if script == .answersLate { answeredLate.append(agent) }
    }

    /// The result of a dial that is declined; zero for one that is not.
    private func refusal(
        of command: JSONValue, _ called: String, _ agent: Int, _ script: WinCallScript?, in world: SimulatedCallCentre
    ) -> Int {
        if simulation.isExpired { return 502 }
        guard onPhone[agent] == nil, [.ready, .onBreak].contains(world.agents[agent].state) else { return 5 }
        guard command["GroupID"]?.integer == Int64(simulation.queueID) else { return 3 }
        if called.isEmpty { return 505 }
        guard Self.isDigits(called) else { return 506 }
        let caller = command["CallerID"]?.text ?? ""
        guard Self.isDigits(caller) else { return 507 }
        guard callers.contains(caller) else { return 8 }
        if case .declines(let result)? = script { return result }
        return blockedCallees.contains(called) ? 504 : 0
    }

    private static func isDigits(_ text: String) -> Bool {
        !text.isEmpty && text.allSatisfy { ("0"..."9").contains($0) }
    }
}
