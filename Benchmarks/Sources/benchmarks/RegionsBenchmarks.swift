import DialModel
import Regions

extension Benchmark {
    /// Looking numbers up; a campaign asks for each number a few times, first when its list is imported.
    static let regions: [Benchmark] = [
        Benchmark("Regions: place of a number, not cached") { finding(RegionFinder(capacity: 0)) },
        Benchmark("Regions: place of a number, cached") { finding(RegionFinder()) },
        Benchmark("Regions: place of a new number") {
            let finder = RegionFinder()
            var random = SplitMix64(seed: 2)
            return { iterations in
                var zones: UInt64 = 0
                for _ in 0..<iterations {
                    guard let number = sample(&random) else { continue }
                    zones &+= UInt64(finder.place(of: number).zones.count)
                }
                return zones
            }
        },
        Benchmark("Regions: place of a new number of a known mobile prefix") {
            let finder = RegionFinder()
            return { iterations in
                var found: UInt64 = 0
                for iteration in 0..<iterations {
                    guard let number = PhoneNumber(e164: "+861390100\(1_000 + iteration % 9_000)") else { continue }
                    found &+= finder.place(of: number).region.city == nil ? 0 : 1
                }
                return found
            }
        },
    ]

    private static let numberCount = 4_096

    private static func finding(_ finder: RegionFinder) -> (Int) async throws -> UInt64 {
        var random = SplitMix64(seed: 1)
        let numbers = (0..<numberCount).compactMap { _ in sample(&random) }
        for number in numbers { _ = finder.place(of: number) }
        return { iterations in
            var zones: UInt64 = 0
            for iteration in 0..<iterations {
                zones &+= UInt64(finder.place(of: numbers[iteration % numbers.count]).zones.count)
            }
            return zones
        }
    }

    /// A number of China, North America or Europe.
    private static func sample(_ random: inout SplitMix64) -> PhoneNumber? {
        switch random.below(4) {
        case 0: PhoneNumber(e164: "+8613\(100_000_000 + random.below(900_000_000))")
        case 1: PhoneNumber(e164: "+86571\(50_000_000 + random.below(30_000_000))")
        case 2: PhoneNumber(e164: "+1415\(2_000_000 + random.below(8_000_000))")
        default: PhoneNumber(e164: "+4420\(70_000_000 + random.below(10_000_000))")
        }
    }
}
