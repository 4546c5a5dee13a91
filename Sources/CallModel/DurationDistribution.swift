package import DialModel
import Glibc

/// How a time in the world of a call is spread; every draw comes from a seeded generator.
package enum DurationDistribution: Hashable, Sendable {
    /// Always the same.
    case constant(Duration)
    /// Evenly spread between two bounds.
    case uniform(Duration, Duration)
    /// Memoryless, with this mean.
    case exponential(mean: Duration)
    /// Lognormal: `mean` and coefficient of variation `cv` describe the unshifted part, then `shift` is added
    /// (`pacing.md`, section 2).
    case lognormal(mean: Duration, cv: Double, shift: Duration)

    /// As it was measured: times that are equally likely, ascending, and everything between two neighbours.
    case measured([Duration])

    /// As a sample has it, in at most 101 steps; at least one time.
    package static func measured(sample: [Duration]) -> Self {
        let sorted = sample.sorted()
        let steps = min(sorted.count, 101)
        guard steps > 1 else { return .measured(sorted) }
        return .measured((0..<steps).map { sorted[$0 * (sorted.count - 1) / (steps - 1)] })
    }

    /// A lognormal in seconds, the form in which the pacing scenarios are written.
    package static func lognormal(seconds mean: Double, cv: Double, shift: Double = 0) -> Self {
        .lognormal(mean: duration(seconds: mean), cv: cv, shift: duration(seconds: shift))
    }

    /// One draw, never negative, in whole milliseconds.
    package func draw(using generator: inout SplitMix64) -> Duration {
        let seconds =
            switch self {
            case .constant(let value): value.seconds
            case .uniform(let low, let high): low.seconds + (high.seconds - low.seconds) * generator.unit()
            case .exponential(let mean): -mean.seconds * log(1 - generator.unit())
            case .lognormal(let mean, let cv, let shift):
                shift.seconds + Self.lognormal(mean: mean.seconds, cv: cv, using: &generator)
            case .measured(let times): Self.interpolated(times, at: generator.unit())
            }
        return Self.duration(seconds: seconds)
    }

    /// The time at a place between the first and the last, from 0 to 1.
    private static func interpolated(_ times: [Duration], at place: Double) -> Double {
        guard let last = times.last else { return 0 }
        let position = place * Double(times.count - 1)
        let index = Int(position)
        guard index + 1 < times.count else { return last.seconds }
        let low = times[index].seconds
        return low + (times[index + 1].seconds - low) * (position - Double(index))
    }

    /// Mean and variation of the draws fix the two parameters of the underlying normal distribution.
    private static func lognormal(mean: Double, cv: Double, using generator: inout SplitMix64) -> Double {
        let normal = standardNormal(using: &generator)
        guard mean > 0 else { return 0 }
        let variance = log(1 + cv * cv)
        return exp(log(mean) - variance / 2 + variance.squareRoot() * normal)
    }

    /// One normal deviate from two uniform ones (Box and Muller 1958).
    private static func standardNormal(using generator: inout SplitMix64) -> Double {
        let radius = (-2 * log(1 - generator.unit())).squareRoot()
        return radius * cos(2 * .pi * generator.unit())
    }

    private static func duration(seconds: Double) -> Duration {
        guard seconds > 0 else { return .zero }
        return .milliseconds(Int64(min(seconds, 1e9) * 1000))
    }
}
