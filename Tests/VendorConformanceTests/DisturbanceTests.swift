import DialModel
import Telephony
import Testing
import VendorSimulator

@Suite("Vendors of whom much gets lost", .timeLimit(.minutes(15)))
struct DisturbanceTests {
    /// What is wrong with the events of a vendor, or with its connections.
    enum Disturbance: String, CaseIterable, Sendable, CustomTestStringConvertible {
        case losesEvents
        case doublesEvents
        case delaysEvents
        case cutsConnections
        case everything

        var testDescription: String { rawValue }

        /// Whether all news of a short call may be lost.
        var breaksConnections: Bool { self == .cutsConnections || self == .everything }

        var faults: SimulatorFaults {
            var faults = SimulatorFaults()
            let isAll = self == .everything
            if isAll || self == .losesEvents { faults.loseEventEvery = 7 }
            if isAll || self == .doublesEvents { faults.duplicateEventEvery = 3 }
            if isAll || self == .delaysEvents { faults.delayEventEvery = 5 }
            if isAll || self == .cutsConnections { faults.cutConnectionsEveryMs = 30_000 }
            return faults
        }
    }

    private static let suffixes = ["990001", "990003", "990006"]
    private static let agents = 3

    @Test(
        "Each call is placed once and ends once, and agents are idle again",
        arguments: VendorUnderTest.pushing, Disturbance.allCases)
    func survives(vendor: VendorUnderTest, disturbance: Disturbance) async throws {
        try await Bench.run(vendor, .init(agents: Self.agents, faults: disturbance.faults)) { bench in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for place in 0..<Self.agents {
                    group.addTask { try await Self.dialAll(for: place, bench, disturbance) }
                }
                try await group.waitForAll()
            }
            bench.simulator.faults = SimulatorFaults()
            await bench.everybodyIsIdle()
            let events = bench.reports.events
            for attempt in 0..<Int64(Self.agents * Self.suffixes.count) {
                let facts = events.facts(of: AttemptID(attempt))
                #expect(facts.compactMap(\.ending).count <= 1, "attempt \(attempt)")
                // Not sorted by anybody: this is how they were told.
                for (fact, next) in zip(facts, facts.dropFirst()) {
                    #expect(fact.rank < next.rank && fact.at <= next.at, "attempt \(attempt): \(facts)")
                }
            }
        }
    }

    private static func dialAll(for place: Int, _ bench: Bench, _ disturbance: Disturbance) async throws {
        for (index, suffix) in suffixes.enumerated() {
            let attempt = Int64(place * suffixes.count + index)
            let story = try await bench.dial(attempt, suffix, for: place)
            story?.expectOrder()
            let calls = bench.calls(to: Bench.local(suffix, place))
            let isEverySeen = bench.vendorUnderTest == .winCall && !disturbance.breaksConnections
            // Where all news of a short call was lost, a vendor without records cannot tell that it was.
            #expect(calls.count == 1 || story == nil && calls.isEmpty, "attempt \(attempt)")
            #expect(!isEverySeen || calls.isEmpty == (story == nil), "attempt \(attempt)")
            if story != nil, isEverySeen || bench.vendorUnderTest.tellsOfCalls {
                #expect(
                    calls.allSatisfy { $0.stage == .ended }, "attempt \(attempt) was told to have ended before it had")
            }
        }
    }

    @Test(
        "A vendor that turns requests away for their rate places each call once",
        arguments: [VendorUnderTest.alibaba, .udesk])
    func survivesThrottling(vendor: VendorUnderTest) async throws {
        var plan = VendorUnderTest.Plan(agents: 4)
        plan.faults.throttleEvery = 3
        try await Bench.run(vendor, plan) { bench in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for place in 0..<4 {
                    group.addTask {
                        let story = try #require(try await bench.dial(Int64(place), "990001", for: place))
                        story.expectOrder()
                        #expect(story.ending.outcome == .connected)
                        #expect(bench.calls(to: Bench.local("990001", place)).count == 1)
                    }
                }
                try await group.waitForAll()
            }
            #expect(bench.simulator.callCentre.calls.count == 4)
        }
    }

    @Test("An outage is told once, and its end once, however long it lasts", arguments: VendorUnderTest.allCases)
    func tellsOutages(vendor: VendorUnderTest) async throws {
        try await Bench.run(vendor, .init(agents: 2, startsAgain: true)) { bench in
            await bench.everybodyIsIdle()
            // On a busy machine there may have been trouble before, and its end.
            await bench.reports.wait { $0.troubles == $0.recoveries }
            let earlier = bench.reports.events.troubles
            let start = await bench.stopSimulator()
            await bench.reports.wait { $0.troubles > earlier }
            // Long enough for everything that is asked and every connection to have failed more than once.
            try await bench.clock.sleep(for: .seconds(20))
            #expect(bench.reports.events.troubles == earlier + 1)
            #expect(bench.reports.events.recoveries == earlier)
            try await start()
            await bench.reports.wait { $0.recoveries > earlier }
            await bench.everybodyIsIdle()
            let story = try #require(try await bench.dial(1, "990001", for: 1))
            #expect(story.ending.outcome == .connected)
            // A machine that is busy enough may keep an answer for too long again; each trouble has its end all the same.
            await bench.reports.wait { $0.troubles == $0.recoveries }
        }
    }

    @Test("Whoever stops while calls are under way leaves nobody signed in", arguments: VendorUnderTest.signingIn)
    func signsOut(vendor: VendorUnderTest) async throws {
        // That nobody is signed in afterwards is seen to by every bench.
        try await Bench.run(vendor, .init(agents: 4, diallers: 2)) { bench in
            await bench.everybodyIsIdle()
            // Automatic phones may come after the agents.
            try await bench.centre { $0.agents.allSatisfy { $0.state != .signedOut } }
            try await bench.place(1, "990001", for: 0)
            try await bench.place(2, "990005", for: 1)
            await bench.reports.wait { $0.facts(of: AttemptID(1)).contains(where: \.isConnection) }
        }
    }
}
