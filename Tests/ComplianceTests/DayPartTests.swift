import Compliance
import DialModel
import Testing

@Suite("Each part of the day is tried before any is tried again")
struct DayPartTests {
    private static let clocks = Clocks.shanghai
    private static let parts: [HourSpan] = [.hours(9, 12), .hours(12, 17), .hours(17, 20)]
    private static let places: [PlacedHours] = [.daily(clocks, 9, 20)]

    private func at(_ day: Int, _ hour: Int, _ minute: Int = 0) -> Timestamp {
        Self.clocks.at(2026, 11, day, hour, minute)
    }

    private func freeAt(
        _ dials: [Timestamp], at now: Timestamp, parts: [HourSpan] = parts, places: [PlacedHours] = places
    ) -> Timestamp? {
        DayPartGate.freeAt(parts, dials: dials, places: places, at: now)
    }

    @Test("A first dial may be made at any time, and without parts any dial")
    func free() {
        #expect(freeAt([], at: at(25, 10)) == nil)
        #expect(freeAt([at(25, 9)], at: at(25, 10), parts: []) == nil)
        #expect(freeAt([at(25, 9)], at: at(25, 10), places: []) == nil)
    }

    @Test(
        "After a dial in the morning the lead is free from noon on, and not next morning before the evening was tried")
    func rotation() {
        #expect(freeAt([at(25, 9)], at: at(25, 10)) == at(25, 12))
        #expect(freeAt([at(25, 9)], at: at(25, 12)) == nil)
        #expect(freeAt([at(25, 9)], at: at(25, 11, 59)) == at(25, 12))
        #expect(freeAt([at(25, 9), at(25, 13)], at: at(26, 9)) == at(26, 17))
        #expect(freeAt([at(25, 9), at(25, 13)], at: at(25, 18)) == nil)
        #expect(freeAt([at(25, 9), at(25, 13), at(25, 18)], at: at(25, 18, 30)) == nil, "every part had its turn")
        #expect(freeAt([at(25, 9), at(25, 13), at(25, 18), at(25, 19)], at: at(25, 19, 30)) == at(26, 9))
    }

    @Test("Outside every part a retry waits for the next that has its turn")
    func gap() {
        let parts: [HourSpan] = [.hours(9, 12), .hours(14, 17)]
        #expect(freeAt([at(25, 9)], at: at(25, 13), parts: parts) == at(25, 14))
        #expect(freeAt([at(25, 15)], at: at(25, 18), parts: parts) == at(26, 9))
    }

    @Test("A part outside the calling hours is not waited for")
    func unreachable() {
        let office: [PlacedHours] = [.daily(Self.clocks, 9, 17)]
        #expect(freeAt([at(25, 9), at(25, 13)], at: at(26, 9), places: office) == nil)
        let morning: [PlacedHours] = [.daily(Self.clocks, 9, 12)]
        #expect(freeAt([at(25, 9)], at: at(25, 10), places: morning) == nil, "only one part is left")
    }

    @Test("With clocks that disagree, a part counts that is open in both places at some instant")
    func twoZones() {
        let places: [PlacedHours] = [.daily(Clocks.newYork, 8, 21), .daily(Clocks.denver, 8, 21)]
        let parts: [HourSpan] = [.hours(8, 10), .hours(10, 17), .hours(17, 21)]
        let dials = [Clocks.newYork.at(2026, 11, 25, 18)]
        // From eight to ten in New York nobody may be called in Denver, so only two parts are left.
        let freeAt = DayPartGate.freeAt(parts, dials: dials, places: places, at: Clocks.newYork.at(2026, 11, 25, 19))
        #expect(freeAt == Clocks.newYork.at(2026, 11, 26, 10))
    }

    @Test("Dials of two weeks ago say nothing any more")
    func memory() {
        #expect(freeAt([at(10, 9)], at: at(24, 9)) == at(24, 12))
        #expect(freeAt([at(10, 9)], at: at(24, 9, 1)) == nil)
    }

    @Test("A part that the clocks leap over begins with the leap")
    func leap() {
        let clocks = Clocks.newYork
        let parts: [HourSpan] = [.hours(2, 4), .hours(12, 17)]
        let freeAt = DayPartGate.freeAt(
            parts, dials: [clocks.at(2026, 3, 7, 13)], places: [.daily(clocks, 0, 24)], at: clocks.at(2026, 3, 7, 14))
        #expect(freeAt == Clocks.utc(2026, 3, 8, 7))
    }

    @Test("The gate counts it as a wait, and the next instant is within the hours")
    func gate() {
        var facts = GateFacts(places: [.daily(Self.clocks, 9, 16)])
        facts.leadDials = [at(25, 13)]
        let answer = DialGate(facts: facts, rules: GateRules(dayParts: Self.parts)).answer(at: at(25, 14))
        guard case .blocked(let block, let next) = answer else {
            Issue.record("it was called at this time of the day")
            return
        }
        #expect(block.gate == .retryWait)
        #expect(next == at(26, 9))
    }
}
