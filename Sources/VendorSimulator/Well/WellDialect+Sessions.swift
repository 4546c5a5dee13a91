import DialModel
import EventWire

extension WellDialect {
    /// The login service (`vendors/well-wincall.md`, A.4).
    mutating func logIn(_ request: RawRequest, _ world: SimulatedCallCentre) -> RawAnswer {
        let form = FormParameters([String(decoding: request.body, as: UTF8.self)])
        guard let agent = world.agents.firstIndex(where: { $0.jobNumber == form["username"] }),
            form["password"] == tenant.password.revealed, form["namespace"] == tenant.domain
        else { return .refused(401) }
        let session = random.uuid()
        sessions[session] = agent
        return .json(.object([("sessionId", .string(session))]))
    }

    /// Signing in and out, and changing the mode.
    mutating func changeState(
        _ request: RawRequest, of agent: Int, in world: inout SimulatedCallCentre
    ) -> RawAnswer {
        guard let body = JSONValue(parsing: request.body) else { return .refused(400) }
        let named = (body["agentId"] ?? body["loginId"])?.text.map(localPart)
        guard let target = world.agents.firstIndex(where: { $0.jobNumber == named }) else { return .refused(452) }
        switch body["func"]?.text {
        case "Login": return bind(target, body, in: &world)
        case "Logout": return release(target, in: &world)
        case "SetState": return setMode(of: target, body, in: &world)
        default: return .refused(400)
        }
    }

    /// What the vendor knows of an agent, for whoever missed events.
    func clientState(of agent: Int, _ world: SimulatedCallCentre) -> JSON {
        let person = world.agents[agent]
        var members: [(String, JSON)] = [
            ("agentId", .string(loginID(of: agent, world))), ("extensionId", .string(device(of: agent, world))),
            ("namespace", .string(tenant.domain)), ("agentMode", .string(mode(of: agent, world))),
            ("agentName", .string(person.name)),
        ]
        if let consultation = consultation(of: agent, world) {
            members.append(("activeCall", consultation))
        } else if let call = calls.last(where: { world.calls[$0.ordinal].endedAt == nil && $0.parties.contains(agent) })
        {
            members.append(("activeCall", activeCall(call, of: agent, world)))
        }
        let phone = JSON.object([("extensionId", .string(device(of: agent, world)))])
        return .object([("agent", .object(members)), ("extension", phone)])
    }

    /// A sign of life.
    mutating func beat(_ path: String, in world: SimulatedCallCentre) -> RawAnswer {
        let name = path.split(separator: "/").last.map { localPart(String($0).replacing("%40", with: "@")) }
        guard let agent = world.agents.firstIndex(where: { $0.jobNumber == name }), bindings[agent] != nil
        else { return .refused(458) }
        bindings[agent]?.beatAt = world.now
        return .done
    }

    /// An agent's record, with a prefix for each of their trunks.
    func record(of agent: Int, _ world: SimulatedCallCentre) -> JSON {
        let trunks = tenant.trunkPrefixes.enumerated().map { place, prefix in
            JSON.object([("trunkNumber", .string("trunk\(place + 1)")), ("scanPrefix", .string(prefix))])
        }
        return .object([
            ("agentId", .string(loginID(of: agent, world))),
            ("agentTrunks", .list(bindings[agent] == nil ? [] : trunks)),
        ])
    }

    // MARK: Names

    /// A job number with the domain.
    func loginID(of agent: Int, _ world: SimulatedCallCentre) -> String {
        "\(world.agents[agent].jobNumber)@\(tenant.domain)"
    }

    /// An agent's phone with the domain: the one they are bound to, or their own.
    func device(of agent: Int, _ world: SimulatedCallCentre) -> String {
        "\(bindings[agent]?.phone ?? world.agents[agent].extensionNumber)@\(tenant.domain)"
    }

    /// The agent who is bound to a phone.
    func agent(at phone: String) -> Int? {
        bindings.first { $0.value.phone == localPart(phone) }?.key
    }

    func localPart(_ name: String) -> String { String(name.prefix { $0 != "@" }) }

    // MARK: Private

    private mutating func bind(
        _ agent: Int, _ body: JSONValue, in world: inout SimulatedCallCentre
    ) -> RawAnswer {
        let jobNumber = world.agents[agent].jobNumber
        if let status = loginStatuses[jobNumber]?.first {
            loginStatuses[jobNumber]?.removeFirst()
            return .refused(status)
        }
        let phone = localPart(body["device"]?.text ?? "")
        guard body["password"]?.text == tenant.password.revealed else { return .refused(401) }
        guard world.agents.contains(where: { $0.extensionNumber == phone }) else { return .refused(453) }
        if let holder = self.agent(at: phone), holder != agent {
            return .json(.object([("agentId", .string(loginID(of: holder, world)))]), status: 459)
        }
        if let binding = bindings[agent] {
            if binding.phone == phone { return .refused(454) }
            return .json(.object([("deviceId", .string(device(of: agent, world)))]), status: 455)
        }
        if let licences = tenant.licences, bindings.count >= licences { return .refused(461) }
        bindings[agent] = Binding(phone: phone, beatAt: world.now)
        wake(at: world.now + tenant.heartbeatLimit)
        emit("agentLoggedOn", of: agent, [("agentMode", .string("Login"))], world)
        world.signIn(agent: agent, isReady: body["agentMode"]?.text == "Ready", at: world.now)
        return .done
    }

    private func release(_ agent: Int, in world: inout SimulatedCallCentre) -> RawAnswer {
        guard bindings[agent] != nil else { return .refused(458) }
        guard world.agents[agent].isFree else { return .refused(460) }
        world.signOut(agent: agent, at: world.now)
        return .done
    }

    private mutating func setMode(
        of agent: Int, _ body: JSONValue, in world: inout SimulatedCallCentre
    ) -> RawAnswer {
        let jobNumber = world.agents[agent].jobNumber
        if let status = modeStatuses[jobNumber]?.first {
            modeStatuses[jobNumber]?.removeFirst()
            return .refused(status)
        }
        guard bindings[agent] != nil else { return .refused(458) }
        let mode = body["agentMode"]?.text ?? ""
        let isPending = !world.agents[agent].isFree
        switch mode {
        case "Ready": world.setReady(agent: agent, at: world.now)
        case "NotReady": world.setNotReady(agent: agent, reason: body["reason"]?.text ?? "", at: world.now)
        default: return .refused(400)
        }
        return isPending ? .json(.object([("pendingMode", .string(mode))])) : .done
    }

    private func mode(of agent: Int, _ world: SimulatedCallCentre) -> String {
        guard bindings[agent] != nil else { return "Logout" }
        switch world.agents[agent].state {
        case .signedOut: return "Logout"
        case .wrapUp: return "WorkNotReady"
        case .ready: return "Ready"
        case .onBreak: return "NotReady"
        case .ringing, .dialing, .talking: return world.agents[agent].readiness == .ready ? "Ready" : "NotReady"
        }
    }

    private func activeCall(_ call: WellCall, of agent: Int, _ world: SimulatedCallCentre) -> JSON {
        let fact = world.calls[call.ordinal]
        var members: [(String, JSON)] = [
            ("callId", .string(call.id)), ("ani", .string(device(of: agent, world))), ("dnis", .string(fact.callee)),
            ("otherSide", .string("\(fact.callee)@\(tenant.domain)")), ("direction", .string("Out")),
            ("state", .string(fact.isHeld ? "Hold" : state(of: fact, agent))),
        ]
        if let rang = call.rangAt { members.append(("ringTime", .string(time(rang)))) }
        if let answered = fact.answeredAt { members.append(("answerTime", .string(time(answered)))) }
        return .object(members)
    }

    private func state(of call: SimulatedCall, _ agent: Int) -> String {
        switch call.stage {
        case .ringingFirst: "Initiate"
        case .offered(agent: agent): "Alerting"
        case .settingUp, .dialing, .inIVR, .waiting, .offered, .talking, .ended: "Connect"
        }
    }
}
