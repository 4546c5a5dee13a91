import CPhoneNumber
package import DialModel

/// Finds where numbers belong: country, province or state, city, time zones, kind and validity.
///
/// Places come from libphonenumber, whose data is of the system's release; where it is silent the answer is unknown. The
/// operator's overrides win over it.
package final class RegionFinder: Sendable {
    private let overrides: RegionOverrides
    private let cache: PlaceCache?

    /// Remembers up to `capacity` answers, a few hundred bytes each; zero remembers none.
    package init(overrides: RegionOverrides = RegionOverrides(), capacity: Int = 65_536) {
        self.overrides = overrides
        cache = capacity > 0 ? PlaceCache(capacity: capacity) : nil
    }

    /// The place of a number; may be called from many threads at once.
    package func place(of number: PhoneNumber) -> NumberPlace {
        let digits = NumberDigits(number)
        return overrides.applied(to: planned(number, digits), digits)
    }

    /// How many digits of a number the operator's overrides may ask for.
    package var longestOverride: Int { overrides.longestPrefix }

    /// A province or state as lists name it, in the form in which regions have it: `Georgia` as `GA`.
    package static func province(named name: String, of country: String?) -> String {
        guard let country, country == "US" || country == "CA" else { return name }
        return NorthAmericanStates.code(named: name, country: country) ?? name
    }

    /// What the numbering plans say.
    private func planned(_ number: PhoneNumber, _ digits: NumberDigits) -> NumberPlace {
        guard let cache else { return Self.lookUp(number, digits) }
        let key = digits.deciding
        if var known = cache[key] {
            known.number = number
            return known
        }
        let found = Self.lookUp(number, digits)
        cache[key] = found
        return found
    }

    /// More bytes than any area's name has; the longest in the data has 201.
    private static let areaCapacity = 512

    private static func lookUp(_ number: PhoneNumber, _ digits: NumberDigits) -> NumberPlace {
        let isMainland = number.e164.hasPrefix("+86")
        // Operators open mobile ranges faster than the data follows, so these are judged by their structure.
        let structure = isMainland ? MainlandNumber.read(String(number.e164.dropFirst(3))) : nil
        var isTrusted = false
        if case .number = structure { isTrusted = true }
        var area = ""
        let place = withUnsafeTemporaryAllocation(of: CChar.self, capacity: areaCapacity) { buffer in
            let place = cpn_describe(
                number.e164, isMainland ? "zh" : "en", isTrusted, buffer.baseAddress, Int32(areaCapacity))
            if let start = buffer.baseAddress { area = String(cString: start) }
            return place
        }
        let problem = problem(of: place, structure)
        let country = country(of: place)
        let named = AreaName(
            area, country: country, areaCode: place.line == cpn_line_fixed ? digits.mainlandAreaCode : nil)
        return NumberPlace(
            number: number, problem: problem, kind: isTrusted && !place.valid ? .mobile : kind(of: place.line),
            region: named.region, possibleCities: named.cities, area: area.isEmpty ? nil : area,
            zones: problem == nil ? zones(of: place, digits) : [], source: .numberingPlan)
    }

    private static func country(of place: cpn_place) -> String? {
        let name = withUnsafeBytes(of: place.country) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        return name.isEmpty ? nil : name
    }

    private static func zones(of place: cpn_place, _ digits: NumberDigits) -> [TimeZoneID] {
        guard !place.geographical else { return TimeZoneTable.shared.zones(of: digits) }
        // A number that is bound to no place may ring anywhere in its country.
        return TimeZoneTable.shared.zones(of: NumberDigits(value: UInt64(max(place.country_code, 0))))
    }

    /// Judges a number as `NumberReader` does, but does not mind whether a campaign may call it.
    private static func problem(of place: cpn_place, _ structure: NumberReading?) -> NumberRejection? {
        switch structure {
        case .number: return nil
        case .rejected(let reason): return place.valid ? nil : reason
        case nil: break
        }
        switch place.parsing {
        case cpn_parsed: break
        case cpn_parsed_too_short: return .tooShort
        case cpn_parsed_too_long: return .tooLong
        default: return .invalid
        }
        switch place.length {
        case cpn_length_possible: return place.valid ? nil : .invalid
        case cpn_length_too_short, cpn_length_local_only: return .tooShort
        case cpn_length_too_long: return .tooLong
        default: return .invalid
        }
    }

    private static func kind(of line: cpn_line) -> NumberKind {
        switch line {
        case cpn_line_mobile: .mobile
        case cpn_line_fixed: .landline
        case cpn_line_fixed_or_mobile: .fixedOrMobile
        case cpn_line_toll_free: .tollFree
        case cpn_line_premium_rate: .premium
        case cpn_line_voip: .voip
        case cpn_line_other: .other
        default: .unknown
        }
    }
}
