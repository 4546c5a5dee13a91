import DialModel
import Wording

/// The hours of a week as people write them, by keys for days and groups of days.
struct WeekText {
    /// The keys of single days, Monday first, and of groups of them.
    static let keys = days + ["weekdays", "weekend", "daily"]
    private static let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

    /// What was written for each weekday, with where it was; a weekday that nothing was written for is closed.
    private var written: [(day: Weekday, field: Field, spans: SpanText)] = []

    /// Reads the keys of days among those of a section; nil if it has none, or after recording what is wrong.
    ///
    /// A single day's key wins over that of a group, and `weekdays` and `weekend` win over `daily`.
    static func read(_ section: Section) -> WeekText? {
        // Every key is read once, so that a mistake is told once.
        let read = keys.compactMap { key in section[key].map { (field: $0, spans: SpanText.read($0)) } }
        guard !read.isEmpty, read.allSatisfy({ $0.spans != nil }) else { return nil }
        var week = WeekText()
        for day in Weekday.allCases {
            let group = day < .saturday ? "weekdays" : "weekend"
            let choices = [days[day.rawValue - 1], group, "daily"].compactMap { key in
                read.first { $0.field.key == key }
            }
            if let (field, spans) = choices.first, let spans { week.written.append((day, field, spans)) }
        }
        return week
    }

    /// The hours.
    func hours(holidays: [CivilDay] = []) -> CallingHours {
        Self.hours(of: written.map { ($0.day, $0.spans) }, holidays)
    }

    /// The fields that give hours outside `law`, each once, in the order of the week.
    func fields(outside law: CallingHours) -> [Field] {
        written.reduce(into: []) { fields, day in
            let isKnown = fields.contains { $0.key == day.field.key }
            if !isKnown, !Self.hours(of: [(day.day, day.spans)], []).isWithin(law) { fields.append(day.field) }
        }
    }

    private static func hours(of days: [(day: Weekday, spans: SpanText)], _ holidays: [CivilDay]) -> CallingHours {
        var week: [Weekday: [HourSpan]] = [:]
        for (day, spans) in days {
            week[day, default: []] += spans.own
            week[Weekday.allCases[day.rawValue % 7], default: []] += spans.next
        }
        return CallingHours(week, holidays: holidays)
    }
}

extension Field {
    /// A list of days, `[2026-10-01, 2026-10-02]`, ascending.
    func civilDays() -> [CivilDay]? {
        let hint = FixPhrase.write.filled("[2026-10-01, 2026-10-02]")
        guard let texts = texts(hint: hint) else { return nil }
        var days: [CivilDay] = []
        for text in texts {
            guard let day = CivilDay(iso8601: text) else {
                return reject(RulesPhrase.notADay.filled(text), hint: hint)
            }
            guard !days.contains(day) else { return reject(FormPhrase.twice.filled(text)) }
            days.append(day)
        }
        return days.sorted()
    }
}
