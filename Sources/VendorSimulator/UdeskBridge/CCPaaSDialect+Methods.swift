import DialModel
import EventWire

/// The SDK's methods (`vendors/alibaba-udesk.md`, B2.1).
extension CCPaaSDialect {
    /// What a method comes to.
    enum Outcome {
        case done(JSON)
        case declined(String, visible: Bool)
        /// Answered later, or never.
        case silent

        /// Done, with nothing to say.
        static let carriedOut = Outcome.done(.null)
        static func declined(_ message: String) -> Outcome { .declined(message, visible: true) }
    }

    /// The one custom queue and the one pool of numbers.
    private static let queue = "2"
    private static let pool = "pool-1"

    mutating func received(_ text: String, from connection: ConnectionID, in world: inout SimulatedCallCentre) {
        guard let agent = connections[connection], let message = JSONValue(parsing: Array(text.utf8)),
            let id = message["id"]?.text, let method = message["method"]?.text
        else { return }
        var arguments: [JSONValue] = []
        if case .array(let given)? = message["args"] { arguments = given }
        if method == "MakeCallAsync" {
            return makeCall(id, arguments, connection, agent, in: &world)
        }
        reply(carryOut(method, arguments, agent, in: &world), to: id, connection)
        if method == "ConnectAsync" { greet(connection, agent, world) }
    }

    private mutating func reply(_ outcome: Outcome, to id: String, _ connection: ConnectionID) {
        guard let answer = Self.answer(outcome, to: id) else { return }
        send(answer, to: connection)
    }

    private static func answer(_ outcome: Outcome, to id: String) -> JSON? {
        let members: [(String, JSON)]
        switch outcome {
        case .done(let data): members = envelope("0000", data: data)
        case .declined(let message, let visible):
            members = envelope("0001", message: message, data: .null, visible: visible)
        case .silent: return nil
        }
        return .object([("id", .string(id))] + members)
    }

    private mutating func carryOut(
        _ method: String, _ arguments: [JSONValue], _ agent: Int, in world: inout SimulatedCallCentre
    ) -> Outcome {
        let options = arguments.first ?? .null
        switch method {
        case "ConnectAsync": return .carriedOut
        case "HangupAsync": return hangUp(options.text, agent, in: &world)
        case "GetAgentStatesAsync": return .done(states)
        case "SetAgentStateAsync": return setState(arguments, agent, in: &world)
        case "GetSpNumbersAsync": return .done(.list(numbers.map(JSON.phone)))
        case "GetCurrentSpNumberAsync": return .done(current(options, agent).map(JSON.phone) ?? .null)
        case "SetSpNumberAsync": return select(number: options["DisplayNumber"]?.text, agent)
        case "GetNumberPoolAndSpNumAsync": return .done(list(options["type"]?.integer, agent))
        case "SetSpNumberPoolNumAsync": return select(options, agent)
        case "GetQueuesAgentsAsync": return .done(queues)
        case "GetOtherAgentsAsync": return .done(others(options, agent, world))
        default: return control(method, options, agent, in: &world)
        }
    }

    // MARK: Calls

    private mutating func makeCall(
        _ id: String, _ arguments: [JSONValue], _ connection: ConnectionID, _ agent: Int,
        in world: inout SimulatedCallCentre
    ) {
        dials += 1
        if SimulatorFaults.strikes(faults.resetBeforeDialEvery, dials) { return cutSoon(connection, world) }
        if SimulatorFaults.strikes(faults.failBeforeDialEvery, dials) {
            return reply(.declined("internal error", visible: false), to: id, connection)
        }
        let number = arguments.first?.text ?? ""
        if let refusal = refusal(of: number, agent, world) { return reply(.declined(refusal), to: id, connection) }
        let script = CCPaaSScript(number: number)
        let ordinal = world.place(
            caller: caller(of: agent), callee: number, destination: .agentFirst(agent), at: world.now)
        callsByOrdinal[ordinal] = calls.count
        calls.append(
            Call(
                id: random.uuid(), ordinal: ordinal, agent: agent, script: script,
                channels: [random.uuid(), random.uuid()]))
        if SimulatorFaults.strikes(faults.resetAfterDialEvery, dials) { return cutSoon(connection, world) }
        var outcome = Outcome.carriedOut
        if SimulatorFaults.strikes(faults.failAfterDialEvery, dials) {
            outcome = .declined("internal error", visible: false)
        }
        if script == .answersLate, let answer = Self.answer(outcome, to: id) {
            lateAnswers[ordinal] = (connection, answer)
        } else {
            reply(outcome, to: id, connection)
        }
    }

    private mutating func cutSoon(_ connection: ConnectionID, _ world: SimulatedCallCentre) {
        cuts.append((connection, world.now + .milliseconds(faults.hangMs)))
    }

    private func refusal(of number: String, _ agent: Int, _ world: SimulatedCallCentre) -> String? {
        if SimulatorFaults.strikes(faults.refuseDialEvery, dials) || CCPaaSScript(number: number) == .declines {
            return "the customer cannot be called"
        }
        guard (3...24).contains(number.count), number.allSatisfy({ ("0"..."9").contains($0) }) else {
            return "this is no number"
        }
        if blockedCallees.contains(number) { return "the customer is on the blacklist" }
        return world.agents[agent].state == .ready ? nil : "the agent is not free"
    }

    /// The number that a call of an agent shows: the selected one, one of the selected pool, or the tenant's own.
    private mutating func caller(of agent: Int) -> String {
        switch selections[agent] {
        case .number(let number): number
        case .pool: numbers.randomElement(using: &random) ?? ""
        case nil: numbers.first ?? ""
        }
    }

    private func ordinal(_ name: String?) -> Int? { calls.last { $0.id == name }?.ordinal }

    private func hangUp(_ call: String?, _ agent: Int, in world: inout SimulatedCallCentre) -> Outcome {
        guard let ordinal = ordinal(call) else { return .declined("there is no such call") }
        return Self.outcome(world.hangUp(ordinal, by: .agent, at: world.now))
    }

    private func control(
        _ method: String, _ options: JSONValue, _ agent: Int, in world: inout SimulatedCallCentre
    ) -> Outcome {
        guard let call = ordinal(options["CallId"]?.text) else { return .declined("there is no such call") }
        let now = world.now
        switch method {
        case "HoldAsync": return Self.outcome(world.hold(call, at: now))
        case "RecoveryAsync": return Self.outcome(world.retrieve(call, at: now))
        case "EavesdropAsync": return Self.outcome(world.join(call, supervisor: agent, talks: false, at: now))
        case "ForcePickupAsync": return Self.outcome(world.join(call, supervisor: agent, talks: true, at: now))
        case "SubstituteAsync":
            return Self.outcome(
                world.join(call, supervisor: agent, talks: false, at: now)
                    && world.transfer(call, toAgent: agent, at: now))
        case "TransferAsync":
            let target = world.agents.firstIndex {
                $0.jobNumber == options["AgentId"]?.text || $0.extensionNumber == options["AgentPhone"]?.text
            }
            guard let target, world.agents[target].state == .ready else { return .declined("the agent is not idle") }
            return Self.outcome(world.transfer(call, toAgent: target, at: now))
        case "TransferQueueAsync":
            guard options["QueueId"]?.text == Self.queue else { return .declined("there is no such queue") }
            return Self.outcome(world.transferToQueue(call, at: now))
        default: return .declined("there is no such method", visible: false)
        }
    }

    private static func outcome(_ isDone: Bool) -> Outcome {
        isDone ? .carriedOut : .declined("the call is not in a state for it")
    }

    // MARK: Agents

    private var states: JSON {
        let plain = ["idle", "busy", "onBreak", "offline"].map { state in
            JSON.object([("Code", .string(state)), ("Label", .string(state))])
        }
        // The codes of custom breaks are numbers, unlike the others.
        let custom = tenant.breakCodes.map { code in
            JSON.object([
                ("Code", .count(code)), ("Label", .string("break \(code)")), ("Owner", .string("onBreak")),
            ])
        }
        return .list(plain + custom)
    }

    private func setState(_ arguments: [JSONValue], _ agent: Int, in world: inout SimulatedCallCentre) -> Outcome {
        let sub = arguments.dropFirst().first?.text
        switch arguments.first?.text {
        case "idle":
            world.signIn(agent: agent, isReady: true, at: world.now)
            world.setReady(agent: agent, at: world.now)
        case "busy": world.setNotReady(agent: agent, reason: "busy", at: world.now)
        case "onBreak":
            guard sub.map({ Int($0).map(tenant.breakCodes.contains) ?? false }) ?? true else {
                return .declined("there is no such break")
            }
            world.setNotReady(agent: agent, reason: sub ?? "", at: world.now)
        case "offline": world.signOut(agent: agent, at: world.now)
        default: return .declined("there is no such state")
        }
        return .carriedOut
    }

    private func others(_ options: JSONValue, _ agent: Int, _ world: SimulatedCallCentre) -> JSON {
        let isForIdle = options["State"]?.text == "idle"
        let shown = world.agents.indices.filter { other in
            other != agent && !world.agents[other].isDialler
                && (!isForIdle || world.agents[other].state == .ready)
        }
        return .list(
            shown.map { other in
                let present = world.agents[other]
                return .object([
                    ("AgentId", .string(present.jobNumber)), ("AppId", .string(tenant.appID)),
                    ("Email", .string("\(present.login)@simulator.test")), ("Enable", .bool(true)),
                    ("ExtState", .number(0)), ("ExtenInfos", .null), ("Extensions", .null), ("Mobile", .string("")),
                    ("Name", .string(present.name)), ("Queues", .null), ("QueuesNames", .null),
                    ("Role", .string("agent")), ("State", .number(present.state == .ready ? 1 : 2)),
                    ("WorkId", .string("")), ("WrapUpTime", .number(0)),
                ])
            })
    }

    private var queues: JSON {
        .list([
            .object([
                ("QueueId", .string(Self.queue)), ("Name", .string("sales")), ("Strategy", .number(2)),
                ("Timeout", .number(60)),
            ])
        ])
    }

    // MARK: Numbers

    private func current(_ options: JSONValue, _ agent: Int) -> String? {
        guard options["OwnerType"]?.text != "app", case .number(let number)? = selections[agent] else {
            return selections[agent] == nil ? numbers.first : nil
        }
        return number
    }

    private mutating func select(number: String?, _ agent: Int) -> Outcome {
        guard let number, numbers.contains(number) else { return .declined("there is no such number") }
        selections[agent] = .number(number)
        return .carriedOut
    }

    private func list(_ type: Int64?, _ agent: Int) -> JSON {
        let entries: [(String, String)] =
            type == 2 ? [(Self.pool, "Pool 1")] : numbers.enumerated().map { ("sp-\($0.offset + 1)", $0.element) }
        var selected: String?
        switch (type, selections[agent]) {
        case (2, .pool(let id)): selected = id
        case (1, .number(let number)): selected = entries.first { $0.1 == number }?.0
        default: break
        }
        return .object([
            (
                "list",
                .list(
                    entries.map { id, name in
                        .object([("id", .string(id)), type == 2 ? ("name", .string(name)) : ("number", .phone(name))])
                    })
            ), ("defaultId", selected.map(JSON.string) ?? .null),
        ])
    }

    /// Selecting in one list takes the selection from the other, which is assumed (B2.3).
    private mutating func select(_ options: JSONValue, _ agent: Int) -> Outcome {
        guard let id = options["id"]?.text else { return .declined("there is no such number or pool") }
        if options["type"]?.integer == 2 {
            guard id == Self.pool else { return .declined("there is no such pool") }
            selections[agent] = .pool(id)
            return .carriedOut
        }
        let place = id.hasPrefix("sp-") ? Int(id.dropFirst(3)) : nil
        guard let place, numbers.indices.contains(place - 1) else { return .declined("there is no such number") }
        selections[agent] = .number(numbers[place - 1])
        return .carriedOut
    }
}
