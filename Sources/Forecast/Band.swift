/// What a figure comes to over several runs: its median, and the band that holds nine runs of ten.
package struct Band: Hashable, Sendable {
    /// The run in the middle.
    package var median: Double
    /// What one run of twenty falls below.
    package var low: Double
    /// What one run of twenty exceeds.
    package var high: Double

    /// The band of one value a run; between two runs, in proportion.
    package init(_ values: [Double]) {
        let sorted = values.sorted()
        func quantile(_ share: Double) -> Double {
            guard let last = sorted.last else { return 0 }
            let position = share * Double(sorted.count - 1)
            let index = Int(position)
            guard index + 1 < sorted.count else { return last }
            return sorted[index] + (sorted[index + 1] - sorted[index]) * (position - Double(index))
        }
        median = quantile(0.5)
        low = quantile(0.05)
        high = quantile(0.95)
    }
}
