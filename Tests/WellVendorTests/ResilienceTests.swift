import CallModel
import DialModel
import EventWire
import Telephony
import Testing
import VendorSimulator

@testable import WellVendor

@Suite("Well when the network fails, over real sockets", .serialized, .timeLimit(.minutes(15)))
struct ResilienceTests {
    @Test("A call whose request was carried out and not answered is found, followed to its end and placed once")
    func findsUnansweredCalls() async throws {
        var plan = LiveBench.Plan(agents: 2)
        // Long enough to be there still if the machine is so busy that the event channel has to be opened anew.
        plan.simulator.callModel.talk = .constant(.seconds(120))
        try await LiveBench.run(plan) { bench in
            await bench.agents(are: [.idle, .idle])
            for (attempt, suffix) in [(Int64(1), "992006"), (2, "992005")] {
                let failure = try await bench.failureInTheEnd {
                    try bench.request(attempt, suffix, agent: 5000 + Int(attempt))
                }
                // Events may name the call before its answer is lost.
                if let failure { #expect(failure.meaning == .outcomeUnknown) }
                let ending = await bench.ending(of: attempt)
                #expect(ending.outcome == .connected)
                let followed = try AgentFirstTests.followed(attempt, suffix, nil)
                guard case .found(_, let facts) = try await bench.vendor.reconcile(followed) else {
                    Issue.record("\(suffix) was not found")
                    continue
                }
                #expect(facts.last?.progress == .ended(ending))
            }
            #expect(bench.simulator.callCentre.calls.count == 2)
            await bench.agents(are: [.idle, .idle])
        }
    }

    @Test("A request that failed and was not carried out is not found, and its agent is idle again")
    func findsNothing() async throws {
        try await LiveBench.run(.init(agents: 1)) { bench in
            await bench.agents(are: [.idle])
            let failure = await bench.failure(of: try bench.request(1, "992007"))
            #expect(failure?.meaning == .outcomeUnknown)
            #expect(failure?.code == "HTTP 500")
            await bench.agents(are: [.idle])
            #expect(try await bench.vendor.reconcile(AgentFirstTests.followed(1, "992007", nil)) == .notFound)
            #expect(bench.simulator.callCentre.calls.isEmpty)
            _ = try await bench.vendor.placeCall(bench.request(2, "990003"))
            #expect(await bench.ending(of: 2).outcome == .busy)
        }
    }

    @Test(
        "A call of an earlier run that no phone is in is over in a way that nobody knows, as far as all phones are seen",
        arguments: [true, false])
    func settlesEndedCalls(seesAll: Bool) async throws {
        var plan = LiveBench.Plan(agents: 2)
        if !seesAll { plan.simulator.well.loginStatuses = ["5002": [423]] }
        try await LiveBench.run(plan) { bench in
            await bench.agents(are: [.idle, seesAll ? .idle : .offline])
            if !seesAll { await bench.wait { LiveBench.unusable(AgentID("5002"), in: $0) == ["HTTP 423"] } }
            let call = VendorCallID("6aee1dda-d4a2")
            let finding = try await bench.vendor.reconcile(AgentFirstTests.followed(1, "990001", call))
            guard seesAll else {
                #expect(finding == .notFound)
                return
            }
            guard case .found(call, let facts) = finding, case .ended(let ending) = facts.last?.progress else {
                Issue.record("\(finding)")
                return
            }
            #expect(facts.count == 1 && ending.outcome == .unknown && ending.vendorReason == "gone from client-state")
        }
    }

    @Test("Events that overtake the answer to the request, come twice or in another order tell the same")
    func toleratesOddEvents() async throws {
        try await LiveBench.run(.init(agents: 3)) { bench in
            await bench.agents(are: [.idle, .idle, .idle])
            for (place, suffix) in ["992003", "992004", "992008"].enumerated() {
                let attempt = Int64(place)
                _ = try await bench.vendor.placeCall(bench.request(attempt, suffix, agent: 5001 + place))
                let ending = await bench.ending(of: attempt)
                let agent = AgentID(String(5001 + place))
                #expect(
                    bench.progress(of: attempt) == [.ringing, .answered(.unknown), .connected(agent), .ended(ending)])
                #expect(ending.outcome == .connected)
            }
            await bench.agents(are: [.idle, .idle, .idle])
            #expect((0...2).allSatisfy { LiveBench.endings(of: $0, in: bench.events).count == 1 })
        }
    }

    @Test("A call whose end is never told is ended by comparison with the vendor's state")
    func noticesLostEnds() async throws {
        try await LiveBench.run(.init(agents: 1)) { bench in
            await bench.agents(are: [.idle])
            _ = try await bench.vendor.placeCall(bench.request(1, "992002"))
            let ending = await bench.ending(of: 1)
            #expect(ending.outcome == .connected)
            #expect(ending.vendorReason == "gone from client-state")
            await bench.agents(are: [.idle])
        }
    }

    @Test("A call goes on through cut connections, and what was missed is learnt from the vendor's state")
    func survivesCuts() async throws {
        try await LiveBench.run(.init(agents: 1)) { bench in
            await bench.agents(are: [.idle])
            _ = try await bench.vendor.placeCall(bench.request(1, "990011"))
            await bench.wait { LiveBench.progress(of: 1, in: $0) == [.ringing] }
            bench.simulator.faults.cutConnectionsEveryMs = 1
            await bench.wait { $0.contains { if case .trouble = $0 { true } else { false } } }
            bench.simulator.faults.cutConnectionsEveryMs = 0
            await bench.wait { $0.contains(.recovered) }
            let agent = AgentID("5001")
            await bench.wait { LiveBench.progress(of: 1, in: $0).contains(.connected(agent)) }
            #expect(LiveBench.activities(in: bench.events) == [.busy])
            #expect(bench.events.count { if case .trouble = $0 { true } else { false } } == 1)
            try await bench.vendor.hangUp(LiveCall(attempt: AttemptID(1), vendorCall: nil))
            #expect(await bench.ending(of: 1).outcome == .connected)
            await bench.agents(are: [.idle])
        }
    }

    @Test("A conversation outlasts the run that placed it, and the next run finds it and ends it")
    func takesCallsOver() async throws {
        var plan = LiveBench.Plan(agents: 2)
        let second = plan.account.logins.removeLast()
        try await LiveBench.run(plan) { bench in
            var account = bench.account
            account.logins = [second]
            let earlier = RunningVendor(account, bench)
            await earlier.wait { LiveBench.activities(in: $0) == [.idle] }
            _ = try await earlier.vendor.placeCall(bench.request(1, "990011", agent: 5002))
            await earlier.wait { LiveBench.progress(of: 1, in: $0).contains(.connected(second.agent)) }
            await earlier.end()
            #expect(try await bench.standing("signed_in") == .array([.string("5001"), .string("5002")]))

            let later = RunningVendor(account, bench)
            await later.wait { LiveBench.activities(in: $0) == [.busy] }
            // The earlier run died before it heard the call's name.
            let followed = try AgentFirstTests.followed(1, "990011", nil)
            guard case .found(let call, _) = try await later.vendor.reconcile(followed) else {
                Issue.record("the call was not found")
                return
            }
            await later.wait { LiveBench.progress(of: 1, in: $0).contains(.connected(second.agent)) }
            try await later.vendor.hangUp(LiveCall(attempt: AttemptID(1), vendorCall: call))
            await later.wait { LiveBench.endings(of: 1, in: $0).first?.outcome == .connected }
            #expect(bench.simulator.callCentre.calls.count == 1)
            await later.end()
        }
    }

    @Test("With events lost, doubled and late and connections cut, every call is placed once and ends once")
    func survivesEverything() async throws {
        var plan = LiveBench.Plan(agents: 4)
        plan.simulator.faults.loseEventEvery = 7
        plan.simulator.faults.duplicateEventEvery = 3
        plan.simulator.faults.delayEventEvery = 5
        plan.simulator.faults.cutConnectionsEveryMs = 45_000
        let suffixes = ["990003", "990001", "990006", "990004", "992001", "990010"]
        try await LiveBench.run(plan) { bench in
            await bench.agents(are: [.idle, .idle, .idle, .idle])
            let accepted = try await withThrowingTaskGroup(of: Int.self) { group in
                for agent in 0..<4 {
                    group.addTask { try await Self.dial(suffixes, agent: agent, bench) }
                }
                return try await group.reduce(0, +)
            }
            #expect(bench.simulator.callCentre.calls.count == accepted)
            #expect(accepted == 4 * suffixes.count)
        }
    }

    /// Dials one number after the other from an agent's phone, each until it is taken; gives how many were.
    private static func dial(_ suffixes: [String], agent: Int, _ bench: LiveBench) async throws -> Int {
        for (place, suffix) in suffixes.enumerated() {
            let attempt = Int64(agent * 100 + place)
            // Each phone shows another number, so that calls that drop at once are not three in a row in one way.
            let number = ["01080000001", "01080000002", "02180000001", "02580000001"][agent]
            let failure = try await bench.failureInTheEnd {
                try bench.request(attempt, suffix, agent: 5001 + agent, callerID: number)
            }
            #expect(failure == nil)
            let ending = await bench.ending(of: attempt)
            #expect(LiveBench.endings(of: attempt, in: bench.events) == [ending])
        }
        return suffixes.count
    }
}
