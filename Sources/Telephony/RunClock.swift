package import DialModel
import Foundation

/// The time of a run: wall-clock instants that may pass faster than real ones.
///
/// Vendors, runner and simulator of one run share one clock, so that a rehearsal at speed keeps all their proportions.
package protocol RunClock: Sendable {
    /// The present instant of the run.
    var now: Timestamp { get }

    /// How many seconds of the run pass in one real second.
    var speed: Double { get }

    /// Where it begins, for runs to come on this machine; nil if it goes at a speed of its own.
    var origin: ClockOrigin? { get }

    /// Waits until the run's time reaches `deadline`; returns at once if it has.
    func sleep(until deadline: Timestamp) async throws(CancellationError)
}

extension RunClock {
    /// Waits for a duration of the run's time.
    package func sleep(for duration: Duration) async throws(CancellationError) {
        try await sleep(until: now + duration)
    }

    /// How long a duration of the run's time takes in real time; no longer than a hundred million years.
    package func realTime(_ duration: Duration) -> Duration {
        .milliseconds(max(1, Int64(min(duration.seconds * 1000 / speed, 0x1p61))))
    }

    /// A time-out of the run's time for a library that counts it itself, in real time.
    ///
    /// A run at speed shortens it, but this machine and the other side need their time all the same, which is `shortest`.
    package func realTimeout(_ limit: Duration, atLeast shortest: Duration = .seconds(2)) -> Duration {
        max(shortest, realTime(limit))
    }
}

extension Duration {
    /// This length of the run's time, or what `shortest` of real time is in it at `speed`, if that is longer: machines and
    /// connections live in real time.
    package func stretched(toAtLeast shortest: Duration, at speed: Double) -> Duration {
        max(self, shortest * speed)
    }
}

/// The system's clock, or one that set out from an anchor and runs `speed` times as fast.
///
/// It is read off the wall once, at the start, and counts evenly from there: a clock that is set back or forth while a
/// run lasts neither freezes it nor makes its timers fire early. Time that the machine slept through is counted.
package struct SystemClock: RunClock {
    package let speed: Double
    /// The real instant at which the run's time and the real time agreed.
    package let anchor: Timestamp
    /// What is added to the time since the machine started, to the nanosecond: at speed every error is multiplied.
    private let wallAtBoot: Duration

    /// A clock at `speed`, anchored at the present unless another process hands on its anchor.
    package init(speed: Double = 1, anchor: Timestamp? = nil) {
        precondition(speed >= 1, "a run may not be slower than time: \(speed)")
        self.speed = speed
        wallAtBoot = Self.readWallAtBoot()
        self.anchor = anchor ?? Timestamp(milliseconds: (wallAtBoot + Self.read(CLOCK_BOOTTIME)).milliseconds)
    }

    package var origin: ClockOrigin? {
        guard speed == 1, let boot = Self.boot else { return nil }
        return ClockOrigin(boot: boot, zero: Timestamp(milliseconds: wallAtBoot.milliseconds))
    }

    package var now: Timestamp {
        let real = wallAtBoot + Self.read(CLOCK_BOOTTIME)
        guard speed > 1 else { return Timestamp(milliseconds: real.milliseconds) }
        let passed = real - .milliseconds(anchor.milliseconds)
        return anchor + .milliseconds(Int64(passed.seconds * 1000 * speed))
    }

    package func sleep(until deadline: Timestamp) async throws(CancellationError) {
        while true {
            let left = deadline - now
            guard left > .zero else { return }
            do {
                try await Task.sleep(for: realTime(left))
            } catch {
                throw CancellationError()
            }
        }
    }

    /// The kernel's name of the machine's start; nil where it has none.
    private static let boot = try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
        .trimmingCharacters(in: .whitespacesAndNewlines)

    /// What the wall showed when the machine started, by the reading that took the shortest.
    ///
    /// Two processes of one rehearsal read it each for itself, and one that loses the processor between looking at one
    /// clock and at the other would live in another time.
    private static func readWallAtBoot() -> Duration {
        let readings = (0..<8).map { _ in
            let before = read(CLOCK_BOOTTIME)
            let wall = read(CLOCK_REALTIME)
            let after = read(CLOCK_BOOTTIME)
            return (length: after - before, wallAtBoot: wall - before)
        }
        return readings.min { $0.length < $1.length }?.wallAtBoot ?? .zero
    }

    private static func read(_ clock: clockid_t) -> Duration {
        var time = timespec()
        clock_gettime(clock, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
