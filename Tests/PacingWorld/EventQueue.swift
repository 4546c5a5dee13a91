/// What is to happen, soonest first; of what happens at the same time, what was asked for first.
struct EventQueue {
    /// Something that is to happen to a call, or to the staff.
    enum Occurrence {
        case ringEnds(Int)
        case analysisEnds(Int)
        case patienceEnds(Int)
        case talkEnds(Int)
        case wrapUpEnds(Int)
        case staffChanges(Int)
    }

    /// When, and what.
    struct Entry {
        var time: Double
        var order: Int
        var occurrence: Occurrence

        func isBefore(_ other: Entry) -> Bool { time != other.time ? time < other.time : order < other.order }
    }

    private var heap: [Entry] = []
    private var asked = 0

    /// Asks for something to happen.
    mutating func add(_ occurrence: Occurrence, at time: Double) {
        asked += 1
        heap.append(Entry(time: time, order: asked, occurrence: occurrence))
        var child = heap.count - 1
        while child > 0, heap[child].isBefore(heap[(child - 1) / 2]) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    /// The next thing that happens no later than `time`.
    mutating func next(until time: Double) -> Entry? {
        guard let first = heap.first, first.time <= time else { return nil }
        let last = heap.removeLast()
        guard !heap.isEmpty else { return first }
        heap[0] = last
        var parent = 0
        while true {
            var child = 2 * parent + 1
            guard child < heap.count else { break }
            if child + 1 < heap.count, heap[child + 1].isBefore(heap[child]) { child += 1 }
            guard heap[child].isBefore(heap[parent]) else { break }
            heap.swapAt(child, parent)
            parent = child
        }
        return first
    }
}
