public import DialModel

/// Events in the order of their time, those of one instant in the order in which they were added.
///
/// Public for the reason that `BinaryHeap` is.
public struct EventQueue<Time: Comparable & Sendable, Event: Sendable>: Sendable {
    @usableFromInline struct Entry: Comparable, Sendable {
        @usableFromInline var time: Time
        @usableFromInline var sequence: UInt64
        @usableFromInline var event: Event

        @inlinable init(time: Time, sequence: UInt64, event: Event) {
            self.time = time
            self.sequence = sequence
            self.event = event
        }

        @inlinable static func < (lhs: Self, rhs: Self) -> Bool {
            lhs.time == rhs.time ? lhs.sequence < rhs.sequence : lhs.time < rhs.time
        }

        @inlinable static func == (lhs: Self, rhs: Self) -> Bool { lhs.sequence == rhs.sequence }
    }

    @usableFromInline var heap = BinaryHeap<Entry>()
    @usableFromInline var nextSequence: UInt64 = 0

    /// No events.
    @inlinable public init() {}

    /// When the first event is due.
    @inlinable public var nextTime: Time? { heap.first?.time }

    /// Adds an event.
    @inlinable public mutating func add(_ event: Event, at time: Time) {
        heap.add(Entry(time: time, sequence: nextSequence, event: event))
        nextSequence += 1
    }

    /// Takes the first event out if it is due by `limit`.
    @inlinable public mutating func take(dueBy limit: Time) -> (time: Time, event: Event)? {
        guard let first = heap.first, first.time <= limit else { return nil }
        _ = heap.popFirst()
        return (first.time, first.event)
    }
}
