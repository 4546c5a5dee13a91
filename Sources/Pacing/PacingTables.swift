import DialModel

/// What the learnt shapes and hazards say, made up for looking up: rebuilt now and then, read at every decision.
///
/// Ages and horizons are in half-second steps. A row of a two-dimensional table holds one value for each horizon.
struct PacingTables: Hashable, Sendable {
    /// Density of a live answer at an age, of a machine's answer, and of a failure.
    private(set) var liveAt: [Double]
    private(set) var machineAt: [Double]
    private var failedAt: [Double]
    /// Chance that a live answer has come by an age, a machine's, and a failure.
    private(set) var liveBy: [Double]
    private var machineBy: [Double]
    private var failedBy: [Double]
    /// Chance that a live answer is known for one by an age since the dial.
    private(set) var ripeness: [Double]
    /// For a call of some age that will be a live answer: the mass of answers that are known for live within each horizon.
    private(set) var delivery: [Double]
    /// For a live answer under analysis for so many steps: chance of the verdict within each horizon.
    private(set) var verdict: [Double]
    /// For an agent in each bin of talk: chance of being free within each horizon and the patience.
    private(set) var talkFree: [Double]
    /// The same for each bin of work after the call.
    private(set) var wrapUpFree: [Double]

    /// The age of a call at the last look at it, by its age: nothing that it did since is known.
    private let lookedAt: [Int]
    private var analysisAt: [Double]
    private var analysedBy: [Double]
    private var endings: [Double]
    private var wrapUpEndings: [Double]

    /// Tables of zeros for `ages` ages, at which a vendor is looked at in such a rhythm, and so many bins of talk and work.
    init(ages: Int, talkBins: Int, wrapUpBins: Int, rhythm: ObservationRhythm) {
        func zeros(_ count: Int) -> [Double] { Array(repeating: 0, count: count) }
        lookedAt = (0..<ages + PacingGrid.analysisSteps).map { age in
            Int(rhythm.age(ofLookBefore: .seconds(Double(age) * PacingGrid.step)).seconds / PacingGrid.step)
        }
        liveAt = zeros(ages)
        machineAt = zeros(ages)
        failedAt = zeros(ages)
        liveBy = zeros(ages)
        machineBy = zeros(ages)
        failedBy = zeros(ages)
        ripeness = zeros(ages + PacingGrid.analysisSteps)
        delivery = zeros(ages * PacingGrid.count)
        verdict = zeros(PacingGrid.analysisSteps * PacingGrid.count)
        talkFree = zeros(talkBins * PacingGrid.count)
        wrapUpFree = zeros(wrapUpBins * PacingGrid.count)
        analysisAt = zeros(PacingGrid.analysisSteps)
        analysedBy = zeros(PacingGrid.analysisSteps)
        endings = zeros(PacingGrid.reach + PacingGrid.patience + 1)
        wrapUpEndings = endings
    }

    /// The chance that a live answer, and a machine's, would be known of at an age, and that a failure would.
    func known(at age: Int) -> (live: Double, machine: Double, failed: Double) {
        let looked = min(lookedAt[age], liveBy.count - 1)
        // When calls fail is learnt from when it was told.
        return (liveBy[looked], machineBy[looked], failedBy[age])
    }

    /// Makes the tables of calls anew.
    mutating func rebuild(live: TimingShape, machine: TimingShape, failure: TimingShape, analysis: TimingShape) {
        live.writeDensities(into: &liveAt)
        machine.writeDensities(into: &machineAt)
        failure.writeDensities(into: &failedAt)
        analysis.writeDensities(into: &analysisAt)
        Self.accumulate(liveAt, into: &liveBy)
        Self.accumulate(machineAt, into: &machineBy)
        Self.accumulate(failedAt, into: &failedBy)
        Self.accumulate(analysisAt, into: &analysedBy)
        for age in ripeness.indices {
            var mass = 0.0
            let known = lookedAt[age]
            for answer in 0...min(known, liveAt.count - 1) { mass += liveAt[answer] * analysed(by: known - answer) }
            ripeness[age] = mass
        }
        rebuildDelivery()
        rebuildVerdict()
    }

    /// Makes the tables of agents anew.
    mutating func rebuild(talk: HazardCurve, wrapUp: HazardCurve) {
        for bin in wrapUp.edges.indices {
            wrapUp.writeEndings(from: wrapUp.middle(of: bin), into: &endings)
            for (index, horizon) in PacingGrid.horizons.enumerated() {
                wrapUpFree[bin * PacingGrid.count + index] = endings[horizon + PacingGrid.patience - 1]
            }
        }
        wrapUp.writeEndings(from: 0, into: &wrapUpEndings)
        for bin in talk.edges.indices {
            talk.writeEndings(from: talk.middle(of: bin), into: &endings)
            for (index, horizon) in PacingGrid.horizons.enumerated() {
                talkFree[bin * PacingGrid.count + index] = freeAfterTalk(within: horizon + PacingGrid.patience)
            }
        }
    }

    /// The chance that talk ends, by `endings`, and the work after it too, within so many steps.
    private func freeAfterTalk(within steps: Int) -> Double {
        var chance = 0.0
        for step in 0..<(steps - 1) {
            let ends = endings[step] - (step == 0 ? 0 : endings[step - 1])
            chance += ends * wrapUpEndings[steps - 2 - step]
        }
        return chance
    }

    private mutating func rebuildDelivery() {
        let ages = liveAt.count
        for age in 0..<ages {
            for (index, horizon) in PacingGrid.horizons.enumerated() {
                var mass = 0.0
                // Answers of which nobody has told yet want agents as well, and sooner.
                for answer in stride(from: lookedAt[age] + 1, to: min(ages, age + horizon + 1), by: 1) {
                    mass += liveAt[answer] * analysed(by: horizon - (answer - age))
                }
                delivery[age * PacingGrid.count + index] = mass
            }
        }
    }

    private mutating func rebuildVerdict() {
        let last = PacingGrid.analysisSteps - 1
        for elapsed in 0...last {
            let before = analysed(by: elapsed - 1)
            for (index, horizon) in PacingGrid.horizons.enumerated() {
                let chance = (analysed(by: elapsed + horizon) - before) / max(1e-9, 1 - before)
                verdict[elapsed * PacingGrid.count + index] = elapsed == last ? 1 : min(1, chance)
            }
        }
    }

    private func analysed(by step: Int) -> Double {
        step < 0 ? 0 : analysedBy[min(step, PacingGrid.analysisSteps - 1)]
    }

    private static func accumulate(_ densities: [Double], into sums: inout [Double]) {
        var sum = 0.0
        for step in densities.indices {
            sum += densities[step]
            sums[step] = sum
        }
    }
}
