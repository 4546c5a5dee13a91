import CPhoneNumber
package import DialModel

/// Reads a cell of a do-not-call list: a number as lists of leads have it, or a wildcard for many.
package struct DoNotCallReader: Sendable {
    private let numbers: NumberReader
    /// The country of national numbers; nil if nobody named one.
    package let country: String?

    /// Reads national numbers, and those wildcards of China and North America, as those of `country`.
    package init(country: String?) {
        numbers = NumberReader(country: country)
        self.country = country
    }

    /// Reads one cell.
    package func read(_ text: String) -> DoNotCallReading {
        if !NumberCell.isPlain(text), let wildcard = NumberCell(text).wildcard { return read(wildcard) }
        switch numbers.read(text) {
        case .number(let number): return .entry(DoNotCallPattern(number))
        case .rejected(let rejection): return .rejected(.number(rejection))
        }
    }

    private func read(_ wildcard: NumberCell.Wildcard) -> DoNotCallReading {
        if wildcard.isInternational { return pattern(wildcard.digits, wildcard.places) }
        if wildcard.digits.hasPrefix("00") { return pattern(String(wildcard.digits.dropFirst(2)), wildcard.places) }
        // No number of the mainland begins like its country's code.
        if country == "CN", wildcard.digits.hasPrefix("86") || wildcard.digits.hasPrefix("086") {
            return pattern(wildcard.digits.trimming("0"), wildcard.places)
        }
        guard let country else { return .rejected(.nationalWildcard) }
        // What national numbers lose or keep abroad differs, and a wildcard in a wrong form would forbid nobody.
        switch cpn_country_code(country) {
        case 1: return pattern("1" + wildcard.digits.trimming("1"), wildcard.places)
        case 86: return pattern("86" + wildcard.digits.trimming("0"), wildcard.places)
        default: return .rejected(.nationalWildcard)
        }
    }

    private func pattern(_ digits: String, _ places: String) -> DoNotCallReading {
        // What no number begins with would forbid nobody: a trunk zero after the code, an area that begins with 0 or 1.
        let isNobodys =
            ["860", "440", "10", "11"].contains(where: digits.hasPrefix)
            || (digits.hasPrefix("8686") && country == "CN")
        guard !isNobodys else { return .rejected(.malformedWildcard) }
        return DoNotCallPattern(normalForm: "+" + digits + places).map { .entry($0) } ?? .rejected(.malformedWildcard)
    }
}

extension NumberCell {
    /// A wildcard as it is written: the digits that it begins with, and what stands for the others.
    struct Wildcard: Equatable {
        var isInternational: Bool
        var digits: String
        /// `*`, or an `X` for each digit.
        var places: String
    }

    /// What is meant as a wildcard, well-formed or not; nil for a cell that is meant as a number.
    var wildcard: Wildcard? {
        var rest = Substring(String(text.filter { !" -().".contains($0) }).uppercased())
        let isInternational = rest.hasPrefix("+")
        if isInternational { rest = rest.dropFirst() }
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        let places = rest.dropFirst(digits.count)
        // One X begins an extension, 5550123x45.
        guard places.contains("*") || places.hasSuffix("X") else { return nil }
        return Wildcard(isInternational: isInternational, digits: String(digits), places: String(places))
    }
}

extension String {
    /// The text without this at its beginning.
    fileprivate func trimming(_ prefix: String) -> String {
        hasPrefix(prefix) ? String(dropFirst(prefix.count)) : self
    }
}
