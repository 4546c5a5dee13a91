import CallModel
import DialModel
import EventWire
import Testing

@testable import VendorSimulator

/// WinCall's side as a value: what it says to whom, second by second.
@Suite struct WinCallDialectTests {
    /// The dialect, its world, and the messages that each connection was sent.
    private struct Server {
        var dialect: WinCallDialect
        var world: SimulatedCallCentre
        var sent: [(connection: Int, text: String)] = []

        init(agents: Int = 2, diallers: Int = 0, _ simulation: WinCallSimulation = WinCallSimulation()) {
            let settings = WinCallStage.settings(agents: agents, diallers: diallers, simulation)
            dialect = WinCallDialect(settings: settings)
            world = SimulatedCallCentre(
                settings: settings.centre, model: CallModel(settings: settings.callModel, seed: 1),
                start: Timestamp(milliseconds: 0))
            world.recordsChanges = true
        }

        mutating func open(_ connection: Int) {
            let request = RawRequest(method: "GET", path: "/socket.io/", query: "EIO=3&transport=websocket")
            dialect.opened(ConnectionID(number: connection), by: request, in: &world)
            settle()
        }

        mutating func say(_ text: String, on connection: Int) {
            dialect.received(text, from: ConnectionID(number: connection), in: &world)
            settle()
        }

        mutating func command(_ command: String, on connection: Int) {
            say(#"42["AgentCmd",\#(command)]"#, on: connection)
        }

        mutating func signIn(_ agent: String, on connection: Int, isIdle: Bool = true) {
            open(connection)
            let phone = (Int(agent) ?? 0) + 3000
            command(
                #"{"Action":100,"VccCode":"simulator","AgNum":"\#(agent)","AgPass":"simulator-secret","AgPhoneNum":\#(phone)}"#,
                on: connection)
            command(#"{"Action":2,"State":\#(isIdle ? 1 : 2)}"#, on: connection)
        }

        mutating func dial(_ called: String, on connection: Int) {
            command(#"{"Action":22,"Called":"\#(called)","CallerID":"01080000001","GroupID":10}"#, on: connection)
        }

        mutating func pass(_ seconds: Int) {
            for _ in 0..<(seconds * 10) {
                world.advance(to: world.now + .milliseconds(100))
                if let due = dialect.nextDueAt, due <= world.now { dialect.timePassed(in: &world) }
                settle()
            }
        }

        /// A request of the polling transport; gives the status and the body of its answer.
        mutating func poll(_ sid: String = "", body: String? = nil) -> (Int?, String) {
            let query = "EIO=3&transport=polling&b64=1" + (sid.isEmpty ? "" : "&sid=\(sid)")
            let request = RawRequest(
                method: body == nil ? "GET" : "POST", path: "/socket.io/", query: query, body: Array((body ?? "").utf8))
            let answer = dialect.answer(request, in: &world)
            settle()
            return (answer?.status, String(decoding: answer?.body ?? [], as: UTF8.self))
        }

        private mutating func settle() {
            while case let changes = world.takeChanges(), !changes.isEmpty { dialect.take(changes, in: &world) }
            for (connection, output) in dialect.takeOutput() {
                switch output {
                case .event(let text), .text(let text): sent.append((connection.number, text))
                case .close: sent.append((connection.number, "close"))
                case .cut: sent.append((connection.number, "cut"))
                }
            }
        }

        /// The messages to a connection, without their quotation marks' escapes.
        func messages(_ connection: Int) -> [String] {
            sent.filter { $0.connection == connection }.map { $0.text.replacing("\\\"", with: "\"") }
        }

        /// The states of a phone in order, a ring with its kind.
        func phone(_ connection: Int) -> [String] {
            messages(connection).filter { $0.contains("\"MT\":3") }.map { text in
                let digits = text.firstMatch(of: /"PhoSta":(\d+)(,"RingType":(\d))?/)
                return [digits?.1, digits?.3].compactMap(\.self).joined(separator: "/")
            }
        }
    }

    @Test func `A connection begins with two packets, pings are answered, and silence ends it`() {
        var server = Server(agents: 1, WinCallSimulation(keepAlive: .seconds(40)))
        server.open(0)
        #expect(
            server.messages(0) == [
                #"0{"pingInterval":25000,"pingTimeout":60000,"sid":"session0","upgrades":[]}"#, "40",
            ])
        server.say("2probe", on: 0)
        #expect(server.messages(0).last == "3probe")
        server.pass(41)
        #expect(server.messages(0).last?.contains(#""MT":2"#) == true)
        server.pass(44)
        #expect(server.messages(0).last == "close")
    }

    @Test func `Sessions that are polled begin with a payload, answer in payloads, and are forgotten in silence`() {
        var server = Server()
        let begun = server.poll().1
        let empty = server.poll("session-1").1
        let pinged = server.poll("session-1", body: "1:2").1
        let answered = server.poll("session-1").1
        let broken = server.poll("session-1", body: "\u{0}\u{1}").0
        let unknown = server.poll("session-9").0
        server.pass(86)
        let forgotten = server.poll("session-1").0
        #expect(begun.hasSuffix(#""sid":"session-1","upgrades":[]}2:40"#))
        #expect([empty, pinged, answered] == ["1:6", "ok", "1:3"])
        #expect([broken, unknown, forgotten] == [400, 400, 400])
        #expect(server.messages(-1) == [])
    }

    @Test func `Only a websocket of the right generation is served`() {
        var server = Server()
        let request = RawRequest(method: "GET", path: "/socket.io/", query: "EIO=4&transport=websocket")
        server.dialect.opened(ConnectionID(number: 0), by: request, in: &server.world)
        guard case .close? = server.dialect.takeOutput().first?.1 else {
            Issue.record("served")
            return
        }
    }

    @Test func `The parameters of a call come once where the server does not repeat them`() {
        var server = Server(WinCallSimulation(quirks: [.tellsParametersOnce]))
        server.signIn("5001", on: 0)
        server.dial("13800990001", on: 0)
        server.pass(5)
        let phone = server.messages(0).filter { $0.contains(#""MT":3"#) }
        #expect(phone.count > 3)
        #expect(phone.count { $0.contains("CallId") } == 1)
        #expect(phone.first?.contains(#""Called":"13800990001""#) == true)
    }

    @Test func `After a call the agent works for as long as is announced, and is idle then`() {
        var server = Server()
        server.signIn("5001", on: 0)
        server.dial("13800990001", on: 0)
        server.pass(40)
        #expect(server.phone(0) == ["5/2", "10", "4", "55", "6", "0"])
        let states = server.messages(0).compactMap { $0.firstMatch(of: /"AgSta":(\d)/)?.1 }
        #expect(states == ["3", "4", "5", "3"])
        #expect(server.messages(0).contains { $0.contains(#""AgSta":5,"AgStaParam":2"#) })
    }

    @Test func `A call that a dialler gives to the skill group rings an idle agent as one of the queue`() {
        var server = Server(agents: 1, diallers: 1)
        server.signIn("5001", on: 0)
        server.signIn("5901", on: 1, isIdle: false)
        server.dial("13800990001", on: 1)
        server.pass(2)
        #expect(server.phone(1).last == "6")
        server.command(#"{"Action":44,"TransType":1,"TransParam1":10}"#, on: 1)
        server.pass(2)
        #expect(server.phone(1).last == "0")
        #expect(server.phone(0) == ["5/1", "6"])
        #expect(server.messages(0).contains { $0.contains(#""Caller":"13800990001""#) && $0.contains(#""QueId":10"#) })
    }

    @Test func `A project's call rings as an answered one, with project and row`() {
        var server = Server()
        server.signIn("5001", on: 0)
        server.command(#"{"Action":9,"ProID":7}"#, on: 0)
        let request = RawRequest(method: "POST", path: "/wincall/project", query: "agent=5001&callee=13800990001")
        #expect(server.dialect.answer(request, in: &server.world)?.status == 200)
        server.pass(3)
        #expect(server.phone(0) == ["5/5", "6"])
        #expect(server.messages(0).contains { $0.contains(#""AcPro":7"#) && $0.contains(#""AcTask":"0""#) })
    }

    @Test func `An agent whose connection broke off counts as signed in for as long as the server says`() {
        var server = Server(WinCallSimulation(keepsBrokenSessions: .seconds(30)))
        server.signIn("5001", on: 0)
        server.dialect.closed(ConnectionID(number: 0), in: &server.world)
        server.signIn("5001", on: 1)
        #expect(server.messages(1).contains { $0.contains(#""Retact":100,"Ret":1"#) })
        server.pass(31)
        #expect(server.world.agents[0].state == .signedOut)
        server.signIn("5001", on: 2)
        #expect(server.messages(2).contains { $0.contains(#""Retact":2,"Ret":0"#) })
    }

    @Test(
        arguments: [
            ("980008", WinCallScript.declines(8)), ("980999", .declines(999)), ("981001", .placesInSilence),
            ("981002", .ignores), ("981003", .answersLate), ("980000", nil), ("990001", nil),
        ] as [(String, WinCallScript?)])
    func `Numbers decide what the server answers`(suffix: String, script: WinCallScript?) {
        #expect(WinCallScript(number: "9138" + suffix) == script)
    }
}
