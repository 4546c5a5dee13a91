import DialModel
import Foundation
import PlainLedger
import TestSupport
import Testing

@Suite("Simulated campaigns")
struct SimulationTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let isSoak = environment["AUTODIALER_SOAK"] == "1"
    /// The seed to replay, if there is one.
    private static let replayed = environment["AUTODIALER_SIM_SEED"].flatMap(UInt64.init)

    /// How many seeds to replay, from that one on.
    private static let replayedCount = environment["AUTODIALER_SIM_COUNT"].flatMap(Int.init) ?? 1

    /// The first ones show everything that can happen; the others have each found something that was mended since, and the
    /// last four a mistake of `mutants.json` that all others miss.
    private static let fixed =
        Array(1...150 as ClosedRange<UInt64>) + [
            205, 1_795_738_106_832, 1_795_735_647_191, 1_795_738_833_855, 1_795_738_839_332, 1_795_738_842_059,
            1_795_738_111_003, 1_795_738_840_229, 8_021_212, 1_795_735_652_333, 999, 1_429, 2_387, 60_001_376,
        ]

    /// The one to replay, or one that nobody has seen: a failure prints its seed, which repeats it.
    private static let firstFresh = replayed ?? UInt64(Date().timeIntervalSince1970 * 1_000)

    /// So many tell enough.
    private static let mostFailures = 10

    /// As many lanes as there are processors on a small machine, and the seeds of each.
    private static let lanes = isSoak && replayed == nil ? 2 : 1
    private static let freshSeeds = replayed == nil ? (isSoak ? 50_000 : 60) : replayedCount

    @Test("No rule is broken by the fixed seeds, and together they show everything that can happen")
    func fixedSeeds() {
        var kinds = Kinds()
        var injected: Set<Fault> = []
        var failures = 0
        let journal = FuzzJournal("simulation")
        for seed in Self.fixed where failures < Self.mostFailures {
            journal.note(seed)
            let simulation = Self.run(seed)
            if !simulation.isGood { failures += 1 }
            kinds.formUnion(simulation.kinds)
            injected.formUnion(simulation.world.injected)
        }
        journal.remove()
        #expect(kinds.missing == [])
        #expect(Fault.allCases.filter { !injected.contains($0) } == [])
    }

    @Test("No rule is broken by fresh seeds", arguments: 0..<lanes)
    func freshSeeds(lane: Int) {
        let journal = FuzzJournal("simulation-\(lane)")
        var failures = 0
        for place in 0..<UInt64(Self.freshSeeds) where failures < Self.mostFailures {
            let seed = Self.firstFresh &+ place &* UInt64(Self.lanes) &+ UInt64(lane)
            journal.note(seed)
            if !Self.run(seed).isGood { failures += 1 }
        }
        journal.remove()
    }

    @Test("The seed decides everything", arguments: [3, 39, 205] as [UInt64])
    func sameSeed(seed: UInt64) {
        var (one, other) = (Simulation(seed: seed, isTraced: true), Simulation(seed: seed, isTraced: true))
        one.run()
        other.run()
        #expect(one.trace == other.trace && one.index == other.index && one.world.now == other.world.now)
        #expect(one.ledger.attempts.map(\.record) == other.ledger.attempts.map(\.record))
    }

    /// Runs a seed to its end; one that breaks a rule is run again to tell what happened last.
    private static func run(_ seed: UInt64) -> Simulation {
        var simulation = Simulation(seed: seed)
        simulation.run()
        if !simulation.isGood {
            var again = Simulation(seed: seed, isTraced: true)
            again.run()
            Issue.record(Comment(rawValue: again.report))
        }
        return simulation
    }
}

extension Simulation {
    /// Whether it came to its end without a rule being broken.
    fileprivate var isGood: Bool { violation == nil && isOver }

    /// What went wrong, in one line, and what happened before it.
    fileprivate var report: String {
        let words = violation.map { "\($0.checker): \($0.words)" } ?? "it does not come to its end"
        return "AUTODIALER_SIM_SEED=\(scenario.seed): \(words), at \(index) of \(scenario.description)\n"
            + trace.joined(separator: "\n")
    }
}
