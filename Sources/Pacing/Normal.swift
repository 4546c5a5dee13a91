import Glibc

/// The normal distribution, as far as pacing needs it.
enum Normal {
    /// The chance of a value below `deviate`.
    static func cumulative(_ deviate: Double) -> Double { 0.5 * erfc(-deviate * 0.5.squareRoot()) }

    /// The density at `deviate`.
    static func density(_ deviate: Double) -> Double { 0.398_942_280_401_432_7 * exp(-0.5 * deviate * deviate) }

    /// The chance that a sum of many small parts exceeds `level`, by its first three moments (Edgeworth's expansion to the
    /// skewness; `pacing.md`, 3.7).
    static func tail(beyond level: Double, mean: Double, variance: Double, thirdMoment: Double) -> Double {
        guard variance > 1e-12 else { return level < mean ? 1 : 0 }
        let deviation = variance.squareRoot()
        let deviate = (level - mean) / deviation
        let skewness = thirdMoment / (variance * deviation)
        let tail = 1 - cumulative(deviate) + density(deviate) * skewness * (deviate * deviate - 1) / 6
        return min(1, max(0, tail))
    }
}
