import DialModel
import Foundation
import Testing

@testable import Regions

/// A number of China or North America as often as not, valid or nearly so.
func randomNumber(_ random: inout SplitMix64) -> PhoneNumber {
    let starts = ["861", "8613", "8618", "86", "1", "1415", "1800", "1268", "1767", "44", "4479", "49", "61", "7", "5"]
    var digits = starts[Int(random.below(UInt64(starts.count)))]
    let usual = digits.hasPrefix("861") ? 13 : digits.hasPrefix("1") ? 11 : 12
    let length = random.below(8) == 0 ? 4 + Int(random.below(12)) : usual
    while digits.count < length { digits += String(random.below(10)) }
    return PhoneNumber(e164: "+" + digits) ?? randomNumber(&random)
}

@Suite struct PlaceCacheTests {
    @Test(arguments: [20_260_101 as UInt64])
    func `An answer from the cache is what a look-up says, for numbers that share their first digits too`(
        seed: UInt64
    ) {
        var random = SplitMix64(seed: seed)
        let cached = RegionFinder()
        let plain = RegionFinder(capacity: 0)
        let count = ProcessInfo.processInfo.environment["AUTODIALER_SOAK"] == "1" ? 1_000_000 : 20_000
        for _ in 0..<count / 2 {
            let number = randomNumber(&random)
            // The last digits of a second number differ, so that it finds the first one's answer if the key is too short.
            let other = PhoneNumber(e164: number.e164.dropLast(4) + String(1_000 + random.below(9_000))) ?? number
            for number in [number, other] {
                let place = cached.place(of: number)
                #expect(place == plain.place(of: number), "seed \(seed): \(number.e164)")
                #expect(place == cached.place(of: number), "seed \(seed): \(number.e164)")
            }
        }
    }

    @Test func `The cache holds no more than it may, and keeps what is asked for`() throws {
        let cache = PlaceCache<NumberPlace>(capacity: 320)
        let number = try #require(PhoneNumber(e164: "+8613800138000"))
        let place = RegionFinder(capacity: 0).place(of: number)
        for key in 0..<UInt64(10_000) {
            cache[key] = place
            #expect(cache[7] != nil || key < 7, "key \(key)")
        }
        let held = (0..<UInt64(10_000)).reversed().count { cache[$0] != nil }
        #expect((160...320).contains(held))
    }

    @Test func `Many threads at once find what one finds`() async {
        var random = SplitMix64(seed: 5)
        let numbers = (0..<600).map { _ in randomNumber(&random) }
        let expected = numbers.map(RegionFinder(capacity: 0).place)
        // Small, so that threads also meet while the generations change.
        let finder = RegionFinder(capacity: 200)
        await withTaskGroup(of: [NumberPlace].self) { group in
            for _ in 0..<8 { group.addTask { numbers.map(finder.place) } }
            for await places in group { #expect(places == expected) }
        }
    }
}
