import COpenSSL
import CallModel
import DialModel
import EventWire
import Testing

@testable import VendorSimulator

@Suite("The CCPaaS tenant behind the stand-in SDK")
struct CCPaaSDialectTests {
    /// One agent's SDK with everything that it was told.
    private struct Desk {
        static let connection = ConnectionID(number: 0)

        var world: SimulatedCallCentre
        var host: PushHost
        var texts: [JSONValue] = []
        var isClosed = false
        var lastID = 0

        init(faults: SimulatorFaults = SimulatorFaults(), secret: Secret? = nil, age: Duration = .zero) {
            let start = Timestamp(milliseconds: 1_767_319_384_000)
            var settings = SimulatorSettings(centre: CallCentreSettings(agents: 2))
            settings.callModel.pickUp = .constant(.seconds(1))
            settings.faults = faults
            world = SimulatedCallCentre(
                settings: settings.centre, model: CallModel(settings: settings.callModel, seed: 1), start: start)
            world.recordsChanges = true
            host = PushHost(dialects: [CCPaaSDialect(settings: settings)], faults: faults, at: start)
            let seconds = start.milliseconds / 1000 - age.components.seconds
            let token = Self.token(settings.ccpaas.appID, secret ?? settings.ccpaas.secret, seconds)
            _ = host.open(
                RawRequest(
                    method: "GET", path: SimulatedCCPaaS.socketPath,
                    query: "AgentId=5001&appId=\(settings.ccpaas.appID)&timestamp=\(seconds)&token=\(token)"),
                in: &world)
            settle()
            call("ConnectAsync", "[]")
        }

        static func token(_ appID: String, _ secret: Secret, _ seconds: Int64) -> String {
            let (key, text) = (Array(secret.revealed.utf8), Array("\(appID)\(seconds)".utf8))
            var digest = [UInt8](repeating: 0, count: 20)
            var length: UInt32 = 20
            _ = HMAC(EVP_sha1(), key, Int32(key.count), text, text.count, &digest, &length)
            return digest.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        }

        mutating func call(_ method: String, _ args: String) {
            lastID += 1
            host.receive(
                #"{"id":"\#(lastID)","method":"\#(method)","args":\#(args)}"#, from: Self.connection, in: &world)
            settle()
        }

        mutating func pass(_ length: Duration) {
            let end = world.now + length
            while let due = [world.nextEventAt, host.nextDueAt].compactMap(\.self).min(), due <= end {
                world.advance(to: due)
                settle()
            }
            world.advance(to: end)
            settle()
        }

        private mutating func settle() {
            host.settle(in: &world)
            for (_, output) in host.takeOutbox() {
                switch output {
                case .event(let text), .text(let text): texts += [JSONValue(parsing: Array(text.utf8)) ?? .null]
                case .close, .cut: isClosed = true
                }
            }
        }

        /// The answer to the latest command.
        var answer: JSONValue? { texts.last { $0["id"]?.text == String(lastID) } }

        func payloads(_ event: String) -> [JSONValue] {
            texts.filter { $0["event"]?.text == event }.compactMap { $0["payload"]?["Data"] }
        }

        var names: [String] { texts.compactMap { $0["event"]?.text ?? $0["id"]?.text } }
    }

    @Test("A connection needs a token that is right and not too old")
    func tokens() {
        #expect(!Desk().isClosed)
        #expect(!Desk(age: .seconds(299)).isClosed)
        #expect(Desk(age: .seconds(301)).isClosed)
        #expect(Desk(secret: Secret("another")).isClosed)
    }

    @Test("Whoever connects is told where everything stands, a list around what is ready and none around the state")
    func greets() {
        let desk = Desk()
        #expect(desk.names == ["1", "Ready", "GetState"])
        guard case .array? = desk.payloads("Ready").first else {
            Issue.record("no list")
            return
        }
        #expect(desk.payloads("GetState").first?["CurState"]?.text == "idle")
        #expect(desk.payloads("GetState").first?["CurExtState"]?.text == "idle")
        #expect(desk.payloads("GetState").first?["CallID"] == .string(""))
    }

    @Test("A call is told of in both forms, from the agent's phone to its end")
    func calls() throws {
        var desk = Desk()
        desk.call("MakeCallAsync", #"["01080990001",{"BizId":"7"}]"#)
        #expect(desk.answer?["Code"]?.text == "0000" && desk.answer?["Data"] == nil)
        desk.pass(.seconds(60))
        #expect(desk.payloads("Originated").count == 2 && desk.payloads("Established").count == 1)
        #expect(desk.payloads("ConnectionCleared").count == 1)
        let advanced = desk.payloads("AdvancedCallStatusChanged")
        #expect(advanced.compactMap { $0["CallEvent"]?.text } == ["Originated", "Originated", "Established"])
        #expect(advanced[0]["ChannelUUID"] != advanced[1]["ChannelUUID"])
        #expect(advanced[0]["CustomerInfo"]?["City"]?.text == "北京")
        #expect(advanced[0]["DisplayInfo"]?["City"]?.text == "北京市")
        let name = try #require(advanced[0]["CallID"]?.text)
        #expect(name.split(separator: "-").map(\.count) == [8, 4, 4, 4, 12])
    }

    @Test("Numbers that script the tenant: late answers, hidden ends, and words that may be shown")
    func scripts() {
        var desk = Desk()
        desk.call("MakeCallAsync", #"["13800985003",{}]"#)
        #expect(desk.answer?["Code"]?.text == "0001" && desk.answer?["Visible"] == .bool(true))
        desk.call("MakeCallAsync", #"["13800985001",{}]"#)
        let names = desk.names
        #expect(names.firstIndex(of: "Originated").map { $0 < names.count - 1 } == true && names.contains("3"))
        #expect((names.firstIndex(of: "Originated") ?? 0) < (names.lastIndex(of: "3") ?? 0))
        desk.pass(.seconds(600))
        let ended = desk.payloads("ConnectionCleared").count
        desk.call("MakeCallAsync", #"["13800985002",{}]"#)
        desk.pass(.seconds(600))
        #expect(desk.payloads("ConnectionCleared").count == ended)
        desk.call("ConnectAsync", "[]")
        #expect(desk.payloads("GetState").last?["CallID"] == .string(""))
    }

    @Test("States, custom breaks as numbers, and other agents who are idle")
    func agents() {
        var desk = Desk()
        desk.call("GetAgentStatesAsync", "[]")
        #expect(desk.answer?.serialized.contains(#""Code":101"#) == true)
        desk.call("SetAgentStateAsync", #"["onBreak",101]"#)
        #expect(desk.payloads("AgentStateChanged").last?.serialized.contains(#""CurStateSubId":"101""#) == true)
        desk.call("SetAgentStateAsync", #"["onBreak",999]"#)
        #expect(desk.answer?["Code"]?.text == "0001")
        desk.call("MakeCallAsync", #"["13800990001",{}]"#)
        #expect(desk.answer?["Code"]?.text == "0001")
        desk.call("SetAgentStateAsync", #"["idle"]"#)
        desk.call("GetOtherAgentsAsync", #"[{"State":"idle"}]"#)
        #expect(desk.answer?.serialized.contains(#""AgentId":"5002""#) == true)
    }

    @Test("Numbers and pools are listed and selected, the one in the place of the other")
    func numbers() {
        var desk = Desk()
        desk.call("SetSpNumberPoolNumAsync", #"[{"type":2,"id":"pool-1"}]"#)
        desk.call("GetNumberPoolAndSpNumAsync", #"[{"type":2}]"#)
        #expect(desk.answer?["Data"]?["defaultId"]?.text == "pool-1")
        desk.call("SetSpNumberAsync", #"[{"OwnerType":"agent","DisplayNumber":"02180000001"}]"#)
        desk.call("GetNumberPoolAndSpNumAsync", #"[{"type":2}]"#)
        #expect(desk.answer?["Data"]?["defaultId"] == nil)
        desk.call("GetCurrentSpNumberAsync", #"[{"OwnerType":"agent"}]"#)
        #expect(desk.answer?["Data"]?.text == "02180000001")
        desk.call("SetSpNumberAsync", #"[{"OwnerType":"agent","DisplayNumber":"1"}]"#)
        #expect(desk.answer?["Code"]?.text == "0001")
    }
}
