import DialModel
import EventWire
import Testing

@testable import VendorSimulator

@Suite("The simulator's Well")
struct WellDialectTests {
    /// A dialect and its world, with one client who has a channel for the topics of all agents.
    private struct Tenant {
        var dialect: WellDialect
        var world: SimulatedCallCentre
        let channel = ConnectionID(number: 0)

        init(agents: Int = 3, diallers: Int = 0, change: (inout SimulatedWell) -> Void = { _ in }) {
            var settings = SimulatorSettings()
            change(&settings.well)
            dialect = WellDialect(settings: settings)
            world = Centre.make(agents: agents, diallers: diallers, startsSignedIn: false)
            world.recordsChanges = true
            dialect.opened(channel, by: RawRequest(method: "GET", path: SimulatedWell.eventPath), in: &world)
            send("CONNECT", [("accept-version", "1.1"), ("heart-beat", "0,10000")])
            for agent in world.agents {
                let topic = "/topic/event.agent.*.\(agent.jobNumber)@simulator_cc"
                send("SUBSCRIBE", [("id", agent.jobNumber), ("destination", topic)])
            }
        }

        mutating func send(_ command: String, _ headers: [(String, String)]) {
            let frame = STOMPFrame(command, headers.map { STOMPHeader($0.0, $0.1) })
            dialect.received(String(decoding: frame.encoded, as: UTF8.self), from: channel, in: &world)
        }

        /// Posts JSON, or a form where there is no session.
        @discardableResult
        mutating func ask(
            _ method: String, _ path: String, _ body: [String: String] = [:], as session: String? = nil
        ) -> RawAnswer {
            var request = RawRequest(method: method, path: path)
            if let session {
                request.headers = [("sessionId", session)]
                request.body = Array(JSONValue.object(body.mapValues { .string($0) }).serialized.utf8)
            } else {
                request.body = Array(body.map { "\($0.key)=\($0.value)" }.joined(separator: "&").utf8)
            }
            return dialect.answer(request, in: &world) ?? RawAnswer(status: 0)
        }

        mutating func session(_ agent: String = "5001") -> String {
            let form = ["username": agent, "password": "simulator", "namespace": "simulator.cc"]
            return JSONValue(parsing: ask("POST", "/login", form).body)?["sessionId"]?.text ?? ""
        }

        mutating func logIn(_ agent: String, at phone: String, as session: String) -> RawAnswer {
            ask(
                "POST", "/api/csta/agent/state",
                [
                    "func": "Login", "loginId": "\(agent)@simulator.cc", "device": "\(phone)@simulator.cc",
                    "password": "simulator", "agentMode": "NotReady",
                ], as: session)
        }

        mutating func dial(_ callee: String, from phone: String = "8001", as session: String) -> RawAnswer {
            ask(
                "POST", WellCallPath.root,
                ["from": "\(phone)@simulator.cc", "to": "9" + callee, "originForDisplay": "01080000001", "cpa": "1"],
                as: session)
        }

        /// Lets time pass, and gives the names of the events that come, with the agents whose they are.
        mutating func events(after seconds: Int) -> [String] {
            let end = world.now + .seconds(seconds)
            repeat {
                if let due = [world.nextEventAt, dialect.nextDueAt].compactMap({ $0 }).min(), due <= end {
                    world.advance(to: due)
                } else {
                    world.advance(to: end)
                }
                if let due = dialect.nextDueAt, due <= world.now { dialect.timePassed(in: &world) }
                while case let changes = world.takeChanges(), !changes.isEmpty { dialect.take(changes, in: &world) }
            } while world.now < end
            return dialect.takeOutput().compactMap { output in
                guard case .event(let text) = output.1 else { return nil }
                var decoder = STOMPDecoder()
                decoder.append(text.utf8)
                guard let frame = try? decoder.next(), let event = JSONValue(parsing: frame.body) else { return nil }
                return "\(frame["subscription"] ?? "") \(event["eventName"]?.text ?? "")"
            }
        }
    }

    @Test("A session is asked for by password, and everything else needs one")
    func needsSessions() {
        var tenant = Tenant()
        let wrong = ["username": "5001", "password": "guess", "namespace": "simulator.cc"]
        #expect(tenant.ask("POST", "/login", wrong).status == 401)
        #expect(tenant.ask("GET", "/api/csta/agent/client-state", as: "none").status == 426)
        let session = tenant.session()
        #expect(tenant.ask("GET", "/api/csta/agent/client-state", as: session).status == 200)
        #expect(tenant.ask("GET", "/elsewhere", as: session).status == 0)
    }

    @Test("Agents and phones are bound to each other, one to one")
    func binds() {
        var tenant = Tenant { $0.licences = 2 }
        let session = tenant.session()
        #expect(tenant.logIn("5001", at: "7777", as: session).status == 453)
        #expect(tenant.logIn("5999", at: "8001", as: session).status == 452)
        #expect(tenant.logIn("5001", at: "8001", as: session).status == 204)
        #expect(tenant.logIn("5001", at: "8001", as: session).status == 454)
        let elsewhere = tenant.logIn("5001", at: "8002", as: session)
        #expect(elsewhere.status == 455)
        #expect(JSONValue(parsing: elsewhere.body)?["deviceId"]?.text == "8001@simulator.cc")
        let taken = tenant.logIn("5002", at: "8001", as: tenant.session("5002"))
        #expect(taken.status == 459)
        #expect(JSONValue(parsing: taken.body)?["agentId"]?.text == "5001@simulator.cc")
        #expect(tenant.logIn("5002", at: "8002", as: tenant.session("5002")).status == 204)
        #expect(tenant.logIn("5003", at: "8003", as: tenant.session("5003")).status == 461)
        #expect(
            tenant.events(after: 0) == [
                "5001 agentLoggedOn", "5002 agentLoggedOn", "5001 agentNotReady", "5002 agentNotReady",
            ])
    }

    @Test("A call's events come in the vendor's order, and the failed code only with analysis")
    func tellsCalls() {
        var tenant = Tenant()
        let session = tenant.session()
        _ = tenant.logIn("5001", at: "8001", as: session)
        _ = tenant.events(after: 0)
        #expect(tenant.dial(Centre.answersLater, as: session).status == 200)
        #expect(
            tenant.events(after: 60)
                == [
                    "serviceInitiated", "originated", "delivered", "established", "connectionCleared",
                    "connectionCleared",
                    "agentWorkingAfterCall", "agentNotReady",
                ].map { "5001 \($0)" })
        #expect(tenant.dial("13800990003", as: session).status == 200)
        #expect(
            tenant.events(after: 10)
                == [
                    "serviceInitiated", "originated", "failed", "connectionCleared", "connectionCleared",
                    "agentNotReady",
                ].map { "5001 \($0)" })
    }

    @Test(
        "Two calls from a phone within two seconds are turned away and counted, and one beside another is turned away")
    func countsHaste() {
        var tenant = Tenant()
        let session = tenant.session()
        _ = tenant.logIn("5001", at: "8001", as: session)
        #expect(tenant.dial(Centre.talks, as: session).status == 200)
        _ = tenant.events(after: 1)
        #expect(tenant.dial(Centre.talks, as: session).status == 429)
        #expect(tenant.dialect.violations == 1)
        _ = tenant.events(after: 2)
        #expect(tenant.dial(Centre.talks, as: session).status == 460)
        #expect(tenant.dialect.violations == 1 && tenant.world.calls.count == 1)
    }

    @Test("Calls are held, taken back, handed over and hung up")
    func controlsCalls() throws {
        var tenant = Tenant(agents: 2, diallers: 1)
        let session = tenant.session("5901")
        _ = tenant.logIn("5901", at: "8901", as: session)
        let agentSession = tenant.session()
        _ = tenant.logIn("5001", at: "8001", as: agentSession)
        let answer = tenant.dial("13800990014", from: "8901", as: session)
        let call = try #require(JSONValue(parsing: answer.body)?["callId"]?.text)
        _ = tenant.events(after: 5)
        let leg = "\(WellCallPath.root)/\(call)/connections/8901@simulator.cc%7C\(call)"
        #expect(tenant.ask("POST", leg + "/singleStepTransfer", ["transferTo": "8002"], as: session).status == 453)
        #expect(tenant.ask("POST", leg + "/singleStepTransfer", ["transferTo": "8001"], as: session).status == 204)
        #expect(
            tenant.events(after: 3) == [
                "5901 transferred", "5901 connectionCleared", "5001 delivered", "5901 agentNotReady",
                "5001 established",
            ])
        let taken = "\(WellCallPath.root)/\(call)/connections/8001@simulator.cc%7C\(call)"
        #expect(tenant.ask("POST", taken + "/hold", as: agentSession).status == 204)
        #expect(tenant.ask("POST", taken + "/hold", as: agentSession).status == 400)
        #expect(tenant.ask("POST", taken + "/retrieve", as: agentSession).status == 204)
        #expect(tenant.ask("DELETE", leg, as: session).status == 404)
        #expect(tenant.ask("DELETE", taken, as: agentSession).status == 204)
        #expect(tenant.events(after: 0).filter { $0.hasSuffix("Cleared") }.count == 2)
        #expect(tenant.ask("DELETE", taken, as: agentSession).status == 404)
    }

    @Test("Who gives no sign of life is signed out after three minutes")
    func signsOutTheSilent() {
        var tenant = Tenant()
        let session = tenant.session()
        _ = tenant.logIn("5001", at: "8001", as: session)
        _ = tenant.events(after: 100)
        #expect(tenant.ask("POST", "/api/csta/agent/heartbeat/5001@simulator.cc", as: session).status == 204)
        #expect(!tenant.events(after: 179).contains("5001 agentLoggedOff"))
        #expect(tenant.events(after: 1) == ["5001 agentLoggedOff"])
        #expect(tenant.ask("POST", "/api/csta/agent/heartbeat/5001@simulator.cc", as: session).status == 458)
    }

    @Test("What nobody has subscribed to is lost")
    func losesUnheardEvents() {
        var tenant = Tenant()
        tenant.send("UNSUBSCRIBE", [("id", "5001")])
        _ = tenant.logIn("5001", at: "8001", as: tenant.session())
        #expect(tenant.events(after: 0) == [])
    }
}
