/// An instant, in whole milliseconds since 1970-01-01T00:00:00Z.
///
/// Pure code is handed timestamps and never asks for the time; only a `RunClock` makes one from the system.
package struct Timestamp: Hashable, Comparable, Sendable, Codable {
    /// Milliseconds since the Unix epoch.
    package var milliseconds: Int64

    /// An instant that no clock comes to.
    package static let never = Timestamp(milliseconds: .max)

    /// Wraps a count of milliseconds since the Unix epoch.
    package init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// Reads a plain count of milliseconds.
    package init(from decoder: any Decoder) throws {
        milliseconds = try decoder.singleValueContainer().decode(Int64.self)
    }

    /// Writes a plain count of milliseconds.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(milliseconds)
    }

    package static func < (lhs: Timestamp, rhs: Timestamp) -> Bool {
        lhs.milliseconds < rhs.milliseconds
    }

    /// The instant `rhs` after `lhs`, or the last one there is; fractions of a millisecond are dropped.
    package static func + (lhs: Timestamp, rhs: Duration) -> Timestamp {
        let (sum, overflows) = lhs.milliseconds.addingReportingOverflow(rhs.milliseconds)
        return Timestamp(milliseconds: overflows ? (rhs < .zero ? .min : .max) : sum)
    }

    /// The instant `rhs` before `lhs`, or the first one there is; fractions of a millisecond are dropped.
    package static func - (lhs: Timestamp, rhs: Duration) -> Timestamp {
        let (difference, overflows) = lhs.milliseconds.subtractingReportingOverflow(rhs.milliseconds)
        return Timestamp(milliseconds: overflows ? (rhs < .zero ? .max : .min) : difference)
    }

    /// The time from `rhs` to `lhs`, negative when `lhs` is earlier; no longer than a count of milliseconds can tell.
    package static func - (lhs: Timestamp, rhs: Timestamp) -> Duration {
        let (difference, overflows) = lhs.milliseconds.subtractingReportingOverflow(rhs.milliseconds)
        return .milliseconds(overflows ? (lhs < rhs ? .min : .max) : difference)
    }
}

extension Duration {
    /// The whole milliseconds of this duration, fractions dropped; of one that has more, as many as can be counted.
    ///
    /// A duration may come from a vendor, so that no length of it may trap, as `components` does.
    package var milliseconds: Int64 {
        Int64(clamping: attoseconds / 1_000_000_000_000_000)
    }

    /// This duration in seconds, for arithmetic and display; of one that has more whole ones, as many as can be counted.
    package var seconds: Double {
        let (whole, rest) = attoseconds.quotientAndRemainder(dividingBy: 1_000_000_000_000_000_000)
        return Double(Int64(clamping: whole)) + Double(Int64(truncatingIfNeeded: rest)) / 1e18
    }
}
