/// What a cell of a list says about a telephone number.
package enum NumberReading: Hashable, Sendable {
    /// A number that can be dialled.
    case number(PhoneNumber)
    /// Nothing that may be dialled; never a guess.
    case rejected(NumberRejection)
}

/// Why a cell is not taken for a number.
///
/// The raw value is the `reason_code` in a rejects file.
package enum NumberRejection: String, CaseIterable, Hashable, Sendable {
    /// The cell is empty.
    case empty = "no_number"
    /// An export hid its middle: `+86138****8000`.
    case masked = "masked_number"
    /// A spreadsheet wrote the number as `1.38E+10`; digits are lost.
    case scientificNotation = "scientific_notation"
    /// Something other than a telephone number.
    case notANumber = "not_a_number"
    /// Several numbers, of which nobody says which is to be dialled.
    case several = "several_numbers"
    /// Too few digits.
    case tooShort = "too_short"
    /// Too many digits.
    case tooLong = "too_long"
    /// The country's numbering plan has no such number.
    case invalid = "invalid_number"
    /// A national number, and the campaign names no country.
    case noCountry = "no_country"
    /// Emergency, service and short numbers, which a campaign never dials.
    case notCallable = "not_callable"
}
