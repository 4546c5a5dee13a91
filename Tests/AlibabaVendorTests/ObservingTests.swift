import DialModel
import Telephony
import TestSupport
import Testing

@testable import AlibabaVendor

@Suite struct ObservingTests {
    private static let account = AlibabaAccount(
        name: "a", endpoint: "", instanceID: "", accessKeyID: "", accessKeySecret: Secret(""))
    private static let li = AgentID("250000000000000001")

    private func place(_ bench: Bench, _ request: CallRequest = Bench.request()) async throws {
        _ = try await bench.perform { try await $0.placeCall(request) }
    }

    @Test("Agents are reported every two seconds, as they were when the question was sent")
    func reportsAgents() async throws {
        let bench = Bench()
        bench.gateway.with {
            $0.agents = [
                .init(id: 250_000_000_000_000_001, name: "Li", state: "Ready"),
                .init(id: "250000000000000002", name: "Ma", state: "处理"),
            ]
        }
        await bench.observe(for: .seconds(5))
        let seen: [(Int, Duration)] = bench.events.compactMap { event in
            guard case .agents(let agents, let asOf) = event else { return nil }
            return (agents.count, asOf - Bench.start)
        }
        #expect(seen.map(\.0) == [2, 2, 2])
        #expect(seen.map(\.1) == [.zero, .seconds(2), .seconds(4)])
        guard case .agents(let agents, _) = bench.events.first else { return }
        #expect(agents.map(\.id) == [Self.li, AgentID("250000000000000002")])
        #expect(agents.map(\.activity) == [.idle, .wrapUp])
        #expect(agents.first?.since == Bench.start - .seconds(7))
    }

    @Test("More agents than fit a page are all reported, as of the first page")
    func pagesAgents() async throws {
        let bench = Bench(requestsPerSecond: 10, burst: 1)
        bench.gateway.with {
            $0.agents = (0..<250).map { .init(id: .string("25\($0)"), name: "a\($0)", state: "Ready") }
        }
        await bench.observe(for: .milliseconds(1500))
        guard case .agents(let agents, let asOf) = bench.events.first else {
            Issue.record("no agents in \(bench.events)")
            return
        }
        #expect(agents.count == 250)
        let pages = bench.gateway.received("ListAgentStates")
        #expect(pages.map { $0.parameters["PageNumber"] } == ["1", "2", "3"])
        #expect(asOf == pages.first?.at)
        #expect(pages.map { $0.at - Bench.start } == [.milliseconds(100), .milliseconds(200), .milliseconds(300)])
    }

    @Test("A conversation is reported step by step, each once, with the vendor's times")
    func reportsTalks() async throws {
        let bench = Bench()
        bench.gateway.with {
            $0.agents = [.init(id: .string(Self.li.value), name: "Li", state: "Ready")]
            $0.scripts["13800138000"] = .talk()
        }
        try await place(bench)
        await bench.observe(for: .seconds(100))
        let progress = bench.progress()
        #expect(progress.map(\.1) == [.seconds(10), .seconds(15), .seconds(75)])
        #expect(progress.map(\.0).dropLast() == [.answered(.unknown), .connected(Self.li)])
        guard case .ended(let ending) = progress.last?.0 else { return }
        #expect(ending.outcome == .connected)
        #expect(ending.talk == .seconds(60))
        #expect(ending.agent == Self.li)
        #expect(ending.shownCallerID == "01080000001")
    }

    @Test("A call is asked about after one second, after two, and every five from then on, and not after its end")
    func pollsOnSchedule() async throws {
        let bench = Bench()
        bench.gateway.with { $0.scripts["13800138000"] = .unanswered("486-Busy Here", after: .seconds(11)) }
        try await place(bench)
        await bench.observe(for: .seconds(60))
        let asked = bench.gateway.received("ListCallEventDetailByContactId").map { $0.at - Bench.start }
        #expect(asked == [.seconds(1), .seconds(2), .seconds(7), .seconds(12)])
        guard case .ended(let ending) = bench.progress().last?.0 else {
            Issue.record("no end in \(bench.events)")
            return
        }
        #expect(ending.outcome == .busy)
    }

    @Test("A call whose records go by another name is found by callee and time, and followed under it")
    func learnsTheContact() async throws {
        let bench = Bench()
        var script = SimulatedCall.Script.talk()
        script.contactIsTask = false
        bench.gateway.with { $0.scripts["913800138000"] = script }
        try await place(bench, Bench.request(prefix: "9"))
        await bench.observe(for: .seconds(120))
        #expect(bench.progress().map(\.1) == [.seconds(10), .seconds(15), .seconds(75)])
        guard case .ended(let ending) = bench.progress().last?.0 else { return }
        #expect(ending.agent == Self.li)
        let search = bench.gateway.received("ListCallDetailRecords").first?.parameters
        #expect(search?["Criteria"] == "913800138000", "records show the dialled digits")
        #expect(search?["StartTime"] == String(Bench.start.milliseconds - 30_000))
    }

    @Test("A record alone is enough to end a call, and an earlier call's record is not")
    func endsByRecord() async throws {
        let bench = Bench()
        var script = SimulatedCall.Script.unanswered("480-x", after: .seconds(30))
        script.contactIsTask = false
        script.leavesEvents = false
        bench.gateway.with { $0.scripts["13800138000"] = script }
        try await place(bench)
        bench.clock.advance(by: .seconds(40))
        try await place(bench, Bench.request(2))
        await bench.observe(for: .seconds(90))
        #expect(bench.progress(of: 1).map(\.1) == [.seconds(41)])
        #expect(bench.progress(of: 2).map(\.1) == [.seconds(72)])
    }

    @Test("An agent who does not take a call placed for them is named in its end")
    func reportsMissedAgents() async throws {
        let bench = Bench(subdomain: "acme")
        bench.gateway.with {
            $0.scripts["13800138000"] = SimulatedCall.Script(
                steps: [.init(.seconds(5), "Ring", "agent", agentName: "Li"), .init(.seconds(35), "GiveUp", "agent")],
                releasedAfter: .seconds(36), releaseAgent: "agent", releaseReason: "480-x", disposition: "NoAnswer")
        }
        try await place(bench, Bench.request(agent: Self.li))
        await bench.observe(for: .seconds(60))
        guard case .ended(let ending) = bench.progress().last?.0 else {
            Issue.record("no end in \(bench.events)")
            return
        }
        #expect(bench.progress().first?.0 == .answered(.unknown))
        #expect(ending.outcome == .agentMissed)
        #expect(ending.answeredAt == Bench.start + .seconds(5))
    }

    @Test("An outage is reported once when it begins and once when it is over, and loses nothing")
    func reportsOutages() async throws {
        let bench = Bench()
        bench.gateway.with { $0.scripts["13800138000"] = .talk() }
        try await place(bench)
        await bench.observe(for: .seconds(120)) { elapsed in
            bench.gateway.with {
                $0.outage = elapsed >= .seconds(5) && elapsed < .seconds(40) ? .gateway(status: 503, code: "HTTP") : nil
            }
        }
        let troubles = bench.events.compactMap { event -> VendorError? in
            guard case .trouble(let error) = event else { return nil }
            return error
        }
        #expect(troubles.map(\.meaning) == [.unavailable])
        #expect(bench.events.filter { $0 == .recovered }.count == 1)
        #expect(bench.progress().map(\.1) == [.seconds(10), .seconds(15), .seconds(75)])
    }

    @Test("Many calls are followed with few questions under way, and the rate is kept")
    func boundsItsWork() async throws {
        let bench = Bench()
        for attempt in 1...40 as ClosedRange<Int64> {
            let call = FollowedCall(
                attempt: AttemptID(attempt), number: Bench.wang, prefix: "", vendorCall: VendorCallID("t\(attempt)"),
                placedAfter: Bench.start)
            bench.vendor.follow(call)
        }
        await bench.observe(for: .seconds(30))
        let asked = bench.gateway.with { $0.received.map(\.at) }
        #expect(asked.count > 100 && asked.count <= 10 + 30 * 5 + 1, "\(asked.count) requests")
        #expect(bench.gateway.received("ListAgentStates").count >= 5)
    }

    @Test("Two calls to one number are not both told from one record")
    func sharesNoRecord() async throws {
        let bench = Bench()
        bench.gateway.with { $0.scripts["13800138000"] = .unanswered("486-Busy Here", after: .seconds(3)) }
        try await place(bench, Bench.request(8))
        bench.clock.advance(by: .seconds(1))
        bench.gateway.with { $0.scripts["13800138000"] = .unanswered("603-Decline", after: .seconds(3)) }
        try await place(bench, Bench.request(9))
        let next = AlibabaVendor(
            account: bench.vendor.account, skillGroup: "sales", transport: bench.gateway, clock: bench.clock, seed: 1)
        for attempt in 1...2 as ClosedRange<Int64> {
            next.follow(
                FollowedCall(
                    attempt: AttemptID(attempt), number: Bench.wang, prefix: "", vendorCall: nil,
                    placedAfter: Bench.start))
        }
        await bench.observe(for: .seconds(30), vendor: next)
        let endings = ([1, 2] as [Int64]).compactMap { attempt -> CallOutcome? in
            guard case .ended(let ending) = bench.progress(of: attempt).last?.0 else { return nil }
            return ending.outcome
        }
        #expect(Set(endings) == [.busy, .rejected], "\(endings)")
    }

    @Test("An answer to a question from before a call was reconciled changes nothing")
    func dropsStaleAnswers() throws {
        var calls = FollowedCalls(account: Self.account)
        let call = FollowedCall(
            attempt: AttemptID(1), number: Bench.wang, prefix: "", vendorCall: nil, placedAfter: Bench.start)
        calls.follow(calls.entry(for: call, now: Bench.start))
        let later = Bench.start + .seconds(1)
        let taken = calls.takeDue(now: later)
        let stale = try #require(taken)
        let fact = CallFact(progress: .answered(.unknown), at: nil)
        let entry = calls.entry(for: call, now: later)
        calls.follow(entry)
        #expect(calls.learn([fact], contact: nil, of: entry, now: later) == [fact])
        #expect(calls.learn([fact], contact: nil, of: stale, now: later).isEmpty)
        calls.miss(stale, now: later)
        #expect(calls.nextDue == later + .seconds(1))
    }

    @Test("A call that never ends is asked about slowly once it is overdue, and forgotten after a day")
    func slowsDownForOverdueCalls() throws {
        var calls = FollowedCalls(account: Self.account)
        let call = FollowedCall(
            attempt: AttemptID(1), number: Bench.wang, prefix: "", vendorCall: nil, placedAfter: Bench.start)
        calls.follow(calls.entry(for: call, now: Bench.start))
        var gaps: Set<Duration> = []
        var now = Bench.start
        while let next = calls.nextDue {
            #expect(now - Bench.start < .seconds(25 * 3600))
            if now - Bench.start > .seconds(7321) { gaps.insert(next - now) }
            now = next
            let due = calls.takeDue(now: now)
            let again = calls.takeDue(now: now)
            let taken = try #require(due)
            #expect(again == nil, "nobody asks twice at a time")
            _ = calls.learn([], contact: nil, of: taken, now: now)
        }
        #expect(gaps == [.seconds(30)])
        #expect(now - Bench.start > .seconds(24 * 3600))
    }
}
