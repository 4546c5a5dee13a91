import DialModel
import Testing

@testable import Pacing

/// What the controller foresees: tables, and both ways to add chances up.
@Suite struct OutlookTests {
    // MARK: Tables

    private func tables() -> PacingTables {
        var tables = PacingTables(
            ages: 52, talkBins: HazardCurve.talkEdges.count, wrapUpBins: HazardCurve.wrapUpEdges.count, rhythm: .prompt)
        tables.rebuild(
            live: TimingShape(steps: 52, mean: 10, cv: 0.8, shift: 1),
            machine: TimingShape(steps: 52, mean: 15, cv: 0.5, shift: 1),
            failure: TimingShape(steps: 52, mean: 2.5, cv: 1, shift: 0.3),
            analysis: TimingShape(steps: PacingGrid.analysisSteps, mean: 3, cv: 0.5, shift: 0))
        tables.rebuild(
            talk: HazardCurve(edges: HazardCurve.talkEdges, mean: 240),
            wrapUp: HazardCurve(edges: HazardCurve.wrapUpEdges, mean: 25))
        return tables
    }

    private func row(_ table: [Double], _ row: Int) -> [Double] {
        Array(table[row * PacingGrid.count..<(row + 1) * PacingGrid.count])
    }

    @Test func `All that is still to be answered is delivered in the end, and nothing else`() {
        let tables = tables()
        for age in [0, 10, 30, 45] {
            let delivered = row(tables.delivery, age)
            #expect(delivered == delivered.sorted())
            #expect(delivered[0] >= 0)
            #expect(delivered[PacingGrid.count - 1] <= 1 - tables.liveBy[age] + 1e-9)
        }
        // At thirty seconds a call of ten seconds has rung out and all of its answers are analysed.
        #expect(abs(row(tables.delivery, 20)[PacingGrid.count - 1] - (1 - tables.liveBy[20])) < 0.01)
    }

    @Test func `The delivery of a new call is its answers, later by the analysis`() {
        let tables = tables()
        let delivered = row(tables.delivery, 0)
        for (index, horizon) in PacingGrid.horizons.enumerated() where horizon < 52 {
            #expect(delivered[index] <= tables.liveBy[horizon] + 1e-9)
            #expect(abs(delivered[index] - (tables.ripeness[horizon] - tables.ripeness[0])) < 0.02)
        }
    }

    @Test func `Whatever has been under analysis for as long as any gets its verdict now`() {
        let tables = tables()
        #expect(row(tables.verdict, PacingGrid.analysisSteps - 1).allSatisfy { $0 == 1 })
        for elapsed in 0..<PacingGrid.analysisSteps {
            let chances = row(tables.verdict, elapsed)
            #expect(chances == chances.sorted())
            #expect(chances.allSatisfy { (0...1).contains($0) })
        }
    }

    @Test func `Who wraps up is free sooner than who talks, and nobody is free with certainty`() {
        let tables = tables()
        let (talking, wrapping) = (row(tables.talkFree, 3), row(tables.wrapUpFree, 3))
        #expect(zip(talking, wrapping).allSatisfy { $0 < $1 })
        #expect(talking == talking.sorted())
        #expect(wrapping.allSatisfy { (0..<1).contains($0) })
    }

    @Test func `A shape of one moment gives a step function`() {
        var tables = PacingTables(ages: 52, talkBins: 1, wrapUpBins: 1, rhythm: .prompt)
        func moment(_ seconds: Double, _ steps: Int) -> TimingShape {
            var shape = TimingShape(steps: steps, mean: seconds, cv: 0.01, shift: 0)
            for _ in 0..<3000 { shape.observe(seconds) }
            return shape
        }
        tables.rebuild(
            live: moment(10, 52), machine: moment(15, 52), failure: moment(2, 52),
            analysis: moment(3, PacingGrid.analysisSteps))
        // An answer after 10 s and its verdict 3 s later, each smeared by a step to either side.
        let delivered = row(tables.delivery, 0)
        for (index, horizon) in PacingGrid.horizons.enumerated() {
            if horizon < 24 { #expect(delivered[index] < 1e-5) }
            if horizon >= 28 { #expect(abs(delivered[index] - 1) < 1e-5) }
        }
    }

    // MARK: The normal approximation

    /// The chance of more than `level` successes of so many with the given chances, by adding up.
    private func tail(_ chances: [Double], beyond level: Int) -> Double {
        distribution(chances).dropFirst(level + 1).reduce(0, +)
    }

    private func distribution(_ chances: [Double]) -> [Double] {
        var masses = [1.0]
        for chance in chances {
            masses.append(0)
            for number in stride(from: masses.count - 1, through: 0, by: -1) {
                masses[number] = masses[number] * (1 - chance) + (number > 0 ? masses[number - 1] * chance : 0)
            }
        }
        return masses
    }

    @Test(arguments: [(100, 0.3), (200, 0.15), (60, 0.5), (400, 0.05)])
    func `The tail by three moments is that of the binomial`(count: Int, chance: Double) {
        let chances = Array(repeating: chance, count: count)
        let (mean, spread) = (Double(count) * chance, Double(count) * chance * (1 - chance))
        for level in Int(mean)..<Int(mean + 3 * spread.squareRoot()) {
            let exact = tail(chances, beyond: level)
            let normal = Normal.tail(
                beyond: Double(level) + 0.5, mean: mean, variance: spread, thirdMoment: spread * (1 - 2 * chance))
            #expect(abs(exact - normal) < 0.003)
        }
    }

    @Test func `A tail without variance is all or nothing`() {
        #expect(Normal.tail(beyond: 2.5, mean: 3, variance: 0, thirdMoment: 0) == 1)
        #expect(Normal.tail(beyond: 3.5, mean: 3, variance: 0, thirdMoment: 0) == 0)
    }

    // MARK: Exact and normal

    /// A question without a limit in sight: only the risk counts.
    private func question(margin: Int, allowance: Double, chance: Double, spare: Int = 1000) -> PacingQuestion {
        var question = PacingQuestion()
        question.margin = margin
        question.spare = spare
        question.allowance = allowance
        question.hazard = 1e-4
        question.fresh = (0..<PacingGrid.count).map { chance * Double($0 + 1) / Double(PacingGrid.count) }
        return question
    }

    /// The abandonments that one more call brings, and its answers that find an agent, by walking through all that can happen.
    private func enumerate(
        _ calls: [[Double]], _ agents: [[Double]], _ question: PacingQuestion
    ) -> (harm: Double, delivered: Double) {
        let last = PacingGrid.count - 1
        var (harm, own, before) = (0.0, 0.0, 0.0)
        for horizon in 0...last {
            let early = horizon == 0 ? 0 : question.fresh[horizon - 1]
            let free = distribution(agents.map { $0[horizon] })
            let answers = distribution(calls.map { $0[horizon] })
            let earlier = horizon == 0 ? [1.0] : distribution(calls.map { $0[horizon - 1] })
            var (full, filling) = (0.0, 0.0)
            for (released, chance) in free.enumerated() {
                let places = question.margin + released
                let taken = answers.dropFirst(max(0, places)).reduce(0, +)
                full += chance * taken
                filling += chance * max(0, taken - earlier.dropFirst(max(0, places)).reduce(0, +))
            }
            if horizon == 0 { before = full }
            own += (question.fresh[horizon] - early) * (full + before) / 2
            harm += (question.fresh[horizon] + early) / 2 * filling
            before = full
        }
        return (harm + own, question.fresh[last] - own)
    }

    @Test(arguments: [UInt64(1), 2, 3, 4, 5, 6, 7, 8])
    func `The exact outlook allows what walking through all cases allows`(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        func rising(_ highest: Double) -> [Double] {
            let top = highest * generator.unit()
            return (0..<PacingGrid.count).map { top * Double($0 + 1) / Double(PacingGrid.count) }
        }
        let calls = (0..<Int(generator.below(6))).map { _ in rising(0.6) }
        let agents = (0..<Int(generator.below(5))).map { _ in rising(0.5) }
        var outlook = ExactOutlook()
        outlook.reset()
        for call in calls { outlook.add(1, factor: 1, fearedFactor: 1, call, row: 0) }
        for agent in agents { outlook.addAgents(1, agent, row: 0) }
        for margin in -1...2 {
            let asked = question(margin: margin, allowance: 0.1, chance: 0.35)
            var (expected, inFlight) = (0, calls)
            while expected < 5 {
                let (harm, delivered) = enumerate(inFlight, agents, asked)
                guard harm <= asked.allowance * delivered else { break }
                expected += 1
                inFlight.append(asked.fresh)
            }
            var copy = outlook
            #expect(copy.most(upTo: 5, asked) == expected)
        }
    }

    @Test func `An outlook that was used before answers like a new one`() {
        let row = (0..<PacingGrid.count).map { 0.4 * Double($0 + 1) / Double(PacingGrid.count) }
        var (used, new) = (ExactOutlook(), ExactOutlook())
        used.reset()
        used.add(40, factor: 1, fearedFactor: 1.5, row, row: 0)
        used.addAgents(9, row, row: 0)
        used.reset()
        new.reset()
        used.add(3, factor: 0.5, fearedFactor: 0.6, row, row: 0)
        new.add(3, factor: 0.5, fearedFactor: 0.6, row, row: 0)
        used.addAgents(4, row, row: 0)
        new.addAgents(4, row, row: 0)
        let asked = question(margin: 2, allowance: 0.1, chance: 0.3)
        #expect(used.most(upTo: 50, asked) == new.most(upTo: 50, asked))
    }

    @Test func `More idle agents, more allowance and less chance never mean fewer calls`() {
        var normal = NormalOutlook()
        normal.reset()
        var exact = ExactOutlook()
        exact.reset()
        let row = (0..<PacingGrid.count).map { 0.3 * Double($0 + 1) / Double(PacingGrid.count) }
        normal.add(8, factor: 1, row, row: 0)
        exact.add(8, factor: 1, fearedFactor: 1, row, row: 0)
        normal.closeSegment(relativeVariance: 0, isFresh: true)
        func calls(_ asked: PacingQuestion) -> [Int] {
            var copy = exact
            return [normal.most(upTo: 60, asked), copy.most(upTo: 60, asked)]
        }
        for margin in 0..<10 {
            let some = calls(question(margin: margin, allowance: 0.05, chance: 0.3))
            let others = [
                calls(question(margin: margin + 1, allowance: 0.05, chance: 0.3)),
                calls(question(margin: margin, allowance: 0.1, chance: 0.3)),
                calls(question(margin: margin, allowance: 0.05, chance: 0.2)),
            ]
            for more in others { #expect(zip(some, more).allSatisfy { $0 <= $1 }) }
        }
    }

    @Test func `Nothing left of the limit means that no answer may find everybody busy`() {
        let row = Array(repeating: 0.5, count: PacingGrid.count)
        for spare in [0, 1, 3] {
            let asked = question(margin: 3, allowance: 1, chance: 0.6, spare: spare)
            var exact = ExactOutlook()
            exact.reset()
            exact.add(1, factor: 1, fearedFactor: 1, row, row: 0)
            // With n calls in flight at most n answer: up to the margin and what is spare nothing can go wrong.
            let allowed = exact.most(upTo: 50, asked)
            var normal = NormalOutlook()
            normal.reset()
            normal.add(1, factor: 1, row, row: 0)
            normal.closeSegment(relativeVariance: 0, isFresh: true)
            #expect(allowed >= 2 + spare)
            #expect(tail(Array(repeating: 0.6, count: allowed) + [0.5], beyond: 3 + spare) <= 1e-4)
            #expect(abs(normal.most(upTo: 50, asked) - allowed) <= 2)
        }
    }

    @Test func `Doubt about the rate makes for fewer calls`() {
        func calls(_ relativeVariance: Double) -> [Int] {
            var normal = NormalOutlook()
            normal.reset()
            var exact = ExactOutlook()
            exact.reset()
            var asked = question(margin: 10, allowance: 0.4, chance: 0.3, spare: 2)
            asked.relativeVariance = relativeVariance
            asked.fear = 1 + (3 * relativeVariance).squareRoot()
            return [normal.most(upTo: 100, asked), exact.most(upTo: 100, asked)]
        }
        for (fewer, more) in [(0.2, 0.02), (0.02, 0)] {
            #expect(zip(calls(fewer), calls(more)).allSatisfy { $0 < $1 })
        }
    }

    // MARK: The budget

    @Test func `Nothing may be abandoned before it is earned`() {
        var budget = AbandonmentBudget(limit: 0.03)
        for live in 1...34 {
            budget.countLive(agents: 10)
            #expect(budget.hasEarned == (live >= 34))
            #expect(budget.spare == (live < 34 ? 0 : 1))
        }
        budget.countAbandoned()
        #expect(budget.hasEarned)
        #expect(budget.spare == 0)
        #expect(budget.credit < 0.03)
    }

    @Test func `What is spare may be abandoned at once without going over the limit`() {
        var generator = SplitMix64(seed: 7)
        var budget = AbandonmentBudget(limit: 0.03)
        for _ in 0..<20_000 {
            budget.countLive(agents: 50)
            if budget.spare > 0, generator.below(20) == 0 { budget.countAbandoned() }
            #expect(Double(budget.abandoned) <= 0.03 * Double(budget.live))
            #expect(Double(budget.abandoned + budget.spare) <= 0.03 * Double(budget.live))
        }
        #expect(budget.abandoned > 500)
    }

    @Test func `The more there is to spend the more is risked, and least of all beyond the limit`() {
        let outlook = AbandonmentBudget.Outlook(agents: 10, toCome: 1000)
        let cautions = [40, 20, 10, 0].map {
            AbandonmentBudget(limit: 0.03, live: 1000, abandoned: $0).caution(outlook)
        }
        #expect(cautions == cautions.sorted())
        #expect(cautions[0] < 0.2)
        #expect(cautions[3] > 1)
    }

    @Test func `Towards the end less is held back`() {
        let budget = AbandonmentBudget(limit: 0.03, live: 1000, abandoned: 27)
        let early = budget.caution(AbandonmentBudget.Outlook(agents: 50, toCome: 1000))
        let late = budget.caution(AbandonmentBudget.Outlook(agents: 50, toCome: 10))
        #expect(late > early)
    }

    @Test(arguments: [(0.03, 33.0, false), (0.03, 34, true), (0.01, 99, false), (0.01, 101, true), (0.03, 0, false)])
    func `An abandonment can be earned back by answers enough to come`(limit: Double, toCome: Double, canEarn: Bool) {
        let budget = AbandonmentBudget(limit: limit, live: 1000, abandoned: 0)
        #expect(budget.canEarn(AbandonmentBudget.Outlook(agents: 10, toCome: toCome)) == canEarn)
    }

    @Test func `A new window begins with what it already holds`() {
        var budget = AbandonmentBudget(limit: 0.03, live: 1000, abandoned: 30)
        budget.reopen(live: 100, abandoned: 1)
        #expect(budget.spare == 1)
        #expect(abs(budget.credit - 2) < 1e-9)
    }
}
