import DialModel
import EventWire

/// What is asked of the tenant (`vendors/alibaba-udesk.md`, B2.2).
extension UdeskDialect {
    /// Calls a customer, and whoever answers goes to the queue.
    mutating func callBack(
        _ request: RawRequest, _ form: FormParameters, in world: inout SimulatedCallCentre
    ) -> RawAnswer {
        dials += 1
        let broken = RawAnswer.json(Self.failure("500", "internal error"), status: 500)
        if SimulatorFaults.strikes(faults.failBeforeDialEvery, dials) { return broken }
        if SimulatorFaults.strikes(faults.resetBeforeDialEvery, dials) {
            return RawAnswer(status: 500, delivery: .hangThenReset)
        }
        let body = JSONValue(parsing: request.body)
        guard let callee = body?["from_number"]?.text ?? form["from_number"],
            let relay = body?["to_number"]?.text ?? form["to_number"]
        else { return refused("from_number and to_number are needed") }
        if SimulatorFaults.strikes(faults.refuseDialEvery, dials) { return refused("the customer cannot be called") }
        guard relays.contains(relay) else { return refused("to_number is no relay number") }
        let digits = callee.hasPrefix("+") ? callee.dropFirst() : callee[...]
        guard (3...24).contains(digits.count), digits.allSatisfy({ ("0"..."9").contains($0) }) else {
            return refused("from_number is no number")
        }
        guard !blockedCallees.contains(callee) else { return refused("the customer is on the blacklist") }
        let variables = body?["variables"]
        guard Self.isFlat(variables) else { return refused("variables may have strings and numbers only") }
        let ordinal = world.place(caller: relay, callee: callee, destination: .queue, at: world.now)
        callsByOrdinal[ordinal] = calls.count
        calls.append(
            UdeskCall(callID: random.uuid(), ordinal: ordinal, variables: (variables ?? .object([:])).serialized))
        if SimulatorFaults.strikes(faults.failAfterDialEvery, dials) { return broken }
        var answer = RawAnswer.json(.object([("code", .number(1000))]))
        if SimulatorFaults.strikes(faults.resetAfterDialEvery, dials) { answer.delivery = .hangThenReset }
        return answer
    }

    func relayNumbers(_ form: FormParameters) -> RawAnswer {
        let page = Page(form)
        let items = relays.enumerated().map { place, number in
            JSON.object([("id", .count(place + 1)), ("number", .phone(number))])
        }
        return page.answer(items, faults.style)
    }

    /// What the agents are doing; the group is the only one there is.
    func agentStates(_ form: FormParameters, _ world: SimulatedCallCentre) -> RawAnswer {
        let isOfGroup = form["user_group_id"].map { $0 == String(tenant.userGroup) } ?? true
        let agents = isOfGroup ? world.agents.filter { !$0.isDialler } : []
        let list = agents.map { agent in
            JSON.object([
                ("id", .number(Int64(agent.jobNumber) ?? 0)), ("nick_name", .string(agent.name)),
                ("avatar", .string("")), ("duty", .string("")), ("ticket_receive_status", .bool(false)),
                ("call_status", .string(agent.state.udeskStatus)),
            ])
        }
        return .json(.object([("code", .number(1000)), ("data", .list(list))]))
    }

    /// The calls that have ended, by the time at which they began.
    func callLog(_ form: FormParameters, _ world: SimulatedCallCentre) -> RawAnswer {
        func instant(_ name: String) -> Timestamp? {
            form[name].flatMap { CivilTime(iso: $0.replacing(" ", with: "T") + "Z") }?
                .instant(offset: CivilTime.shanghai)
        }
        guard let start = instant("start_time"), let end = instant("end_time") else {
            return refused("start_time and end_time are needed")
        }
        let logged = calls.enumerated().filter { place, call in
            let placed = world.calls[call.ordinal]
            guard let ended = placed.endedAt, start <= placed.placedAt, placed.placedAt <= end else { return false }
            let isLate = SimulatorFaults.strikes(faults.loseRecordEvery, place + 1)
            let delay = isLate ? Duration.milliseconds(faults.lostRecordMs) : recordDelay
            return ended + delay <= world.now
        }
        return Page(form).answer(logged.map { body(of: $0.element, world) }, faults.style)
    }

    private func refused(_ message: String) -> RawAnswer {
        .json(Self.failure("2000", message), status: faults.softErrors ? 200 : 400)
    }

    private static func isFlat(_ value: JSONValue?) -> Bool {
        guard let value, value != .null else { return true }
        guard case .object(let members) = value else { return false }
        return members.values.allSatisfy { member in
            switch member {
            case .string, .number: true
            case .null, .bool, .array, .object: false
            }
        }
    }

    /// A page of a list: ten elements unless more are asked for, a hundred at most.
    private struct Page {
        var number: Int
        var size: Int

        init(_ form: FormParameters) {
            number = max(1, form["page"].flatMap { Int($0) } ?? 1)
            size = min(100, max(1, form["per_page"].flatMap { Int($0) } ?? 10))
        }

        func answer(_ items: [JSON], _ style: JSONStyle) -> RawAnswer {
            let start = min(items.count, (number - 1) * size)
            let meta = JSON.object([
                ("current_page", .count(number)), ("total_pages", .count((items.count + size - 1) / size)),
                ("total_count", .count(items.count)),
            ])
            let value = JSON.object([
                ("code", .number(1000)), ("items", .list(Array(items[start...].prefix(size)))), ("meta", meta),
            ])
            return RawAnswer(
                status: 200, headers: [("Content-Type", "application/json;charset=UTF-8")],
                body: style.bytes(of: value))
        }
    }
}

extension SimulatedAgent.State {
    /// The vendor's word for what an agent does in the call center; which one a break has is assumed.
    fileprivate var udeskStatus: String {
        switch self {
        case .ready: "idle"
        case .ringing, .dialing, .talking, .wrapUp: "busy"
        case .onBreak: "online"
        case .signedOut: "offline"
        }
    }
}
