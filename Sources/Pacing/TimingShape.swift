import Glibc

/// When something happens after a call was dialled or answered, learnt as a histogram of half-second steps.
///
/// A weak prior stands in until there is news; each look at the shape smooths neighbouring steps (`pacing.md`, 3.1).
struct TimingShape: Hashable, Sendable {
    /// The weight of each step, prior included.
    private var weights: [Double]
    private var total = TimingShape.priorWeight
    /// How many observations went in.
    private(set) var observations = 0.0

    /// So many observations the prior counts for.
    static let priorWeight = 12.0
    /// With more than this, old observations count half, so that the shape can follow a change.
    private static let memory = 4000.0

    /// A shape of `steps` steps, before any news a lognormal with this mean and coefficient of variation, shifted; seconds.
    init(steps: Int, mean: Double, cv: Double, shift: Double) {
        let variance = log(1 + cv * cv)
        let location = log(mean) - variance / 2
        var below = 0.0
        weights = (0..<steps).map { step in
            let upper = (Double(step) + 0.5) * PacingGrid.step - shift
            var share = upper > 0 ? Normal.cumulative((log(upper) - location) / variance.squareRoot()) : 0
            if step == steps - 1 { share = 1 }
            defer { below = share }
            return Self.priorWeight * (share - below)
        }
    }

    /// Takes in one observation, `elapsed` seconds after the start.
    mutating func observe(_ elapsed: Double) {
        let step = min(max(0, Int((elapsed / PacingGrid.step).rounded())), weights.count - 1)
        weights[step] += 1
        total += 1
        observations += 1
        guard total > Self.memory else { return }
        for step in weights.indices { weights[step] /= 2 }
        total /= 2
    }

    /// Writes the share of each step into `densities`, which is as long as the shape; they add up to one.
    func writeDensities(into densities: inout [Double]) {
        var sum = 0.0
        let last = weights.count - 1
        for step in 0...last {
            densities[step] = weights[max(0, step - 1)] + 2 * weights[step] + weights[min(last, step + 1)]
            sum += densities[step]
        }
        for step in 0...last { densities[step] /= sum }
    }
}
