import DialModel
import Regions
import Testing

/// Places all over the world.
@Suite struct PlaceTests {
    private let finder = RegionFinder()

    private func place(_ number: String) throws -> NumberPlace {
        finder.place(of: try #require(PhoneNumber(e164: number)))
    }

    private static let landlines: [(String, String, String?, String?, String?)] = [
        ("+14155552671", "US", "CA", "San Francisco", "America/Los_Angeles"),
        ("+12125552671", "US", "NY", "New York", "America/New_York"),
        ("+12025552671", "US", "DC", "Washington", "America/New_York"),
        ("+18085552671", "US", "HI", nil, "Pacific/Honolulu"),
        ("+12135552671", "US", "CA", "Los Angeles", "America/Los_Angeles"),
        ("+19075552671", "US", "AK", nil, nil), ("+16045552671", "CA", "BC", nil, "America/Vancouver"),
        ("+14169671111", "CA", "ON", "Toronto", "America/Toronto"),
        ("+17875552671", "PR", nil, nil, "America/Puerto_Rico"), ("+18769221234", "JM", nil, nil, "America/Jamaica"),
        ("+442071234567", "GB", nil, "London", "Europe/London"),
        ("+441312345678", "GB", nil, "Edinburgh", "Europe/London"),
        ("+61298765432", "AU", nil, "Sydney", "Australia/Sydney"),
        ("+61894210000", "AU", nil, "Perth", nil),
        ("+4930123456", "DE", nil, "Berlin", "Europe/Berlin"), ("+4989123456", "DE", nil, "Munich", "Europe/Berlin"),
        ("+81312345678", "JP", nil, nil, "Asia/Tokyo"), ("+81451234567", "JP", "Kanagawa", "Yokohama", "Asia/Tokyo"),
        ("+390612345678", "IT", nil, "Rome", "Europe/Rome"), ("+74951234567", "RU", nil, nil, "Europe/Moscow"),
        ("+74232123456", "RU", nil, nil, "Asia/Vladivostok"), ("+85221234567", "HK", nil, nil, "Asia/Hong_Kong"),
        ("+85328212345", "MO", nil, nil, "Asia/Shanghai"), ("+886221234567", "TW", nil, "Taipei", "Asia/Taipei"),
    ]

    @Test(arguments: landlines)
    func `Landlines have their place and zone`(
        number: String, country: String, province: String?, city: String?, zone: String?
    ) throws {
        let place = try place(number)
        #expect(place.region == Region(country: country, province: province, city: city), "\(place.area ?? "no area")")
        if let zone { #expect(place.zones == [TimeZoneID(zone)]) }
        #expect(place.isValid)
    }

    private static let kinds: [(String, NumberKind, String?)] = [
        ("+85291234567", NumberKind.mobile, "HK"), ("+886912345678", .mobile, "TW"), ("+85366123456", .mobile, "MO"),
        ("+447400123456", .mobile, "GB"), ("+4915123456789", .mobile, "DE"), ("+61412345678", .mobile, "AU"),
        ("+442071234567", .landline, "GB"), ("+14155552671", .fixedOrMobile, "US"), ("+448001234567", .tollFree, nil),
        ("+449098790000", .premium, nil), ("+445612345678", .voip, nil), ("+447012345678", .other, nil),
        ("+18002345678", .tollFree, nil), ("+80012345678", .tollFree, nil), ("+870773111632", .mobile, nil),
    ]

    @Test(arguments: kinds)
    func `Kinds are told apart, and a number that is valid in several countries is of none`(
        number: String, kind: NumberKind, country: String?
    ) throws {
        let place = try place(number)
        #expect(place.kind == kind)
        #expect(place.region.country == country)
    }

    @Test(arguments: [
        ("+18002345678", 42), ("+79161234567", 7), ("+447400123456", 4), ("+12085552671", 2), ("+61412345678", 8),
    ])
    func `A number that may be in several zones has all of them, sorted`(number: String, atLeast count: Int) throws {
        let zones = try place(number).zones
        #expect(zones.count >= count)
        #expect(zones == zones.sorted())
        #expect(Set(zones).count == zones.count)
    }

    @Test(arguments: [
        ("+14150552671", NumberRejection.invalid), ("+1415555", .tooShort), ("+141555526711", .tooLong),
        ("+9991234567", .invalid), ("+86110", .notCallable), ("+862112", .tooShort), ("+8695588", .notCallable),
        ("+442071234", .invalid),
    ])
    func `A number that does not exist has a reason, and neither zone nor city`(
        number: String, problem: NumberRejection
    ) throws {
        let place = try place(number)
        #expect(place.problem == problem)
        #expect(place.zones == [])
        #expect(place.possibleCities == [])
        #expect(place.region.city == nil)
    }

    @Test func `Cities that share a prefix are all named, and none is chosen`() throws {
        let place = try place("+441229012345")
        #expect(place.possibleCities == ["Barrow-in-Furness", "Millom"])
        #expect(place.region == Region(country: "GB"))
    }

    @Test func `Whatever the reader takes for a number is valid here`() throws {
        var random = SplitMix64(seed: 11)
        let reader = NumberReader(country: "CN")
        var accepted = 0
        for _ in 0..<3_000 {
            let number = randomNumber(&random)
            guard case .number(let read) = reader.read(number.e164) else { continue }
            accepted += 1
            #expect(finder.place(of: read).problem == nil, "\(read.e164)")
        }
        #expect(accepted > 500)
    }
}
