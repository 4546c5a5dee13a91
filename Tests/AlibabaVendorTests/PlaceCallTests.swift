import DialModel
import Telephony
import TestSupport
import Testing

@testable import AlibabaVendor

@Suite struct PlaceCallTests {
    @Test("The request on the wire is this, byte for byte")
    func sendsTheGoldenRequest() async throws {
        let bench = Bench()
        let call = try await bench.perform { try await $0.placeCall(Bench.request(prefix: "9")) }
        let request = try #require(bench.gateway.with(\.raw).last)
        #expect(request.method == "POST")
        #expect(request.url == "http://127.0.0.1:1/")
        #expect(
            request.headers == [
                HTTPField("Content-Type", "application/x-www-form-urlencoded"), HTTPField("Accept", "application/json"),
            ])
        #expect(request.connection == .fresh)
        #expect(request.timeout == .seconds(15))
        #expect(String(decoding: request.body, as: UTF8.self) == Self.golden)
        #expect(call == VendorCallID("176731938400010000"))
    }

    /// Its signature was computed apart from this package.
    static let golden =
        "AccessKeyId=testid&Action=DialEx&AnswerMode=2&Callee=913800138000&Caller=01080000001"
        + "&Format=JSON&InstanceId=inst-1&RoutPoint=sales_queue&SignatureMethod=HMAC-SHA1"
        + "&SignatureNonce=47526757-130f-4f52-981c-e1ff0e4ae394-0000000000000007&SignatureVersion=1.0"
        + "&Timestamp=2026-01-02T02%3A03%3A04Z&Version=2017-07-05"
        + "&Signature=JMnlR%2FjmkD0N3brNuqe0fNJ0aJo%3D"

    @Test("A question may use a used connection, a dial may not")
    func choosesConnections() async throws {
        let bench = Bench()
        _ = try await bench.perform { try await $0.placeCall(Bench.request(callerID: nil)) }
        let used = bench.gateway.with { $0.received.map { "\($0.action) \($0.connection)" } }
        #expect(used == ["ListSkillGroups reusable", "PickGlobalOutboundNumbers reusable", "DialEx fresh"])
    }

    @Test("Processes with one seed use different nonces, and one process never the same twice")
    func makesNonces() async throws {
        var nonces: Set<String> = []
        for entropy in [1, 2] as [UInt64] {
            let bench = Bench(entropy: entropy)
            for attempt in 1...3 as ClosedRange<Int64> {
                _ = try await bench.perform { try await $0.placeCall(Bench.request(attempt)) }
            }
            nonces.formUnion(bench.gateway.with { $0.received.compactMap { $0.parameters["SignatureNonce"] } })
        }
        #expect(nonces.count == 8)
        #expect(AlibabaVendor.systemEntropy() != AlibabaVendor.systemEntropy())
    }

    @Test("Without an agent the answered call goes to the queue, with one to that agent")
    func routesCalls() async throws {
        let bench = Bench(subdomain: "Acme")
        _ = try await bench.perform { try await $0.placeCall(Bench.request(1)) }
        _ = try await bench.perform { try await $0.placeCall(Bench.request(2, agent: AgentID("250000000000000001"))) }
        let dials = bench.gateway.received("DialEx").map(\.parameters)
        #expect(dials.map { $0["AnswerMode"] } == ["2", "1"])
        #expect(dials.map { $0["RoutPoint"] } == ["sales_queue", "250000000000000001@Acme"])
        #expect(bench.vendor.abilities.placesForAgent)
        #expect(!bench.vendor.abilities.hangsUp)
    }

    @Test("A call for an agent is not placed where the account has no domain")
    func needsADomain() async throws {
        let bench = Bench()
        let error = try await bench.failure { try await $0.placeCall(Bench.request(agent: AgentID("25"))) }
        #expect(error?.meaning == .misconfigured)
        #expect(bench.gateway.received("DialEx").isEmpty)
        #expect(!bench.vendor.abilities.placesForAgent)
    }

    @Test(
        "Callees are dialled in the national form, behind the prefix",
        arguments: [
            ("+8613800138000", "", "13800138000"), ("+8613800138000", "9", "913800138000"),
            ("+861080000001", "", "01080000001"), ("+8651480000001", "", "051480000001"),
            ("+864008000000", "", "4008000000"), ("+14155550100", "9", "90014155550100"),
        ])
    func writesCallees(_ e164: String, _ prefix: String, _ dialled: String) async throws {
        let bench = Bench()
        let request = Bench.request(1, Bench.number(e164), prefix: prefix)
        _ = try await bench.perform { try await $0.placeCall(request) }
        #expect(bench.gateway.received("DialEx").first?.parameters["Callee"] == dialled)
    }

    @Test("The vendor chooses the number to show by the bare number, and its lost zero is restored")
    func picksCallers() async throws {
        let bench = Bench()
        bench.gateway.with { $0.picked = 1_080_000_002 }
        _ = try await bench.perform { try await $0.placeCall(Bench.request(prefix: "9", callerID: nil)) }
        let pick = bench.gateway.received("PickGlobalOutboundNumbers").first?.parameters
        #expect(pick?["CalleeNumber"] == "13800138000")
        #expect(pick?["SkillGroupId.1"] == "sg-1")
        #expect(pick?["Count"] == "1")
        #expect(bench.gateway.received("DialEx").first?.parameters["Caller"] == "01080000002")
    }

    @Test("A call without a number to show is refused and not placed")
    func refusesWithoutCaller() async throws {
        let bench = Bench()
        bench.gateway.with { $0.picked = .null }
        let error = try await bench.failure { try await $0.placeCall(Bench.request(callerID: nil)) }
        #expect(error?.meaning == .refused(.refused))
        #expect(bench.gateway.received("DialEx").isEmpty)
    }

    @Test("A status other than 200 inside an answer that is OK means congestion")
    func readsTheInnerStatus() async throws {
        let bench = Bench()
        bench.gateway.with { $0.dialAnswer = ["StatusCode": 503, "StatusDesc": "No line", "TaskId": "1"] }
        let error = try await bench.failure { try await $0.placeCall(Bench.request()) }
        #expect(error?.meaning == .refused(.congestion))
        #expect(error?.code == "503")
    }

    @Test("An accepted call without a name may exist")
    func doubtsNamelessCalls() async throws {
        let bench = Bench()
        bench.gateway.with { $0.dialAnswer = ["StatusCode": "200"] }
        let error = try await bench.failure { try await $0.placeCall(Bench.request()) }
        #expect(error?.meaning == .outcomeUnknown)
    }

    struct Trouble: Sendable {
        var fault: SimulatedGateway.Fault
        var kind: ErrorTableTests.Kind
        var calls: Int
    }

    static let troubles: [Trouble] = [
        Trouble(fault: .notSent, kind: .unavailable, calls: 0),
        Trouble(fault: .answerLost, kind: .outcomeUnknown, calls: 1),
        Trouble(fault: .body(status: 502, text: "<html>Bad gateway</html>"), kind: .outcomeUnknown, calls: 1),
        Trouble(fault: .body(status: 200, text: "<html>Log in</html>"), kind: .outcomeUnknown, calls: 1),
        Trouble(fault: .body(status: 200, text: #"{"Code":"OK","TaskId":"1"#), kind: .outcomeUnknown, calls: 1),
        Trouble(fault: .body(status: 200, text: ""), kind: .outcomeUnknown, calls: 1),
        Trouble(fault: .body(status: 418, text: "{}"), kind: .outcomeUnknown, calls: 1),
        Trouble(fault: .gateway(status: 503, code: "ServiceUnavailable"), kind: .outcomeUnknown, calls: 0),
        Trouble(fault: .gateway(status: 400, code: "Throttling.User"), kind: .throttled, calls: 0),
        Trouble(fault: .gateway(status: 400, code: "Novel"), kind: .outcomeUnknown, calls: 0),
        Trouble(fault: .business(status: 200, code: "UserBusy"), kind: .notPlaced, calls: 0),
        Trouble(
            fault: .business(status: 400, code: "Parameter.Format", message: "Callee 13800138000 is malformed"),
            kind: .invalidNumber, calls: 0),
    ]

    @Test("Each kind of trouble with a dial says what is certain, and the dial leaves once", arguments: troubles)
    func neverDialsAgain(_ trouble: Trouble) async throws {
        let bench = Bench()
        bench.gateway.with { $0.faults["DialEx"] = [trouble.fault] }
        let error = try #require(try await bench.failure { try await $0.placeCall(Bench.request()) })
        #expect(ErrorTableTests.kind(error.meaning) == trouble.kind)
        #expect(error.operation == "DialEx")
        #expect(bench.gateway.with { $0.raw.count } == 2, "one ListSkillGroups, one DialEx")
        #expect(bench.gateway.with { $0.calls.count } == trouble.calls)
    }

    @Test("A dial whose nonce was used already may have been carried out, and is not sent again")
    func doesNotReplaceNonces() async throws {
        let bench = Bench()
        bench.gateway.with { $0.faults["DialEx"] = [.gateway(status: 400, code: "SignatureNonceUsed")] }
        let error = try await bench.failure { try await $0.placeCall(Bench.request()) }
        #expect(error?.meaning == .outcomeUnknown)
        #expect(bench.gateway.received("DialEx").count == 1)
    }

    @Test("A dial that waited too long for its turn is not sent any more")
    func neverDialsLate() async throws {
        let bench = Bench(requestsPerSecond: 0.01, burst: 2)
        _ = try await bench.perform { try await $0.prepare(callerIDs: []) }
        let error = try await bench.failure { try await $0.placeCall(Bench.request(within: .seconds(30))) }
        #expect(error?.meaning == .throttled(after: .seconds(2)))
        #expect(bench.gateway.received("DialEx").isEmpty)
    }

    @Test("Choosing a number is tried four times and never once the dial has left")
    func retriesQuestions() async throws {
        let bench = Bench()
        let fault = SimulatedGateway.Fault.gateway(status: 503, code: "ServiceUnavailable")
        bench.gateway.with { $0.faults["PickGlobalOutboundNumbers"] = [fault, .answerLost, .notSent] }
        _ = try await bench.perform { try await $0.placeCall(Bench.request(callerID: nil)) }
        #expect(bench.gateway.with { $0.raw.count } == 6)

        bench.gateway.with { $0.faults["PickGlobalOutboundNumbers"] = [fault, fault, fault, fault] }
        let error = try await bench.failure { try await $0.placeCall(Bench.request(2, callerID: nil)) }
        #expect(error?.meaning == .unavailable)
        #expect(bench.gateway.with { $0.calls.count } == 1)
    }

    @Test("Throttling slows everything down and says for how long to wait")
    func slowsDown() async throws {
        let bench = Bench(requestsPerSecond: 1, burst: 2)
        bench.gateway.with { $0.faults["DialEx"] = [.gateway(status: 400, code: "Throttling.User")] }
        let error = try await bench.failure { try await $0.placeCall(Bench.request()) }
        guard case .throttled(let wait) = error?.meaning else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(wait >= .milliseconds(250) && wait <= .milliseconds(500))
        let throttledAt = bench.clock.now
        _ = try await bench.perform { try await $0.placeCall(Bench.request()) }
        #expect(bench.clock.now - throttledAt == .seconds(2))
    }

    @Test("Neither numbers nor secrets get into errors")
    func keepsQuiet() async throws {
        let words = "Callee +86 138-0013-8000 (13800138000) for \(SimulatedGateway.secret.revealed)\nis malformed"
        let faults: [SimulatedGateway.Fault] = [
            .business(status: 400, code: "Parameter.Format", message: words), .answerLost,
            .gateway(
                status: 400, code: "SignatureDoesNotMatch",
                message: "is not matched. server string to sign is:POST&%2F&13800138000"),
        ]
        for fault in faults {
            let bench = Bench()
            bench.gateway.with { $0.faults["DialEx"] = [fault] }
            let error = try #require(try await bench.failure { try await $0.placeCall(Bench.request()) })
            for text in [error.description, "\(error)", String(reflecting: error)] {
                #expect(!text.contains("13800138000") && !text.contains("138-0013-8000") && !text.contains("8000"))
                #expect(!text.contains("s3cr3t"))
                #expect(!text.contains("\n"))
            }
        }
    }
}
