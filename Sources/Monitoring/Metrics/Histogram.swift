/// How often values lay below certain bounds, and what they come to.
package struct Histogram: Hashable, Sendable {
    /// The upper bounds of the buckets, ascending; a last one without a bound is always there.
    package let bounds: [Double]
    /// How many values lie in each bucket and in none before it; one more than there are bounds.
    private var counts: [Int]
    /// The sum of all values.
    package private(set) var sum = 0.0

    /// No values yet.
    package init(bounds: [Double]) {
        precondition(bounds == bounds.sorted(), "bounds that do not ascend: \(bounds)")
        self.bounds = bounds
        counts = [Int](repeating: 0, count: bounds.count + 1)
    }

    /// Takes in a value; one that is no number is left out.
    package mutating func observe(_ value: Double) {
        guard !value.isNaN else { return }
        counts[bounds.firstIndex { value <= $0 } ?? bounds.count] += 1
        sum += value
    }

    /// How many values there are.
    package var count: Int { counts.reduce(0, +) }

    /// How many values lie at or below each bound, and how many there are in all.
    package var cumulative: [Int] {
        var total = 0
        return counts.map { count in
            total += count
            return total
        }
    }
}
