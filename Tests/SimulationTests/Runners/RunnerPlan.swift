import DialModel

/// What the seed of a simulation of several runners decides beforehand.
struct RunnerPlan: CustomStringConvertible {
    /// What can go wrong.
    enum Fault: String, CaseIterable, Hashable {
        case partition, questionLost, answerLost, stall, kill, leaderKilled, wrongClock, newsLost, tooLate, fenced
        case takenOver
    }

    let runners: Int
    let agents: Int
    let lines: Int
    let leads: Int
    /// How long things go wrong.
    let length: Duration
    /// How often a question to the ledger, or its answer, is lost.
    let loss: Double
    /// How often a process dies of what it does.
    let killShare: Double
    let newsLoss: Double
    /// How far the ledger's clock is ahead of true clocks.
    let ledgerSkew: Duration
    let hasWrongClocks: Bool
    /// The longest between two looks at the agents, in milliseconds.
    let observation: Int
    /// When a runner cannot reach the ledger.
    let partitions: [(slot: Int, during: Range<Timestamp>)]
    /// When a process does nothing at all.
    let stalls: [(slot: Int, during: Range<Timestamp>)]

    init(_ random: inout SplitMix64) {
        runners = random.whole(2...4)
        agents = random.whole(1...12)
        lines = random.whole(1...14)
        leads = random.whole(5...60)
        length = random.seconds(60...300)
        let severity = random.pick([0, 0.5, 1, 3])
        loss = 0.02 * severity
        killShare = random.chance(0.6) ? 0.0015 * severity : 0
        newsLoss = 0.05 * severity
        ledgerSkew = random.milliseconds(-800...800)
        hasWrongClocks = random.chance(0.1)
        observation = random.pick([1_000, 5_000, 30_000])
        func spans(_ longest: Int, _ random: inout SplitMix64, _ count: Int, _ runners: Int, _ length: Duration)
            -> [(slot: Int, during: Range<Timestamp>)]
        {
            (0..<count).map { _ in
                let begin = RunnerSimulation.start + random.milliseconds(0...Int(length.milliseconds))
                return (random.whole(0...runners - 1), begin..<(begin + random.milliseconds(100...longest)))
            }
        }
        let (partitionCount, stallCount) = severity == 0 ? (0, 0) : (random.whole(0...6), random.whole(0...6))
        partitions = spans(40_000, &random, partitionCount, runners, length)
        stalls = spans(40_000, &random, stallCount, runners, length)
    }

    func isCutOff(_ slot: Int, at instant: Timestamp) -> Bool {
        partitions.contains { $0.slot == slot && $0.during.contains(instant) }
    }

    /// Until when a runner does nothing; nil if it does not stall.
    func stallEnd(of slot: Int, at instant: Timestamp) -> Timestamp? {
        stalls.filter { $0.slot == slot && $0.during.contains(instant) }.map(\.during.upperBound).max()
    }

    var description: String {
        "\(runners) runners, \(agents) agents, \(lines) lines, \(leads) leads, \(partitions.count) partitions, "
            + "\(stalls.count) stalls"
    }
}
