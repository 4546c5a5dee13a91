import DialModel
import EventWire

/// The spellings of time that the gateway uses.
enum WireTime {
    /// The `Timestamp` parameter: UTC, whole seconds, `2020-07-10T02:03:04Z` (A1.2).
    static func text(_ instant: Timestamp) -> String {
        var bytes: [UInt8] = []
        instant.appendISO8601(to: &bytes)
        // Without the milliseconds.
        return String(decoding: bytes.dropLast(5), as: UTF8.self) + "Z"
    }

    /// An instant as records and events carry it: epoch milliseconds, in a number or in a string.
    ///
    /// Zero is no time, and neither is anything before 2000 or after 2100, whatever a record claims.
    static func instant(_ value: JSONValue?) -> Timestamp? {
        guard let milliseconds = value?.integer, plausible.contains(milliseconds) else { return nil }
        return Timestamp(milliseconds: milliseconds)
    }

    private static let plausible: ClosedRange<Int64> = 946_684_800_000...4_102_444_800_000
}
