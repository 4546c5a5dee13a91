import CallModel
import DialModel
import Testing

@Suite struct EventQueueTests {
    @Test func `Events come out by time, and those of one instant in the order of adding`() {
        for seed in 1...50 as ClosedRange<UInt64> {
            var generator = SplitMix64(seed: seed)
            var queue = EventQueue<Timestamp, Int>()
            var expected: [(time: Int64, event: Int)] = []
            for event in 0..<200 {
                let time = Int64(generator.below(40))
                queue.add(event, at: Timestamp(milliseconds: time))
                expected.append((time, event))
            }
            expected.sort { ($0.time, $0.event) < ($1.time, $1.event) }
            var found: [Int] = []
            while let (_, event) = queue.take(dueBy: Timestamp(milliseconds: 100)) { found.append(event) }
            #expect(found == expected.map(\.event), "seed \(seed)")
        }
    }

    @Test func `Nothing comes out before its time`() {
        var queue = EventQueue<Timestamp, String>()
        queue.add("late", at: Timestamp(milliseconds: 10))
        #expect(queue.take(dueBy: Timestamp(milliseconds: 9)) == nil)
        #expect(queue.nextTime == Timestamp(milliseconds: 10))
        #expect(queue.take(dueBy: Timestamp(milliseconds: 10))?.event == "late")
        #expect(queue.nextTime == nil)
    }
}
