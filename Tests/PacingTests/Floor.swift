import DialModel
import Pacing

/// A call centre in a test's hands: a controller, its clock, and calls that do what the test says.
struct Floor {
    /// The controller.
    var controller: PacingController
    /// The time.
    var now = Timestamp(milliseconds: 1_772_416_800_000)
    /// How things stand, as the controller is told.
    var situation: PacingSituation

    /// Idle agents, and nothing else yet.
    init(
        _ mode: PacingMode, agents: Int, limits: [Double] = [0.03], rhythm: ObservationRhythm = .prompt,
        hazard: LimitHazard = .strict
    ) {
        controller = PacingController(
            settings: PacingSettings(
                mode: mode, ringTimeout: .seconds(25), limits: limits, rhythm: rhythm, hazard: hazard))
        situation = PacingSituation(idle: agents, signedIn: agents, waiting: 0)
    }

    /// How many calls to place now.
    mutating func decide() -> PacingDecision { controller.decide(situation, at: now) }

    /// Lets time pass.
    mutating func wait(_ seconds: Double) { now = now + .milliseconds(Int64(seconds * 1000)) }

    /// Places calls now.
    @discardableResult
    mutating func place(_ count: Int, segment: Int = 0) -> [PacedCall] {
        (0..<count).map { _ in controller.placed(segment: segment, at: now) }
    }

    /// A call is answered now by a person, and known for it at once.
    mutating func answer(_ call: PacedCall) {
        controller.answered(call, at: now)
        controller.judged(call, answeredAt: now, isLive: true, at: now)
    }

    /// A call rings in vain until now.
    mutating func ringOut(_ call: PacedCall) { controller.endedUnanswered(call, hasFailed: false, at: now) }

    /// So many calls are placed over time, of which every third is answered after eight seconds: nothing is in doubt then.
    mutating func learn(_ calls: Int = 3000) {
        for _ in stride(from: 0, to: calls, by: 30) {
            let placed = place(30)
            wait(8)
            for call in placed.prefix(10) { answer(call) }
            wait(17)
            for call in placed.dropFirst(10) { ringOut(call) }
        }
    }

    /// So many agents talk for so many seconds, ten times each, and have nothing to do afterwards.
    mutating func teachTalk(of seconds: Double, agents: Int) {
        for _ in 0..<10 {
            let began = now
            for _ in 0..<agents { controller.talkBegan(at: now) }
            for _ in 0..<Int(seconds * 2) {
                wait(0.5)
                _ = decide()
            }
            let ended = now
            for _ in 0..<agents { controller.talkEnded(since: began, at: now) }
            wait(0.5)
            for _ in 0..<agents { controller.wrapUpEnded(since: ended, at: now) }
        }
    }

    /// So many agents begin to talk now.
    mutating func talk(_ agents: Int) {
        for _ in 0..<agents { controller.talkBegan(at: now) }
        situation.idle -= agents
    }
}
