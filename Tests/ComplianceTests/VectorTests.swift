import Compliance
import DialModel
import Testing
import Wording

/// The vectors of `features-and-rules.md`, 7.6, each by its row.
@Suite("The 22 vectors")
struct VectorTests {
    private let limit = 30

    @Test(
        "Rows 1 to 4: three in a hundred, by whole numbers",
        arguments: [(100, 3, false), (99, 3, true), (33, 1, true), (34, 1, false), (10_000, 301, true), (0, 0, false)])
    func abandonmentLimit(live: Int, abandoned: Int, isBreach: Bool) {
        #expect(AbandonmentCount(live: live, abandoned: abandoned).exceeds(perMille: limit) == isBreach)
    }

    @Test("Row 5: successive windows of thirty days from the first call on")
    func successiveWindows() {
        let first = Clocks.utc(2026, 1, 5, 9)
        let window = AbandonmentWindow.successive(.seconds(30 * 86_400))
        func index(_ days: Double) -> Int64 {
            window.index(
                of: first + .milliseconds(Int64(days * 86_400_000)), firstCall: first, clocks: Clocks.newYork)
        }
        #expect(index(0) == 0 && index(29.9) == 0)
        #expect(index(30) == 1 && index(59.999) == 1 && index(60) == 2)
    }

    @Test("Row 6: two seconds sharp are in time")
    func twoSeconds() {
        let answered = Clocks.utc(2026, 1, 5, 9)
        func isAbandoned(after milliseconds: Int64?) -> Bool {
            AnsweredCall(
                greetedAt: answered, connectedAt: milliseconds.map { answered + .milliseconds($0) }, cpa: nil
            ).isAbandoned(within: .seconds(2))
        }
        #expect(!isAbandoned(after: 2_000))
        #expect(isAbandoned(after: 2_001))
        #expect(isAbandoned(after: nil))
    }

    @Test("Row 7: machines are in neither figure")
    func machines() {
        let answered = Clocks.utc(2026, 1, 5, 9)
        var count = AbandonmentCount()
        for _ in 0..<50 {
            count.count(AnsweredCall(greetedAt: answered, connectedAt: nil, cpa: .machine), within: .seconds(2))
        }
        for index in 0..<40 {
            let cpa: CPAResult? = [nil, .human, .unknown][index % 3]
            count.count(AnsweredCall(greetedAt: answered, connectedAt: answered, cpa: cpa), within: .seconds(2))
        }
        count.count(AnsweredCall(greetedAt: answered, connectedAt: nil, cpa: .unknown), within: .seconds(2))
        #expect(count == AbandonmentCount(live: 41, abandoned: 1))
        #expect((count.rate * 100_000).rounded() == 2_439)
    }

    @Test("Rows 8 to 10: the estimates of Ofcom and NICE")
    func estimates() {
        func percent(_ count: AbandonmentCount) -> Double { (count.rate * 100_000).rounded() / 1_000 }
        #expect(percent(.ofcomEstimate(drops: 29, agentPeople: 9, agentMachines: 7)) == 64.444)
        #expect(percent(.ofcomEstimate(drops: 6, agentPeople: 180, agentMachines: 60)) == 2.439)
        #expect(!AbandonmentCount.ofcomEstimate(drops: 6, agentPeople: 180, agentMachines: 60).exceeds(perMille: 30))
        #expect(percent(.excludingMarkedMachines(handled: 200, machines: 20, abandoned: 5)) == 2.703)
    }

    @Test("Row 11: a second before and the second of midnight are two days")
    func calendarDays() {
        let clocks = Clocks.london
        let midnight = clocks.at(2026, 7, 2, 0)
        let window = AbandonmentWindow.calendarDay
        let first = clocks.at(2026, 7, 1, 9)
        func index(_ instant: Timestamp) -> Int64 { window.index(of: instant, firstCall: first, clocks: clocks) }
        #expect(index(midnight) == index(midnight - .seconds(1)) + 1)
    }

    @Test("Row 12: 72 hours after an abandoned call, but for a call with a reserved agent")
    func lockout() {
        let abandoned = Clocks.shanghai.at(2026, 1, 5, 10)
        func isAllowed(after elapsed: Duration, isAgentReserved: Bool = false) -> Bool {
            var facts = GateFacts(places: [.daily(Clocks.shanghai, 0, 24)])
            facts.abandonedAt = abandoned
            let rules = GateRules(abandonmentLockout: .seconds(72 * 3_600), isAgentReserved: isAgentReserved)
            return DialGate(facts: facts, rules: rules).answer(at: abandoned + elapsed) == .allowed
        }
        #expect(!isAllowed(after: .seconds(72 * 3_600)))
        #expect(isAllowed(after: .seconds(72 * 3_600 + 1)))
        #expect(isAllowed(after: .seconds(3_600), isAgentReserved: true))
        #expect(!isAllowed(after: .seconds(3_600)))
    }

    @Test("Rows 13 and 22: a dial that is exactly as old as the span still counts")
    func rollingCaps() {
        let clocks = Clocks.shanghai
        func freeAt(_ cap: AttemptCap, _ dials: [Timestamp], _ now: Timestamp) -> Timestamp? {
            CapGate.freeAt(cap, dials: dials, clocks: [clocks], at: now)
        }
        let daily = AttemptCap(count: 3, period: .rolling(.seconds(86_400)), scope: .number, source: .named("us FL"))
        let dials = [9, 10, 11].map { clocks.at(2026, 1, 5, $0) }
        let nextDay = clocks.at(2026, 1, 6, 9)
        #expect(freeAt(daily, dials, nextDay) == nextDay + .milliseconds(1))
        #expect(freeAt(daily, dials, nextDay + .seconds(1)) == nil)
        #expect(freeAt(daily, Array(dials.dropLast()), clocks.at(2026, 1, 5, 12)) == nil)

        let line = AttemptCap(count: 3, period: .rolling(.seconds(300)), scope: .number, source: .named("tencent"))
        let burst = [0, 1, 2].map { clocks.at(2026, 1, 5, 10, $0) }
        #expect(freeAt(line, burst, clocks.at(2026, 1, 5, 10, 5)) == clocks.at(2026, 1, 5, 10, 5) + .milliseconds(1))
        #expect(freeAt(line, burst, clocks.at(2026, 1, 5, 10, 5, 1)) == nil)
    }

    @Test("Row 14: half-open hours")
    func halfOpen() {
        let place = PlacedHours.daily(Clocks.denver, 8, 21)
        func isOpen(_ hour: Int, _ minute: Int, _ second: Int) -> Bool {
            HoursGate.isOpen([place], at: Clocks.denver.at(2026, 6, 1, hour, minute, second), guardTime: .zero)
        }
        #expect(!isOpen(7, 59, 59) && isOpen(8, 0, 0) && isOpen(20, 59, 59) && !isOpen(21, 0, 0))
    }

    @Test("Row 15: no call that could be answered after the end of the hours")
    func guardTime() {
        let place = PlacedHours.daily(Clocks.denver, 8, 21)
        func isOpen(_ minute: Int, _ second: Int) -> Bool {
            let instant = Clocks.denver.at(2026, 6, 1, 20, minute, second)
            return HoursGate.isOpen([place], at: instant, guardTime: .seconds(30))
        }
        #expect(!isOpen(59, 31) && !isOpen(59, 30) && isOpen(59, 29))
        let late = Clocks.denver.at(2026, 6, 1, 20, 59, 45)
        let next = HoursGate.firstOpening([place], from: late, guardTime: .seconds(30))
        #expect(next == Clocks.denver.at(2026, 6, 2, 8))
    }

    @Test("Row 16: where a number may be in two zones, both have to be open")
    func twoZones() {
        let places = [PlacedHours.daily(Clocks.newYork, 8, 21), .daily(Clocks.chicago, 8, 21)]
        let early = Clocks.newYork.at(2026, 6, 1, 8, 30)
        #expect(!HoursGate.isOpen(places, at: early, guardTime: .zero))
        #expect(HoursGate.firstOpening(places, from: early, guardTime: .zero) == Clocks.newYork.at(2026, 6, 1, 9))
        let late = Clocks.newYork.at(2026, 6, 1, 21)
        #expect(HoursGate.firstOpening(places, from: late, guardTime: .zero) == Clocks.newYork.at(2026, 6, 2, 9))
    }

    @Test("Row 17: hours that the clocks leap over do not come that day")
    func springForward() {
        let place = PlacedHours.daily(Clocks.newYork, 2, 3)
        let evening = Clocks.newYork.at(2026, 3, 7, 12)
        // On the 8th the clocks go from 2 to 3.
        #expect(place.firstInstant(from: evening) == Clocks.newYork.at(2026, 3, 9, 2))
    }

    @Test("Row 18: an hour that comes twice is inside both times")
    func fallBack() {
        let place = PlacedHours.daily(Clocks.newYork, 1, 2)
        let day = CivilDay(year: 2026, month: 11, day: 1)
        let both = day.map { Clocks.newYork.instants(of: $0, second: 5_400) } ?? []
        #expect(both.count == 2)
        #expect(both.allSatisfy(place.contains))
        #expect(
            both.first.flatMap { place.closing(after: $0, within: .seconds(86_400)) }
                == Clocks.newYork.at(2026, 11, 1, 2), "without a gap between the two")
    }

    @Test("Row 19: of two regions' rules the strictest cap and the narrowest hours")
    func strictest() {
        let clocks = Clocks.newYork
        var facts = GateFacts(places: [
            .daily(clocks, 8, 21, source: "us GA"), .daily(clocks, 8, 20, source: "us FL"),
        ])
        let day = Duration.seconds(86_400)
        let rules = GateRules(caps: [
            AttemptCap(count: 4, period: .rolling(day), scope: .number, source: .named("us GA")),
            AttemptCap(count: 3, period: .rolling(day), scope: .number, source: .named("us FL")),
        ])
        let noon = clocks.at(2026, 6, 1, 12)
        facts.numberDials = [9, 10, 11].map { clocks.at(2026, 6, 1, $0) }
        guard case .blocked(let block, _) = DialGate(facts: facts, rules: rules).answer(at: noon) else {
            Issue.record("three dials are enough in Florida")
            return
        }
        #expect(block.gate == .attemptCap && block.detail.english.contains("us FL"))
        facts.numberDials = []
        let evening = clocks.at(2026, 6, 1, 20, 30)
        let gate = DialGate(facts: facts, rules: rules)
        guard case .blocked(let hours, let next) = gate.answer(at: evening) else {
            Issue.record("half past eight is too late in Florida")
            return
        }
        #expect(hours.gate == .callingHours && next == clocks.at(2026, 6, 2, 8))
    }
}
