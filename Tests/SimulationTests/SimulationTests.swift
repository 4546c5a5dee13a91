import Foundation
import Testing

@Suite("Simulated campaigns")
struct SimulationTests {
    @Test("No rule is broken, whatever goes wrong, and everything that can happen does")
    func noRuleIsBroken() {
        let environment = ProcessInfo.processInfo.environment
        let first = environment["AUTODIALER_SIM_SEED"].flatMap(UInt64.init) ?? 1
        let count = environment["AUTODIALER_SIM_COUNT"].flatMap(UInt64.init) ?? 200
        var kinds = Kinds()
        var injected: Set<Fault> = []
        var total = 0
        for seed in first..<(first + count) {
            var simulation = Simulation(seed: seed)
            simulation.run()
            kinds.formUnion(simulation.kinds)
            injected.formUnion(simulation.world.injected)
            total += simulation.index
            if let violation = simulation.violation {
                var again = Simulation(seed: seed, isTraced: count == 1)
                again.run()
                Issue.record(
                    "seed \(seed): \(violation.checker): \(violation.words) at \(simulation.index); \(simulation.scenario.description)\n\(again.trace.joined(separator: "\n"))"
                )
            } else if !simulation.isOver {
                Issue.record("seed \(seed): not over")
            }
        }
        print("happenings", total)
        #expect(kinds.missing.isEmpty)
        #expect(Fault.allCases.filter { !injected.contains($0) }.isEmpty)
    }
}
