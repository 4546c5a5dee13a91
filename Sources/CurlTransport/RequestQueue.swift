/// Who goes next: requests in order of arrival within one origin, origins in turn, both within their limits.
///
/// libcurl could hold requests back itself, but would count the time they wait against their time-outs.
struct RequestQueue {
    private struct Lane {
        var inFlight = 0
        var waiting = FirstInFirstOut<UInt64>()
        var isRunnable = false
    }

    let maxPerOrigin: Int
    let maxInFlight: Int
    private var lanes: [Origin: Lane] = [:]
    private var runnable = FirstInFirstOut<Origin>()
    private var inFlight = 0

    /// An empty queue with its limits.
    init(maxPerOrigin: Int, maxInFlight: Int) {
        self.maxPerOrigin = maxPerOrigin
        self.maxInFlight = maxInFlight
    }

    /// Whether nothing waits and nothing is under way.
    var isEmpty: Bool { lanes.isEmpty }

    /// Puts a request at the end of its origin's line.
    mutating func append(_ id: UInt64, to origin: Origin) {
        lanes[origin, default: Lane()].waiting.append(id)
        settle(origin)
    }

    /// Takes the next request that may start, and counts it as under way until `finished` is told.
    ///
    /// Requests for which `isLive` is false were given up while they waited, and are dropped.
    mutating func next(where isLive: (UInt64) -> Bool) -> UInt64? {
        while inFlight < maxInFlight, let origin = runnable.popFirst() {
            lanes[origin]?.isRunnable = false
            var found: UInt64?
            while found == nil, let id = lanes[origin]?.waiting.popFirst() {
                if isLive(id) { found = id }
            }
            if found != nil {
                lanes[origin]?.inFlight += 1
                inFlight += 1
            }
            settle(origin)
            if let found { return found }
        }
        return nil
    }

    /// Frees the place of a request that was under way.
    mutating func finished(_ origin: Origin) {
        lanes[origin]?.inFlight -= 1
        inFlight -= 1
        settle(origin)
    }

    /// Lists an origin that can start something, and forgets one that has nothing left.
    private mutating func settle(_ origin: Origin) {
        guard let lane = lanes[origin] else { return }
        if lane.waiting.isEmpty {
            if lane.inFlight == 0 { lanes[origin] = nil }
        } else if lane.inFlight < maxPerOrigin, !lane.isRunnable {
            lanes[origin]?.isRunnable = true
            runnable.append(origin)
        }
    }
}

/// A line of elements that is cheap at both ends.
struct FirstInFirstOut<Element> {
    private var elements: [Element] = []
    private var head = 0

    /// Whether nobody waits.
    var isEmpty: Bool { head == elements.count }

    /// Joins the end.
    mutating func append(_ element: Element) {
        elements.append(element)
    }

    /// Leaves at the front.
    mutating func popFirst() -> Element? {
        guard head < elements.count else { return nil }
        let element = elements[head]
        head += 1
        // Moving what is left once half is gone keeps the cost per element constant.
        if head * 2 >= elements.count {
            elements.removeFirst(head)
            head = 0
        }
        return element
    }
}
