package import DialModel
import Glibc

/// How long something lasts, in seconds, as a scenario states it.
package enum Distribution: Hashable, Sendable, Decodable {
    /// The exponential of a normal variable with this mean and deviation, and `shift` on top.
    case lognormal(location: Double, deviation: Double, shift: Double)
    /// Memoryless.
    case exponential(mean: Double)
    /// Evenly between two bounds.
    case uniform(from: Double, to: Double)

    /// A lognormal of which the part without `shift` has this mean and coefficient of variation.
    package static func lognormal(mean: Double, cv: Double, shift: Double = 0) -> Distribution {
        let variance = log(1 + cv * cv)
        return .lognormal(location: log(mean) - variance / 2, deviation: variance.squareRoot(), shift: shift)
    }

    /// One value; uses up the same number of the generator's numbers each time.
    package func draw(_ generator: inout SplitMix64) -> Double {
        switch self {
        case .lognormal(let location, let deviation, let shift):
            let radius = (-2 * log(1 - generator.unit())).squareRoot()
            return shift + exp(location + deviation * radius * cos(2 * .pi * generator.unit()))
        case .exponential(let mean): return -mean * log(1 - generator.unit())
        case .uniform(let low, let high): return low + (high - low) * generator.unit()
        }
    }

    /// The mean.
    package var mean: Double {
        switch self {
        case .lognormal(let location, let deviation, let shift): shift + exp(location + deviation * deviation / 2)
        case .exponential(let mean): mean
        case .uniform(let low, let high): (low + high) / 2
        }
    }

    private enum Key: String, CodingKey {
        case kind = "dist"
        case mean, cv, shift
        case low = "lo"
        case high = "hi"
    }

    /// Reads `{ "dist": "lognormal", "mean": 8.5, "cv": 0.7, "shift": 1.5 }` and the like.
    package init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        switch try fields.decode(String.self, forKey: .kind) {
        case "lognormal":
            self = .lognormal(
                mean: try fields.decode(Double.self, forKey: .mean), cv: try fields.decode(Double.self, forKey: .cv),
                shift: try fields.decodeIfPresent(Double.self, forKey: .shift) ?? 0)
        case "exponential": self = .exponential(mean: try fields.decode(Double.self, forKey: .mean))
        case "uniform":
            self = .uniform(
                from: try fields.decode(Double.self, forKey: .low), to: try fields.decode(Double.self, forKey: .high))
        case let kind:
            throw DecodingError.dataCorruptedError(
                forKey: .kind, in: fields, debugDescription: "no distribution is called \(kind)")
        }
    }
}
