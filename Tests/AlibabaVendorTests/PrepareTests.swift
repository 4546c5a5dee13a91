import DialModel
import Telephony
import TestSupport
import Testing

@testable import AlibabaVendor

@Suite struct PrepareTests {
    @Test("A group is found by its name and by its id, and nothing is dialled", arguments: ["sales", "sg-1"])
    func findsGroups(_ name: String) async throws {
        let bench = Bench(group: name)
        try await bench.perform { try await $0.prepare(callerIDs: []) }
        #expect(bench.gateway.with { $0.received.map(\.action) } == ["ListSkillGroups", "ListAgentStates"])
        #expect(bench.gateway.received("ListAgentStates").first?.parameters["SkillGroupId"] == "sg-1")
    }

    @Test("An unknown group is named together with those that exist")
    func namesGroups() async throws {
        let bench = Bench(group: "slaes")
        let error = try #require(try await bench.failure { try await $0.prepare(callerIDs: []) })
        #expect(error.meaning == .misconfigured)
        #expect(error.message.contains("“slaes”") && error.message.contains("“sales”"))
    }

    @Test("Two groups of one name are not guessed between")
    func refusesAmbiguity() async throws {
        let bench = Bench()
        bench.gateway.with { $0.groups.append(SimulatedGateway.group("sg-2", "sales", queue: "q2")) }
        let error = try await bench.failure { try await $0.prepare(callerIDs: []) }
        #expect(error?.code == "AmbiguousSkillGroup")
    }

    @Test("A group that cannot call out is refused before anything is dialled")
    func needsNumbers() async throws {
        let bench = Bench()
        let inbound: WireText = ["Number": "01080000001", "Usage": "Inbound"]
        bench.gateway.with { $0.groups = [SimulatedGateway.group("sg-1", "sales", queue: "q", numbers: [inbound])] }
        #expect(try await bench.failure { try await $0.prepare(callerIDs: []) }?.code == "NoOutboundNumber")
        bench.gateway.with { $0.groups = [SimulatedGateway.group("sg-1", "sales", queue: "")] }
        #expect(try await bench.failure { try await $0.prepare(callerIDs: []) }?.code == "NoQueue")
    }

    @Test("A wrong secret is reported in the vendor's words, without the text that was signed")
    func reportsWrongSecrets() async throws {
        let bench = Bench(secret: Secret("of-another-account"))
        let error = try #require(try await bench.failure { try await $0.prepare(callerIDs: []) })
        #expect(error.meaning == .misconfigured)
        #expect(error.code == "SignatureDoesNotMatch")
        #expect(error.message.contains("Specified signature is not matched"))
        #expect(error.message.contains("the access key secret is wrong"))
        #expect(!error.message.contains("AccessKeyId") && !error.message.contains("%2F"))
        #expect(bench.gateway.with { $0.raw.count } == 1)
    }

    @Test("Another signed text than ours points to something between us and the server")
    func reportsChangedRequests() async throws {
        let bench = Bench()
        let words = "no match. server string to sign is:POST&%2F&Other"
        bench.gateway.with {
            $0.faults["ListSkillGroups"] = [.gateway(status: 400, code: "SignatureDoesNotMatch", message: words)]
        }
        let error = try await bench.failure { try await $0.prepare(callerIDs: []) }
        #expect(error?.message.contains("proxy") == true)
    }

    @Test(
        "A wrong clock is reported with its error",
        arguments: [(1800, "1800 s behind the vendor's"), (-1800, "1800 s ahead of the vendor's")])
    func reportsSkew(_ seconds: Int64, _ words: String) async throws {
        let bench = Bench(skew: .seconds(seconds))
        let error = try #require(try await bench.failure { try await $0.prepare(callerIDs: []) })
        #expect(error.meaning == .misconfigured)
        #expect(error.code == "InvalidTimeStamp.Expired")
        #expect(error.message.contains(words), "\(error.message)")
    }

    @Test("A vendor that cannot be reached is unavailable, after four tries")
    func reportsAbsence() async throws {
        let bench = Bench()
        bench.gateway.with { $0.outage = .notSent }
        let error = try #require(try await bench.failure { try await $0.prepare(callerIDs: []) })
        #expect(error.meaning == .unavailable)
        #expect(error.code == "CURLE_COULDNT_CONNECT")
        #expect(bench.gateway.with { $0.raw.count } == 4)
    }

    @Test("A throttled question waits half a second, then a second, then two, each with up to half left to chance")
    func backsOff() async throws {
        let bench = Bench()
        let fault = SimulatedGateway.Fault.gateway(status: 400, code: "Throttling")
        bench.gateway.with { $0.faults["ListSkillGroups"] = [fault, fault, fault] }
        try await bench.perform { try await $0.prepare(callerIDs: []) }
        let times = bench.gateway.received("ListSkillGroups").map(\.at)
        for (index, gap) in zip(times.dropFirst(), times).map(-).enumerated() {
            let full = Duration.milliseconds(500 << index)
            #expect(gap >= full / 2 && gap <= full + .milliseconds(400), "gap \(index) is \(gap)")
        }
        #expect(times.count == 4)
    }

    @Test("No rights to see agents are found out")
    func provesRights() async throws {
        let bench = Bench()
        bench.gateway.with { $0.faults["ListAgentStates"] = [.business(status: 403, code: "Permission.SkillGroup")] }
        #expect(try await bench.failure { try await $0.prepare(callerIDs: []) }?.meaning == .misconfigured)
    }

    @Test("A number that the group does not have is refused before anything is dialled")
    func refusesForeignCallerIDs() async throws {
        let bench = Bench()
        try await bench.perform { try await $0.prepare(callerIDs: ["01080000001"]) }
        let error = try #require(
            try await bench.failure { try await $0.prepare(callerIDs: ["01080000001", "057199999999"]) })
        #expect(error.meaning == .misconfigured)
        #expect(error.code == "ForeignCallerID")
        #expect(error.message.contains("9999") && !error.message.contains("057199999999"))
    }
}
