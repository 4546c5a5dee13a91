import CallerID
import DialModel
import Testing

/// The gates before any number is tried (`vendors/alibaba-udesk.md`, C4.1), and the days and windows they go by.
@Suite struct CalleeGateTests {
    private func deferral(_ callee: CalleeUsage, at now: Timestamp = .ten) -> CallerIDAnswer? {
        let result = CalleeGate.deferral(of: callee, under: CallerIDRules(), at: now)
        return result.map { .deferCallee(until: $0.until, $0.reason) }
    }

    @Test func `A callee on a list is never rung, and that goes before everything`() {
        let callee = CalleeUsage(isBlacklisted: true, dialsToday: 9)
        #expect(deferral(callee, at: .at(23)) == .deferCallee(until: nil, .blacklisted))
    }

    @Test func `The window goes before the counts`() {
        #expect(
            deferral(CalleeUsage(dialsToday: 9), at: .at(23)) == .deferCallee(until: .at(day: 1, 8), .outsideWindow))
    }

    @Test func `Three dials within five minutes are enough, and one exactly five minutes old still counts`() {
        let dials = [Timestamp.ten - .seconds(300), .ten - .seconds(1), .ten - .seconds(60)]
        let until = Timestamp.ten + .milliseconds(1)
        #expect(deferral(CalleeUsage(recentDials: dials)) == .deferCallee(until: until, .fiveMinuteLimit))
        #expect(deferral(CalleeUsage(recentDials: dials), at: until) == nil)
        #expect(deferral(CalleeUsage(recentDials: Array(dials.prefix(2)))) == nil)
    }

    @Test func `With more dials than allowed, enough of them have to grow old`() {
        let dials = [10, 20, 30, 40].map { Timestamp.ten - .seconds($0) }
        let until = Timestamp.ten + .seconds(270) + .milliseconds(1)
        #expect(deferral(CalleeUsage(recentDials: dials)) == .deferCallee(until: until, .fiveMinuteLimit))
    }

    @Test func `Five minutes that end after closing time end tomorrow`() {
        let now = Timestamp.at(21, 58)
        #expect(
            deferral(CalleeUsage(recentDials: [now, now, now]), at: now)
                == .deferCallee(until: .at(day: 1, 8), .fiveMinuteLimit))
    }

    @Test func `Days begin at midnight in Shanghai, before 1970 too`() {
        let midnight = Timestamp.at(day: 1, 0)
        #expect(ShanghaiDay(containing: midnight).start == midnight)
        #expect(ShanghaiDay(containing: midnight - .milliseconds(1)).end == midnight)
        let early = Timestamp(milliseconds: -8 * 3_600_000 - 1)
        #expect(ShanghaiDay(containing: early).number == -1)
        #expect(ShanghaiDay(containing: Timestamp(milliseconds: -8 * 3_600_000)).number == 0)
    }

    @Test func `Windows open and close where they say, and odd ones are none`() throws {
        let window = try #require(DailyWindow(opens: 9 * 3_600, closes: 86_400))
        #expect(window.nextBoundary(after: .at(8)) == .at(9))
        #expect(window.nextBoundary(after: .at(9)) == .at(day: 1, 0))
        #expect(window.firstInstant(from: .at(12)) == .at(12))
        for (opens, closes) in [(9, 9), (10, 9), (-1, 9), (0, 86_401)] {
            #expect(DailyWindow(opens: opens, closes: closes) == nil)
        }
    }
}
