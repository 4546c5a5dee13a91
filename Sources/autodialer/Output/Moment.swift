import DialModel
import Wording

/// When something will be, as people say it at `now` by a campaign's clocks.
struct Moment {
    /// How much is said, from the most to the least.
    enum Detail: CaseIterable {
        /// The day by its name, and whose clocks these are.
        case zone
        /// The day by its name.
        case day
        /// The time of day alone, with the date unless it is today.
        case time
    }

    let at: Timestamp
    let now: Timestamp
    let clocks: ZoneRules

    /// The words: `09:00 tomorrow (Asia/Shanghai)`.
    func words(_ detail: Detail, in language: Language) -> String {
        let (day, second) = clocks.localTime(at: at)
        let time = Self.digits(second / 3_600) + ":" + Self.digits(second % 3_600 / 60)
        let distance = day.number - clocks.localTime(at: now).day.number
        if detail == .time { return distance == 0 ? time : "\(day.iso8601) \(time)" }
        let named: MomentPhrase? =
            switch distance {
            case 0: .today
            case 1: .tomorrow
            case 2...6: MomentPhrase(day.weekday)
            default: nil
            }
        let words = named.map { language.say($0, time) } ?? "\(day.iso8601) \(time)"
        return detail == .zone ? language.say(MomentPhrase.zoned, words, clocks.zone.name) : words
    }

    private static func digits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

/// Days as they are called.
enum MomentPhrase: CaseIterable, PhraseTable {
    case today, tomorrow, monday, tuesday, wednesday, thursday, friday, saturday, sunday, zoned

    init(_ weekday: Weekday) {
        self =
            switch weekday {
            case .monday: .monday
            case .tuesday: .tuesday
            case .wednesday: .wednesday
            case .thursday: .thursday
            case .friday: .friday
            case .saturday: .saturday
            case .sunday: .sunday
            }
    }

    var phrase: Phrase {
        switch self {
        case .today: Phrase("{1} today", "今天 {1}")
        case .tomorrow: Phrase("{1} tomorrow", "明天 {1}")
        case .monday: Phrase("{1} on Monday", "周一 {1}")
        case .tuesday: Phrase("{1} on Tuesday", "周二 {1}")
        case .wednesday: Phrase("{1} on Wednesday", "周三 {1}")
        case .thursday: Phrase("{1} on Thursday", "周四 {1}")
        case .friday: Phrase("{1} on Friday", "周五 {1}")
        case .saturday: Phrase("{1} on Saturday", "周六 {1}")
        case .sunday: Phrase("{1} on Sunday", "周日 {1}")
        case .zoned: Phrase("{1} ({2})", "{1}（{2}）")
        }
    }
}
