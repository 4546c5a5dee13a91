import CallerID
import DialModel
import Testing

/// What is counted of a number's use (`vendors/alibaba-udesk.md`, C4.6 and C4.7).
@Suite struct NumberUsageTests {
    private let reservation = CallerIDReservation(attempt: AttemptID(1), number: "0251", at: .ten)

    @Test func `A dial holds a line and counts, until it is given back or lapses`() {
        var usage = NumberUsage()
        usage.reserve(until: reservation.expiresAt, at: .ten)
        #expect(usage.inFlight(at: .ten) == 1)
        #expect(usage.lastDialAt == .ten)
        #expect(reservation.expiresAt == .ten + .seconds(7_305))
        #expect(usage.inFlight(at: .ten + .seconds(7_304)) == 1)
        #expect(usage.inFlight(at: .ten + .seconds(7_305)) == 0)
        usage.release(reservation, refused: false)
        #expect(usage.inFlight(at: .ten) == 0)
        #expect(usage.dials(on: ShanghaiDay(containing: .ten)) == 1)
    }

    @Test func `A dial that the vendor refused is taken off the day on which it was counted, and no other`() {
        let tomorrow = Timestamp.at(day: 1, 10)
        var usage = NumberUsage()
        usage.reserve(until: reservation.expiresAt, at: .ten)
        var refused = usage
        refused.release(reservation, refused: true)
        #expect(refused.dials(on: ShanghaiDay(containing: .ten)) == 0)
        usage.reserve(until: tomorrow + .seconds(60), at: tomorrow)
        usage.release(reservation, refused: true)
        #expect(usage.dials(on: ShanghaiDay(containing: tomorrow)) == 1)
        #expect(usage.inFlight(at: tomorrow) == 1)
    }

    @Test func `The index counts dials of the day it is, midnight or not`() {
        let limits = NumberLimits(maxConcurrent: 20, window: .always)
        let numbers = ["a", "b"].map { OutboundNumber($0, pools: ["p"], limits: limits) }
        let rules = CallerIDRules(strategy: .leastUsed, calleeWindow: .always)
        let late = Timestamp.at(23, 59, 59)
        var index = CallerIDIndex(
            inventory: NumberInventory(numbers: numbers, groups: []), pools: [CallerIDPool(id: "p", rules: rules)],
            state: [
                NumberState(number: "a", usage: NumberUsage(dials: 9, lastDialAt: late - .seconds(60))),
                NumberState(number: "b", usage: NumberUsage(dials: 1, lastDialAt: late)),
            ], at: late)
        let request = CallerIDRequest(region: NumberRegion())
        #expect(index.select(request, from: "p", at: late, seed: 1).pick?.number == "b")
        #expect(index.select(request, from: "p", at: late + .seconds(1), seed: 1).pick?.number == "a")
    }

    @Test("A dial of yesterday that is told late does not make today's forgotten")
    func lateNews() {
        let midnight = ShanghaiDay(containing: Timestamp(milliseconds: 1_767_319_384_000)).end
        var usage = NumberUsage()
        usage.reserve(until: midnight + .seconds(60), at: midnight + .milliseconds(5))
        usage.reserve(until: midnight + .seconds(60), at: midnight - .milliseconds(5))
        #expect(usage.dials(on: ShanghaiDay(containing: midnight)) == 1)
        #expect(usage.lastDialAt == midnight + .milliseconds(5))
    }
}
