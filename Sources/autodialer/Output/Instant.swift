import DialModel
import Foundation
import Wording

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

    /// Hour and minute for a person who is told at `now`, with the day unless it is the same.
    func forPeople(at now: Timestamp) -> String {
        dayAndTime.prefix(10) == now.dayAndTime.prefix(10) ? String(dayAndTime.suffix(5)) : dayAndTime
    }
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
    var forPeople: String { forPeople(in: .english) }

    /// A duration for a person in their language.
    func forPeople(in language: Language) -> String {
        let seconds = max(0, Int(self.seconds.rounded()))
        switch seconds {
        case ..<60: return language.say(DurationPhrase.seconds, seconds)
        case ..<3600: return language.say(DurationPhrase.minutes, seconds / 60, seconds % 60)
        default: return language.say(DurationPhrase.hours, seconds / 3600, seconds % 3600 / 60)
        }
    }
}

/// The units of durations.
enum DurationPhrase: CaseIterable, PhraseTable {
    case seconds, minutes, hours

    var phrase: Phrase {
        switch self {
        case .seconds: Phrase("{1}s", "{1}秒")
        case .minutes: Phrase("{1}m {2}s", "{1}分{2}秒")
        case .hours: Phrase("{1}h {2}m", "{1}时{2}分")
        }
    }
}
