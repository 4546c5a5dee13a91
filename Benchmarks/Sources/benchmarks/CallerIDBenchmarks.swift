import CallerID
import DialModel
import HotPaths

extension Benchmark {
    /// The choice of a number to show: one request of a callee anywhere, at 5,000 lines held, and its growth.
    static let callerID: [Benchmark] =
        CallerIDStrategy.allCases.map { strategy in
            Benchmark("CallerID: select of 10,000, \(strategy.rawValue)") {
                try selecting(CallerIDStage(numbers: 10_000, held: 5_000, strategy: strategy))
            }
        }
        + [100, 1_000, 10_000, 100_000].map { numbers in
            Benchmark("CallerID: select of \(numbers), half held") {
                try selecting(CallerIDStage(numbers: numbers, held: numbers / 2, strategy: .leastUsed))
            }
        }
        + [100, 1_000, 10_000, 100_000].map { numbers in
            Benchmark("CallerID: select, reserve, release of \(numbers)") {
                var stage = CallerIDStage(numbers: numbers, held: numbers / 2, strategy: .leastUsed)
                return { iterations in
                    var sum: UInt64 = 0
                    for iteration in 0..<iterations { sum &+= stage.turn(iteration) }
                    return sum
                }
            }
        }
        + [
            Benchmark("CallerID: explained select of 10,000") {
                var stage = CallerIDStage(numbers: 10_000, held: 5_000, strategy: .leastUsed)
                return { iterations in
                    var sum: UInt64 = 0
                    for iteration in 0..<iterations { sum &+= UInt64(stage.explained(iteration).field?.count ?? 0) }
                    return sum
                }
            },
            Benchmark("CallerID: definition over 10,000") {
                let stage = CallerIDStage(numbers: 10_000, held: 5_000, strategy: .leastUsed)
                let snapshot = stage.index.snapshot(of: "p") ?? PoolSnapshot(rules: CallerIDRules(), members: [])
                return { iterations in
                    var sum = 0
                    for iteration in 0..<iterations {
                        let request = stage.requests[iteration % stage.requests.count]
                        let selection = CallerIDSelection.select(request, from: snapshot, at: stage.now, seed: 1)
                        sum += selection.verdicts.count
                    }
                    return UInt64(sum)
                }
            },
        ]

    private static func selecting(_ stage: CallerIDStage) throws -> (Int) async throws -> UInt64 {
        var stage = stage
        return { iterations in
            var sum: UInt64 = 0
            for iteration in 0..<iterations { sum &+= stage.select(iteration) }
            return sum
        }
    }
}
