import DialModel

/// What the name of an area says of province and city, in the countries whose names are of a known form.
///
/// Elsewhere a name may be a town's, a district's or a province's, and is not taken for any of them.
struct AreaName: Equatable {
    /// The country, and what the name tells of province and city.
    let region: Region
    /// The cities that the name lists; `region` has the city if it is the only one.
    let cities: [String]

    /// Reads a name, in Chinese for the mainland and else in English; an empty name tells nothing.
    ///
    /// `areaCode` is that of a landline on the mainland.
    init(_ name: String, country: String?, areaCode: UInt64?) {
        let read = Self.read(name, country, areaCode)
        cities = read.cities
        region = Region(
            country: country, province: read.province, city: read.cities.count == 1 ? read.cities.first : nil)
    }

    private static func read(
        _ name: String, _ country: String?, _ areaCode: UInt64?
    ) -> (province: String?, cities: [String]) {
        guard let country, !name.isEmpty else { return (nil, []) }
        switch country {
        case "CN": return MainlandArea.read(name, areaCode: areaCode)
        case "US", "CA": return NorthAmericanStates.read(name, country: country)
        case "JP", "IN": return readWithProvince(name)
        case "AU": return name == "New South Wales" ? (nil, []) : (nil, list(name))
        case "GB": return name == "Northern Ireland" ? (nil, []) : (nil, list(name))
        case "IT", "TW": return (nil, list(name))
        // German towns have names with a stroke: Schwedt/Oder is one.
        case "DE": return (nil, [name])
        default: return (nil, [])
        }
    }

    /// Reads `Kawasaki, Kanagawa`; a name alone may be a city's or a province's.
    private static func readWithProvince(_ name: String) -> (province: String?, cities: [String]) {
        guard let comma = name.range(ofLast: ", ") else { return (nil, []) }
        return (String(name[comma.upperBound...]), list(String(name[..<comma.lowerBound])))
    }

    /// Towns that share a prefix: `Barrow-in-Furness/Millom`; each once.
    static func list(_ names: String) -> [String] {
        names.split(separator: "/").reduce(into: []) { list, name in
            if !list.contains(String(name)) { list.append(String(name)) }
        }
    }
}

extension String {
    /// Where a text last occurs.
    func range(ofLast text: String) -> Range<Index>? { ranges(of: text).last }
}
