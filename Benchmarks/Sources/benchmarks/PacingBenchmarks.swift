import DialModel
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

/// A call centre in full swing: agents of all ages of talk and wrap-up, calls of all ages of ringing.
struct PacingStage {
    var controller: PacingController
    var now = Timestamp(milliseconds: 1_772_416_800_000)
    let situation: PacingSituation

    /// Nine in ten agents are busy; calls have been placed over the last twenty seconds.
    init(agents: Int, calls: Int) {
        controller = PacingController(
            settings: PacingSettings(mode: .predictive, ringTimeout: .seconds(25), limits: [0.03]))
        situation = PacingSituation(idle: agents / 10, signedIn: agents, waiting: 0)
        for number in 0..<200 { turn(number) }
        let talkers = agents * 8 / 10
        for number in 0..<talkers {
            controller.talkBegan(at: now)
            if number % max(1, talkers / 400) == 0 { now = now + .milliseconds(500) }
        }
        for number in 0..<calls {
            _ = controller.placed(segment: 0, at: now)
            if number % max(1, calls / 40) == 0 { now = now + .milliseconds(500) }
        }
    }

    /// Ten calls from their placing to their end; one of them is a live answer, after eight seconds.
    mutating func turn(_ number: Int) {
        let calls = (0..<10).map { _ in controller.placed(segment: 0, at: now) }
        let answeredAt = now + .milliseconds(Int64(5_000 + number % 12 * 500))
        controller.answered(calls[0], at: answeredAt)
        controller.judged(calls[0], answeredAt: answeredAt, isLive: true, at: answeredAt + .seconds(3))
        now = now + .seconds(25)
        for call in calls.dropFirst() { controller.endedUnanswered(call, hasFailed: false, at: now) }
    }
}
