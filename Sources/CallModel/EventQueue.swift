package import DialModel

/// Events in the order of their time, those of one instant in the order in which they were added.
package struct EventQueue<Event: Sendable>: Sendable {
    @usableFromInline struct Entry: Comparable, Sendable {
        @usableFromInline var time: Timestamp
        @usableFromInline var sequence: UInt64
        @usableFromInline var event: Event

        @inlinable init(time: Timestamp, sequence: UInt64, event: Event) {
            self.time = time
            self.sequence = sequence
            self.event = event
        }

        @inlinable static func < (lhs: Self, rhs: Self) -> Bool {
            lhs.time.milliseconds == rhs.time.milliseconds
                ? lhs.sequence < rhs.sequence : lhs.time.milliseconds < rhs.time.milliseconds
        }

        @inlinable static func == (lhs: Self, rhs: Self) -> Bool { lhs.sequence == rhs.sequence }
    }

    @usableFromInline var heap = BinaryHeap<Entry>()
    @usableFromInline var nextSequence: UInt64 = 0

    /// No events.
    @inlinable package init() {}

    /// When the first event is due.
    @inlinable package var nextTime: Timestamp? { heap.first?.time }

    /// Adds an event.
    @inlinable package mutating func add(_ event: Event, at time: Timestamp) {
        heap.add(Entry(time: time, sequence: nextSequence, event: event))
        nextSequence += 1
    }

    /// Takes the first event out if it is due by `limit`.
    @inlinable package mutating func take(dueBy limit: Timestamp) -> (time: Timestamp, event: Event)? {
        guard let first = heap.first, first.time.milliseconds <= limit.milliseconds else { return nil }
        _ = heap.popFirst()
        return (first.time, first.event)
    }
}
