/// Answers and agents of the next half minute, by their exact distributions: for small teams, where chance has no law of large
/// numbers to lean on.
struct ExactOutlook: Hashable, Sendable {
    /// Chance of at least so many answers, by horizon.
    private var answers = Array(repeating: 0.0, count: PacingGrid.count * ExactOutlook.width)
    /// The same if calls are answered as often as doubt about the rate suggests at worst.
    private var feared = Array(repeating: 0.0, count: PacingGrid.count * ExactOutlook.width)
    /// Chance of exactly so many agents who have become free, by horizon.
    private var free = Array(repeating: 0.0, count: PacingGrid.count * ExactOutlook.width)
    private var calls = 0
    private var agents = 0

    private static let width = 128
    /// The most calls in flight that it takes in.
    static let mostCalls = width - 1

    /// Forgets everything.
    mutating func reset() {
        for horizon in 0..<PacingGrid.count {
            let row = horizon * Self.width
            for count in 0...max(calls, agents) {
                answers[row + count] = 0
                feared[row + count] = 0
                free[row + count] = 0
            }
            answers[row] = 1
            feared[row] = 1
            free[row] = 1
        }
        calls = 0
        agents = 0
    }

    /// Adds calls, each delivered by a horizon with `factor` times the chance in the table's row.
    ///
    /// `fearedFactor` stands for `factor` should they be answered as often as is to be feared.
    mutating func add(_ count: Int, factor: Double, fearedFactor: Double, _ table: [Double], row: Int) {
        for _ in 0..<count where calls < Self.mostCalls {
            calls += 1
            for horizon in 0..<PacingGrid.count {
                let chance = min(1, factor * table[row * PacingGrid.count + horizon])
                let fearedChance = min(1, fearedFactor * table[row * PacingGrid.count + horizon])
                let start = horizon * Self.width
                for number in stride(from: start + calls, to: start, by: -1) {
                    answers[number] += chance * (answers[number - 1] - answers[number])
                    feared[number] += fearedChance * (feared[number - 1] - feared[number])
                }
            }
        }
    }

    /// Adds agents who are each free by a horizon with the chance in the table's row.
    mutating func addAgents(_ count: Int, _ table: [Double], row: Int) {
        for _ in 0..<count where agents < Self.mostCalls {
            agents += 1
            for horizon in 0..<PacingGrid.count {
                let chance = table[row * PacingGrid.count + horizon]
                let start = horizon * Self.width
                for number in stride(from: start + agents, to: start, by: -1) {
                    free[number] += chance * (free[number - 1] - free[number])
                }
                free[start] *= 1 - chance
            }
        }
    }

    /// How many calls may be placed; those are added.
    mutating func most(upTo limit: Int, _ question: PacingQuestion) -> Int {
        var placed = 0
        while placed < limit, calls < Self.mostCalls, allowsOneMore(question) {
            add(1, factor: 1, fearedFactor: question.fear, question.fresh, row: 0)
            placed += 1
        }
        return placed
    }

    /// Whether one more call brings no more abandonments, its own or those of calls that it takes the agent from, than the
    /// allowed share of its answers that find an agent, and next to no risk of taking the window over its limit.
    private func allowsOneMore(_ question: PacingQuestion) -> Bool {
        let fresh = question.fresh
        var harm = 0.0
        var own = 0.0
        var fullBefore = 0.0
        for horizon in 0..<PacingGrid.count {
            let early = horizon == 0 ? 0 : fresh[horizon - 1]
            var full = 0.0
            var filling = 0.0
            var beyondLimit = 0.0
            for released in 0...agents {
                let chance = free[horizon * Self.width + released]
                guard chance > 1e-9 else { continue }
                let places = question.margin + released
                let taken = atLeast(places, horizon)
                full += chance * taken
                filling += chance * max(0, taken - (horizon == 0 ? atLeast(places) : atLeast(places, horizon - 1)))
                beyondLimit += chance * beyond(places + question.spare, horizon, question)
            }
            guard beyondLimit <= question.hazard else { return false }
            if horizon == 0 { fullBefore = full }
            own += (fresh[horizon] - early) * (full + fullBefore) / 2
            harm += (fresh[horizon] + early) / 2 * filling
            fullBefore = full
        }
        harm += own
        return harm <= question.allowance * (fresh[PacingGrid.count - 1] - own)
    }

    /// The chance of at least so many answers by a horizon.
    private func atLeast(_ number: Int, _ horizon: Int) -> Double {
        number <= 0 ? 1 : number > calls ? 0 : answers[horizon * Self.width + number]
    }

    /// The chance that more than so many answer by a horizon, one further call included, whatever the rate may be.
    ///
    /// Three points stand for the normal distribution of the rate, of which the lowest adds next to nothing.
    private func beyond(_ number: Int, _ horizon: Int, _ question: PacingQuestion) -> Double {
        guard number >= 0 else { return 1 }
        guard number <= calls else { return 0 }
        let slot = horizon * Self.width + number
        let chance = question.fresh[horizon]
        let fearedChance = min(1, question.fear * chance)
        let (more, fearedMore) = number == calls ? (0, 0) : (answers[slot + 1], feared[slot + 1])
        let believed = more + chance * (answers[slot] - more)
        return (4 * believed + fearedMore + fearedChance * (feared[slot] - fearedMore)) / 6
    }

    /// The same for now, when no answer has come.
    private func atLeast(_ number: Int) -> Double { number <= 0 ? 1 : 0 }
}
