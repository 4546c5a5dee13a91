import Glibc

/// How likely something that has lasted so long ends in the next moment, learnt from endings and exposure per bin of age
/// (`pacing.md`, 3.3).
///
/// Exposure grows with whoever is in a bin, ended or not: counting only those that ended would take a shift that has just
/// begun for one of short conversations.
struct HazardCurve: Hashable, Sendable {
    /// Where each bin begins, in seconds; the last one has no end.
    let edges: [Double]
    private var endings: [Double]
    private var exposure: [Double]

    /// Bins for conversations: 5 s up to a minute, 10 s up to three, 30 s up to ten, then 200 s.
    static let talkEdges =
        Array(stride(from: 0.0, to: 60, by: 5)) + Array(stride(from: 60.0, to: 180, by: 10))
        + Array(stride(from: 180.0, to: 600, by: 30)) + [600, 800, 1000]
    /// Bins for work after a call: 2 s up to 40, then 8 s.
    static let wrapUpEdges = Array(stride(from: 0.0, to: 40, by: 2)) + Array(stride(from: 40.0, to: 121, by: 8))

    /// A curve that before any news is memoryless with this mean, in seconds; the prior weighs half an ending a bin.
    init(edges: [Double], mean: Double) {
        self.edges = edges
        endings = Array(repeating: 0.5, count: edges.count)
        exposure = Array(repeating: 0.5 * mean, count: edges.count)
    }

    /// The bin of something that has lasted so many seconds.
    func bin(of elapsed: Double) -> Int {
        var low = 0
        var high = edges.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if edges[middle] <= elapsed { low = middle } else { high = middle }
        }
        return low
    }

    /// Takes in that so many of each bin went on for another `seconds`.
    mutating func expose(_ counts: [Int], for seconds: Double) {
        for bin in counts.indices { exposure[bin] += Double(counts[bin]) * seconds }
    }

    /// Takes in one that ended after so many seconds.
    mutating func observeEnd(after elapsed: Double) { endings[bin(of: elapsed)] += 1 }

    /// An age that stands for a bin, in seconds.
    func middle(of bin: Int) -> Double {
        bin + 1 < edges.count ? (edges[bin] + edges[bin + 1]) / 2 : edges[bin] + (edges[bin] - edges[bin - 1]) / 2
    }

    /// Writes the chance of having ended within 1, 2, … half-second steps into `chances`, for one that has lasted `elapsed`
    /// seconds.
    func writeEndings(from elapsed: Double, into chances: inout [Double]) {
        var survival = 1.0
        var bin = bin(of: elapsed)
        for step in chances.indices {
            let instant = elapsed + (Double(step) + 0.5) * PacingGrid.step
            while bin + 1 < edges.count, edges[bin + 1] <= instant { bin += 1 }
            survival *= exp(-endings[bin] / exposure[bin] * PacingGrid.step)
            chances[step] = 1 - survival
        }
    }
}
