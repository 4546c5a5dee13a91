import DialModel
import Telephony
import Testing
import VendorSimulator

@Suite("Calls that are answered before there is an agent, at every vendor", .serialized, .timeLimit(.minutes(15)))
struct HandOffTests {
    @Test("An answered call is given to an agent, by the vendor or by us", arguments: customerFirst)
    func handsOff(vendor: VendorUnderTest) async throws {
        try await Bench.run(vendor, .init(agents: 1, diallers: 1)) { bench in
            await bench.everybodyIsIdle()
            let agent = bench.agent(0)
            let call = LiveCall(attempt: AttemptID(1), vendorCall: try await bench.place(1, "990014", for: nil))
            if let connecting = bench.vendor as? any AnsweredCallConnecting {
                await bench.reports.wait { $0.facts(of: AttemptID(1)).contains(where: \.isAnswer) }
                #expect(bench.simulator.callCentre.calls[0].connectedAt == nil)
                try await connecting.connect(call, to: agent, notAfter: bench.clock.now + .seconds(60))
            }
            let story = await bench.story(of: 1)
            story.expectOrder()
            #expect(story.ending.outcome == .connected)
            #expect(story.ending.agent == nil || story.ending.agent == agent)
            #expect(bench.simulator.callCentre.calls.first { $0.connectedAt != nil }?.agent == 0)
            #expect(bench.calls(to: Bench.local("990014", nil)).count == 1)
            await bench.everybodyIsIdle()
            #expect(bench.reports.events.endings(of: AttemptID(1)).count == 1)
        }
    }

    @Test("A callee who hangs up before an agent speaks was abandoned", arguments: customerFirst)
    func tellsAbandonment(vendor: VendorUnderTest) async throws {
        try await Bench.run(vendor, .init(agents: 1, diallers: 1, noShow: 1)) { bench in
            await bench.everybodyIsIdle()
            let story = try #require(try await bench.dial(1, "990008", for: nil))
            story.expectOrder()
            #expect(story.ending.outcome == .abandoned)
            #expect(story.ending.connectedAt == nil && story.ending.talk == nil)
        }
    }

    @Test("A call that nobody answers is offered to no agent", arguments: customerFirst)
    func offersNothing(vendor: VendorUnderTest) async throws {
        try await Bench.run(vendor, .init(agents: 1, diallers: 1)) { bench in
            await bench.everybodyIsIdle()
            let story = try #require(try await bench.dial(1, "990006", for: nil))
            story.expectOrder()
            #expect(!story.ending.outcome.wasAnswered)
            #expect(bench.simulator.callCentre.agents[0].offers == 0)
        }
    }

    static let customerFirst = VendorUnderTest.able { $0.queuesAnsweredCalls || $0.connectsAnsweredCalls }
}
