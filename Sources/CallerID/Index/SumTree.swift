/// Sums over a fixed row of leaves: which leaf covers a given point when their values are laid end to end.
struct SumTree {
    private var nodes: [Int64]
    private let width: Int

    /// A row of zeros.
    init(leaves: Int) {
        var width = 1
        while width < leaves { width *= 2 }
        self.width = width
        nodes = Array(repeating: 0, count: leaves == 0 ? 0 : 2 * width)
    }

    /// The sum of all values.
    var total: Int64 { nodes.dropFirst().first ?? 0 }

    /// Gives a leaf a value, zero or more.
    mutating func set(_ leaf: Int, to value: Int64) {
        var place = width + leaf
        let change = value - nodes[place]
        guard change != 0 else { return }
        while place >= 1 {
            nodes[place] += change
            place /= 2
        }
    }

    /// The leaf that covers `point`, which is at least zero and below `total`.
    func leaf(covering point: Int64) -> Int {
        var rest = point
        var place = 1
        while place < width {
            place *= 2
            if rest >= nodes[place] {
                rest -= nodes[place]
                place += 1
            }
        }
        return place - width
    }

    /// The sum of the values before a leaf.
    func sum(before leaf: Int) -> Int64 {
        guard leaf < width else { return total }
        var sum: Int64 = 0
        var place = width + leaf
        while place > 1 {
            if place % 2 == 1 { sum += nodes[place - 1] }
            place /= 2
        }
        return sum
    }
}
