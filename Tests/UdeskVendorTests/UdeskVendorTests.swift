import DialModel
import EventWire
import Telephony
import TestSupport
import Testing
import Wording

@testable import UdeskVendor

@Suite("The client of Udesk", .timeLimit(.minutes(15)))
struct UdeskVendorTests {
    private static let callback = "callcenter/web_callback"

    private func vendor(
        _ tenant: SimulatedTenant, _ clock: ManualClock, group: String = "12",
        listener: SilentListener? = SilentListener(),
        refusalCodes: Set<String> = []
    ) -> UdeskVendor {
        let account = UdeskAccount(
            name: "guangzhou", endpoint: "https://example.udesk.cn", email: "admin@example.com",
            token: Secret("t0ken"), refusalCodes: refusalCodes)
        return UdeskVendor(
            account: account, group: group, transport: tenant, listener: listener, clock: clock, seed: 1)
    }

    private func request(_ clock: ManualClock, callerID: String? = "02180000001", agent: AgentID? = nil) throws
        -> CallRequest
    {
        CallRequest(
            attempt: AttemptID(7), number: try #require(PhoneNumber(e164: "+8613800138000")), prefix: "",
            callerID: callerID, agent: agent, notAfter: clock.now + .seconds(10))
    }

    @Test("A callback is asked for once, on a fresh connection, signed, and named by its attempt")
    func placesCalls() async throws {
        let (tenant, clock) = (SimulatedTenant(), ManualClock())
        let vendor = vendor(tenant, clock)
        #expect(try await vendor.placeCall(request(clock)) == VendorCallID("7"))
        let asked = tenant.asked
        #expect(asked.count == 1)
        #expect(asked[0].method == "POST" && asked[0].operation == Self.callback && asked[0].isFresh)
        #expect(asked[0].body?["from_number"]?.text == "13800138000")
        #expect(asked[0].body?["to_number"]?.text == "02180000001")
        #expect(asked[0].body?["variables"]?["attempt_id"]?.text == "7")
        let query = asked[0].query
        let timestamp = try #require(query["timestamp"].flatMap { Int64($0) })
        #expect(timestamp == clock.now.milliseconds / 1000)
        let sign = OpenAPISignature.sign(
            email: "admin@example.com", token: Secret("t0ken"), timestamp: timestamp, nonce: query["nonce"] ?? "")
        #expect(query["sign"] == sign && query["sign_version"] == "v2" && query["email"] == "admin%40example.com")
    }

    @Test("Without a caller ID the first relay number is shown")
    func choosesRelay() async throws {
        let (tenant, clock) = (SimulatedTenant(), ManualClock())
        _ = try await vendor(tenant, clock).placeCall(request(clock, callerID: nil))
        #expect(tenant.asked(Self.callback).first?.body?["to_number"]?.text == "01086465040")
    }

    @Test(
        "What goes wrong with a callback means what it proves, and it is never asked for again",
        arguments: [
            (.answers(429, ""), .throttled(after: Gateway.pauseAfterThrottling)), (.answers(401, ""), .misconfigured),
            (.answers(404, ""), .misconfigured), (.answers(400, #"{"code":2000}"#), .refused(.refused)),
            (.answers(200, #"{"code":2003}"#), .refused(.refused)), (.answers(200, #"{"code":9}"#), .outcomeUnknown),
            (.answers(200, "<html>"), .outcomeUnknown), (.answers(500, ""), .outcomeUnknown),
            (.breaksOff(.outcomeUnknown), .outcomeUnknown), (.breaksOff(.notSent), .unavailable),
        ] as [(SimulatedTenant.Behaviour, VendorError.Meaning)])
    func fails(behaviour: SimulatedTenant.Behaviour, meaning: VendorError.Meaning) async throws {
        let (tenant, clock) = (SimulatedTenant([Self.callback: [behaviour]]), ManualClock())
        let vendor = vendor(tenant, clock, refusalCodes: ["2003"])
        let failure = await #expect(throws: VendorError.self) { _ = try await vendor.placeCall(request(clock)) }
        #expect(failure?.meaning == meaning)
        #expect(tenant.asked.count == 1)
        // Only a call that may exist is remembered.
        #expect(vendor.state.with { $0.board.calls.isEmpty } == (meaning != .outcomeUnknown))
    }

    @Test("No agent can be chosen, and then nothing is sent")
    func choosesNoAgent() async throws {
        let (tenant, clock) = (SimulatedTenant(), ManualClock())
        let vendor = vendor(tenant, clock)
        let failure = await #expect(throws: VendorError.self) {
            _ = try await vendor.placeCall(request(clock, agent: AgentID("5001")))
        }
        #expect(failure?.meaning == .misconfigured)
        #expect(tenant.asked.isEmpty)
        #expect(!vendor.abilities.placesForAgent)
    }

    @Test("Calls are asked for no more often than allowed, and who cannot wait is told so")
    func keepsPace() async throws {
        let (tenant, clock) = (SimulatedTenant(), ManualClock())
        let vendor = vendor(tenant, clock)
        let requests = try (0..<20).map { _ in try request(clock) }
        let outcomes = try await clock.advancing {
            await withTaskGroup(of: Bool.self) { group in
                for request in requests { group.addTask { (try? await vendor.placeCall(request)) != nil } }
                return await group.reduce(into: [false: 0, true: 0]) { $0[$1, default: 0] += 1 }
            }
        }
        // One at once and one after each 1.05 s of the ten.
        #expect(outcomes == [true: 10, false: 10])
        #expect(tenant.asked.count == 10)
    }

    @Test("No minute has more requests of an operation than the limit, and operations do not wait for one another")
    func keepsLimit() async throws {
        let clock = ManualClock()
        let pace = RequestPace(perMinute: 60, clock: clock)
        var times: [Timestamp] = []
        for _ in 0..<200 {
            _ = try await clock.advancing { try await pace.admit("a") }
            times.append(clock.now)
        }
        for (index, time) in times.enumerated() {
            #expect(times[index...].prefix { $0 < time + .seconds(60) }.count <= 60)
        }
        let before = clock.now
        #expect(try await pace.admit("b"))
        #expect(clock.now == before)
    }

    @Test("Before anybody is called, agents and numbers are proved, and the log where nothing is pushed")
    func prepares() async throws {
        let (tenant, clock) = (SimulatedTenant(), ManualClock())
        try await vendor(tenant, clock).prepare(callerIDs: ["01086465040"])
        #expect(Set(tenant.asked.map(\.operation)) == ["agent_monitor_infos", "callcenter/callout_number_list"])
        #expect(tenant.asked("agent_monitor_infos").first?.query["user_group_id"] == "12")
        let alone = SimulatedTenant()
        try await vendor(alone, clock, listener: nil).prepare(callerIDs: [])
        #expect(alone.asked("callcenter/call_logs").count == 1)
    }

    @Test(
        "What is missing is said before anybody is called",
        arguments: [
            ("sales", [:], "NoSuchGroup"),
            ("12", ["agent_monitor_infos": [.answers(200, #"{"code":1000,"data":[]}"#)]], "NoAgents"),
            (
                "12", ["callcenter/callout_number_list": [.answers(200, #"{"code":1000,"items":[]}"#)]],
                "ForeignCallerID"
            ),
            ("12", ["agent_monitor_infos": [.answers(401, #"{"code":401,"message":"t0ken of 13800138000"}"#)]], "401"),
        ] as [(String, [String: [SimulatedTenant.Behaviour]], String)])
    func refuses(group: String, behaviours: [String: [SimulatedTenant.Behaviour]], code: String) async throws {
        let clock = ManualClock()
        let vendor = vendor(SimulatedTenant(behaviours), clock, group: group)
        let failure = try await clock.advancing {
            await #expect(throws: VendorError.self) { try await vendor.prepare(callerIDs: ["01086465040"]) }
        }
        #expect(failure?.meaning == .misconfigured)
        #expect(failure?.code == code)
        #expect(failure.map { "\($0)" }?.contains("t0ken") == false)
        #expect(failure.map { "\($0)" }?.contains("13800138000") == false)
    }

    @Test("A port that is taken ends the preparation")
    func refusesWithoutPort() async {
        let listener = SilentListener(failure: PushListeningError(Phrase(same: "taken")))
        let vendor = vendor(SimulatedTenant(), ManualClock(), listener: listener)
        let failure = await #expect(throws: VendorError.self) { try await vendor.prepare(callerIDs: []) }
        #expect(failure?.meaning == .misconfigured && failure?.code == "CannotListen")
    }

    @Test("A signature that is not accepted is made anew once, with another nonce")
    func signsAnew() async throws {
        let clock = ManualClock()
        let tenant = SimulatedTenant([
            "agent_monitor_infos": [.answers(401, ""), .answers(200, SimulatedTenant.agents)]
        ])
        let vendor = vendor(tenant, clock)
        try await clock.advancing { try await vendor.prepare(callerIDs: []) }
        let asked = tenant.asked("agent_monitor_infos")
        #expect(asked.count == 2)
        #expect(Set(asked.compactMap { $0.query["nonce"] }).count == 2)
    }

    @Test("A call of unknown fate is looked for in the log by its mark, and what is found is told")
    func reconciles() async throws {
        let clock = ManualClock()
        let at = WireTime.text(clock.now + .seconds(5))
        let log = """
            {"code":1000,"items":[{"call_id":"other","customer_phone":"13999999999","ivr_variables":"{\\"attempt_id\\":\\"7\\"}"},
            {"call_id":"c1","customer_phone":"13800138000","ivr_variables":"{\\"attempt_id\\":\\"7\\"}","customer_ring_at":"\(at)",
            "call_result":"客户未接","defeat_cause":"空号"}]}
            """
        let tenant = SimulatedTenant(["callcenter/call_logs": [.answers(200, log)]])
        let call = FollowedCall(
            attempt: AttemptID(7), number: try request(clock).number, prefix: "", vendorCall: nil,
            placedAfter: clock.now)
        guard case .found(let name, let facts) = try await vendor(tenant, clock).reconcile(call) else {
            Issue.record("the call was not found")
            return
        }
        #expect(name == VendorCallID("7"))
        #expect(facts.count == 2)
        #expect(facts.last?.isEnding == true)
        #expect(try await vendor(SimulatedTenant(), clock).reconcile(call) == .notFound)
    }

    @Test("Without a log, pushed events have to do for ten minutes of each run; without either, it cannot be known")
    func survivesWithoutLog() async throws {
        let clock = ManualClock()
        let behaviours: [String: [SimulatedTenant.Behaviour]] = ["callcenter/call_logs": [.answers(404, "")]]
        let call = FollowedCall(
            attempt: AttemptID(7), number: try request(clock).number, prefix: "", vendorCall: nil,
            placedAfter: clock.now - .seconds(720))
        let tenant = SimulatedTenant(behaviours)
        let listening = vendor(tenant, clock)
        let early = await #expect(throws: VendorError.self) { _ = try await listening.reconcile(call) }
        #expect(early?.code == "NoLog")
        listening.state.with { $0.listensSince = clock.now }
        await #expect(throws: VendorError.self) { _ = try await listening.reconcile(call) }
        clock.advance(by: .seconds(600))
        #expect(try await listening.reconcile(call) == .notFound)
        #expect(tenant.asked("callcenter/call_logs").count == 1)
        let deaf = vendor(SimulatedTenant(behaviours), clock, listener: nil)
        await #expect(throws: VendorError.self) { _ = try await deaf.reconcile(call) }
    }

    @Test("Relay numbers are listed ascending")
    func listsNumbers() async throws {
        let numbers = try await vendor(SimulatedTenant(), ManualClock()).outboundNumbers()
        #expect(numbers.map(\.number) == ["01086465040", "02180000001"])
    }
}
