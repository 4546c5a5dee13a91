import DialModel
import Testing

@testable import AlibabaVendor

@Suite struct RequestRateTests {
    private let start = Timestamp(milliseconds: 1_000_000)

    private func granted(_ bucket: inout TokenBucket, _ ticket: TokenBucket.Ticket, at now: Timestamp) -> Bool {
        bucket.serve(ticket, now: now) == nil
    }

    @Test("A burst passes at once, and the rest at the rate")
    func limitsTheRate() {
        var bucket = TokenBucket(perSecond: 5, burst: 3, now: start)
        for _ in 0..<3 {
            let ticket = bucket.enter(.question)
            #expect(granted(&bucket, ticket, at: start))
        }
        let fourth = bucket.enter(.question)
        #expect(bucket.serve(fourth, now: start) == .milliseconds(200))
        #expect(!granted(&bucket, fourth, at: start + .milliseconds(199)))
        #expect(granted(&bucket, fourth, at: start + .milliseconds(200)))
    }

    @Test("A dial goes before every waiting question")
    func prefersDials() {
        var bucket = TokenBucket(perSecond: 1, burst: 1, now: start)
        let first = bucket.enter(.question)
        #expect(granted(&bucket, first, at: start))
        let question = bucket.enter(.question)
        let dial = bucket.enter(.dial)
        let later = start + .seconds(1)
        #expect(bucket.serve(question, now: later) == .seconds(1))
        #expect(granted(&bucket, dial, at: later))
        #expect(granted(&bucket, question, at: later + .seconds(1)))
    }

    @Test("A stream of dials lets every fifth grant go to a question")
    func starvesNobody() {
        var bucket = TokenBucket(perSecond: 1, burst: 1, now: start)
        let question = bucket.enter(.question)
        var now = start
        var dials = 0
        var dial = bucket.enter(.dial)
        while dials < 20, !granted(&bucket, question, at: now) {
            #expect(granted(&bucket, dial, at: now))
            dial = bucket.enter(.dial)
            dials += 1
            now = now + .seconds(1)
        }
        #expect(dials == 4)
    }

    @Test("Throttling halves the rate for a minute")
    func slowsDown() {
        var bucket = TokenBucket(perSecond: 4, burst: 100, now: start)
        bucket.slowDown(now: start)
        #expect(grants(&bucket, from: start, to: start + .seconds(60)) == 121)
        #expect(grants(&bucket, from: start + .seconds(60), to: start + .seconds(70)) == 40)
    }

    @Test("Whoever gives up waiting holds nobody back")
    func forgetsLeavers() {
        var bucket = TokenBucket(perSecond: 1, burst: 1, now: start)
        let first = bucket.enter(.dial)
        let second = bucket.enter(.dial)
        bucket.leave(first)
        #expect(granted(&bucket, second, at: start))
    }

    @Test("Rates that would let nothing pass are raised", arguments: [0, -1, .nan, .infinity] as [Double])
    func acceptsAnyRate(_ rate: Double) {
        var bucket = TokenBucket(perSecond: rate, burst: 0, now: start)
        let ticket = bucket.enter(.question)
        #expect(granted(&bucket, ticket, at: start))
        let next = bucket.enter(.question)
        #expect(granted(&bucket, next, at: start + .seconds(100)))
    }

    /// How many requests pass from the first instant to the last, each asking as soon as it is told to.
    private func grants(_ bucket: inout TokenBucket, from first: Timestamp, to last: Timestamp) -> Int {
        var now = first
        var count = 0
        var ticket = bucket.enter(.question)
        while now <= last {
            if let wait = bucket.serve(ticket, now: now) {
                now = now + wait
            } else {
                count += 1
                ticket = bucket.enter(.question)
            }
        }
        bucket.leave(ticket)
        return count
    }
}
