import DialModel
import Foundation
import TestSupport
import Testing

@Suite("Simulated runners of one campaign")
struct RunnerSimulationTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let replayed = environment["AUTODIALER_SIM_SEED"].flatMap(UInt64.init)
    private static let count =
        replayed == nil
        ? (environment["AUTODIALER_SOAK"] == "1" ? 10_000 : 200)
        : environment["AUTODIALER_SIM_COUNT"].flatMap(Int.init) ?? 1

    @Test("No number is dialled twice, no agent used by two and no lead lost, and everything that can go wrong does")
    func seeds() {
        var seen: Set<RunnerPlan.Fault> = []
        var failures = 0
        let journal = FuzzJournal("runners")
        for seed in (0..<UInt64(Self.count)).map({ (Self.replayed ?? 1) &+ $0 }) where failures < 10 {
            journal.note(seed)
            var simulation = RunnerSimulation(seed: seed)
            simulation.run()
            seen.formUnion(simulation.seen)
            guard let violation = simulation.violation else { continue }
            failures += 1
            Issue.record("AUTODIALER_SIM_SEED=\(seed): \(violation)")
        }
        journal.remove()
        if Self.replayed == nil { #expect(RunnerPlan.Fault.allCases.filter { !seen.contains($0) } == []) }
    }
}
