import Glibc

/// How often a dialled call becomes a live answer, by segment, learnt from discounted counts (`pacing.md`, 3.2).
///
/// Calls dialled lately count by exposure: one of some age adds the chance that an answer would be known by now to the dials,
/// and its answer, if there is one, to the answers, so that both ripen together.
struct AnswerRates: Hashable, Sendable {
    /// Discounted counts, and what is made of them.
    private struct Segment: Hashable, Sendable {
        var dials = 0.0
        var live = 0.0
        var belief = Belief(share: AnswerRates.prior.share, dials: 0)
        /// Dials before this step count no more: the list has changed since.
        var begin = 0
    }

    /// What is believed of a segment's calls.
    struct Belief: Hashable, Sendable {
        /// The chance that a call becomes a live answer.
        var share: Double
        /// How many dials that rests on.
        var dials: Double
        /// Dials of the last half minute by exposure, and their live answers.
        var latestDials = 0.0
        var latestLive = 0.0

        /// The variance of the share, relative to its square, as of a share that four more dials had halved the doubt of.
        var relativeVariance: Double {
            let cautious = (share * dials + 2) / (dials + 4)
            return cautious * (1 - cautious) / ((dials + 4) * share * share)
        }

        /// The relative variance with which the share would be, at worst, as high as the latest calls alone suggest.
        ///
        /// Counts follow a rate that rises within minutes too late. Where the latest calls are too few to tell, what is
        /// believed stands in for the others.
        var latestVariance: Double {
            let dials = latestDials + AnswerRates.lent
            let latest = min(1, (latestLive + share * AnswerRates.lent) / dials)
            let highest = latest + (3 * latest * (1 - latest) / dials).squareRoot()
            let excess = max(0, highest / share - 1)
            return excess * excess / 3
        }
    }

    private var base = Segment()
    private var segments: [Segment] = []
    /// Dials and live answers by the step of the dial: a ring for each segment, one after another.
    private var youngDials: [Int32] = []
    private var youngLive: [Int32] = []
    private let ring: Int
    private let ripeAge: Int
    private var now = 0

    /// What is believed before any news, and how many dials that is worth.
    private static let prior = (share: 0.45, weight: 4.0)
    /// How many dials the base is worth to a segment.
    private static let borrowed = 6.0
    /// How many dials the belief is worth beside the latest ones.
    private static let lent = 20.0
    /// The age, in steps, from which on dials tell something of a rate once the shape of answers is known.
    static let firstAge = 6
    /// The evidence of a change that chance alone yields once in many shifts.
    private static let contradiction = 18.0
    /// After so many seconds old counts weigh half.
    private static let halfLife = 3600.0

    /// Rates for calls whose answer is known at most `ripeAge` steps after the dial.
    init(ripeAge: Int) {
        self.ripeAge = ripeAge
        ring = Ring.size(atLeast: ripeAge + 2)
    }

    /// Makes room for `count` segments.
    mutating func grow(to count: Int) {
        while segments.count < count {
            segments.append(Segment())
            segments[segments.count - 1].belief = base.belief
            youngDials.append(contentsOf: repeatElement(0, count: ring))
            youngLive.append(contentsOf: repeatElement(0, count: ring))
        }
    }

    /// Lets time go on to `step`; dials that are ripe join the counts, of which those `memory` dials ago weigh half.
    mutating func advance(to step: Int, memory: Double) {
        now = max(now, step - 2 * ring)
        let fading = exp2(-PacingGrid.step / Self.halfLife)
        while now < step {
            now += 1
            base.dials *= fading
            base.live *= fading
            for index in segments.indices {
                segments[index].dials *= fading
                segments[index].live *= fading
                ripen(index, memory: memory)
            }
        }
    }

    private mutating func ripen(_ index: Int, memory: Double) {
        let slot = slot(index, now - ripeAge)
        let dials = Double(youngDials[slot])
        let live = Double(youngLive[slot])
        youngDials[slot] = 0
        youngLive[slot] = 0
        guard dials > 0 || live > 0, now - ripeAge >= segments[index].begin else { return }
        let fading = exp2(-dials / memory)
        base.dials = base.dials * fading + dials
        base.live = base.live * fading + live
        segments[index].dials = segments[index].dials * fading + dials
        segments[index].live = segments[index].live * fading + live
    }

    /// A call was dialled at `step`.
    mutating func dialled(_ segment: Int, at step: Int) {
        if now - step < ripeAge { youngDials[slot(segment, step)] += 1 }
    }

    /// A dial turned out to be none.
    mutating func forget(_ segment: Int, dialledAt step: Int) {
        if now - step < ripeAge { youngDials[slot(segment, step)] -= 1 }
    }

    /// A call dialled at `step` was answered by somebody who is to be given an agent.
    mutating func answered(_ segment: Int, dialledAt step: Int) {
        if now - step < ripeAge {
            youngLive[slot(segment, step)] += 1
        } else {
            base.live += 1
            segments[segment].live += 1
        }
    }

    /// What is believed of a segment since the last `judge`.
    func belief(of segment: Int) -> Belief { segment < segments.count ? segments[segment].belief : base.belief }

    /// Makes up the beliefs anew.
    ///
    /// `ripeness` says how likely an answer is known by each age, in steps; dials younger than `firstAge` are left out,
    /// because the shape of their answers is poorly known.
    mutating func judge(ripeness: [Double], from firstAge: Int) {
        var all = (dials: 0.0, live: 0.0)
        for index in segments.indices {
            let young = youngCounts(of: index, ripeness: ripeness, from: firstAge)
            all.dials += young.dials
            all.live += young.live
            segments[index].belief.latestDials = young.dials
            segments[index].belief.latestLive = young.live
        }
        all.dials += base.dials
        all.live += base.live
        base.belief = Self.common(all)
        for index in segments.indices {
            let dials = segments[index].dials + segments[index].belief.latestDials
            let live = segments[index].live + segments[index].belief.latestLive
            let others = Self.common((max(0, all.dials - dials), max(0, all.live - live)))
            // The less there is of others the less they are worth, down to the prior's own weight.
            let borrowed = Self.borrowed * others.dials / (others.dials + Self.borrowed)
            let share = (live + others.share * borrowed) / (dials + borrowed)
            segments[index].belief.share = min(max(share, 0.005), 0.98)
            segments[index].belief.dials = dials + Self.borrowed * min(1, all.dials / 50)
        }
    }

    /// What counts and the prior make of a share.
    private static func common(_ count: (dials: Double, live: Double)) -> Belief {
        let dials = count.dials + prior.weight
        return Belief(share: min(1, (count.live + prior.share * prior.weight) / dials), dials: dials)
    }

    /// Young dials of a segment by exposure, and their live answers.
    ///
    /// When the latest of them are answered more often than all counts before them can explain, those are forgotten: a list may
    /// change from one lead to the next, and by the time that the counts had followed many would be abandoned. A fall is left
    /// to the fading of old counts, because to believe in one by mistake would cost callees rather than time.
    private mutating func youngCounts(
        of index: Int, ripeness: [Double], from firstAge: Int
    ) -> (dials: Double, live: Double) {
        var young = (dials: 0.0, live: 0.0)
        var (strongest, change, changed) = (Self.contradiction, 0, young)
        let isShapeKnown = firstAge <= Self.firstAge
        let oldest = min(ripeAge, now - segments[index].begin + 1)
        for age in stride(from: min(firstAge, ripeAge), to: oldest, by: 1) {
            let slot = slot(index, now - age)
            if youngDials[slot] > 0 {
                young.dials += Double(youngDials[slot]) * ripeness[min(age, ripeness.count - 1)]
                young.live += Double(youngLive[slot])
            }
            guard isShapeKnown, age % 6 == 0, young.dials > 3 else { continue }
            let evidence = Self.evidence(young, against: (segments[index].dials, segments[index].live))
            if evidence > strongest { (strongest, change, changed) = (evidence, now - age, young) }
        }
        guard strongest > Self.contradiction else { return young }
        forget(index, before: change)
        return changed
    }

    /// Lets what was before a step count for next to nothing.
    private mutating func forget(_ index: Int, before step: Int) {
        let kept = min(1, Self.borrowed / max(1, segments[index].dials))
        base.dials = max(0, base.dials - (1 - kept) * segments[index].dials)
        base.live = min(base.dials, max(0, base.live - (1 - kept) * segments[index].live))
        segments[index].dials *= kept
        segments[index].live *= kept
        segments[index].begin = step
    }

    /// How much better a share that has risen explains two counts than one share does: twice the logarithm of the likelihoods'
    /// ratio.
    private static func evidence(
        _ new: (dials: Double, live: Double), against old: (dials: Double, live: Double)
    ) -> Double {
        guard old.dials > 30 else { return 0 }
        func likelihood(_ count: (dials: Double, live: Double), _ share: Double) -> Double {
            let live = min(count.live, count.dials)
            return (live > 0 ? live * log(share) : 0)
                + (live < count.dials ? (count.dials - live) * log(1 - share) : 0)
        }
        func share(_ count: (dials: Double, live: Double)) -> Double { min(1, count.live / count.dials) }
        guard share(new) > share(old) else { return 0 }
        let common = share((new.dials + old.dials, new.live + old.live))
        return 2
            * (likelihood(new, share(new)) + likelihood(old, share(old)) - likelihood(new, common)
                - likelihood(old, common))
    }

    private func slot(_ segment: Int, _ step: Int) -> Int { segment * ring + step & (ring - 1) }
}
