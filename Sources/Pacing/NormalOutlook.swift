/// Answers and agents of the next half minute, as sums of many small chances: for teams that are not small.
///
/// Holds mean, variance and third moment of the answers less the agents who become free, at each horizon (`pacing.md`, 3.6).
struct NormalOutlook: Hashable, Sendable {
    private var mean = NormalOutlook.zeros
    private var variance = NormalOutlook.zeros
    private var third = NormalOutlook.zeros
    /// Variance of the answers' mean: nobody knows the rates exactly.
    private var doubt = NormalOutlook.zeros
    /// Mean of the answers of the segment that is being added, and of the one that new calls belong to.
    private var segment = NormalOutlook.zeros
    private var freshSegment = NormalOutlook.zeros

    private static let zeros = Array(repeating: 0.0, count: PacingGrid.count)

    /// Forgets everything.
    mutating func reset() {
        for horizon in 0..<PacingGrid.count {
            mean[horizon] = 0
            variance[horizon] = 0
            third[horizon] = 0
            doubt[horizon] = 0
            segment[horizon] = 0
            freshSegment[horizon] = 0
        }
    }

    /// Adds calls that are each delivered by a horizon with `factor` times the chance in the table's row at `row`.
    mutating func add(_ calls: Int, factor: Double, _ table: [Double], row: Int) {
        let (calls, offset) = (Double(calls), row * PacingGrid.count)
        for horizon in 0..<PacingGrid.count {
            let chance = min(1, factor * table[offset + horizon])
            let spread = chance * (1 - chance)
            segment[horizon] += calls * chance
            mean[horizon] += calls * chance
            variance[horizon] += calls * spread
            third[horizon] += calls * spread * (1 - 2 * chance)
        }
    }

    /// Closes the segment of the calls added since the last closing; its rate has this relative variance.
    mutating func closeSegment(relativeVariance: Double, isFresh: Bool) {
        for horizon in 0..<PacingGrid.count {
            let answers = segment[horizon]
            if isFresh {
                freshSegment[horizon] = answers
            } else {
                doubt[horizon] += relativeVariance * answers * answers
            }
            segment[horizon] = 0
        }
    }

    /// Adds agents who are each free by a horizon with the chance in the table's row.
    mutating func addAgents(_ agents: Int, _ table: [Double], row: Int) {
        let (agents, offset) = (Double(agents), row * PacingGrid.count)
        for horizon in 0..<PacingGrid.count {
            let chance = table[offset + horizon]
            let spread = chance * (1 - chance)
            mean[horizon] -= agents * chance
            variance[horizon] += agents * spread
            third[horizon] -= agents * spread * (1 - 2 * chance)
        }
    }

    /// How many calls may be placed, by doubling and bisection.
    func most(upTo limit: Int, _ question: PacingQuestion) -> Int {
        var low = 0
        var high = 1
        while high <= limit, allows(high, question) {
            low = high
            high *= 2
        }
        high = min(high, limit + 1)
        while high - low > 1 {
            let middle = (low + high) / 2
            if allows(middle, question) { low = middle } else { high = middle }
        }
        return low
    }

    /// Whether a further call, the last of so many, runs no more than the allowed risk of being abandoned, and all of them
    /// together next to none of taking the window over its limit (`pacing.md`, 3.7).
    private func allows(_ calls: Int, _ question: PacingQuestion) -> Bool {
        let calls = Double(calls)
        let fresh = question.fresh
        let total = fresh[PacingGrid.count - 1]
        guard total > 0 else { return false }
        var worst = 0.0
        var risk = 0.0
        for horizon in stride(from: PacingGrid.count - 1, through: 0, by: -1) {
            let chance = fresh[horizon]
            let spread = chance * (1 - chance)
            let mean = mean[horizon] + calls * chance
            let variance = variance[horizon] + calls * spread
            let third = third[horizon] + calls * spread * (1 - 2 * chance)
            let answers = freshSegment[horizon] + calls * chance
            let doubt = doubt[horizon] + question.relativeVariance * answers * answers
            let beyondLimit = Normal.tail(
                beyond: Double(question.margin + question.spare) + 0.5, mean: mean, variance: variance + doubt,
                thirdMoment: third)
            guard beyondLimit <= question.hazard else { return false }
            let full = Normal.tail(
                beyond: Double(question.margin) + 0.5, mean: mean, variance: variance, thirdMoment: third)
            worst = max(worst, full)
            risk += (chance - (horizon == 0 ? 0 : fresh[horizon - 1])) / total * worst
        }
        return risk <= question.allowance
    }
}

/// What is asked of an outlook: how many calls may be placed now.
struct PacingQuestion: Hashable, Sendable {
    /// Idle agents less the calls that wait for one.
    var margin = 0
    /// How many calls could be abandoned with every window still within its limit.
    var spare = 0
    /// The risk that a call may run of being abandoned.
    var allowance = 0.0
    /// The chance that a call placed now is delivered to an agent by each horizon.
    var fresh = Array(repeating: 0.0, count: PacingGrid.count)
    /// The variance of the rate behind `fresh`, relative to its square.
    var relativeVariance = 0.0
    /// How many times likelier than by `fresh` a call placed now is answered at worst.
    var fear = 1.0

    /// How likely the calls in flight may take a window over its limit, at any horizon.
    var hazard = 1e-4
}
