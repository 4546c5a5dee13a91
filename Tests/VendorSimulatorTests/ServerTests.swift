import CallModel
import DialModel
import Foundation
import Telephony
import Testing
import Wording

@testable import VendorSimulator

/// The simulator over real sockets.
@Suite struct ServerTests {
    @Test func `GET and POST work, with the parameters in query, in body, or in both`() async throws {
        try await withSimulator { client, clock, _ in
            #expect(try await client.call("ListSkillGroups", instance, at: clock.now)["Code"] == "OK")
            var getter = client
            getter.method = "GET"
            #expect(try await getter.call("ListSkillGroups", instance, at: clock.now)["Code"] == "OK")
            let form = SignedForm.make("ListSkillGroups", instance, at: clock.now).split(separator: "&")
            let split = try await client.send(
                query: form.prefix(4).joined(separator: "&"), body: form.dropFirst(4).joined(separator: "&"))
            #expect(split["Code"] == "OK")
            #expect(split.contentType == "application/json;charset=utf-8")
        }
    }

    @Test func `Other paths and other methods are turned away`() async throws {
        try await withSimulator { client, _, _ in
            for (path, status) in [("/other", 404), ("/simulator/other", 404), ("/", 400)] {
                let reply = try await client.get(path)
                #expect(reply.status == status, "\(path)")
            }
        }
    }

    @Test func `The clock can be adopted by another process`() async throws {
        try await withSimulator { client, clock, _ in
            let reply = try await client.get("/simulator/clock")
            let anchor = try #require(reply["anchor_ms"].flatMap(Int64.init))
            let now = try #require(reply["now_ms"].flatMap(Int64.init))
            #expect(reply["speed"].flatMap(Double.init) == 200)
            let adopted = SystemClock(speed: 200, anchor: Timestamp(milliseconds: anchor))
            #expect(adopted.anchor == clock.anchor)
            #expect(Timestamp(milliseconds: now) <= adopted.now)
        }
    }

    @Test func `Calls and agents can be seen from outside`() async throws {
        try await withSimulator { client, clock, simulator in
            let dialled = try await client.call("DialEx", dial(Centre.talks), at: clock.now)
            try await eventually { simulator.callCentre.ended.count == 1 }
            let calls = try await client.get("/simulator/calls")
            #expect(calls["0.task_id"] == dialled["TaskId"])
            #expect(calls["0.callee"] == Centre.talks && calls["0.answer_mode"] == "queue")
            #expect(calls["0.outcome"] == "served" && calls["0.agent"] != nil)
            let agents = try await client.get("/simulator/agents")
            #expect(agents["0.offers"] == "1" && agents["0.id"] == calls["0.agent"])
            #expect(try await client.get("/simulator/requests")["DialEx"] == "1")
        }
    }

    @Test func `A simulator that keeps to itself tells nobody what goes on, and lets nobody switch faults on`()
        async throws
    {
        try await withSimulator {
            $0.isOpenToAll = false
        } body: { client, clock, _ in
            _ = try await client.call("DialEx", dial(Centre.talks), at: clock.now)
            for path in ["clock", "calls", "agents", "requests"] {
                #expect(try await client.get("/simulator/\(path)").status == 404, "\(path)")
            }
            #expect(try await client.post("/simulator/faults", json: #"{"hang_ms":1}"#).status == 404)
        }
    }

    @Test func `Every call placed and every call ended is in the call log, whether anybody asks or not`() async throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await withSimulator(settings: { $0.callLog = path }) { client, clock, _ in
            _ = try await client.call("DialEx", dial("13800990003"), at: clock.now)
            let placed = try #require(try lines(path).first)
            #expect(placed["event"] == "placed")
            try await eventually { try lines(path).count == 2 }
            let ended = try #require(try lines(path).dropFirst().first)
            #expect(ended["event"] == "ended" && ended["outcome"] == "busy")
            #expect(ended["task_id"] == placed["task_id"])
            #expect(ended["caller"] == "01080000001" && ended["callee"] == "13800990003")
        }
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test func `Why it cannot run is said in both languages`() {
        #expect(SimulatorPhrase.findings() == [] && ListeningPhrase.findings() == [])
    }

    @Test func `A port that is taken is an error, and so is a second start`() async throws {
        try await withSimulator { client, clock, simulator in
            await #expect(throws: SimulatorError.self) { try await simulator.start() }
            let second = try VendorSimulator(settings: SimulatorSettings(port: client.port), clock: clock)
            let error = await #expect(throws: SimulatorError.self) { try await second.start() }
            #expect(error?.code == .cannotListen)
            #expect(error?.message.chinese == "无法在 127.0.0.1:\(client.port) 上监听：地址已被占用")
        }
        #expect(throws: SimulatorError.self) {
            try VendorSimulator(settings: SimulatorSettings(callLog: "/nowhere/log"), clock: SystemClock())
        }
    }

    @Test func `After stopping, the port is free and the simulator can start again`() async throws {
        let simulator = try VendorSimulator(clock: SystemClock(speed: 200))
        let first = try await simulator.start()
        await simulator.stop()
        await #expect(throws: URLError.self) { try await SimulatorClient(port: first).get("/simulator/clock") }
        let second = try await simulator.start()
        #expect(try await SimulatorClient(port: second).get("/simulator/clock").status == 200)
        await simulator.stop()
    }

    private func lines(_ path: String) throws -> [Reply] {
        try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map {
            Reply(status: 0, bytes: Array($0.utf8))
        }
    }
}

/// The fault switches that change how an answer goes out.
@Suite struct DeliveryFaultTests {
    @Test func `Bodies can come compressed, slowly, or under a wrong type`() async throws {
        try await withSimulator { client, clock, simulator in
            for switching in [#"{"gzip":true}"#, #"{"slowBodies":true}"#, #"{"slowBodies":true,"gzip":true}"#] {
                #expect(try await client.post("/simulator/faults", json: switching).status == 200)
                let reply = try await client.call("ListSkillGroups", instance, at: clock.now)
                #expect(reply["SkillGroups.SkillGroup.0.SkillGroupName"] == "sales", "\(switching)")
            }
            #expect(try await client.post("/simulator/faults", json: #"{"nonsense":1}"#).status == 400)
            #expect(simulator.faults.gzip)
            simulator.faults = SimulatorFaults(json: Data(#"{"wrongContentType":true}"#.utf8)) ?? SimulatorFaults()
            let reply = try await client.call("ListSkillGroups", instance, at: clock.now)
            #expect(reply.contentType == "text/html;charset=utf-8" && reply["Code"] == "OK")
        }
    }

    @Test func `A slow body takes its time`() async throws {
        try await withSimulator(settings: { $0.faults.slowBodies = true }) { client, clock, _ in
            let before = clock.now
            let reply = try await client.call("ListSkillGroups", instance, at: before)
            // Sixteen bytes a piece, and 20 ms of the run's time before each.
            let pieces = Int64(reply.body.count / 16)
            #expect(pieces > 50 && clock.now - before >= .milliseconds(20 * pieces))
        }
    }

    @Test(arguments: [(#"{"resetBeforeDialEvery":1}"#, 0), (#"{"resetAfterDialEvery":1}"#, 1)])
    func `A dial can hang and be cut off, before it is carried out or after`(switching: String, calls: Int) async throws
    {
        try await withSimulator { client, clock, simulator in
            _ = try await client.post("/simulator/faults", json: switching)
            let before = clock.now
            let error = await #expect(throws: URLError.self) {
                try await client.call("DialEx", dial(Centre.talks), at: before)
            }
            #expect(error?.code == .networkConnectionLost)
            #expect(clock.now - before >= .seconds(2))
            #expect(simulator.callCentre.calls.count == calls)
            #expect(try await client.call("ListSkillGroups", instance, at: clock.now)["Code"] == "OK")
        }
    }

    @Test func `After so many requests no connection is accepted for a while`() async throws {
        try await withSimulator { client, clock, simulator in
            var faults = SimulatorFaults()
            faults.refuseConnectionsAfter = 2
            faults.refuseConnectionsMs = 2_000_000
            simulator.faults = faults
            for _ in 0..<2 {
                #expect(try await client.call("ListSkillGroups", instance, at: clock.now)["Code"] == "OK")
            }
            let closed = clock.now
            let lost = await #expect(throws: URLError.self) {
                try await client.call("ListSkillGroups", instance, at: clock.now)
            }
            #expect(lost?.code == .networkConnectionLost)
            var refusals = 0
            try await eventually {
                do {
                    return try await client.get("/simulator/clock").status == 200
                } catch let error as URLError {
                    refusals += error.code == .cannotConnectToHost ? 1 : 0
                    return false
                }
            }
            #expect(refusals > 0)
            #expect(clock.now - closed >= .seconds(2_000))
        }
    }
}

private let instance = ["InstanceId": SimulatedAccount.demo.instanceID]

private func dial(_ callee: String) -> [String: String] {
    instance.merging(AlibabaDialect.dialForm(callee)) { $1 }
}

/// Runs a simulator at two hundred times the speed of time for as long as `body` takes.
private func withSimulator(
    settings change: (inout SimulatorSettings) -> Void = { _ in },
    body: (SimulatorClient, SystemClock, VendorSimulator) async throws -> Void
) async throws {
    let clock = SystemClock(speed: 200)
    // At this speed a quarter of an hour, for which a signature holds otherwise, is over in seconds on a busy machine.
    var settings = SimulatorSettings(
        centre: Centre.figures(agents: 2), callModel: Centre.model(), timestampTolerance: .seconds(86_400))
    change(&settings)
    let simulator = try VendorSimulator(settings: settings, clock: clock)
    let port = try await simulator.start()
    do {
        try await body(SimulatorClient(port: port), clock, simulator)
    } catch {
        await simulator.stop()
        throw error
    }
    await simulator.stop()
}

/// Asks again and again until the answer is yes, for two real minutes at most.
private func eventually(_ condition: () async throws -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(120)
    while ContinuousClock.now < deadline {
        if try await condition() { return }
        await Task.yield()
    }
    Issue.record("it did not come about within two minutes")
}
