import DialModel
import HotPaths
import Pacing

extension Benchmark {
    /// One decision: at 1,000 agents and 5,000 calls in flight, and its growth with the calls.
    ///
    /// Half a second of time goes by with each; a decision is a few hundred bins times sixteen horizons, once for adding up
    /// and then ten times sixteen tails, so some tens of microseconds whatever is in flight. It asks for no memory: what
    /// is counted are the copies with which it begins again every twenty steps, and halves when those are forty.
    static let pacing: [Benchmark] =
        [50, 500, 5_000, 50_000].map { calls in
            Benchmark("Pacing: decision, 1,000 agents, \(calls) calls") { deciding(agents: 1_000, calls: calls) }
        }
        + [
            Benchmark("Pacing: decision, 10 agents, 25 calls") { deciding(agents: 10, calls: 25) },
            Benchmark("Pacing: ten calls, placed to ended") {
                var stage = PacingStage(agents: 1_000, calls: 5_000)
                return { iterations in
                    for iteration in 0..<iterations { stage.turn(iteration) }
                    return UInt64(stage.controller.inFlight)
                }
            },
        ]

    private static func deciding(agents: Int, calls: Int) -> (Int) async throws -> UInt64 {
        let stage = PacingStage(agents: agents, calls: calls)
        return { iterations in
            var sum: UInt64 = 0
            var controller = stage.controller
            for iteration in 0..<iterations {
                // Every twenty steps the calls would be over; then it begins again.
                if iteration % 20 == 0 { controller = stage.controller }
                let now = stage.now + .milliseconds(Int64(iteration % 20) * 500)
                sum &+= UInt64(controller.decide(stage.situation, at: now).calls)
            }
            return sum
        }
    }
}
