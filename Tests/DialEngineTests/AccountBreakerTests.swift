import DialEngine
import DialModel
import Testing

@Suite("The health of an account")
struct AccountBreakerTests {
    private static let start = Timestamp(milliseconds: 1_000_000)

    private func broken(at now: Timestamp = start) -> AccountBreaker {
        var breaker = AccountBreaker()
        for _ in 0..<AccountBreaker.leastRequests { breaker.requestEnded(.failed, after: .zero, at: now) }
        return breaker
    }

    @Test("Half of the requests failing is enough, and a few of many is not")
    func errors() {
        var breaker = AccountBreaker()
        for index in 0..<100 {
            breaker.requestEnded(index % 3 == 0 && index > 3 ? .failed : .given, after: .seconds(1), at: Self.start)
            #expect(breaker.state == .closed)
        }
        #expect(broken().state == .open(until: Self.start + AccountBreaker.pause))
        #expect(broken().ailment == .errors)
    }

    @Test("What is older than five minutes does not count")
    func window() {
        var breaker = AccountBreaker()
        for minute in 0..<20 {
            breaker.requestEnded(.failed, after: .zero, at: Self.start + .seconds(Int64(minute) * 90))
            #expect(breaker.state == .closed)
        }
    }

    @Test("An account that answers too late is left alone, and one whose queue is long is not")
    func delay() {
        var breaker = AccountBreaker()
        for _ in 0..<20 { breaker.requestEnded(.given, after: nil, at: Self.start) }
        #expect(breaker.state == .closed)
        for _ in 0..<5 { breaker.requestEnded(.given, after: .seconds(11), at: Self.start) }
        #expect(breaker.ailment == .delay)
    }

    @Test("After its pause single calls are tried, and three good ones in a row bring it back")
    func probing() {
        var breaker = broken()
        let again = Self.start + AccountBreaker.pause
        #expect(breaker.allowed(10, underWay: 0, at: again - .milliseconds(1)) == 0)
        #expect(breaker.askAgainAt == again)
        for probe in 0..<AccountBreaker.probes {
            #expect(breaker.allowed(10, underWay: 0, at: again) == 1)
            #expect(breaker.allowed(10, underWay: 1, at: again) == 0)
            #expect(breaker.state == .halfOpen, "probe \(probe)")
            breaker.requestEnded(.given, after: .seconds(1), at: again)
        }
        #expect(breaker.state == .closed)
        #expect(breaker.allowed(10, underWay: 5, at: again) == 10)
    }

    @Test("Each probe that fails doubles the pause, up to five minutes; health begins anew")
    func doubling() {
        var breaker = broken()
        var now = Self.start
        for pause in [30, 60, 120, 240, 300, 300] {
            #expect(breaker.state == .open(until: now + .seconds(pause)))
            now = now + .seconds(pause)
            _ = breaker.allowed(1, underWay: 0, at: now)
            breaker.requestEnded(.failed, after: .zero, at: now)
        }
        now = breaker.askAgainAt ?? now
        _ = breaker.allowed(1, underWay: 0, at: now)
        for _ in 0..<AccountBreaker.probes { breaker.requestEnded(.given, after: .zero, at: now) }
        for _ in 0..<AccountBreaker.leastRequests { breaker.requestEnded(.failed, after: .zero, at: now) }
        #expect(breaker.state == .open(until: now + AccountBreaker.pause))
    }

    @Test("Calls that are answered far more seldom than the others' are a fault of the account")
    func connectRate() {
        var healthy = AccountBreaker()
        for index in 0..<100 { healthy.callEnded(isAnswered: index % 3 == 0, beside: [], at: Self.start) }
        var breaker = AccountBreaker()
        for index in 0..<200 {
            breaker.callEnded(isAnswered: index % 8 == 0, beside: [healthy], at: Self.start)
            #expect(breaker.state == .closed, "an eighth beside a third is no fault")
        }
        var mute = AccountBreaker()
        for _ in 0..<AccountBreaker.leastCalls { mute.callEnded(isAnswered: false, beside: [healthy], at: Self.start) }
        #expect(mute.ailment == .connectRate)
        let again = Self.start + AccountBreaker.pause
        #expect(mute.allowed(1, underWay: 0, at: again) == 1)
        // That calls are taken proves nothing here.
        for _ in 0..<AccountBreaker.probes { mute.requestEnded(.given, after: .zero, at: again) }
        #expect(mute.state == .halfOpen)
        mute.callEnded(isAnswered: true, beside: [healthy], at: again)
        #expect(mute.state == .closed)
    }

    @Test("Where all fare badly, nobody is left alone for it")
    func allAlike() {
        var other = AccountBreaker()
        for _ in 0..<100 { other.callEnded(isAnswered: false, beside: [], at: Self.start) }
        var breaker = AccountBreaker()
        for _ in 0..<100 { breaker.callEnded(isAnswered: false, beside: [other], at: Self.start) }
        #expect(breaker.state == .closed)
    }
}
