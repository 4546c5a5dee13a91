import DialModel
import Testing

@Suite("In which order leads are dialled")
struct LeadOrderTests {
    @Test("Priority is above retries, and retries above parts")
    func turns() {
        let order = LeadOrder(retries: .first)
        #expect(order.turn(priority: 1, part: 0, isRetry: false) > order.turn(priority: 0, part: 99, isRetry: true))
        #expect(order.turn(priority: 0, part: 0, isRetry: true) > order.turn(priority: 0, part: 99, isRetry: false))
        let last = LeadOrder(retries: .last)
        #expect(last.turn(priority: 0, part: 99, isRetry: true) < last.turn(priority: 0, part: 0, isRetry: false))
        #expect(last.turn(priority: 1, part: 0, isRetry: true) > last.turn(priority: 0, part: 99, isRetry: false))
        #expect(LeadOrder.callbackTurn > order.turn(priority: LeadOrder.priorities.upperBound, part: 99, isRetry: true))
    }

    @Test("A turn is split into its level and its part, below zero too", arguments: [-2_000, -100, 0, 100, 5_000])
    func levels(level: Int) {
        for part in [0, 1, 57, 99] { #expect(LeadOrder.split(level + part) == (level, part)) }
    }

    @Test("A list is known by its file name in any folder")
    func parts() {
        let order = LeadOrder(shares: [.init(list: "a.csv", percent: 50), .init(list: "b.csv", percent: 50)])
        #expect(["a.csv", "lists/b.csv", "/srv/x/b.csv", "c.csv", ""].map(order.part) == [1, 2, 2, 0, 0])
    }

    @Test("Shares are kept over any run of dials, however many lists there are")
    func shares() {
        let percents = [50, 25, 15, 9, 1]
        let order = LeadOrder(
            shares: percents.enumerated().map { LeadOrder.Share(list: "\($0.offset)", percent: $0.element) })
        let turns = [1, 2, 3, 4, 5]
        for first in [1, 977, 123_456_789] as [Int64] {
            var counts = Array(repeating: 0, count: 6)
            for dial in 0..<1_000 { counts[order.nextTurn(of: turns, dial: first + Int64(dial))] += 1 }
            for (turn, percent) in zip(turns, percents) {
                #expect(abs(counts[turn] - percent * 10) <= 4, "\(counts)")
            }
        }
    }

    @Test("A list without a share has its turn when no other has anybody")
    func withoutShare() {
        let order = LeadOrder(shares: [.init(list: "a", percent: 40), .init(list: "b", percent: 60)])
        #expect((0..<200).allSatisfy { order.nextTurn(of: [0, 1], dial: $0) == 1 })
        #expect(order.nextTurn(of: [0], dial: 5) == 0)
        #expect(Set((0..<200).map { order.nextTurn(of: [0, 1, 2], dial: $0) }) == [1, 2])
    }

    @Test("Every order has its own word")
    func words() {
        let orders = [
            LeadOrder(), LeadOrder(retries: .last), LeadOrder(retries: .mixed), LeadOrder(sequence: .newest),
            LeadOrder(sequence: .drawn(seed: 1)), LeadOrder(sequence: .drawn(seed: 2)),
            LeadOrder(shares: [.init(list: "a", percent: 40), .init(list: "b", percent: 60)]),
        ]
        #expect(Set(orders.map(\.word)).count == orders.count)
    }
}
