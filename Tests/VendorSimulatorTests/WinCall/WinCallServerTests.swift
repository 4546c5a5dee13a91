import CurlTransport
import DialModel
import EventWire
import Foundation
import Telephony
import TestSupport
import Testing
import WinCallVendor

/// The client against a published socket.io server of the vendor's generation, which knows nothing of our codec.
@Suite(.timeLimit(.minutes(15))) struct WinCallServerTests {
    private static let packages = [
        "gevent==24.11.1", "gevent-websocket==0.10.1", "python-engineio==3.14.2", "python-socketio==4.6.1",
    ]

    @Test func `The client signs in, dials, ends the call and signs out at a server by others`() async throws {
        let python = try await PythonEnvironment.python(with: Self.packages)
        let file = try #require(
            Bundle.module.url(forResource: "wincall_server", withExtension: "py", subdirectory: "Fixtures"))
        let server = try ChildServer(python, ["-u", file.path])
        defer { server.stop() }
        await server.printed("port ")
        await server.printed("\n")
        let port = try #require(server.text.components(separatedBy: "port ").last?.prefix { $0.isNumber })
        let transport = CurlTransport(settings: CurlSettings(), environment: [:])
        let failure = await dialOnce(at: String(port), transport)
        let journal = try await Self.ask("/journal", String(port), transport)
        while try await Self.ask("/sessions", String(port), transport) != .integer(0) {}
        await transport.shutdown()
        if let failure { throw failure }
        guard case .array(let commands) = journal else {
            Issue.record("no journal")
            return
        }
        let actions = commands.compactMap { $0["Action"]?.integer }.filter { $0 != 6 }
        // The session that is begun to prove the login, and then the run's.
        #expect(actions == [100, 1, 100, 2, 22, 23, 3, 1])
        let dial = try #require(commands.first { $0["Action"] == .integer(22) })
        #expect(dial["Called"]?.text == "13800990001" && dial["GroupID"] == .integer(10))
    }

    /// A whole run with one call.
    private func dialOnce(at port: String, _ transport: CurlTransport) async -> (any Error)? {
        let clock = SystemClock(speed: 2)
        let login = AgentLogin(agent: AgentID("5001"), password: Secret("anything"), phone: "8001")
        let vendor = WinCallVendor(
            account: WinCallAccount(
                name: "wincall.test", serverURL: "ws://127.0.0.1:\(port)", apiURL: "http://127.0.0.1:\(port)",
                enterprise: "testvcc", logins: [login]),
            group: "sales", transport: transport, channels: transport, clock: clock, seed: 1)
        let log = EventLog()
        return await withTaskGroup(of: (any Error)?.self) { tasks in
            do {
                try await vendor.prepare(callerIDs: ["01080000001"])
            } catch {
                return error
            }
            tasks.addTask {
                await vendor.run { event in await log.add(event) }
                return nil
            }
            tasks.addTask { await self.dial(vendor, log, clock) }
            let failure = await tasks.next() ?? nil
            tasks.cancelAll()
            return failure
        }
    }

    private func dial(_ vendor: WinCallVendor, _ log: EventLog, _ clock: SystemClock) async -> (any Error)? {
        do {
            let agent = AgentID("5001")
            try await log.waits { events in
                guard case .agents(let agents, _)? = events.last else { return false }
                return agents.map(\.activity) == [.idle]
            }
            let number = try #require(PhoneNumber(e164: "+8613800990001"))
            let attempt = AttemptID(1)
            let call = try await vendor.placeCall(
                CallRequest(
                    attempt: attempt, number: number, prefix: "", callerID: "01080000001", agent: agent,
                    notAfter: clock.now + .seconds(60)))
            try await log.waits { $0.progress(of: 1).contains(.connected(agent)) }
            try await vendor.hangUp(LiveCall(attempt: attempt, vendorCall: call))
            try await log.waits { $0.ending(of: 1) != nil }
            let ending = await log.events.ending(of: 1)
            #expect(ending?.outcome == .connected)
            #expect(ending?.vendorReason == "0502 1000 0400 5500 0600 0000")
            #expect(await log.events.progress(of: 1).first == .ringing)
            return nil
        } catch {
            return error
        }
    }

    private static func ask(_ path: String, _ port: String, _ transport: CurlTransport) async throws -> JSONValue? {
        let response = try await transport.send(HTTPRequest(method: "GET", url: "http://127.0.0.1:\(port)\(path)"))
        return JSONValue(parsing: response.body)
    }
}
