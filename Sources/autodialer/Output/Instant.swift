import DialModel
import Foundation

extension Timestamp {
    /// ISO 8601 in UTC with milliseconds: `2026-01-02T03:04:05.678Z`.
    var iso8601UTC: String { Self.formatted(self, zone: .gmt) }

    /// ISO 8601 with the offset of the machine's time zone: `2026-01-02T11:04:05.678+08:00`.
    var iso8601Local: String { Self.formatted(self, zone: .current) }

    /// The time of day for a person, in the machine's time zone: `11:04:05`.
    var clockTime: String {
        let fields = Self.calendar(.current).dateComponents([.hour, .minute, .second], from: date)
        return [fields.hour, fields.minute, fields.second].map { Self.digits($0 ?? 0, 2) }.joined(separator: ":")
    }

    /// Day and minute for a person, in the machine's time zone: `2026-01-02 11:04`.
    var dayAndTime: String { String(iso8601Local.prefix(16)).replacing("T", with: " ") }

    private var date: Date { Date(timeIntervalSince1970: Double(milliseconds) / 1000) }

    private static func formatted(_ instant: Timestamp, zone: TimeZone) -> String {
        let date = Date(timeIntervalSince1970: Double(instant.milliseconds.floorDivided(by: 1000)))
        let fields = calendar(zone).dateComponents([.year, .month, .day, .hour, .minute, .second], from: date)
        let day = [digits(fields.year ?? 0, 4), digits(fields.month ?? 0, 2), digits(fields.day ?? 0, 2)]
        let time = [fields.hour, fields.minute, fields.second].map { digits($0 ?? 0, 2) }
        let fraction = digits(Int(instant.milliseconds - instant.milliseconds.floorDivided(by: 1000) * 1000), 3)
        return day.joined(separator: "-") + "T" + time.joined(separator: ":") + "." + fraction
            + suffix(zone.secondsFromGMT(for: date), isUTC: zone == .gmt)
    }

    private static func calendar(_ zone: TimeZone) -> Calendar {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        return calendar
    }

    private static func suffix(_ offset: Int, isUTC: Bool) -> String {
        if isUTC { return "Z" }
        let minutes = abs(offset) / 60
        return (offset < 0 ? "-" : "+") + digits(minutes / 60, 2) + ":" + digits(minutes % 60, 2)
    }

    private static func digits(_ value: Int, _ width: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}

extension Int64 {
    fileprivate func floorDivided(by divisor: Int64) -> Int64 {
        self >= 0 ? self / divisor : (self - divisor + 1) / divisor
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
