/// What a figure comes to over several runs: its median, and the band that a further run is expected in, 19 times of 20.
///
/// The bounds are those of a prediction: of `n` runs, each is equally likely to be the one that a further run falls next to,
/// so that fewer than 39 runs are too few for 19 in 20, and their band is from the least to the greatest.
package struct Band: Hashable, Sendable {
    /// The run in the middle.
    package var median: Double
    /// What a further run falls below once in forty times.
    package var low: Double
    /// What a further run exceeds once in forty times.
    package var high: Double

    /// The band of one value a run; between two runs, in proportion.
    package init(_ values: [Double]) {
        let sorted = values.sorted()
        func quantile(_ share: Double) -> Double {
            guard let last = sorted.last else { return 0 }
            let position = max(0, share * Double(sorted.count + 1) - 1)
            let index = Int(position)
            guard index + 1 < sorted.count else { return last }
            return sorted[index] + (sorted[index + 1] - sorted[index]) * (position - Double(index))
        }
        median = quantile(0.5)
        low = quantile(0.025)
        high = quantile(0.975)
    }
}
