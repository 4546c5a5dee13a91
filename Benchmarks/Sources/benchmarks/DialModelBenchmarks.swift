import DialModel

extension Benchmark {
    /// The vocabulary's own work; each is part of what one attempt costs, and all of it should stay below a microsecond.
    static let dialModel: [Benchmark] = [
        Benchmark("DialModel: SplitMix64 below a bound") {
            { iterations in
                var generator = SplitMix64(seed: 1)
                var sum: UInt64 = 0
                for _ in 0..<iterations { sum &+= generator.below(1_000) }
                return sum
            }
        },
        Benchmark("DialModel: retry decision") {
            let policy = RetryPolicy.standard
            let outcomes = CallOutcome.allCases
            var history = OutcomeCounts()
            history[.busy] = 1
            return { [history] iterations in
                var waits: UInt64 = 0
                for iteration in 0..<iterations {
                    let endedAt = Timestamp(milliseconds: Int64(iteration))
                    let outcome = outcomes[iteration % outcomes.count]
                    switch policy.decision(after: outcome, history: history, now: endedAt) {
                    case .wait(let until): waits &+= UInt64(until.milliseconds)
                    case .finish: waits &+= 1
                    }
                }
                return waits
            }
        },
        Benchmark("DialModel: phone number, read and masked") {
            { iterations in
                var length = 0
                for iteration in 0..<iterations {
                    length += PhoneNumber(e164: "+861380013\(1000 + iteration % 9000)")?.masked.utf8.count ?? 0
                }
                return UInt64(length)
            }
        },
    ]
}
