/// A span of a day by its clock, the closing second excluded.
package struct HourSpan: Hashable, Sendable {
    /// The first second of the day inside.
    package let opens: Int
    /// The first second of the day outside again, at most 86 400.
    package let closes: Int

    /// Seconds since midnight; nil for a span that is empty or leaves the day.
    package init?(opens: Int, closes: Int) {
        guard opens >= 0, opens < closes, closes <= 86_400 else { return nil }
        self.opens = opens
        self.closes = closes
    }
}

/// The hours in which people may be rung, by their own clocks.
package struct CallingHours: Hashable, Sendable {
    private var week: [[HourSpan]]
    /// Days on which nobody is rung, ascending.
    package var holidays: [CivilDay]

    /// Hours by weekday; a weekday that is left out is closed, and spans that touch or overlap become one.
    package init(_ hours: [Weekday: [HourSpan]], holidays: [CivilDay] = []) {
        week = Weekday.allCases.map { Self.joined(hours[$0] ?? []) }
        self.holidays = holidays.sorted()
    }

    /// The same spans on every day.
    package init(daily spans: [HourSpan], holidays: [CivilDay] = []) {
        week = Array(repeating: Self.joined(spans), count: 7)
        self.holidays = holidays.sorted()
    }

    /// The spans of a weekday, ascending.
    package subscript(weekday: Weekday) -> [HourSpan] { week[weekday.rawValue - 1] }

    /// The spans of a day, none on a holiday.
    package func spans(of day: CivilDay) -> [HourSpan] {
        holidays.contains(day) ? [] : self[day.weekday]
    }

    /// Whether a second of a day is inside.
    package func contains(_ day: CivilDay, second: Int) -> Bool {
        spans(of: day).contains { second >= $0.opens && second < $0.closes }
    }

    /// Whether no day of the week has hours.
    package var isNever: Bool { week.allSatisfy(\.isEmpty) }

    /// Whether every hour of these is inside `other`, on each day of the week.
    package func isWithin(_ other: CallingHours) -> Bool {
        Weekday.allCases.allSatisfy { day in
            self[day].allSatisfy { span in
                other[day].contains { $0.opens <= span.opens && span.closes <= $0.closes }
            }
        }
    }

    private static func joined(_ spans: [HourSpan]) -> [HourSpan] {
        let sorted = spans.sorted { ($0.opens, $0.closes) < ($1.opens, $1.closes) }
        return sorted.reduce(into: []) { joined, span in
            guard let last = joined.last, span.opens <= last.closes,
                let union = HourSpan(opens: last.opens, closes: max(last.closes, span.closes))
            else { return joined.append(span) }
            joined[joined.count - 1] = union
        }
    }
}
