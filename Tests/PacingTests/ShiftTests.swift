import Pacing
import PacingWorld
import Testing

/// Whole shifts in a simulated world, in which the controller has to learn everything from nothing.
@Suite struct ShiftTests {
    private func scenario(_ name: String, seconds: Double? = nil) throws -> Scenario {
        var scenario = try #require(try ScenarioFile.read().first { $0.name == name })
        if let seconds { scenario.duration = seconds }
        return scenario
    }

    private func run(_ scenario: Scenario, seed: UInt64, mode: PacingMode = .predictive) -> ShiftOutcome {
        World(scenario, seed: seed, policy: ControlledPolicy(scenario, mode: mode)).run()
    }

    @Test func `All scenarios are read`() throws {
        let scenarios = try ScenarioFile.read()
        #expect(scenarios.count == 27)
        #expect(Set(scenarios.map(\.name)).count == 27)
        #expect(scenarios.filter { $0.outages != nil }.count == 2)
        #expect(try scenario("drift_n10").answerRate.value(at: 1200) == 0.325)
        #expect(try scenario("segments_n10").segment(of: 1700).multiplier == 1)
    }

    @Test(arguments: [UInt64(1), 2])
    func `A cold start abandons nobody early or late and ends within the limit`(seed: UInt64) throws {
        for name in ["cold_n10", "cold_n50"] {
            let outcome = run(try scenario(name), seed: seed)
            #expect(outcome.live > 34)
            #expect(outcome.abandonedEarly == 0)
            #expect(outcome.abandonedLate == 0)
            #expect(outcome.abandonment <= 0.03)
        }
    }

    @Test func `An hour of dialling ahead keeps agents busier than one call for each`() throws {
        let scenario = try scenario("grid_n50_p35", seconds: 1800)
        let seeds: [UInt64] = [1, 2]
        func mean(_ mode: PacingMode) -> Double {
            seeds.reduce(0) { $0 + run(scenario, seed: $1, mode: mode).utilisation } / Double(seeds.count)
        }
        #expect(mean(.predictive) > mean(.progressive) + 0.1)
    }

    @Test func `Progressive abandons nobody, and is what the world's own rule does`() throws {
        let scenario = try scenario("lunch_n10", seconds: 7200)
        let outcome = run(scenario, seed: 1, mode: .progressive)
        #expect(outcome.abandoned == 0)
        #expect(outcome == World(scenario, seed: 1, policy: ProgressivePolicy()).run())
    }

    @Test func `A list of segments and a vendor who fails keep within the limit`() throws {
        for name in ["listend_n10", "outage_n10"] {
            let outcome = run(try scenario(name, seconds: 2000), seed: 5)
            #expect(outcome.abandonment <= 0.03)
            #expect(outcome.abandonedEarly == 0)
        }
    }

    @Test func `The same events give the same decisions and the same state`() throws {
        let scenario = try scenario("segments_n10", seconds: 900)
        func end() -> (outcome: ShiftOutcome, controller: PacingController) {
            let policy = ControlledPolicy(scenario)
            return (World(scenario, seed: 3, policy: policy).run(), policy.controller)
        }
        let (one, other) = (end(), end())
        #expect(one.outcome == other.outcome)
        #expect(one.controller == other.controller)
        #expect(one.controller.hashValue == other.controller.hashValue)
        #expect(run(scenario, seed: 4) != one.outcome)
    }
}
