import Telephony
import Testing

@testable import CurlTransport

@Suite("When a channel has to act by itself")
struct ChannelTimingTests {
    private let start = ContinuousClock.now
    private let request = ChannelRequest(
        url: "ws://a", openTimeout: .seconds(10), pingAfter: .seconds(20), pongTimeout: .seconds(5))

    @Test("Opening, silence and closing have their times, and each begins anew with what happens")
    func course() {
        var timing = ChannelTiming(request, now: start)
        #expect(timing.due(at: start + .seconds(9)) == nil)
        #expect(timing.due(at: start + .seconds(10)) == .openTimeout)
        timing.opened(now: start + .seconds(3))
        #expect(timing.due(at: start + .seconds(22)) == nil)
        #expect(timing.due(at: start + .seconds(23)) == .ping)
        timing.pinged(now: start + .seconds(23))
        #expect(timing.due(at: start + .seconds(27)) == nil)
        #expect(timing.due(at: start + .seconds(28)) == .silence)
        timing.opened(now: start + .seconds(24))
        #expect(timing.next == start + .seconds(44))
        timing.closing(now: start + .seconds(30))
        #expect(timing.due(at: start + .seconds(30) + ChannelConnection.closeLimit) == .closeTimeout)
    }

    @Test("Nothing is due while nothing is read, nor ever on an open channel that is not pinged")
    func never() {
        var timing = ChannelTiming(request, now: start)
        timing.paused()
        #expect(timing.next == nil)
        var unpinged = ChannelTiming(.patient("ws://a"), now: start)
        unpinged.opened(now: start)
        #expect(unpinged.next == nil)
    }
}
