import Compliance
import DialModel

/// Clocks of real zones around the days that the tests look at, written out so that they depend on no system's data.
enum Clocks {
    static let shanghai = ZoneRules(zone: TimeZoneID("Asia/Shanghai"), initialOffset: 8 * 3_600)
    static let kolkata = ZoneRules(zone: TimeZoneID("Asia/Kolkata"), initialOffset: 19_800)
    static let kathmandu = ZoneRules(zone: TimeZoneID("Asia/Kathmandu"), initialOffset: 20_700)
    static let phoenix = ZoneRules(zone: TimeZoneID("America/Phoenix"), initialOffset: -7 * 3_600)
    /// Summer time from 2026-03-08 02:00 to 2026-11-01 02:00, by local clocks.
    static let newYork = northAmerican("America/New_York", -5)
    static let chicago = northAmerican("America/Chicago", -6)
    static let denver = northAmerican("America/Denver", -7)
    /// Summer time from 2026-03-29 01:00 to 2026-10-25 01:00, in UTC.
    static let london = ZoneRules(
        zone: TimeZoneID("Europe/London"), initialOffset: 0,
        transitions: [
            ZoneRules.Transition(at: utc(2026, 3, 29, 1), offset: 3_600),
            ZoneRules.Transition(at: utc(2026, 10, 25, 1), offset: 0),
        ])
    /// Summer time until 2026-04-05 03:00 and from 2026-10-04 02:00, by local clocks.
    static let sydney = ZoneRules(
        zone: TimeZoneID("Australia/Sydney"), initialOffset: 11 * 3_600,
        transitions: [
            ZoneRules.Transition(at: utc(2026, 4, 4, 16), offset: 10 * 3_600),
            ZoneRules.Transition(at: utc(2026, 10, 3, 16), offset: 11 * 3_600),
        ])
    /// Half an hour of summer time: Lord Howe, until 2026-04-05 02:00 and from 2026-10-04 02:00, by local clocks.
    static let lordHowe = ZoneRules(
        zone: TimeZoneID("Australia/Lord_Howe"), initialOffset: 11 * 3_600,
        transitions: [
            ZoneRules.Transition(at: utc(2026, 4, 4, 15), offset: 37_800),
            ZoneRules.Transition(at: utc(2026, 10, 3, 15, 30), offset: 11 * 3_600),
        ])
    /// It went without 2011-12-30 to change sides of the date line.
    static let apia = ZoneRules(
        zone: TimeZoneID("Pacific/Apia"), initialOffset: -10 * 3_600,
        transitions: [ZoneRules.Transition(at: utc(2011, 12, 30, 10), offset: 14 * 3_600)])

    /// Clocks that were set back a minute after midnight, to the evening before: Newfoundland, on 2010-11-07.
    static let stJohns = ZoneRules(
        zone: TimeZoneID("America/St_Johns"), initialOffset: -9_000,
        transitions: [ZoneRules.Transition(at: utc(2010, 11, 7, 2, 31), offset: -12_600)])

    static let all = [
        shanghai, kolkata, kathmandu, phoenix, newYork, chicago, denver, london, sydney, lordHowe, apia, stJohns,
    ]

    private static func northAmerican(_ name: String, _ hours: Int) -> ZoneRules {
        ZoneRules(
            zone: TimeZoneID(name), initialOffset: hours * 3_600,
            transitions: [
                ZoneRules.Transition(at: utc(2026, 3, 8, 2 - hours), offset: (hours + 1) * 3_600),
                ZoneRules.Transition(at: utc(2026, 11, 1, 1 - hours), offset: hours * 3_600),
            ])
    }

    /// An instant by UTC; hours may be beyond 23.
    static func utc(
        _ year: Int, _ month: Int, _ day: Int, _ hour: Int = 0, _ minute: Int = 0, _ second: Int = 0
    ) -> Timestamp {
        guard let date = CivilDay(year: year, month: month, day: day) else { preconditionFailure("no such day") }
        return Timestamp(milliseconds: (date.number * 86_400 + Int64(hour * 3_600 + minute * 60 + second)) * 1_000)
    }
}

extension ZoneRules {
    /// The first instant at which these clocks show a time.
    func at(
        _ year: Int, _ month: Int, _ day: Int, _ hour: Int, _ minute: Int = 0, _ second: Int = 0
    ) -> Timestamp {
        guard let date = CivilDay(year: year, month: month, day: day),
            let instant = instants(of: date, second: hour * 3_600 + minute * 60 + second).first
        else { preconditionFailure("these clocks never show this") }
        return instant
    }
}

extension HourSpan {
    /// Whole hours.
    static func hours(_ opens: Int, _ closes: Int) -> HourSpan {
        guard let span = HourSpan(opens: opens * 3_600, closes: closes * 3_600) else {
            preconditionFailure("no span")
        }
        return span
    }
}

extension PlacedHours {
    /// The same hours every day.
    static func daily(_ clocks: ZoneRules, _ opens: Int, _ closes: Int, source: String = "test") -> PlacedHours {
        PlacedHours(clocks: clocks, hours: CallingHours(daily: [.hours(opens, closes)]), sources: [.named(source)])
    }
}
