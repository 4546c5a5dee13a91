import DialEngine
import DialModel

/// The engine's pending timers, and the instant for which a wake-up has been ordered.
struct TimerQueue {
    private struct Entry: Comparable, Sendable {
        var instant: Timestamp
        var order: UInt64
        var timer: DialTimer

        static func < (lhs: Self, rhs: Self) -> Bool { (lhs.instant, lhs.order) < (rhs.instant, rhs.order) }
        static func == (lhs: Self, rhs: Self) -> Bool { lhs.order == rhs.order }
    }

    /// Entries that `current` does not name are dead and skipped.
    private var heap = BinaryHeap<Entry>()
    private var current: [DialTimer: UInt64] = [:]
    private var nextOrder: UInt64 = 0
    private var armedFor: Timestamp?

    /// Sets a timer, in place of its earlier due time.
    mutating func set(_ timer: DialTimer, at instant: Timestamp) {
        nextOrder += 1
        current[timer] = nextOrder
        heap.add(Entry(instant: instant, order: nextOrder, timer: timer))
    }

    /// Forgets a timer.
    mutating func cancel(_ timer: DialTimer) {
        current[timer] = nil
    }

    /// Takes the timers that are due, earliest first.
    mutating func popDue(at now: Timestamp) -> [DialTimer] {
        if let armed = armedFor, armed <= now { armedFor = nil }
        var due: [DialTimer] = []
        while let first = heap.first, isDead(first) || first.instant <= now {
            _ = heap.popFirst()
            if isDead(first) { continue }
            current[first.timer] = nil
            due.append(first.timer)
        }
        return due
    }

    /// The instant for which a wake-up is still to be ordered, if there is one; it then counts as ordered.
    mutating func nextToArm() -> Timestamp? {
        while let first = heap.first, isDead(first) { _ = heap.popFirst() }
        guard let first = heap.first else { return nil }
        if let armedFor, armedFor <= first.instant { return nil }
        armedFor = first.instant
        return first.instant
    }

    private func isDead(_ entry: Entry) -> Bool { current[entry.timer] != entry.order }
}
