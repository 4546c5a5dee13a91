import CPhoneNumber
import DialModel

/// What the numbering plans say of a number and of others that begin alike, except in which area they are.
struct NumberPlan: Sendable {
    /// Whether it is of one number alone, whose digits the plans may take for others than they are.
    var isOfOneNumber = true
    private let place: cpn_place
    private let problem: NumberRejection?
    private let kind: NumberKind
    private let country: String?
    private let region: String
    private let isMainland: Bool

    /// More bytes than any area's name has; the longest in the data has 201.
    private static let areaCapacity = 512

    /// Asks the library.
    init(of number: PhoneNumber) {
        isMainland = number.e164.hasPrefix("+86")
        // Operators open mobile ranges faster than the data follows, so these are judged by their structure.
        let structure = isMainland ? MainlandNumber.read(String(number.e164.dropFirst(3))) : nil
        var isTrusted = false
        if case .number = structure { isTrusted = true }
        place = cpn_describe(number.e164, isTrusted)
        problem = Self.problem(of: place, structure)
        kind = isTrusted && !place.valid ? .mobile : Self.kind(of: place.line)
        let country = withUnsafeBytes(of: place.country, Self.text)
        self.country = country.isEmpty ? nil : country
        region = withUnsafeBytes(of: place.region, Self.text)
    }

    /// How many of a number's first digits decide, together with how many there are, what the plans say of it.
    static func count(decidingIn digits: NumberDigits) -> Int {
        let count = PlanDigits.shared.count(decidingIn: digits)
        let isMainland = digits.count > 2 && digits.prefix(2) == 86
        return isMainland ? max(count, min(digits.count, 2 + MainlandNumber.decidingCount)) : count
    }

    /// The place of a number that it is the plan of.
    func place(of number: PhoneNumber, _ digits: NumberDigits) -> NumberPlace {
        let area = place.geographical ? area(of: digits) : ""
        let named = AreaName(
            area, country: country, areaCode: place.line == cpn_line_fixed ? digits.mainlandAreaCode : nil)
        return NumberPlace(
            number: number, problem: problem, kind: kind, region: named.region, possibleCities: named.cities,
            area: area.isEmpty ? nil : area, zones: problem == nil ? zones(of: digits) : [], source: .numberingPlan)
    }

    private func area(of digits: NumberDigits) -> String {
        var (national, zeros) = (place.national_number, Int(place.leading_zeros))
        if !isOfOneNumber {
            let code = NumberDigits(value: UInt64(place.country_code))
            (national, zeros) = digits.rest(after: code.count)
        }
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: Self.areaCapacity) { buffer in
            guard let start = buffer.baseAddress else { return "" }
            cpn_area(
                place.country_code, national, Int32(zeros), region, isMainland ? "zh" : "en", start,
                Int32(Self.areaCapacity))
            return String(cString: start)
        }
    }

    private func zones(of digits: NumberDigits) -> [TimeZoneID] {
        guard !place.geographical else { return TimeZoneTable.shared.zones(of: digits) }
        // A number that is bound to no place may ring anywhere in its country.
        return TimeZoneTable.shared.zones(of: NumberDigits(value: UInt64(max(place.country_code, 0))))
    }

    private static func text(_ bytes: UnsafeRawBufferPointer) -> String {
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
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
