package import DialModel
package import Pacing

/// A call centre in full swing: agents of all ages of talk and wrap-up, calls of all ages of ringing.
package struct PacingStage {
    /// What is measured.
    package var controller: PacingController
    /// The time.
    package private(set) var now = Timestamp(milliseconds: 1_772_416_800_000)
    /// Nine in ten agents are busy.
    package let situation: PacingSituation

    /// Nine in ten agents are busy; calls have been placed over the last twenty seconds.
    package init(agents: Int, calls: Int) {
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
    package mutating func turn(_ number: Int) {
        let calls = (0..<10).map { _ in controller.placed(segment: 0, at: now) }
        let answeredAt = now + .milliseconds(Int64(5_000 + number % 12 * 500))
        controller.answered(calls[0], at: answeredAt)
        controller.judged(calls[0], answeredAt: answeredAt, isLive: true, at: answeredAt + .seconds(3))
        now = now + .seconds(25)
        for call in calls.dropFirst() { controller.endedUnanswered(call, hasFailed: false, at: now) }
    }
}
