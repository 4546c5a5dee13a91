/// How many of something are in each bin of age, kept up to date as time goes on without looking at each of them.
///
/// Ages are counted in half-second steps since the start of each. What begins goes into the first bin; at each step those
/// that reach a bin's edge move on.
struct AgeTally: Hashable, Sendable {
    /// How many are in each bin.
    private(set) var counts: [Int]
    /// How many there are.
    private(set) var total = 0
    /// Where each bin begins, in steps; the first at zero.
    private let edges: [Int]
    /// How many began in each of the latest steps, in a ring.
    private var starts: [Int32]
    private let mask: Int
    private var now = 0

    /// Nothing, in bins that begin at `edges` seconds.
    init(edges: [Double]) {
        self.edges = edges.map { Int($0 / PacingGrid.step) }
        counts = Array(repeating: 0, count: edges.count)
        let size = Ring.size(atLeast: (self.edges.last ?? 0) + 1)
        starts = Array(repeating: 0, count: size)
        mask = size - 1
    }

    /// Lets time go on to `step`.
    mutating func advance(to step: Int) {
        if step - now > starts.count { ageBeyondMeasure(at: step) }
        while now < step {
            now += 1
            starts[now & mask] = 0
            for bin in 1..<edges.count {
                let moving = Int(starts[(now - edges[bin]) & mask])
                counts[bin - 1] -= moving
                counts[bin] += moving
            }
        }
    }

    /// One begins, at `step`; what is in the future begins now.
    mutating func add(at step: Int) { change(by: 1, at: step) }

    /// One that began at `step` is over.
    mutating func remove(at step: Int) { change(by: -1, at: step) }

    private mutating func change(by amount: Int, at step: Int) {
        let start = min(step, now)
        var bin = edges.count - 1
        while bin > 0, edges[bin] > now - start { bin -= 1 }
        counts[bin] += amount
        total += amount
        if now - start < starts.count { starts[start & mask] += Int32(amount) }
    }

    /// So much time has passed that everybody is in the last bin.
    private mutating func ageBeyondMeasure(at step: Int) {
        for bin in counts.indices { counts[bin] = 0 }
        counts[counts.count - 1] = total
        for slot in starts.indices { starts[slot] = 0 }
        now = step
    }
}

/// Rings of slots, one for each of the latest steps; their sizes are powers of two, so that a mask finds the slot.
enum Ring {
    /// The size of a ring that holds at least so many steps.
    static func size(atLeast steps: Int) -> Int {
        var size = 64
        while size < steps { size *= 2 }
        return size
    }
}
