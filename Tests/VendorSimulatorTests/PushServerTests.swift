import CallModel
import DialModel
import FlyingFox
import Foundation
import FoundationNetworking
import Telephony
import TestSupport
import Testing

@testable import VendorSimulator

/// Dialects that push, over real sockets.
@Suite(.timeLimit(.minutes(15))) struct PushServerTests {
    private struct Report: Decodable {
        var refusals: [Int]
        var greeting: String
        var plain: String
        var pings: [Bool]
        var fragments: String
        var sizes: [Bool]
        var events: [String]
        var talk: [String]
        var closed_by_client: Int
        var closed: [Ending]
        var cut: [Ending]
        var open_at_the_end: String
    }

    /// A close code, or words in its place.
    private enum Ending: Decodable, Equatable {
        case code(Int)
        case text(String)

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            self = try (try? container.decode(Int.self)).map { .code($0) } ?? .text(container.decode(String.self))
        }
    }

    @Test func `A published WebSocket client opens, pings, sends in pieces, hears events, closes and is cut`()
        async throws
    {
        let python = try await PythonEnvironment.python(with: ["websockets==15.0.1"])
        let script = try #require(
            Bundle.module.url(forResource: "drive_connection", withExtension: "py", subdirectory: "Fixtures"))
        let report = try await withSimulator { port, _ in
            let result = try await PythonEnvironment.run(python, [script.path, String(port)])
            try #require(result.status == 0, "\(result.errors)")
            return try JSONDecoder().decode(Report.self, from: result.output)
        }
        #expect(report.refusals == [404, 404])
        #expect(report.greeting == "open who=me field" && report.plain == "好 plain")
        #expect(report.pings == [true, true])
        #expect(report.fragments == "one two three")
        #expect(report.sizes == [true, true, true, true, true])
        #expect(report.events == ["FirstRing", "FirstPickUp", "Dial", "unanswered"])
        #expect(
            report.talk == [
                "FirstRing", "FirstPickUp", "Dial", "CalleeRing", "Answer", "Talk", "End", "served", "Handle",
            ])
        #expect(report.closed_by_client == 1000)
        #expect(report.closed == [.code(4000), .text("enough")])
        #expect(report.cut == [.text("no handshake"), .text("")])
        #expect(report.open_at_the_end == "1")
    }

    @Test func `Requests go to the dialect whose path it is, as they are on the wire`() async throws {
        try await withSimulator { port, clock in
            let client = SimulatorClient(port: port)
            let reply = try await client.post("/echo/a%7Cb@c?d=%26", json: "{}")
            #expect(reply.status == 201)
            #expect(String(decoding: reply.body, as: UTF8.self) == "POST /echo/a%7Cb@c?d=%26 {}")
            let before = clock.now
            #expect(try await client.get("/echo/x?late").status == 201)
            #expect(clock.now - before >= .seconds(100))
            let lost = await #expect(throws: URLError.self) { try await client.get("/echo/x?hang") }
            #expect(lost?.code == .networkConnectionLost)
            #expect(try await client.get("/other").status == 404)
        }
    }

    @Test func `The call log names the vendor and its own id of the call`() async throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let clock = ManualClock(at: Centre.start)
        var settings = SimulatorSettings(centre: Centre.figures(agents: 2), callModel: Centre.model())
        settings.callLog = path
        let state = SimulatorState(
            settings: settings, clock: clock, log: try CallLog(path: path), dialects: [EchoDialect()])
        let wire = SignedForm.request("DialEx", AlibabaDialect.dialForm("13800990003"), at: clock.now)
        #expect(state.answer(wire).answer.status == 200)
        let opened = state.openedConnections()
        let (messages, input) = AsyncStream.makeStream(of: WSMessage.self)
        let request = RawRequest(method: "GET", path: "/echo/socket")
        let output = try #require(
            state.open(request, messages: messages, ports: PushConnections.Ports(server: 0, client: 0)))
        input.yield(.text("call 13800990003"))
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await state.read(opened) }
            for await message in output where message == .text("FirstRing") { break }
            group.cancelAll()
        }
        clock.advance(by: .seconds(60))
        let calls = Reply(status: 0, bytes: JSONStyle().bytes(of: state.callList))
        #expect(calls["0.vendor"] == "alibaba" && calls["0.task_id"] != nil && calls["0.call_id"] == nil)
        #expect(calls["1.vendor"] == "echo" && calls["1.call_id"] == "echo-1" && calls["1.task_id"] == nil)
        #expect(calls["1.answer_mode"] == "agent_first")
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map {
            Reply(status: 0, bytes: Array($0.utf8))
        }
        #expect(lines.map { $0["event"] } == ["placed", "placed", "ended", "ended"])
        #expect(lines.map { $0["vendor"] } == ["alibaba", "echo", "alibaba", "echo"])
    }

    /// Runs a simulator with an `EchoDialect` at two hundred times the speed of time for as long as `body` takes.
    private func withSimulator<Result: Sendable>(
        _ body: (UInt16, any RunClock) async throws -> Result
    ) async throws -> Result {
        let clock = PacedClock(speed: 200)
        let settings = SimulatorSettings(centre: Centre.figures(agents: 1), callModel: Centre.model())
        let simulator = try VendorSimulator(settings: settings, clock: clock, dialects: [EchoDialect()])
        let port = try await simulator.start()
        do {
            let result = try await body(port, clock)
            await simulator.stop()
            return result
        } catch {
            await simulator.stop()
            throw error
        }
    }
}
