import DialModel
package import Telephony

/// Keeps the requests of each operation so far apart that no minute has more than the vendor allows.
///
/// The limit is the account's, so clients of one account in one process may be given one pace.
package final class RequestPace: Sendable {
    /// How much longer than necessary the intervals are, in percent: requests may get closer on their way.
    private static let margin: Int64 = 5

    private let clock: any RunClock
    private let interval: Duration
    private let turns = Locked<[String: Timestamp]>([:])

    /// A pace of so many requests a minute for each operation.
    package init(perMinute: Int, clock: any RunClock) {
        self.clock = clock
        interval = Self.interval(perMinute)
    }

    /// How many requests a second such a pace lets through.
    package static func perSecond(ofMinute perMinute: Int) -> Double { 1 / interval(perMinute).seconds }

    private static func interval(_ perMinute: Int) -> Duration {
        .milliseconds(60_000 * (100 + margin) / (100 * Int64(max(1, perMinute))))
    }

    /// Waits for the turn of a request; false if that would come after `notAfter`, and then no turn is taken.
    func admit(_ operation: String, notAfter: Timestamp? = nil) async throws(CancellationError) -> Bool {
        let turn: Timestamp? = turns.with { turns in
            let turn = max(clock.now, turns[operation] ?? clock.now)
            if let notAfter, turn > notAfter { return nil }
            turns[operation] = turn + interval
            return turn
        }
        guard let turn else { return false }
        try await clock.sleep(until: turn)
        return notAfter.map { clock.now <= $0 } ?? true
    }

    /// Lets nothing through for a while, because the vendor has turned a request away.
    func pause(_ operation: String, for length: Duration) {
        turns.with { $0[operation] = max($0[operation] ?? clock.now, clock.now + length) }
    }
}
