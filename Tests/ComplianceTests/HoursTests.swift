import Compliance
import DialModel
import Testing

@Suite("Calling hours where the callee lives")
struct HoursTests {
    @Test("Days of the calendar and their weekdays are those of the calendar")
    func calendar() {
        #expect(CivilDay(year: 1970, month: 1, day: 1)?.number == 0)
        #expect(CivilDay(year: 2000, month: 2, day: 29)?.number == 11_016)
        #expect(CivilDay(year: 2026, month: 11, day: 25)?.weekday == .wednesday)
        #expect(CivilDay(year: 1900, month: 2, day: 29) == nil && CivilDay(year: 2023, month: 2, day: 29) == nil)
        #expect(CivilDay(iso8601: "2026-10-01") == CivilDay(year: 2026, month: 10, day: 1))
        for text in ["2026-1-01", "2026-13-01", "2026-02-30", "20261001", "", "2026-10-01T"] {
            #expect(CivilDay(iso8601: text) == nil, "\(text)")
        }
        var expected = CivilDay(number: -200_000)
        while expected.number < 60_000 {
            let (year, month, day) = expected.date
            #expect(CivilDay(year: year, month: month, day: day) == expected)
            expected = expected.advanced(by: 37)
        }
    }

    @Test("Clocks tell the local time, in whole, half and quarter hours")
    func localTimes() {
        let instant = Clocks.utc(2026, 1, 5, 18, 20)
        for (clocks, day, hour, minute) in [
            (Clocks.shanghai, 6, 2, 20), (Clocks.kolkata, 5, 23, 50), (Clocks.kathmandu, 6, 0, 5),
            (Clocks.phoenix, 5, 11, 20), (Clocks.newYork, 5, 13, 20), (Clocks.sydney, 6, 5, 20),
        ] {
            let local = clocks.localTime(at: instant)
            #expect(local.day.date.day == day && local.second == hour * 3_600 + minute * 60, "\(clocks.zone)")
        }
        // Arizona keeps one time all year, and is with Denver in winter only.
        let summer = Clocks.utc(2026, 7, 1, 15)
        #expect(Clocks.phoenix.localTime(at: summer).second == 8 * 3_600)
        #expect(Clocks.denver.localTime(at: summer).second == 9 * 3_600)
    }

    @Test("A day that a zone went without has no hours, and the next one has them")
    func skippedDay() {
        let place = PlacedHours.daily(Clocks.apia, 8, 20)
        let evening = Clocks.apia.at(2011, 12, 29, 21)
        #expect(place.firstInstant(from: evening) == Clocks.apia.at(2011, 12, 31, 8))
    }

    @Test("Clocks that are set back over midnight show the evening before once more, with its hours")
    func evenAfterMidnight() {
        let midnight = Clocks.stJohns.at(2010, 11, 7, 0)
        let early = PlacedHours.daily(Clocks.stJohns, 0, 1)
        #expect(early.contains(midnight + .seconds(59)) && !early.contains(midnight + .seconds(60)))
        #expect(early.closing(after: midnight, within: .seconds(60)) == midnight + .seconds(60))
        #expect(!HoursGate.isOpen([early], at: midnight, guardTime: .seconds(60)))
        let late = PlacedHours.daily(Clocks.stJohns, 23, 24)
        #expect(late.firstInstant(from: midnight) == midnight + .seconds(60))
        #expect(late.closing(after: midnight + .seconds(60), within: .seconds(7_200)) == midnight + .seconds(3_600))
    }

    @Test("Hours over midnight are one stretch")
    func overMidnight() {
        let hours = CallingHours([
            .friday: [.hours(22, 24)], .saturday: [.hours(0, 2)],
        ])
        let place = PlacedHours(clocks: Clocks.shanghai, hours: hours, sources: [.named("test")])
        let friday = Clocks.shanghai.at(2026, 11, 27, 23)
        #expect(place.contains(friday))
        #expect(place.closing(after: friday, within: .seconds(86_400)) == Clocks.shanghai.at(2026, 11, 28, 2))
        #expect(HoursGate.isOpen([place], at: friday + .seconds(3_599), guardTime: .seconds(60)))
        #expect(place.closing(after: friday, within: .seconds(3 * 3_600 - 1)) == nil)
        #expect(place.firstInstant(from: Clocks.shanghai.at(2026, 11, 28, 2)) == Clocks.shanghai.at(2026, 12, 4, 22))
    }

    @Test("Holidays and weekdays without hours are left out")
    func holidays() {
        let workdays = Weekday.allCases.filter { $0 < .saturday }
        var hours = CallingHours(Dictionary(uniqueKeysWithValues: workdays.map { ($0, [HourSpan.hours(9, 18)]) }))
        hours.holidays = [10, 1, 2].compactMap { CivilDay(year: 2026, month: 10, day: $0) }.sorted()
        let place = PlacedHours(clocks: Clocks.shanghai, hours: hours, sources: [.named("cn")])
        // The first and the second are holidays, and then it is Saturday.
        let eve = Clocks.shanghai.at(2026, 9, 30, 18)
        #expect(place.firstInstant(from: eve) == Clocks.shanghai.at(2026, 10, 5, 9))
        let never = PlacedHours(clocks: Clocks.shanghai, hours: CallingHours([:]), sources: [.named("test")])
        #expect(never.firstInstant(from: eve) == nil)
        #expect(HoursGate.firstOpening([place, never], from: eve, guardTime: .zero) == nil)
    }

    @Test("Places whose hours never meet are never open, and it is found out")
    func disjoint() {
        let places = [PlacedHours.daily(Clocks.shanghai, 9, 10), .daily(Clocks.newYork, 9, 10)]
        let now = Clocks.utc(2026, 5, 1)
        #expect(HoursGate.firstOpening(places, from: now, guardTime: .zero) == nil)
    }

    @Test("A guard longer than every span leaves no time to call")
    func longGuard() {
        let place = PlacedHours.daily(Clocks.shanghai, 9, 10)
        let now = Clocks.shanghai.at(2026, 5, 1, 8)
        #expect(HoursGate.firstOpening([place], from: now, guardTime: .seconds(3_600)) == nil)
        #expect(HoursGate.firstOpening([place], from: now, guardTime: .seconds(3_599)) != nil)
        let always = PlacedHours.daily(Clocks.shanghai, 0, 24)
        #expect(HoursGate.isOpen([always], at: now, guardTime: .seconds(86_400)))
    }

    /// By looking at every single minute instead.
    private func scanned(_ places: [PlacedHours], from start: Timestamp, guardMinutes: Int) -> Timestamp? {
        func isInside(_ instant: Timestamp) -> Bool { places.allSatisfy { $0.contains(instant) } }
        return (0..<4 * 1_440).lazy.map { start + .seconds($0 * 60) }.first { instant in
            (0...guardMinutes).allSatisfy { isInside(instant + .seconds($0 * 60)) }
        }
    }

    @Test("The first opening is the one that a look at every minute finds", arguments: [1, 20_261_125, 77] as [UInt64])
    func openingsByScan(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        // The nights on which clocks change, in both hemispheres, and some ordinary day.
        let nights = [
            Clocks.utc(2026, 3, 7), Clocks.utc(2026, 3, 28), Clocks.utc(2026, 4, 3), Clocks.utc(2026, 6, 15),
            Clocks.utc(2026, 10, 2), Clocks.utc(2026, 10, 24), Clocks.utc(2026, 10, 31), Clocks.utc(2010, 11, 6),
        ]
        for round in 0..<60 {
            let start = nights[Int(random.below(8))] + .seconds(Int64(random.below(2_880)) * 60)
            let places = (0...Int(random.below(2))).map { _ in
                let spans = (0...Int(random.below(2))).compactMap { _ in
                    let opens = Int(random.below(96)) * 900
                    return HourSpan(opens: opens, closes: min(86_400, opens + 900 * (1 + Int(random.below(60)))))
                }
                let clocks = Clocks.all[Int(random.below(UInt64(Clocks.all.count)))]
                return PlacedHours(clocks: clocks, hours: CallingHours(daily: spans), sources: [.named("test")])
            }
            let minutes = [0, 1, 30][Int(random.below(3))]
            let expected = scanned(places, from: start, guardMinutes: minutes)
            let found = HoursGate.firstOpening(places, from: start, guardTime: .seconds(minutes * 60))
            let horizon = start + .seconds(4 * 86_400)
            #expect(found.flatMap { $0 < horizon ? $0 : nil } == expected, "seed \(seed), round \(round): \(places)")
        }
    }
}
