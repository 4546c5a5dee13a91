import DialModel

/// The REST interface, and the doors of the simulator's own (`vendors/well-wincall.md`, B.2).
extension WinCallDialect {
    /// An agent's internal id is this and their index.
    static let firstInternalID = 2001

    mutating func answer(_ request: RawRequest, in world: inout SimulatedCallCentre) -> RawAnswer? {
        let query = FormParameters([request.query])
        switch (request.method, request.path) {
        case ("GET", "/v2/wintelapi/api/agent/free"):
            return rows(of: world.agents.indices.filter { world.agents[$0].state == .ready }, query) {
                freeAgent($0, in: world)
            }
        case ("GET", "/v2/wintelapi/api/agent/ontheline"):
            return rows(of: onPhone.keys.sorted(), query) { agentInCall($0, in: world) }
        case ("GET", "/v2/wintelapi/api/jsonp/queue/list"):
            return rows(of: [simulation.queueID], query) {
                [("id", .count($0)), ("que_name", .string(simulation.queueName))]
            }
        case ("GET", "/v2/wintelapi/api/busyreason/list"):
            return rows(of: [100], query) {
                [("id", .count($0)), ("vcc_id", .count(1)), ("ag_stat", .count(1)), ("stat_reason", .string("小休"))]
            }
        case (_, let path) where pushes(on: path): return poll(request, in: &world)
        case ("POST", "/wincall/alert"): return alert(query, in: world)
        case ("POST", "/wincall/project"): return callForProject(query, in: &world)
        default: return nil
        }
    }

    private func freeAgent(_ agent: Int, in world: SimulatedCallCentre) -> [(String, JSON)] {
        let present = world.agents[agent]
        return [
            ("ag_id", .string(String(Self.firstInternalID + agent))), ("pho_num", .string(present.extensionNumber)),
            ("ag_name", .string(present.name)), ("ag_num", .string(present.jobNumber)),
        ]
    }

    private func agentInCall(_ agent: Int, in world: SimulatedCallCentre) -> [(String, JSON)] {
        let present = world.agents[agent]
        let seconds = Int((world.now - present.since).seconds)
        let time = "\(seconds / 3600):\(seconds / 60 % 60):\(seconds % 60)"
        return [
            ("ag_id", .count(Self.firstInternalID + agent)), ("pho_num", .string(present.extensionNumber)),
            ("ag_time", .string(time)),
        ]
    }

    /// Rows in the envelope, which a function's name wraps where one is asked for.
    private func rows(
        of keys: [Int], _ query: FormParameters, _ row: (Int) -> [(String, JSON)]
    ) -> RawAnswer {
        let envelope: JSON
        switch query["vcc_code"] ?? "" {
        case "": envelope = .object([("code", .count(401)), ("message", .string("企业代码为空"))])
        case simulation.enterprise:
            envelope = .object([
                ("code", .count(200)), ("message", .string("ok")), ("data", .list(keys.map { .object(row($0)) })),
            ])
        default: envelope = .object([("code", .count(402)), ("message", .string("企业代码不存在"))])
        }
        let body = query["jsonpcallback"].map { "\($0)(\(text(envelope)))" } ?? text(envelope)
        return RawAnswer(
            status: 200, headers: [("Content-Type", "application/json;charset=utf-8")], body: Array(body.utf8))
    }

    // MARK: The simulator's own

    private mutating func alert(_ query: FormParameters, in world: SimulatedCallCentre) -> RawAnswer {
        guard let agent = agent(query, in: world), let connection = connections[agent],
            let code = query["code"].flatMap({ Int($0) })
        else { return RawAnswer(status: 400) }
        send([("MT", .count(10)), ("Code", .count(code))], to: connection)
        return RawAnswer(status: 200)
    }

    private mutating func callForProject(_ query: FormParameters, in world: inout SimulatedCallCentre) -> RawAnswer {
        guard let agent = agent(query, in: world), inProject.contains(agent), let callee = query["callee"],
            world.agents[agent].state == .ready
        else { return RawAnswer(status: 400) }
        call(callee, forProjectAgent: agent, in: &world)
        return RawAnswer(status: 200)
    }

    private func agent(_ query: FormParameters, in world: SimulatedCallCentre) -> Int? {
        world.agents.firstIndex { $0.jobNumber == query["agent"] }
    }
}
