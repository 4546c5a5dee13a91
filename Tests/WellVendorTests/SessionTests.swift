import CallModel
import DialModel
import EventWire
import Telephony
import Testing
import VendorSimulator

@testable import WellVendor

@Suite("Agents who are signed in and out, over real sockets", .serialized, .timeLimit(.minutes(15)))
struct SessionTests {
    @Test("An account is proven by its login service, and told apart from one whose password is wrong")
    func prepares() async throws {
        try await LiveBench.run(.init(agents: 1)) { bench in
            try await bench.vendor.prepare(callerIDs: ["01080000001"])
            var wrong = bench.account
            wrong.logins[0].password = Secret("guess")
            #expect(await Self.failure(ofPreparing: wrong, bench)?.meaning == .misconfigured)
            #expect(await Self.failure(ofPreparing: wrong, bench)?.message.contains("guess") == false)
            var away = bench.account
            away.loginURL = "http://127.0.0.1:1/login"
            #expect(await Self.failure(ofPreparing: away, bench)?.meaning == .unavailable)
            #expect(await Self.failure(ofPreparing: bench.account, group: "nobody", bench) == nil)
            var grouped = bench.account
            grouped.logins[0].group = "sales"
            #expect(await Self.failure(ofPreparing: grouped, group: "support", bench)?.code == "NoAgents")
        }
    }

    @Test(
        "A binding that an earlier run left, to whichever phone, is ended, and the agent signed in",
        arguments: [454, 455])
    func cleansStaleBindings(status: Int) async throws {
        var plan = LiveBench.Plan(agents: 3)
        plan.account.logins.removeLast(2)
        try await LiveBench.run(plan) { bench in
            await bench.agents(are: [.idle])
            var account = bench.account
            account.logins = [AgentLogin(agent: AgentID("5002"), password: account.logins[0].password, phone: "8002")]
            var earlier = account
            if status == 455 { earlier.logins[0].phone = "8003" }
            try await Self.leaveBound(earlier, bench)
            await #expect(throws: WellFailure.self) { try await Self.leaveBound(account, bench) }

            let later = RunningVendor(account, bench)
            await later.wait { LiveBench.activities(in: $0) == [.idle] }
            await later.end()
        }
    }

    /// Signs an agent in as a process does that dies before it signs them out.
    private static func leaveBound(_ account: WellAccount, _ bench: LiveBench) async throws {
        let gateway = WellGateway(account: account, transport: bench.transport, clock: bench.clock)
        let login = account.logins[0]
        let session = try await gateway.session(of: login)
        let address = AgentAddress(login, domain: account.domain)
        _ = try await gateway.send(
            .logIn(address, password: login.password, mode: .notReady, session: session), session: session)
    }

    @Test("Whoever the vendor lets in later is tried again, and whoever it does not let in is left alone and named")
    func followsRefusals() async throws {
        var plan = LiveBench.Plan(agents: 4)
        plan.simulator.well.loginStatuses = ["5001": [451, 460], "5002": [423], "5003": [500]]
        try await LiveBench.run(plan) { bench in
            await bench.agents(are: [.idle, .offline, .idle, .idle])
            #expect(bench.unusable(AgentID("5001")) == ["HTTP 451", "HTTP 460"])
            #expect(bench.unusable(AgentID("5002")) == ["HTTP 423"])
            // Where the vendor failed, the agent is not who has to be looked after.
            #expect(bench.unusable(AgentID("5003")) == [] && bench.unusable(AgentID("5004")) == [])
            #expect(!bench.events.contains { if case .trouble = $0 { true } else { false } })
            _ = try await bench.vendor.placeCall(bench.request(1, "990003"))
            #expect(await bench.ending(of: 1).outcome == .busy)
            let away = await bench.failure(of: try bench.request(2, "990003", agent: 5002))
            #expect(away?.code == "AgentAway")
        }
    }

    @Test("Where nobody is let in, the outage is told once and says what an operator has to change")
    func tellsThatNobodyIsLetIn() async throws {
        var plan = LiveBench.Plan(agents: 2)
        for place in plan.account.logins.indices { plan.account.logins[place].password = Secret("guess") }
        try await LiveBench.run(plan) { bench in
            await bench.wait { events in events.contains { if case .trouble = $0 { true } else { false } } }
            guard case .trouble(let error) = bench.events.last else {
                Issue.record("\(bench.events)")
                return
            }
            #expect(error.meaning == .misconfigured)
            #expect(error.code == "HTTP 401")
            for agent in ["5001", "5002"] { #expect(bench.unusable(AgentID(agent)) == ["HTTP 401"]) }
        }
    }

    @Test("Sessions that run out are renewed without anybody noticing, and no call is placed twice for it")
    func renewsSessions() async throws {
        var plan = LiveBench.Plan(agents: 2)
        plan.simulator.faults.expireSessionEvery = 5
        try await LiveBench.run(plan) { bench in
            await bench.agents(are: [.idle, .idle])
            var accepted = 0
            for attempt in 1...4 {
                await bench.agents(are: [.idle, .idle])
                let failure = await bench.failure(of: try bench.request(Int64(attempt), "990003"))
                if let failure {
                    #expect(failure.meaning == .refused(.notPlaced))
                    #expect(failure.code == "HTTP 426")
                } else {
                    accepted += 1
                    #expect(await bench.ending(of: Int64(attempt)).outcome == .busy)
                }
            }
            #expect(bench.simulator.callCentre.calls.count == accepted)
            #expect(accepted >= 2)
        }
    }

    @Test("A session that the vendor ended for want of signs of life is begun anew")
    func signsInAnew() async throws {
        var plan = LiveBench.Plan(agents: 1)
        plan.account.heartbeat = .seconds(3600)
        plan.simulator.well.heartbeatLimit = .seconds(30)
        try await LiveBench.run(plan) { bench in
            await bench.agents(are: [.idle])
            await bench.agents(are: [.offline])
            await bench.agents(are: [.idle])
        }
    }

    @Test("One event connection for all agents serves as well as one for each")
    func sharesChannels() async throws {
        var plan = LiveBench.Plan(agents: 3)
        plan.account.eventConnections = .shared
        try await LiveBench.run(plan) { bench in
            await bench.agents(are: [.idle, .idle, .idle])
            #expect(try await bench.standing("connections")?.integer == 1)
            _ = try await bench.vendor.placeCall(bench.request(1, "990001", agent: 5003))
            #expect(await bench.ending(of: 1).agent == AgentID("5003"))
        }
    }

    @Test("Agents who are to be ready are made so, and who may not any more today is left on a break")
    func makesAgentsReady() async throws {
        var plan = LiveBench.Plan(agents: 2)
        plan.account.dialsWhenNotReady = false
        plan.simulator.well.modeStatuses = ["5002": [465]]
        try await LiveBench.run(plan) { bench in
            await bench.agents(are: [.idle, .idle])
            for agent in 0...1 { bench.simulator.startBreak(agent: agent) }
            await bench.wait { LiveBench.activities(in: $0) == [.idle, .onBreak] }
        }
    }

    @Test("A supervisor sends agents on breaks and home, and back, and enters and ends their calls")
    func supervises() async throws {
        var plan = LiveBench.Plan(agents: 2)
        // Whoever is put on hold stays there, however long this machine takes.
        plan.simulator.callModel.patience = .constant(.seconds(3600))
        try await LiveBench.run(plan) { bench in
            let (agent, supervisor) = (AgentID("5001"), AgentID("5002"))
            await bench.agents(are: [.idle, .idle])
            try await bench.vendor.order(.sendOnBreak, of: agent)
            await bench.agents(are: [.onBreak, .idle])
            try await bench.vendor.order(.makeReady, of: agent)
            await bench.agents(are: [.idle, .idle])
            try await bench.vendor.order(.sendOnBreak, of: agent)
            try await bench.vendor.order(.signOut, of: agent)
            await bench.agents(are: [.offline, .idle])
            try await bench.vendor.order(.makeReady, of: agent)
            await bench.agents(are: [.idle, .idle])
            await #expect(throws: VendorError.self) { try await bench.vendor.intervene(.drop, inCallOf: agent) }
            let call = try await bench.vendor.placeCall(bench.request(1, "990011"))
            await bench.wait { LiveBench.progress(of: 1, in: $0).contains(.connected(agent)) }
            try await bench.vendor.intervene(.hold, inCallOf: agent)
            #expect(bench.simulator.callCentre.calls[0].isHeld)
            try await bench.vendor.intervene(.retrieve, inCallOf: agent)
            #expect(!bench.simulator.callCentre.calls[0].isHeld)
            try await bench.vendor.intervene(.startRecording, inCallOf: agent)
            #expect(try await bench.standing("recorded") == .array([.string(call.value)]))
            try await bench.vendor.intervene(.stopRecording, inCallOf: agent)
            #expect(try await bench.standing("recorded") == .array([]))
            try await bench.vendor.intervene(.listen(phone: "8002"), inCallOf: agent)
            await bench.agents(are: [.busy, .busy])
            try await bench.vendor.intervene(.barge(phone: "8002"), inCallOf: agent)
            try await bench.vendor.intervene(.drop, inCallOf: agent)
            let ending = await bench.ending(of: 1)
            #expect(ending.outcome == .connected && ending.agent == agent)
            await bench.agents(are: [.idle, .idle])
            #expect(bench.unusable(supervisor) == [])
        }
    }

    @Test("Where recordings cannot be controlled, the supervisor is told so and the call goes on")
    func refusesRecordings() async throws {
        var plan = LiveBench.Plan(agents: 1)
        plan.simulator.well.controlsRecordings = false
        try await LiveBench.run(plan) { bench in
            let agent = AgentID("5001")
            await bench.agents(are: [.idle])
            _ = try await bench.vendor.placeCall(bench.request(1, "990011"))
            await bench.wait { LiveBench.progress(of: 1, in: $0).contains(.connected(agent)) }
            let failure = await #expect(throws: VendorError.self) {
                try await bench.vendor.intervene(.startRecording, inCallOf: agent)
            }
            #expect(failure?.meaning == .refused(.notPlaced) && failure?.code == "HTTP 466")
            try await bench.vendor.intervene(.drop, inCallOf: agent)
            #expect(await bench.ending(of: 1).outcome == .connected)
        }
    }

    private static func failure(
        ofPreparing account: WellAccount, group: String = "", _ bench: LiveBench
    ) async -> VendorError? {
        let vendor = WellVendor(
            account: account, group: group, transport: bench.transport, channels: bench.transport, clock: bench.clock,
            seed: 1)
        do {
            try await vendor.prepare(callerIDs: [])
            return nil
        } catch {
            return error
        }
    }
}
