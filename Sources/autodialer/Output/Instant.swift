import DialModel
import Foundation

extension Timestamp {
    /// ISO 8601 in UTC with milliseconds: `2026-01-02T03:04:05.678Z`.
    var iso8601UTC: String {
        var bytes: [UInt8] = []
        appendISO8601(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// ISO 8601 with the offset of the machine's time zone: `2026-01-02T11:04:05.678+08:00`.
    var iso8601Local: String {
        var clock = LocalClock()
        var bytes: [UInt8] = []
        appendISO8601(offset: clock.offset(at: self), to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The time of day for a person, in the machine's time zone: `11:04:05`.
    var clockTime: String { String(iso8601Local.dropFirst(11).prefix(8)) }

    /// Day and minute for a person, in the machine's time zone: `2026-01-02 11:04`.
    var dayAndTime: String { String(iso8601Local.prefix(16)).replacing("T", with: " ") }
}

/// How far the machine's clocks are from UTC, asked once for each quarter of an hour, within which no zone changes them.
struct LocalClock {
    private static let quarter: Int64 = 900_000
    private let zone = TimeZone.current
    private var latest: (quarter: Int64, offset: Int)?

    /// Seconds east of UTC at an instant.
    mutating func offset(at instant: Timestamp) -> Int {
        let quarter = instant.milliseconds / Self.quarter
        if let latest, latest.quarter == quarter, instant.milliseconds >= 0 { return latest.offset }
        let date = Date(timeIntervalSince1970: Double(instant.milliseconds) / 1_000)
        let offset = zone.secondsFromGMT(for: date)
        latest = (quarter, offset)
        return offset
    }
}

extension Duration {
    /// A duration for a person: `45s`, `12m 30s`, `3h 5m`.
    var forPeople: String {
        let seconds = max(0, Int(self.seconds.rounded()))
        switch seconds {
        case ..<60: return "\(seconds)s"
        case ..<3600: return "\(seconds / 60)m \(seconds % 60)s"
        default: return "\(seconds / 3600)h \(seconds % 3600 / 60)m"
        }
    }
}
