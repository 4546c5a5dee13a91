/// A tournament over a fixed row of leaves: which of those that play has the smallest key, and the smallest place of
/// those with equal keys.
///
/// A change costs one comparison for each doubling of the row, and the winner is at hand at once.
struct WinnerTree {
    /// A leaf that plays.
    struct Entry {
        var key: SortKey
        /// Its place in the row; -1 stands for nobody.
        var leaf: Int32

        fileprivate static let nobody = Entry(key: SortKey(0), leaf: -1)

        fileprivate func beats(_ other: Entry) -> Bool {
            if other.leaf < 0 { return true }
            if leaf < 0 { return false }
            if key < other.key { return true }
            return !(other.key < key) && leaf < other.leaf
        }

        fileprivate func isSame(as other: Entry) -> Bool {
            leaf == other.leaf && key.numerator == other.key.numerator && key.denominator == other.key.denominator
                && key.second == other.key.second
        }
    }

    private var nodes: [Entry]
    private let width: Int

    /// A row in which nobody plays.
    init(leaves: Int) {
        var width = 1
        while width < leaves { width *= 2 }
        self.width = width
        nodes = Array(repeating: .nobody, count: leaves == 0 ? 0 : 2 * width)
    }

    /// The best of all; nil if nobody plays.
    var top: Entry? {
        guard let top = nodes.dropFirst().first, top.leaf >= 0 else { return nil }
        return top
    }

    /// The key of a leaf; nil if it does not play.
    subscript(leaf: Int) -> SortKey? {
        let entry = nodes[width + leaf]
        return entry.leaf < 0 ? nil : entry.key
    }

    /// Lets a leaf play with a key, or takes it out.
    mutating func set(_ leaf: Int, to key: SortKey?) {
        let entry = key.map { Entry(key: $0, leaf: Int32(leaf)) } ?? .nobody
        nodes.withUnsafeMutableBufferPointer { nodes in
            var place = width + leaf
            if nodes[place].isSame(as: entry) { return }
            nodes[place] = entry
            place /= 2
            while place >= 1 {
                let left = nodes[2 * place]
                let right = nodes[2 * place + 1]
                let winner = left.beats(right) ? left : right
                if nodes[place].isSame(as: winner) { return }
                nodes[place] = winner
                place /= 2
            }
        }
    }
}
