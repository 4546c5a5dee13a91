import CPhoneNumber
package import DialModel

/// Reads a cell of a list as a telephone number, or says why it is none; it never guesses.
///
/// The rules are those of `features-and-rules.md`, 8.1. What the rules leave open is decided by libphonenumber, whose
/// metadata may be years old; mainland China, where prefixes are added often, is therefore read by structure first.
package final class NumberReader: Sendable {
    /// The country that national numbers belong to, as an ISO 3166 code.
    private let country: String?
    private let callingCode: Int32
    private let acceptsExponent: Bool

    /// More digits than any number with its prefixes has.
    private static let digitLimit = 24
    /// The longest number that is looked up among the short ones.
    private static let shortNumberLimit = 6

    /// Reads national numbers as those of `country`; without a country, or with an unknown one, they are rejected.
    ///
    /// With `acceptsExponent` a spreadsheet's `1.38001380000E+10` is read too, which has all of its digits; a number that
    /// has lost some is rejected in any case.
    package init(country: String?, acceptsExponent: Bool = false) {
        self.acceptsExponent = acceptsExponent
        let code = country.map { cpn_country_code($0) } ?? 0
        self.country = code > 0 ? country : nil
        callingCode = code
    }

    /// Whether national numbers of a country can be read; `country` is an ISO 3166 code, `CN`.
    package static func isKnown(country: String) -> Bool {
        cpn_country_code(country) > 0
    }

    /// Reads one cell.
    package func read(_ text: String) -> NumberReading {
        if NumberCell.isPlain(text) {
            return read(.init(isInternational: false, digits: text))
        }
        let cell = NumberCell(text)
        if cell.isEmpty { return .rejected(.empty) }
        if cell.isMasked { return .rejected(.masked) }
        if let quantity = cell.scientificNotation {
            guard acceptsExponent, let digits = quantity.digits else { return .rejected(.scientificNotation) }
            return read(.init(isInternational: quantity.hasPlus, digits: digits))
        }
        guard let written = cell.written(inChina: country == "CN") else {
            return .rejected(cell.hasSeveralNumbers ? .several : .notANumber)
        }
        return read(written)
    }

    private func read(_ written: NumberCell.Written) -> NumberReading {
        guard written.digits.utf8.count <= Self.digitLimit else { return .rejected(.tooLong) }
        if written.isInternational {
            return read(international: written.digits)
        }
        // Emergency numbers go before everything else: Australia's, 000, looks like an international prefix.
        if let country, written.digits.utf8.count <= Self.shortNumberLimit, cpn_is_short(written.digits, country) {
            return .rejected(.notCallable)
        }
        if written.digits.hasPrefix("00") {
            return read(international: String(written.digits.dropFirst(2)), orNational: written.digits)
        }
        return read(national: written.digits)
    }

    /// Reads digits that follow `00`, which in some countries begins something else: Australia's prefix is 0011.
    private func read(international digits: String, orNational national: String) -> NumberReading {
        let first = read(international: digits)
        guard case .rejected = first, let country else { return first }
        let second = judge(cpn_read(national, country))
        if case .number = second { return second }
        return first
    }

    private func read(international digits: String) -> NumberReading {
        if digits.hasPrefix("86"), let reading = MainlandNumber.read(String(digits.dropFirst(2))) {
            return reading
        }
        return judge(cpn_read("+" + digits, ""))
    }

    private func read(national digits: String) -> NumberReading {
        guard let country else { return .rejected(.noCountry) }
        if country == "CN" {
            if let rest = MainlandNumber.withoutCallingCode(digits), let reading = MainlandNumber.read(rest) {
                return reading
            }
            if let reading = MainlandNumber.read(digits) { return reading }
        }
        return judge(cpn_read(digits, country))
    }

    /// Turns the library's answer into ours.
    private func judge(_ number: cpn_number) -> NumberReading {
        switch number.parsing {
        case cpn_parsed: break
        case cpn_parsed_too_short: return .rejected(.tooShort)
        case cpn_parsed_too_long: return .rejected(.tooLong)
        case cpn_no_such_country_code: return .rejected(.invalid)
        default: return .rejected(.notANumber)
        }
        switch number.length {
        case cpn_length_possible: break
        case cpn_length_too_short, cpn_length_local_only: return .rejected(.tooShort)
        case cpn_length_too_long: return .rejected(.tooLong)
        default: return .rejected(.invalid)
        }
        guard number.valid else { return .rejected(.invalid) }
        guard isCallable(number.kind) else { return .rejected(.notCallable) }
        let zeros = String(repeating: "0", count: Int(number.leading_zeros))
        let e164 = "+\(number.country_code)\(zeros)\(number.national_number)"
        return PhoneNumber(e164: e164).map(NumberReading.number) ?? .rejected(.tooLong)
    }

    /// Whether a campaign may call numbers of a kind.
    ///
    /// Calls to premium-rate and personal numbers cost us more than a call; calls to toll-free and shared-cost numbers
    /// cost the callee, which the United States forbid to dial automatically (47 U.S.C. 227(b)(1)(A)(iii)).
    private func isCallable(_ kind: cpn_kind) -> Bool {
        kind == cpn_kind_ordinary
    }
}
