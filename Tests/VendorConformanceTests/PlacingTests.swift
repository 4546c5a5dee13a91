import DialModel
import Telephony
import Testing
import VendorSimulator

@Suite("Calls for an agent, at every vendor", .serialized, .timeLimit(.minutes(15)))
struct PlacingTests {
    @Test("Whoever is let in proves it before anybody is called", arguments: VendorUnderTest.allCases)
    func prepares(vendor: VendorUnderTest) async throws {
        try await Bench.run(vendor, .init(agents: 2)) { bench in
            try await bench.vendor.prepare(callerIDs: [Bench.callerID])
            await bench.everybodyIsIdle()
            #expect(bench.simulator.callCentre.calls.isEmpty)
            #expect(bench.reports.events.troubles == 0)
        }
    }

    @Test("A conversation is told once, in order, with the agent it was placed for", arguments: placing)
    func tellsConversations(vendor: VendorUnderTest) async throws {
        try await Bench.run(vendor, .init(agents: 2)) { bench in
            await bench.everybodyIsIdle()
            let story = try #require(try await bench.dial(1, "990002", for: 1))
            story.expectOrder()
            let agent = bench.agent(1)
            #expect(story.ending.outcome == .connected)
            #expect(story.ending.agent == nil || story.ending.agent == agent)
            #expect(story.facts.contains { $0.isAnswer })
            for fact in story.facts where fact.isConnection {
                #expect(fact.progress == .connected(agent) || fact.progress == .connected(nil))
            }
            #expect(story.ending.shownCallerID == nil || story.ending.shownCallerID == Bench.callerID)
            // They talk for thirty seconds, and a busy machine is late with either end of it.
            if let talk = story.ending.talk { #expect(talk > .seconds(10) && talk < .seconds(90)) }
            let calls = bench.simulator.callCentre.calls
            #expect(calls.count == 1)
            #expect(calls[0].caller == Bench.callerID && calls[0].agent == 1)
            await bench.everybodyIsIdle()
            #expect(bench.reports.events.endings(of: AttemptID(1)).count == 1)
        }
    }

    @Test("A call that is not answered ends once, in the way that the vendor can tell", arguments: placing)
    func tellsFailures(vendor: VendorUnderTest) async throws {
        let failures: [(suffix: String, outcome: CallOutcome)] = [
            ("990003", .busy), ("990004", .invalidNumber), ("990005", .noAnswer), ("990006", .rejected),
            ("990009", .congestion), ("990010", .unreachable),
        ]
        let told = vendor.abilities(.init(agents: 1)).failuresTold
        try await Bench.run(vendor, .init(agents: failures.count)) { bench in
            await bench.everybodyIsIdle()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (place, failure) in failures.enumerated() {
                    group.addTask {
                        let story = try #require(try await bench.dial(Int64(place), failure.suffix, for: place))
                        story.expectOrder()
                        let outcome = story.ending.outcome
                        if told.contains(failure.outcome) {
                            #expect(outcome == failure.outcome, "\(failure.suffix)")
                        } else {
                            #expect((told + [.noAnswer]).contains(outcome), "\(failure.suffix)")
                        }
                        #expect(!story.facts.contains { $0.isAnswer || $0.isConnection })
                        #expect(story.ending.answeredAt == nil && story.ending.connectedAt == nil)
                    }
                }
                try await group.waitForAll()
            }
            await bench.everybodyIsIdle()
            #expect(bench.simulator.callCentre.calls.count == failures.count)
            for attempt in failures.indices {
                #expect(bench.reports.events.endings(of: AttemptID(Int64(attempt))).count == 1)
            }
        }
    }

    @Test("An agent who does not pick up missed the call", arguments: placing)
    func tellsMissingAgents(vendor: VendorUnderTest) async throws {
        try await Bench.run(vendor, .init(agents: 1, noShow: 1)) { bench in
            await bench.everybodyIsIdle()
            let story = try #require(try await bench.dial(1, "990001", for: 0))
            story.expectOrder()
            // Where the callee is on the line first, it is they who waited in vain.
            let wasAnswered = bench.calls(to: Bench.local("990001", 0))[0].answeredAt != nil
            #expect(story.ending.outcome == .agentMissed || wasAnswered && story.ending.outcome == .abandoned)
            #expect(!story.facts.contains { $0.isConnection })
        }
    }

    @Test("A call is ended when it is asked for, and one that is over is no error", arguments: releasing)
    func hangsUp(vendor: VendorUnderTest) async throws {
        try await Bench.run(vendor, .init(agents: 2)) { bench in
            let releasing = try #require(bench.vendor as? any CallReleasing)
            await bench.everybodyIsIdle()
            let ringing = LiveCall(
                attempt: AttemptID(1), vendorCall: try await bench.place(1, "990005", for: 0))
            let talking = LiveCall(
                attempt: AttemptID(2), vendorCall: try await bench.place(2, "990011", for: 1))
            await bench.reports.wait { $0.facts(of: AttemptID(1)).contains { $0.progress == .ringing } }
            try await releasing.hangUp(ringing)
            #expect(await bench.story(of: 1).ending.outcome == .noAnswer)
            await bench.reports.wait { $0.facts(of: AttemptID(2)).contains(where: \.isConnection) }
            await bench.wait(for: bench.agent(1), toBe: .busy)
            try await releasing.hangUp(talking)
            let story = await bench.story(of: 2)
            story.expectOrder()
            #expect(story.ending.outcome == .connected)
            #expect(bench.calls(to: Bench.local("990011", 1))[0].releasedByAgent)
            try await releasing.hangUp(talking)
            await bench.everybodyIsIdle()
        }
    }

    static let placing = VendorUnderTest.able(\.placesForAgent)
    static let releasing = VendorUnderTest.able(\.hangsUp)
}

extension Story {
    /// Each kind of fact comes once at most, earlier ones first and at earlier times, and the end comes last.
    func expectOrder(sourceLocation: SourceLocation = #_sourceLocation) {
        for (fact, next) in zip(facts, facts.dropFirst()) {
            #expect(fact.rank < next.rank, "\(facts)", sourceLocation: sourceLocation)
            #expect(fact.at <= next.at, "\(facts)", sourceLocation: sourceLocation)
        }
        #expect(facts.last?.ending == ending, "\(facts)", sourceLocation: sourceLocation)
        #expect(facts.contains(where: \.isConnection) == (ending.outcome == .connected), sourceLocation: sourceLocation)
    }
}
