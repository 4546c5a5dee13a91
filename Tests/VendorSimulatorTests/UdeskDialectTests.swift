import COpenSSL
import DialModel
import EventWire
import Testing

@testable import VendorSimulator

@Suite("The simulator's Udesk")
struct UdeskDialectTests {
    private static let relay = "01080000001"

    /// A dialect, its world, and what it posted.
    private struct Tenant {
        var dialect: UdeskDialect
        var world: SimulatedCallCentre
        var posted: [JSONValue] = []
        private var requests = 0

        init(agents: Int = 2, noShow: Double = 0, change: (inout SimulatorSettings) -> Void = { _ in }) {
            var settings = SimulatorSettings()
            change(&settings)
            dialect = UdeskDialect(settings: settings)
            world = Centre.make(agents: agents, queueTimeout: .seconds(60), noShow: noShow)
            world.recordsChanges = true
        }

        /// The signed parameters of a request, those that are given in the place of the right ones.
        mutating func signed(_ given: [String: String] = [:]) -> [String: String] {
            requests += 1
            var all = [
                "email": "admin@simulator.test", "timestamp": String(world.now.milliseconds / 1000),
                "nonce": "nonce\(requests)", "sign_version": "v2",
            ]
            all.merge(given) { $1 }
            let text = "\(all["email"] ?? "")&simulator-secret&\(all["timestamp"] ?? "")&\(all["nonce"] ?? "")&v2"
            let bytes = Array(text.utf8)
            var digest = [UInt8](repeating: 0, count: 32)
            _ = SHA256(bytes, bytes.count, &digest)
            all["sign"] = given["sign"] ?? digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            return all
        }

        mutating func ask(
            _ method: String, _ operation: String, _ given: [String: String] = [:], body: String = ""
        ) -> (status: Int, members: JSONValue?) {
            let query = signed(given).map { "\($0.key)=\($0.value.replacing(" ", with: "%20"))" }.joined(separator: "&")
            let request = RawRequest(
                method: method, path: "/open_api_v1/\(operation)", query: query, body: Array(body.utf8))
            let answer = dialect.answer(request, in: &world) ?? RawAnswer(status: 0)
            return (answer.status, JSONValue(parsing: answer.body))
        }

        mutating func callBack(_ customer: String, relay: String = UdeskDialectTests.relay) -> Int {
            let body =
                #"{"from_number":"\#(customer)","to_number":"\#(relay)","variables":{"attempt_id":"7"}}"#
            return ask("POST", "callcenter/web_callback", body: body).status
        }

        /// Lets time pass, and keeps what is posted.
        mutating func advance(to seconds: Int) {
            world.advance(to: Centre.at(seconds))
            dialect.take(world.takeChanges(), in: &world)
            posted += dialect.takeOutput().compactMap { connection, output in
                guard connection == .posting, case .event(let text) = output else { return nil }
                return JSONValue(parsing: Array(text.utf8))
            }
        }
    }

    @Test("A conversation is posted when it rings, at both answers, at hanging up and at the end, with what is known")
    func postsConversations() {
        var tenant = Tenant()
        #expect(tenant.callBack(Centre.answersLater) == 200)
        for second in 1...120 { tenant.advance(to: second) }
        let posted = tenant.posted
        #expect(posted.count == 5)
        #expect(Set(posted.compactMap { $0["call_id"]?.text }).count == 1)
        #expect(posted.allSatisfy { $0["ivr_variables"]?.text == #"{"attempt_id":"7"}"# })
        #expect(posted.allSatisfy { $0["customer_phone"]?.text == Centre.answersLater })
        #expect(posted.map { $0["customer_answer_at"]?.text != nil } == [false, true, true, true, true])
        #expect(posted.map { $0["agent_answer_at"]?.text != nil } == [false, false, true, true, true])
        #expect(posted.map { $0["customer_hangup_at"]?.text != nil } == [false, false, false, true, true])
        #expect(posted[0]["customer_ring_at"]?.text?.hasSuffix(" +0800") == true)
        #expect(posted[2]["agent_id"]?.text == "5001")
        #expect(posted[4]["call_result"]?.text == "客服接听")
    }

    @Test(
        "A call that fails has its cause, and rang or did not",
        arguments: [("13800990003", "用户忙", false), ("13800990004", "空号", false), ("13800990006", "用户拒接", true)])
    func postsFailures(customer: String, cause: String, rings: Bool) {
        var tenant = Tenant()
        #expect(tenant.callBack(customer) == 200)
        tenant.advance(to: 60)
        #expect(tenant.posted.last?["defeat_cause"]?.text == cause)
        #expect(tenant.posted.last?["call_result"]?.text == "客户未接")
        #expect((tenant.posted.last?["customer_ring_at"]?.text != nil) == rings)
        #expect(tenant.posted.last?["customer_hangup_at"]?.text == nil)
    }

    @Test("Whoever is not let in learns why, and an operation that is asked for too often is put off")
    func authenticates() {
        var tenant = Tenant()
        let now = tenant.world.now.milliseconds / 1000
        #expect(tenant.ask("GET", "agent_monitor_infos").status == 200)
        #expect(tenant.ask("GET", "agent_monitor_infos", ["nonce": "nonce1"]).status == 401)
        #expect(tenant.ask("GET", "agent_monitor_infos", ["sign": "0"]).status == 401)
        #expect(tenant.ask("GET", "agent_monitor_infos", ["email": "other@simulator.test"]).status == 401)
        #expect(tenant.ask("GET", "agent_monitor_infos", ["timestamp": String(now - 901)]).status == 401)
        #expect(tenant.ask("GET", "agent_monitor_infos", ["timestamp": String(now - 899)]).status == 200)
        #expect(tenant.ask("GET", "nothing").status == 404)
        for _ in 0..<58 { #expect(tenant.ask("GET", "agent_monitor_infos").status == 200) }
        #expect(tenant.ask("GET", "agent_monitor_infos").status == 429)
        #expect(tenant.ask("GET", "callcenter/callout_number_list").status == 200)
        tenant.advance(to: 60)
        #expect(tenant.ask("GET", "agent_monitor_infos").status == 200)
    }

    @Test("Agents are idle, busy or away, and other groups have none")
    func tellsStates() {
        var tenant = Tenant(agents: 3)
        tenant.world.startBreak(agent: 1, at: tenant.world.now)
        tenant.world.signOut(agent: 2, at: tenant.world.now)
        #expect(tenant.callBack(Centre.talks) == 200)
        tenant.advance(to: 10)
        guard
            case .array(let agents)? = tenant.ask("GET", "agent_monitor_infos", ["user_group_id": "12"]).members?[
                "data"]
        else {
            Issue.record("no list")
            return
        }
        #expect(agents.compactMap { $0["call_status"]?.text } == ["busy", "online", "offline"])
        #expect(tenant.ask("GET", "agent_monitor_infos", ["user_group_id": "13"]).members?["data"] == .array([]))
    }

    @Test("The log has calls that are over, page by page, by the time at which they began")
    func logs() {
        var tenant = Tenant()
        #expect(tenant.callBack("13800990003") == 200)
        #expect(tenant.callBack(Centre.patient) == 200)
        tenant.advance(to: 10)
        func span(_ from: Int, _ to: Int) -> [String: String] {
            ["start_time": from, "end_time": to].mapValues {
                CivilTime(Centre.at($0), offset: CivilTime.shanghai).dateTime
            }
        }
        let log = tenant.ask("GET", "callcenter/call_logs", span(-10, 10)).members
        guard case .array(let items)? = log?["items"] else {
            Issue.record("no list")
            return
        }
        #expect(items.count == 1)
        #expect(items.first?["defeat_cause"]?.text == "用户忙")
        #expect(log?["meta"]?["total_count"]?.text == "1")
        #expect(tenant.ask("GET", "callcenter/call_logs", span(5, 10)).members?["items"] == .array([]))
        #expect(tenant.ask("GET", "callcenter/call_logs").status == 400)
    }

    @Test("What cannot be called is declined, and nothing is placed")
    func declines() {
        var tenant = Tenant { $0.blockedCallees = ["13800138000"] }
        #expect(tenant.callBack("13800138000") == 400)
        #expect(tenant.callBack("138x") == 400)
        #expect(tenant.callBack(Centre.talks, relay: "01000000000") == 400)
        #expect(tenant.ask("POST", "callcenter/web_callback", body: "{}").status == 400)
        let nested = #"{"from_number":"13800990001","to_number":"01080000001","variables":{"a":[1]}}"#
        #expect(tenant.ask("POST", "callcenter/web_callback", body: nested).status == 400)
        #expect(tenant.world.calls.isEmpty)
    }

    @Test("An answer can be lost before or after its request is carried out")
    func losesAnswers() {
        var tenant = Tenant { $0.faults.failAfterDialEvery = 2 }
        #expect(tenant.callBack(Centre.talks) == 200)
        #expect(tenant.callBack(Centre.talks) == 500)
        #expect(tenant.world.calls.count == 2)
        var other = Tenant { $0.faults.failBeforeDialEvery = 1 }
        #expect(other.callBack(Centre.talks) == 500)
        #expect(other.world.calls.isEmpty)
    }
}
