import DialModel
import EventWire
import Telephony
import Testing
import VendorSimulator

@testable import WellVendor

@Suite("Calls from automatic phones, over real sockets", .serialized, .timeLimit(.minutes(15)))
struct CustomerFirstTests {
    private static let agent = AgentID("5001")

    private func answered(_ bench: LiveBench, _ attempt: Int64 = 1, _ suffix: String = "990014") async throws
        -> LiveCall
    {
        await bench.agents(are: [.idle])
        let request = try bench.request(attempt, suffix, agent: nil)
        let call = try await placed(bench, request)
        await bench.wait { LiveBench.progress(of: attempt, in: $0).contains(.answered(.unknown)) }
        return LiveCall(attempt: AttemptID(attempt), vendorCall: call)
    }

    /// Places a call as soon as an automatic phone is there for it.
    private func placed(_ bench: LiveBench, _ request: CallRequest) async throws -> VendorCallID {
        while true {
            switch await bench.place(request) {
            case .success(let call): return call
            case .failure(let error) where error.code == "NoDiallerFree": await bench.nextReport()
            case .failure(let error): throw error
            }
        }
    }

    @Test("The account's logins say what it can do")
    func tellsAbilities() {
        #expect(LiveBench.Plan(agents: 1).account.abilities.connectsAnsweredCalls == false)
        let abilities = LiveBench.Plan(agents: 1, diallers: 1).account.abilities
        #expect(abilities.connectsAnsweredCalls && abilities.placesForAgent && abilities.hangsUp)
        #expect(!abilities.classifiesAnswers && !abilities.queuesAnsweredCalls)
    }

    @Test("An answered call is given to an agent, who is busy from then on and works after it")
    func connects() async throws {
        try await LiveBench.run(.init(agents: 1, diallers: 1)) { bench in
            let call = try await answered(bench)
            try await bench.vendor.connect(call, to: Self.agent, notAfter: bench.clock.now + .seconds(30))
            await bench.agents(are: [.busy])
            let ending = await bench.ending(of: 1)
            #expect(
                bench.progress(of: 1) == [
                    .ringing, .answered(.unknown), .connected(Self.agent), .ended(ending),
                ])
            #expect(ending.outcome == .connected && ending.agent == Self.agent)
            #expect(ending.connectedAt.map { $0 >= ending.answeredAt ?? $0 } == true)
            await bench.agents(are: [.idle])
            // The automatic phone is free for the next call.
            _ = try await answered(bench, 2, "990008")
            #expect(await bench.ending(of: 2).outcome == .abandoned)
        }
    }

    @Test("An agent who does not pick up loses the callee, and it is told that they missed the call")
    func losesMissedCalls() async throws {
        try await LiveBench.run(.init(agents: 1, diallers: 1, noShow: 1)) { bench in
            let call = try await answered(bench)
            try await bench.vendor.connect(call, to: Self.agent, notAfter: bench.clock.now + .seconds(30))
            let ending = await bench.ending(of: 1)
            #expect(ending.outcome == .agentMissed)
            #expect(ending.answeredAt != nil && ending.connectedAt == nil && ending.agent == nil)
            #expect(bench.simulator.callCentre.calls.last?.ending == .transferMissed)
            await bench.agents(are: [.idle])
        }
    }

    @Test("A callee who hangs up while an agent's phone rings was abandoned by nobody's fault but ours")
    func tellsAbandonment() async throws {
        try await LiveBench.run(.init(agents: 1, diallers: 1, noShow: 1)) { bench in
            let call = try await answered(bench, 1, "990008")
            // On a busy machine the two seconds may be over before the call is offered.
            _ = try? await bench.vendor.connect(call, to: Self.agent, notAfter: bench.clock.now + .seconds(30))
            let ending = await bench.ending(of: 1)
            #expect(ending.outcome == .abandoned && ending.answeredAt != nil)
            await bench.agents(are: [.idle])
        }
    }

    @Test("A callee for whom there is nobody is hung up on, and no call is offered to an agent who is not there")
    func dismisses() async throws {
        try await LiveBench.run(.init(agents: 1, diallers: 1)) { bench in
            let call = try await answered(bench)
            let failure = await #expect(throws: VendorError.self) {
                try await bench.vendor.connect(call, to: AgentID("5077"), notAfter: bench.clock.now + .seconds(30))
            }
            #expect(failure?.meaning == .refused(.agentMissed))
            try await bench.vendor.hangUp(call)
            #expect(await bench.ending(of: 1).outcome == .abandoned)
            #expect(bench.simulator.callCentre.calls.last?.ending == .dismissed)
        }
    }

    @Test("While every automatic phone is in a call, further calls wait")
    func waitsForPhones() async throws {
        try await LiveBench.run(.init(agents: 1, diallers: 1)) { bench in
            let call = try await answered(bench)
            let second = await bench.failure(of: try bench.request(2, "990001", agent: nil))
            guard case .throttled = second?.meaning else {
                Issue.record("\(String(describing: second))")
                return
            }
            try await bench.vendor.hangUp(call)
            _ = await bench.ending(of: 1)
        }
    }
}
