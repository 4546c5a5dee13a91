import DialModel

/// What the tenant tells agents' SDKs (`vendors/alibaba-udesk.md`, B3).
extension CCPaaSDialect {
    mutating func take(_ changes: [WorldChange], in world: inout SimulatedCallCentre) {
        for change in changes {
            switch change {
            case .happened(let ordinal, let entry):
                guard let call = callsByOrdinal[ordinal].map({ calls[$0] }) else { continue }
                take(entry, of: call, world)
                sendLateAnswer(of: ordinal)
            case .ended(let ordinal, _):
                guard let call = callsByOrdinal[ordinal].map({ calls[$0] }) else { continue }
                end(call, world)
            case .agentChanged(let agent, _): tellState(of: agent, world)
            }
        }
    }

    private mutating func take(_ entry: SimulatedCall.Entry, of call: Call, _ world: SimulatedCallCentre) {
        let agent = entry.agent ?? call.agent
        switch entry.happening {
        case .firstRing:
            tellPhone(agent, "ringing", call: call.id)
            tell(agent, "Originated", of: call, leg: 0, world)
        case .firstPickUp: tellPhone(agent, "busy", call: call.id)
        case .calleeRing: tell(agent, "Originated", of: call, leg: 1, world)
        case .ring: tell(agent, "Delivered", of: call, leg: 0, world)
        case .talk: tell(agent, "Established", of: call, leg: 1, world)
        case .hold: tell(agent, "Held", of: call, leg: 1, world)
        case .retrieve: tell(agent, "Retrieved", of: call, leg: 1, world)
        case .barge: tell(call.agent, "Conferenced", of: call, leg: 1, world)
        case .transfer:
            tell(agent, "Transferred", of: call, leg: 1, world)
            tellPhone(agent, "idle", call: "")
        case .dial, .enterIVR, .enterQueue, .normalEnd, .abandonedInQueue, .abandonedRing, .overflow, .giveUp, .end,
            .handle, .firstMissed, .answer, .listen, .leave, .consultRing, .consultTalk, .consultEnd, .conference,
            .handOver:
            return
        }
    }

    private mutating func end(_ call: Call, _ world: SimulatedCallCentre) {
        let party = world.calls[call.ordinal].agent ?? call.agent
        for agent in Set([call.agent, party]) {
            if call.script != .hidesEnd { tell(agent, "ConnectionCleared", callData(call, world)) }
            tellPhone(agent, "idle", call: "")
        }
    }

    /// Tells of a call in both ways in which the SDK does.
    private mutating func tell(
        _ agent: Int, _ name: String, of call: Call, leg: Int, _ world: SimulatedCallCentre
    ) {
        tell(agent, name, callData(call, world))
        let data = callData(call, world).adding([
            ("AdvancedCallStatus", .string(name)), ("CallEvent", .string(name)),
            ("CallDirection", .string("Outbound")), ("ChannelUUID", .string(call.channels[leg])),
            ("CalledInfo", customer(call, world)),
            ("CallerInfo", .object([("TelNumber", .phone(world.agents[call.agent].extensionNumber))])),
            ("DisplayInfo", display(call, world)),
        ])
        tell(agent, "AdvancedCallStatusChanged", data)
    }

    private mutating func tellPhone(_ agent: Int, _ state: String, call: String) {
        tell(agent, "PhoneStateChanged", .list([.object([("CallID", .string(call)), ("CurState", .string(state))])]))
    }

    private mutating func tellState(of agent: Int, _ world: SimulatedCallCentre) {
        let state = world.agents[agent].sdkState
        let old = toldStates[agent]
        guard old != state else { return }
        toldStates[agent] = state
        tell(
            agent, "AgentStateChanged",
            .list([
                .object([
                    ("CurState", .string(state)), ("CurStateSubId", .string(world.agents[agent].sdkSubState)),
                    ("OldState", .string(old ?? "")),
                ])
            ]))
    }

    private mutating func sendLateAnswer(of ordinal: Int) {
        guard let (connection, answer) = lateAnswers.removeValue(forKey: ordinal) else { return }
        // Behind the news of the call, on the way that no fault touches.
        send(answer, to: connection)
    }

    /// Tells a new connection where everything stands.
    mutating func greet(_ connection: ConnectionID, _ agent: Int, _ world: SimulatedCallCentre) {
        let present = world.agents[agent]
        toldStates[agent] = present.sdkState
        let ready = JSON.object([
            ("CurExtState", .string(present.phoneState)), ("CurMode", .string("voip")),
            ("CurState", .string(present.sdkState)),
        ])
        send(Self.event("Ready", .list([ready])), to: connection)
        send(Self.event("GetState", state(of: agent, world)), to: connection)
    }

    private func state(of agent: Int, _ world: SimulatedCallCentre) -> JSON {
        let present = world.agents[agent]
        let call = calls.last { isIn($0, agent, world) }
        var members: [(String, JSON)] = [
            ("CallDirection", .string(call == nil ? "" : "Outbound")), ("CallID", .string(call?.id ?? "")),
            ("CurContact", .phone(present.extensionNumber)), ("CurExtState", .string(present.phoneState)),
            ("CurMode", .string("voip")), ("CurState", .string(present.sdkState)),
            ("CurSubStateId", .string(present.sdkSubState)),
            ("DestNumber", call.map { .phone(world.calls[$0.ordinal].callee) } ?? .string("")),
            ("DestNumberLoc", .string("")), ("Payload", .null),
            ("SpNumber", call.map { .phone(world.calls[$0.ordinal].caller) } ?? .string("")),
            ("StartTime", .string("")), ("UserData", .string("")),
        ]
        if let call, case .talking(let talker?) = world.calls[call.ordinal].stage, talker == agent {
            members.append(("AdvancedCallStatus", .string("Established")))
        }
        return .object(members)
    }

    /// Whether an agent takes part in a call that is under way.
    func isIn(_ call: Call, _ agent: Int, _ world: SimulatedCallCentre) -> Bool {
        switch world.calls[call.ordinal].stage {
        case .ringingFirst(let present), .offered(let present): present == agent
        case .talking(let present): present == agent
        case .settingUp, .dialing: call.agent == agent
        case .inIVR, .waiting, .ended: false
        }
    }

    private func callData(_ call: Call, _ world: SimulatedCallCentre) -> JSON {
        let placed = world.calls[call.ordinal]
        return .object([
            ("CallID", .string(call.id)),
            ("AgentInfo", .object([("TelNumber", .phone(world.agents[call.agent].extensionNumber))])),
            ("CustomerInfo", customer(call, world)), ("FromQueue", .string("")), ("DisplayNum", .phone(placed.caller)),
            ("WorkFlow", .string("out_callback")), ("CallAuthority", .object([("AllowHangup", .bool(true))])),
            ("CallType", .string("OtherIn")),
        ])
    }

    /// Cities of customers come without the word for city, and those of our numbers with it.
    private func customer(_ call: Call, _ world: SimulatedCallCentre) -> JSON {
        let number = world.calls[call.ordinal].callee
        return .object([("TelNumber", .phone(number)), ("City", .string(city(of: number)))])
    }

    private func display(_ call: Call, _ world: SimulatedCallCentre) -> JSON {
        let number = world.calls[call.ordinal].caller
        let city = city(of: number)
        return .object([("TelNumber", .phone(number)), ("City", .string(city.isEmpty ? "" : city + "市"))])
    }

    private func city(of number: String) -> String {
        let region = regions.filter { number.hasPrefix($0.digits) }.max { $0.digits.count < $1.digits.count }
        return region?.region.city ?? ""
    }
}

extension SimulatedAgent {
    /// The SDK's word for what an agent does; after-call work is spent busy, which is assumed (B6.6).
    var sdkState: String {
        switch state {
        case .ready: "idle"
        case .ringing, .dialing, .talking, .wrapUp: "busy"
        case .onBreak: readiness == .notReady(reason: "busy") ? "busy" : "onBreak"
        case .signedOut: "offline"
        }
    }

    /// The number of a custom break; zero for none.
    var sdkSubState: String {
        guard state == .onBreak, case .notReady(let reason) = readiness, Int(reason) != nil else { return "0" }
        return reason
    }

    /// The SDK's word for what an agent's phone does.
    var phoneState: String {
        switch state {
        case .ready, .onBreak, .wrapUp, .signedOut: "idle"
        case .ringing: "ringing"
        case .dialing, .talking: "busy"
        }
    }
}
