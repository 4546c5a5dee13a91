import DialModel
import Testing

@testable import Pacing

/// What the controller learns, part by part: shapes, hazards, ages, rates, shares.
@Suite struct LearningTests {
    // MARK: Shapes

    private func densities(_ shape: TimingShape, _ steps: Int) -> [Double] {
        var densities = Array(repeating: 0.0, count: steps)
        shape.writeDensities(into: &densities)
        return densities
    }

    @Test func `A shape adds up to one, before any news and after it`() {
        var shape = TimingShape(steps: 52, mean: 10, cv: 0.8, shift: 1)
        #expect(abs(densities(shape, 52).reduce(0, +) - 1) < 1e-12)
        for _ in 0..<100 { shape.observe(7) }
        #expect(abs(densities(shape, 52).reduce(0, +) - 1) < 1e-12)
        #expect(shape.observations == 100)
    }

    @Test func `The prior has the mean it was given`() {
        let shape = densities(TimingShape(steps: 400, mean: 10, cv: 0.8, shift: 1), 400)
        let mean = zip(shape.indices, shape).reduce(0) { $0 + Double($1.0) * 0.5 * $1.1 }
        #expect(abs(mean - 11) < 0.2)
    }

    @Test func `News outweighs the prior, and is smoothed to both sides`() {
        var shape = TimingShape(steps: 52, mean: 10, cv: 0.8, shift: 1)
        for _ in 0..<1000 { shape.observe(8) }
        let learnt = densities(shape, 52)
        #expect(abs(learnt[16] - 0.5) < 0.01)
        #expect(abs(learnt[15] - 0.25) < 0.01)
        #expect(abs(learnt[17] - 0.25) < 0.01)
    }

    @Test func `What lies outside counts for the nearest step`() {
        var shape = TimingShape(steps: 10, mean: 2, cv: 0.5, shift: 0)
        for _ in 0..<1000 { shape.observe(-3) }
        for _ in 0..<1000 { shape.observe(90) }
        let learnt = densities(shape, 10)
        #expect(learnt[0] + learnt[1] > 0.45)
        #expect(learnt[8] + learnt[9] > 0.45)
    }

    @Test func `A shape follows a change, because what is old fades`() {
        var shape = TimingShape(steps: 52, mean: 10, cv: 0.8, shift: 1)
        for _ in 0..<20_000 { shape.observe(5) }
        for _ in 0..<8000 { shape.observe(15) }
        #expect(densities(shape, 52)[29...31].reduce(0, +) > 0.7)
    }

    // MARK: Young answers

    @Test func `Answers go into their shape once whoever was dialled at the same moment could answer`() {
        var shape = TimingShape(steps: 52, mean: 10, cv: 0.8, shift: 1)
        var young = YoungAnswers(ages: 52, ripeAge: 76)
        young.advance(to: 100, into: &shape)
        let prior = shape
        for age in 2...40 {
            young.advance(to: 100 + age, into: &shape)
            for _ in 0..<5 { young.add(Double(age) / 2, dialledAt: 100, to: &shape) }
        }
        young.advance(to: 175, into: &shape)
        #expect(shape == prior)
        young.advance(to: 176, into: &shape)
        #expect(shape.observations == 195)
        // Whoever answers later than that is no neighbour of anybody still to answer.
        young.add(38, dialledAt: 100, to: &shape)
        #expect(shape.observations == 196)
    }

    @Test(arguments: [UInt64(1), 2, 3])
    func `Every answer goes into its shape once, at its age, however time goes on`(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        var (shape, expected) = (
            TimingShape(steps: 52, mean: 10, cv: 0.8, shift: 1), TimingShape(steps: 52, mean: 10, cv: 0.8, shift: 1)
        )
        var young = YoungAnswers(ages: 52, ripeAge: 76)
        var now = 3_500_000_000
        for _ in 0..<3000 {
            now += generator.below(50) == 0 ? 5000 : Int(generator.below(4))
            young.advance(to: now, into: &shape)
            let age = Int(generator.below(90))
            young.add(Double(age) / 2, dialledAt: now - age, to: &shape)
            expected.observe(Double(age) / 2)
        }
        young.advance(to: now + 76, into: &shape)
        #expect(shape == expected)
    }

    // MARK: Hazards

    @Test func `Before any news a hazard is memoryless with its mean`() {
        let curve = HazardCurve(edges: HazardCurve.talkEdges, mean: 240)
        var chances = Array(repeating: 0.0, count: 60)
        for elapsed in [0.0, 100, 5000] {
            curve.writeEndings(from: elapsed, into: &chances)
            for (step, chance) in chances.enumerated() {
                let expected = 1 - exponential(-0.5 * Double(step + 1) / 240)
                #expect(abs(chance - expected) < 1e-9)
            }
        }
    }

    @Test func `Those that go on are exposed too, so a young shift is not taken for one of short talks`() {
        // A hundred talks begin, and within the first minute ten of them end: one in 540 s or so, not one in 30 s.
        var curve = HazardCurve(edges: HazardCurve.talkEdges, mean: 240)
        var tally = AgeTally(edges: HazardCurve.talkEdges)
        for _ in 0..<1000 { tally.add(at: 0) }
        for step in 1...120 {
            curve.expose(tally.counts, for: 0.5)
            tally.advance(to: step)
            if step % 12 == 6 {
                for _ in 0..<10 {
                    curve.observeEnd(after: Double(step) / 2)
                    tally.remove(at: 0)
                }
            }
        }
        var chances = Array(repeating: 0.0, count: 120)
        curve.writeEndings(from: 0, into: &chances)
        #expect(abs(chances[119] - 0.1) < 0.01)
    }

    @Test(arguments: [0.0, 4.9, 5, 59.9, 60, 179, 600, 1e6])
    func `A bin begins no later than what is in it, and the next one begins later`(elapsed: Double) {
        let curve = HazardCurve(edges: HazardCurve.talkEdges, mean: 240)
        let bin = curve.bin(of: elapsed)
        #expect(curve.edges[bin] <= elapsed)
        if bin + 1 < curve.edges.count { #expect(curve.edges[bin + 1] > elapsed) }
        #expect(curve.bin(of: curve.middle(of: bin)) == bin)
    }

    // MARK: Ages

    @Test(arguments: [UInt64(1), 2, 3, 4, 5])
    func `A tally of ages agrees with counting one by one, whatever begins, ends and passes`(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let edges = HazardCurve.wrapUpEdges
        var tally = AgeTally(edges: edges)
        var starts: [Int] = []
        var now = 0
        for _ in 0..<4000 {
            switch generator.below(10) {
            case 0..<4:
                tally.add(at: now)
                starts.append(now)
            case 4..<7 where !starts.isEmpty:
                let index = Int(generator.below(UInt64(starts.count)))
                tally.remove(at: starts.remove(at: index))
            case 7..<9: now += Int(generator.below(5))
            default: now += generator.below(20) == 0 ? 1000 : Int(generator.below(60))
            }
            tally.advance(to: now)
            var expected = Array(repeating: 0, count: edges.count)
            for start in starts { expected[edges.lastIndex { $0 <= Double(now - start) / 2 } ?? 0] += 1 }
            #expect(tally.counts == expected)
            #expect(tally.total == starts.count)
        }
    }

    // MARK: Rates

    private let ripeness = (0..<74).map { min(1, Double($0) / 40) }

    private func rates(_ change: (inout AnswerRates) -> Void) -> AnswerRates {
        var rates = AnswerRates(ripeAge: 74)
        rates.grow(to: 1)
        change(&rates)
        return rates
    }

    @Test func `Nobody knows a rate at first`() {
        let rates = rates { $0.judge(ripeness: ripeness, from: 6) }
        #expect(abs(rates.belief(of: 0).share - 0.45) < 1e-9)
        #expect(rates.belief(of: 0).relativeVariance > 0.2)
        #expect(rates.belief(of: 7).share == 0.45)
    }

    @Test func `Dials count as much as their answers could be known by now`() {
        // Of a thousand calls dialled ten seconds ago half of the answers are known: 150 mean three in ten, not 15 %.
        let rates = rates { rates in
            for _ in 0..<1000 { rates.dialled(0, at: 0) }
            rates.advance(to: 20, memory: 6000)
            for _ in 0..<150 { rates.answered(0, dialledAt: 0) }
            rates.judge(ripeness: ripeness, from: 6)
        }
        #expect(abs(rates.belief(of: 0).share - 0.3) < 0.01)
    }

    @Test func `A rate stays as it is while its dials ripen, and once they have`() {
        var rates = rates { rates in for _ in 0..<1000 { rates.dialled(0, at: 0) } }
        var answered = 0
        for step in 1...200 {
            rates.advance(to: step, memory: 60_000)
            let due = Int(300 * ripeness[min(step, 73)])
            while answered < due {
                rates.answered(0, dialledAt: 0)
                answered += 1
            }
            rates.judge(ripeness: ripeness, from: 6)
            if step >= 10 { #expect(abs(rates.belief(of: 0).share - 0.3) < 0.02) }
        }
    }

    @Test func `An answer that comes later than any should is counted all the same`() {
        let rates = rates { rates in
            for _ in 0..<100 { rates.dialled(0, at: 0) }
            rates.advance(to: 100, memory: 6000)
            for _ in 0..<50 { rates.answered(0, dialledAt: 0) }
            rates.judge(ripeness: ripeness, from: 6)
        }
        #expect(abs(rates.belief(of: 0).share - 0.5) < 0.03)
    }

    @Test func `Dials that were none are forgotten`() {
        let rates = rates { rates in
            for _ in 0..<100 { rates.dialled(0, at: 0) }
            for _ in 0..<100 { rates.forget(0, dialledAt: 0) }
            rates.advance(to: 100, memory: 6000)
            rates.judge(ripeness: ripeness, from: 6)
        }
        #expect(rates.belief(of: 0) == self.rates { $0.judge(ripeness: ripeness, from: 6) }.belief(of: 0))
    }

    @Test func `A new segment borrows from the others, and soon goes its own way`() {
        var rates = rates { rates in
            rates.grow(to: 2)
            for _ in 0..<1000 { rates.dialled(0, at: 0) }
            rates.advance(to: 50, memory: 6000)
            for _ in 0..<500 { rates.answered(0, dialledAt: 0) }
            rates.judge(ripeness: ripeness, from: 6)
        }
        #expect(abs(rates.belief(of: 1).share - 0.5) < 0.02)
        for _ in 0..<200 { rates.dialled(1, at: 50) }
        rates.advance(to: 100, memory: 6000)
        for _ in 0..<20 { rates.answered(1, dialledAt: 50) }
        rates.judge(ripeness: ripeness, from: 6)
        #expect(abs(rates.belief(of: 1).share - 0.1) < 0.03)
        #expect(abs(rates.belief(of: 0).share - 0.5) < 0.02)
    }

    @Test func `A rate that falls is followed within some hundreds of dials`() {
        var rates = AnswerRates(ripeAge: 74)
        rates.grow(to: 1)
        var step = 0
        func dial(_ count: Int, share: Int) {
            for number in 0..<count {
                step += 1
                rates.advance(to: step, memory: 600)
                rates.dialled(0, at: step)
                if number % 10 < share { rates.answered(0, dialledAt: step) }
            }
        }
        dial(3000, share: 6)
        dial(1200, share: 2)
        rates.judge(ripeness: Array(repeating: 1, count: 74), from: 6)
        #expect(rates.belief(of: 0).share < 0.32)
    }

    @Test func `A sudden rise is believed within seconds, and chance alone is not taken for one`() {
        var generator = SplitMix64(seed: 11)
        var rates = AnswerRates(ripeAge: 74)
        rates.grow(to: 1)
        let known = Array(repeating: 1.0, count: 74)
        func dial(_ steps: Range<Int>, share: Double) -> [Double] {
            steps.map { step in
                rates.advance(to: step, memory: 600)
                for _ in 0..<2 {
                    rates.dialled(0, at: step)
                    if generator.unit() < share { rates.answered(0, dialledAt: step) }
                }
                rates.judge(ripeness: known, from: AnswerRates.firstAge)
                return rates.belief(of: 0).share
            }
        }
        let steady = dial(1..<4000, share: 0.1)
        #expect(steady.dropFirst(400).allSatisfy { (0.04...0.2).contains($0) })
        #expect((dial(4000..<4040, share: 0.6).last ?? 0) > 0.4)
        // A fall is followed too, only not at once.
        #expect((dial(4040..<4050, share: 0.1).last ?? 0) > 0.3)
        #expect((dial(4050..<6000, share: 0.1).last ?? 1) < 0.2)
    }

    @Test func `What the latest calls alone suggest is feared, at worst`() {
        func feared(_ live: Double, of dials: Double) -> Double {
            let belief = AnswerRates.Belief(share: 0.2, dials: 5000, latestDials: dials, latestLive: live)
            return belief.share * (1 + (3 * belief.latestVariance).squareRoot())
        }
        // As many as believed: chance alone might hide more, the less the more calls there are.
        #expect(feared(20, of: 100) < 0.3 && feared(200, of: 1000) < 0.23)
        // Twice as many, or all of a few.
        #expect(feared(40, of: 100) > 0.4 && feared(400, of: 1000) > 0.4)
        #expect(feared(5, of: 5) > 0.4 && feared(1, of: 1) < feared(5, of: 5))
        // A rate that falls is nothing to fear.
        #expect(feared(0, of: 1000) < 0.21)
    }

    // MARK: Shares of failures

    @Test func `Shares of machines and failures are learnt and fade`() {
        var shares = FailureShares()
        #expect(abs(shares.machineShare - 0.25) < 1e-9)
        for number in 0..<5000 { shares.count(number % 2 == 0 ? .machine : number % 4 == 1 ? .failed : .unanswered) }
        #expect(abs(shares.machineShare - 0.5) < 0.02)
        #expect(abs(shares.failedShare - 0.25) < 0.02)
        for _ in 0..<5000 { shares.count(.unanswered) }
        #expect(shares.machineShare < 0.01)
    }

    /// The exponential function, by its series: the tests of a pure target need no more.
    private func exponential(_ exponent: Double) -> Double {
        var (term, sum) = (1.0, 1.0)
        for order in 1...60 {
            term *= exponent / Double(order)
            sum += term
        }
        return sum
    }
}
