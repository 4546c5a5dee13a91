import PacingWorld

/// How one policy fared in one scenario, over seeds; shares are in percent.
struct Series: Encodable {
    /// Mean utilisation, its standard error, and what no controller can pass.
    var utilisation, error, ceiling: Double
    /// Abandoned live answers as a share of all, in the worst seed, and in the worst seed by people alone.
    var abandoned, worst, worstOfPeople: Double
    /// Seeds above the limit at the end, by live answers and by people alone, and at any moment.
    var seedsOver, seedsOverByPeople, seedsEverOver: Int
    /// Abandonments among the first 34 live answers, and in the last minute.
    var early, late: Int

    /// Simulates seeds from one on, two at a time.
    init(
        _ scenario: Scenario, _ limit: Double, _ seeds: Int, _ policy: @escaping @Sendable (Scenario) -> any DialPolicy
    ) async {
        let outcomes = await Self.simulate(seeds) { seed in
            World(scenario, seed: UInt64(seed), policy: policy(scenario), limit: limit).run()
        }
        func mean(_ value: (ShiftOutcome) -> Double) -> Double {
            outcomes.reduce(0) { $0 + value($1) } / Double(outcomes.count)
        }
        func count(_ holds: (ShiftOutcome) -> Bool) -> Int { outcomes.count(where: holds) }
        let average = mean { $0.utilisation * 100 }
        utilisation = average
        let variance = mean { ($0.utilisation * 100 - average) * ($0.utilisation * 100 - average) }
        error = (variance / Double(max(1, outcomes.count - 1))).squareRoot()
        ceiling = 100 * scenario.talk.mean / (scenario.talk.mean + scenario.wrapUp.mean)
        abandoned = 100 * mean { Double($0.abandoned) } / max(1e-9, mean { Double($0.live) })
        worst = 100 * (outcomes.map(\.abandonment).max() ?? 0)
        worstOfPeople = 100 * (outcomes.map(\.peopleAbandonment).max() ?? 0)
        seedsOver = count { $0.abandonment > limit }
        seedsOverByPeople = count { $0.peopleAbandonment > limit }
        seedsEverOver = count { $0.mostBeyondLimit > 0 }
        early = outcomes.reduce(0) { $0 + $1.abandonedEarly }
        late = outcomes.reduce(0) { $0 + $1.abandonedLate }
    }

    private static func simulate(
        _ seeds: Int, _ run: @escaping @Sendable (Int) -> ShiftOutcome
    ) async -> [ShiftOutcome] {
        await withTaskGroup(of: (Int, ShiftOutcome).self) { group in
            var outcomes = Array(repeating: ShiftOutcome(), count: seeds)
            var next = 1
            while next <= min(2, seeds) {
                let seed = next
                group.addTask { (seed, run(seed)) }
                next += 1
            }
            while let (seed, outcome) = await group.next() {
                outcomes[seed - 1] = outcome
                guard next <= seeds else { continue }
                let following = next
                group.addTask { (following, run(following)) }
                next += 1
            }
            return outcomes
        }
    }
}
