import DialModel
import Telephony
import Testing
import VendorSimulator

@Suite("Calls whose fate is unknown, at every vendor", .serialized, .timeLimit(.minutes(15)))
struct ReconcilingTests {
    @Test("A call that is known is found, with everything that was told of it", arguments: VendorUnderTest.allCases)
    func findsKnownCalls(vendor: VendorUnderTest) async throws {
        try await Bench.run(vendor, .init(agents: 1)) { bench in
            await bench.everybodyIsIdle()
            let since = bench.clock.now
            let call = try #require(try await bench.place(1, "990001", for: 0))
            let story = await bench.story(of: 1)
            let followed = bench.followed(try bench.request(1, "990001", for: 0), call, since: since)
            guard case .found(let found, let facts) = try await bench.vendor.reconcile(followed) else {
                Issue.record("the call is not known any more")
                return
            }
            #expect(found == call)
            #expect(facts.last?.ending?.outcome == story.ending.outcome)
            if vendor == .winCall { #expect(facts == story.facts) }
        }
    }

    @Test("A call whose request was never answered is found and told to its end", arguments: VendorUnderTest.allCases)
    func findsUnansweredRequests(vendor: VendorUnderTest) async throws {
        let dial = vendor.unansweredDial
        try await Bench.run(vendor, .init(agents: 1, faults: dial.faults)) { bench in
            await bench.everybodyIsIdle()
            let story = try #require(try await bench.dial(1, dial.suffix, for: 0), "the call was not found")
            story.expectOrder()
            #expect(story.ending.outcome == .connected)
            #expect(bench.simulator.callCentre.calls.count == 1)
            #expect(bench.reports.events.endings(of: AttemptID(1)).count <= 1)
        }
    }

    @Test(
        "A request that nobody heard is of unknown fate, is found nowhere and leaves nothing behind",
        arguments: VendorUnderTest.allCases)
    func findsNothing(vendor: VendorUnderTest) async throws {
        let dial = vendor.unheardDial
        try await Bench.run(vendor, .init(agents: 1, faults: dial.faults)) { bench in
            await bench.everybodyIsIdle()
            let since = bench.clock.now
            let request = try bench.request(1, dial.suffix, for: 0)
            let failure = await #expect(throws: VendorError.self) { _ = try await bench.vendor.placeCall(request) }
            #expect(failure?.meaning == .outcomeUnknown)
            #expect(await bench.facts(ofFound: bench.followed(request, nil, since: since)) == nil)
            #expect(bench.simulator.callCentre.calls.isEmpty)
            #expect(bench.reports.events.facts(of: AttemptID(1)).isEmpty)
            bench.simulator.faults = SimulatorFaults()
            let story = try #require(try await bench.dial(2, "990003", for: 0), "the agent's next call")
            story.expectOrder()
            #expect(bench.simulator.callCentre.calls.count == 1)
        }
    }
}
