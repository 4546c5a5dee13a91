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

    /// Takes the timer that is due first; nil if none is.
    ///
    /// One at a time, since what follows from one may set another anew.
    mutating func popFirst(dueAt now: Timestamp) -> DialTimer? {
        if let armed = armedFor, armed <= now { armedFor = nil }
        while let first = heap.first, isDead(first) || first.instant <= now {
            _ = heap.popFirst()
            if isDead(first) { continue }
            current[first.timer] = nil
            return first.timer
        }
        return nil
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
