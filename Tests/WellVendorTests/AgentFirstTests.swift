import DialModel
import EventWire
import Telephony
import Testing
import VendorSimulator

@testable import WellVendor

@Suite("Calls from agents' phones, over real sockets", .serialized, .timeLimit(.minutes(15)))
struct AgentFirstTests {
    @Test("A conversation is told step by step, and the agent is busy, works after it, and is idle again")
    func tellsConversations() async throws {
        try await LiveBench.run(.init(agents: 2)) { bench in
            await bench.agents(are: [.idle, .idle])
            let call = try await bench.vendor.placeCall(bench.request(1, "990002"))
            let ending = await bench.ending(of: 1)
            let (agent, other) = (AgentID("5001"), AgentID("5002"))
            #expect(bench.progress(of: 1) == [.ringing, .answered(.unknown), .connected(agent), .ended(ending)])
            #expect(ending.outcome == .connected)
            #expect(ending.agent == agent)
            #expect(ending.vendorReason == "NORMAL_CLEARING")
            #expect(ending.shownCallerID == "01080000001")
            let talk = try #require(ending.talk)
            #expect(
                talk > .seconds(28) && talk < .seconds(60),
                "they talk for 30 s, and the machine needs its time: \(talk)")
            #expect(ending.answeredAt == ending.connectedAt)
            // Two seconds of wrap-up are over in a moment: they were told, whether anybody waited for them or not.
            await bench.wait {
                LiveBench.course(of: agent, in: $0).suffix(4) == [.idle, .busy, .wrapUp, .idle]
            }
            #expect(LiveBench.course(of: other, in: bench.events).last == .idle)
            guard case .found(call, let facts) = try await bench.vendor.reconcile(Self.followed(1, "990002", call))
            else {
                Issue.record("a call that is over is not known any more")
                return
            }
            #expect(facts.map(\.progress) == bench.progress(of: 1))
        }
    }

    @Test("Every failed code that the vendor tells becomes its outcome, with the vendor's words beside it")
    func mapsFailedCodes() async throws {
        let outcomes: [CallOutcome] = [
            .busy, .noAnswer, .unreachable, .noAnswer, .noAnswer, .unreachable, .invalidNumber, .invalidNumber, .busy,
            .congestion, .noAnswer, .busy, .congestion, .noAnswer,
        ]
        try await LiveBench.run(.init(agents: outcomes.count)) { bench in
            await bench.agents(are: outcomes.map { _ in .idle })
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (place, outcome) in outcomes.enumerated() {
                    group.addTask {
                        let code = place + 1
                        let request = try bench.request(
                            Int64(code), "9911" + (code < 10 ? "0" : "") + String(code), agent: 5001 + place)
                        _ = try await bench.vendor.placeCall(request)
                        let ending = await bench.ending(of: Int64(code))
                        #expect(ending.outcome == outcome, "code \(code)")
                        #expect(ending.vendorReason.hasPrefix("\(code) "), "\(ending.vendorReason)")
                        #expect(ending.answeredAt == nil && ending.agent == nil)
                    }
                }
                try await group.waitForAll()
            }
            await bench.agents(are: outcomes.map { _ in .idle })
        }
    }

    @Test("Without analysis the network's causes say how calls failed")
    func mapsCauses() async throws {
        let outcomes: [CallOutcome] = [
            .busy, .busy, .noAnswer, .noAnswer, .invalidNumber, .invalidNumber, .congestion, .unreachable, .unreachable,
            .congestion, .congestion, .congestion, .congestion, .congestion, .noAnswer,
        ]
        try await LiveBench.run(.init(agents: outcomes.count)) { bench in
            await bench.agents(are: outcomes.map { _ in .idle })
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (place, outcome) in outcomes.enumerated() {
                    group.addTask {
                        // The callee's phone rings first, so that nobody takes these for calls that were dropped at once.
                        let request = try bench.request(
                            Int64(place), "9916\(21 + place)", agent: 5001 + place, classifies: false)
                        _ = try await bench.vendor.placeCall(request)
                        let ending = await bench.ending(of: Int64(place))
                        #expect(ending.outcome == outcome, "\(ending.vendorReason)")
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test("An agent who does not pick up their own phone missed the call, and the callee's phone never rang")
    func tellsMissingAgents() async throws {
        try await LiveBench.run(.init(agents: 1, noShow: 1)) { bench in
            await bench.agents(are: [.idle])
            _ = try await bench.vendor.placeCall(bench.request(1, "990001"))
            let ending = await bench.ending(of: 1)
            #expect(ending.outcome == .agentMissed)
            #expect(ending.shownCallerID == nil)
            #expect(bench.progress(of: 1).count == 1)
            await bench.agents(are: [.idle])
        }
    }

    @Test("A ringing call is ended when it is asked for, and one that is over is no error")
    func hangsUp() async throws {
        try await LiveBench.run(.init(agents: 1)) { bench in
            await bench.agents(are: [.idle])
            let call = try await bench.vendor.placeCall(bench.request(1, "990005"))
            await bench.wait { LiveBench.progress(of: 1, in: $0) == [.ringing] }
            try await bench.vendor.hangUp(LiveCall(attempt: AttemptID(1), vendorCall: call))
            let ending = await bench.ending(of: 1)
            #expect(ending.outcome == .noAnswer)
            try await bench.vendor.hangUp(LiveCall(attempt: AttemptID(1), vendorCall: call))
            await bench.agents(are: [.idle])
        }
    }

    @Test("An agent in a call is given no second one, and nothing is sent")
    func refusesBusyAgents() async throws {
        try await LiveBench.run(.init(agents: 1)) { bench in
            await bench.agents(are: [.idle])
            _ = try await bench.vendor.placeCall(bench.request(1, "990001"))
            let second = await bench.failure(of: try bench.request(2, "990001"))
            #expect(second?.meaning == .refused(.notPlaced))
            #expect(second?.code == "AgentBusy")
            let stranger = await bench.failure(of: try bench.request(3, "990001", agent: 5999))
            #expect(stranger?.meaning == .misconfigured)
            #expect(try await bench.standing("dials")?.integer == 1)
            _ = await bench.ending(of: 1)
        }
    }

    @Test("A phone dials no sooner than two seconds after its last request, and never after a call's last moment")
    func waitsItsTurn() async throws {
        try await LiveBench.run(.init(agents: 1)) { bench in
            await bench.agents(are: [.idle])
            let first = await bench.failure(of: try bench.request(1, "994404"))
            #expect(first?.meaning == .refused(.refused))
            let late = await bench.failure(of: try bench.request(2, "990003", within: .milliseconds(900)))
            #expect(late?.code == "OwnDialInterval")
            guard case .throttled = late?.meaning else {
                Issue.record("\(String(describing: late))")
                return
            }
            let before = bench.clock.now
            let third = await bench.failure(of: try bench.request(3, "994404"))
            #expect(third?.meaning == .refused(.refused))
            #expect(bench.clock.now - before > .zero)
            _ = try await bench.vendor.placeCall(bench.request(4, "990003"))
            #expect(await bench.ending(of: 4).outcome == .busy)
            #expect(try await bench.standing("dials")?.integer == 3)
        }
    }

    @Test("Calls that are dropped at once stop the campaign before they eat up its leads")
    func noticesInstantDrops() async throws {
        try await LiveBench.run(.init(agents: 1)) { bench in
            await bench.agents(are: [.idle])
            for attempt in 1...3 {
                _ = try await bench.vendor.placeCall(bench.request(Int64(attempt), "990001", prefix: ""))
                let ending = await bench.ending(of: Int64(attempt))
                #expect(ending.outcome == .congestion && ending.shownCallerID == nil)
                await bench.agents(are: [.idle])
            }
            let fourth = await bench.failure(of: try bench.request(4, "990001", prefix: ""))
            #expect(fourth?.meaning == .misconfigured)
            #expect(fourth?.code == "DroppedAtOnce")
            let foreign = await bench.failure(of: try bench.request(5, "990001", prefix: "7"))
            #expect(foreign?.code == "PrefixUnknown")
            #expect(foreign?.message.contains("only with 9, 6") == true)
            #expect(try await bench.standing("dials")?.integer == 3)
        }
    }

    static func followed(_ attempt: Int64, _ suffix: String, _ call: VendorCallID?) throws -> FollowedCall {
        let number = try #require(PhoneNumber(e164: "+8613800\(suffix)"))
        return FollowedCall(
            attempt: AttemptID(attempt), number: number, prefix: "9", vendorCall: call,
            placedAfter: Timestamp(milliseconds: 0))
    }
}
