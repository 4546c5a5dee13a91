/// The range in which a rate lies that was estimated from few calls: the score interval of Wilson (1927) for 95 %.
struct Interval: Equatable {
    /// Its lower end, from 0.
    var low: Double
    /// Its upper end, to 1.
    var high: Double

    /// The 97.5 % point of the normal distribution.
    private static let deviations = 1.959_964

    /// The interval of so many of so many; all from 0 to 1 of none.
    init(_ part: Int, of whole: Int) {
        guard whole > 0 else {
            (low, high) = (0, 1)
            return
        }
        let (count, rate) = (Double(whole), Double(part) / Double(whole))
        let square = Self.deviations * Self.deviations
        let centre = rate + square / (2 * count)
        let spread = Self.deviations * ((rate * (1 - rate) + square / (4 * count)) / count).squareRoot()
        low = max(0, (centre - spread) / (1 + square / count))
        high = min(1, (centre + spread) / (1 + square / count))
    }

    /// Whether the two have no rate in common, so that it is no chance that they differ.
    func isApart(from other: Interval) -> Bool { low > other.high || high < other.low }
}
