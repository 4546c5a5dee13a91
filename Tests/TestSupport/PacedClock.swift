package import DialModel
import Telephony

/// A clock at several times the speed of life that never jumps, however long the machine leaves a test waiting.
///
/// It moves on in small steps that take their turn among everything else this process has to do. When the machine is
/// busy, the time of the test passes more slowly, with all its proportions: a clock that is read off the wall would
/// leap over the answers that both ends of a conversation still owe each other.
package final class PacedClock: RunClock {
    /// How much real time there is at least between two steps.
    private static let step = Duration.milliseconds(2)

    /// Told to whoever counts real seconds, a tenth of the speed that is possible: a busy machine reaches little more, and
    /// time-outs that run out earlier than the answers could come are about nothing but the machine.
    package let speed: Double
    package let origin: ClockOrigin? = nil
    private let time: ManualClock
    private let ticker: Task<Void, Never>

    /// A clock of which no more than `speed` seconds pass in a real one; it moves `time`, which shows the same.
    package init(speed: Double, moving time: ManualClock = ManualClock()) {
        let life = SystemClock()
        self.speed = max(1, speed / 10)
        self.time = time
        ticker = Task.detached {
            while (try? await life.sleep(for: Self.step)) != nil { time.advance(by: Self.step * speed) }
        }
    }

    deinit { ticker.cancel() }

    package var now: Timestamp { time.now }

    package func sleep(until deadline: Timestamp) async throws(CancellationError) {
        try await time.sleep(until: deadline)
    }
}
