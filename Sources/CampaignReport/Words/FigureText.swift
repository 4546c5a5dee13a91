import DialModel
import Wording

/// Figures, times and durations as people read them in their language.
struct FigureText: Sendable {
    /// The language.
    let language: Language
    /// The clocks by which times are told.
    let clocks: ZoneRules

    /// What stands for a figure that there is not.
    static let none = "–"

    /// A count with its thousands apart: `12,345`.
    func count(_ value: Int) -> String { Self.grouped(value) }

    /// A share of a whole: `41.2 %`; a dash where there is no whole.
    func share(_ part: Int, of whole: Int) -> String {
        guard whole > 0 else { return Self.none }
        return percent(Double(part) / Double(whole))
    }

    /// A ratio as a percentage with one decimal.
    func percent(_ ratio: Double) -> String { decimal(ratio * 100) + unit("%") }

    /// A limit of so many in a thousand: `3 %`, `2.5 %`.
    func perMille(_ value: Int) -> String { limit(Double(value) / 1_000) }

    /// A limit as a percentage with as many decimals as it was written with, up to three: `3 %`, `0.25 %`.
    func limit(_ ratio: Double) -> String { ratio.percentage(places: 3) + unit("%") }

    /// A ratio of two counts with one decimal: `2.5`; a dash where there is nothing to divide by.
    func ratio(_ part: Int, to whole: Int) -> String {
        whole > 0 ? decimal(Double(part) / Double(whole)) : Self.none
    }

    /// One decimal: `12.3`.
    func decimal(_ value: Double) -> String {
        guard value.isFinite, abs(value) < 1e12 else { return Self.none }
        let tenths = Int((value * 10).rounded())
        return (tenths < 0 ? "−" : "") + Self.grouped(abs(tenths) / 10) + ".\(abs(tenths) % 10)"
    }

    /// A difference with its sign: `+3`, `−12`, `±0`.
    func difference(_ value: Int) -> String {
        value == 0 ? "±0" : (value > 0 ? "+" : "−") + Self.grouped(abs(value))
    }

    /// A difference of two shares in points: `+3.1`.
    func points(_ ratio: Double) -> String {
        let text = decimal(abs(ratio) * 100)
        let sign = text == "0.0" ? "±" : ratio < 0 ? "−" : "+"
        return language.say(FigurePhrase.points, sign + text)
    }

    /// A duration: `1 h 04 min`, `4 min 05 s`, `12.4 s`.
    func duration(_ value: Duration) -> String {
        let milliseconds = max(0, value.milliseconds)
        let seconds = Int((milliseconds + 500) / 1_000)
        switch seconds {
        case ..<60:
            let isWhole = milliseconds % 1_000 == 0
            return language.say(
                FigurePhrase.seconds, isWhole ? "\(seconds)" : decimal(Double(milliseconds) / 1_000))
        case ..<3_600: return language.say(FigurePhrase.minutes, seconds / 60, Self.twoDigits(seconds % 60))
        default:
            return language.say(
                FigurePhrase.hours, Self.grouped(seconds / 3_600), Self.twoDigits(seconds % 3_600 / 60))
        }
    }

    /// A mean duration; a dash without anything to divide by.
    func mean(_ total: Duration, over count: Int) -> String {
        count > 0 ? duration(.milliseconds(total.milliseconds / Int64(count))) : Self.none
    }

    /// A day: `2026-10-01`.
    func day(_ instant: Timestamp) -> String { clocks.localTime(at: instant).day.iso8601 }

    /// A time of day: `09:05`.
    func time(_ instant: Timestamp) -> String {
        let second = clocks.localTime(at: instant).second
        return "\(Self.twoDigits(second / 3_600)):\(Self.twoDigits(second % 3_600 / 60))"
    }

    /// A time of day to the second: `09:05:03`.
    func second(_ instant: Timestamp) -> String {
        time(instant) + ":" + Self.twoDigits(clocks.localTime(at: instant).second % 60)
    }

    /// Day and time: `2026-10-01 09:05`.
    func minute(_ instant: Timestamp) -> String { day(instant) + " " + time(instant) }

    /// An hour of the day and the next: `09:00–10:00`.
    func hour(_ hour: Int) -> String { "\(Self.twoDigits(hour)):00–\(Self.twoDigits(hour + 1)):00" }

    /// A day of the week in short.
    func weekday(_ day: Weekday) -> String {
        let phrase: FigurePhrase =
            switch day {
            case .monday: .monday
            case .tuesday: .tuesday
            case .wednesday: .wednesday
            case .thursday: .thursday
            case .friday: .friday
            case .saturday: .saturday
            case .sunday: .sunday
            }
        return language.say(phrase)
    }

    static func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }

    private func unit(_ symbol: String) -> String {
        // Between a figure and its sign English has a space that no line is broken at, Chinese none.
        language == .english ? "\u{A0}" + symbol : symbol
    }

    private static func grouped(_ value: Int) -> String {
        let digits = String(value.magnitude)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text += "," }
            text.append(digit)
        }
        return (value < 0 ? "−" : "") + text
    }
}

/// Units and the days of the week.
enum FigurePhrase: PhraseTable, Equatable {
    case hours, minutes, seconds, points
    case monday, tuesday, wednesday, thursday, friday, saturday, sunday

    var phrase: Phrase {
        switch self {
        case .hours: Phrase("{1}\u{A0}h\u{A0}{2}\u{A0}min", "{1}\u{A0}小时\u{A0}{2}\u{A0}分")
        case .minutes: Phrase("{1}\u{A0}min\u{A0}{2}\u{A0}s", "{1}\u{A0}分\u{A0}{2}\u{A0}秒")
        case .seconds: Phrase("{1}\u{A0}s", "{1}\u{A0}秒")
        case .points: Phrase("{1}\u{A0}points", "{1}\u{A0}个百分点")
        case .monday: Phrase("Mon", "周一")
        case .tuesday: Phrase("Tue", "周二")
        case .wednesday: Phrase("Wed", "周三")
        case .thursday: Phrase("Thu", "周四")
        case .friday: Phrase("Fri", "周五")
        case .saturday: Phrase("Sat", "周六")
        case .sunday: Phrase("Sun", "周日")
        }
    }
}
