package import DialModel

/// What is known of a number's place, kind and validity; whatever is not known is nil, empty or `unknown`.
///
/// It is the place where the number was given out. Whoever has it may have moved, or taken it to another network.
package struct NumberPlace: Hashable, Sendable {
    /// Who says so.
    package enum Source: Hashable, Sendable {
        /// The numbering plans, as libphonenumber carries them.
        case numberingPlan
        /// The operator's own file, in this line.
        case override(line: Int)
    }

    /// The number.
    package var number: PhoneNumber
    /// Why it is no valid number; nil for a valid one.
    package var problem: NumberRejection?
    /// What kind of line it reaches.
    package var kind: NumberKind
    /// Its country, province or state, and city, with names in short form; no city if there are several to choose from.
    package var region: Region
    /// Every city that it may be in; one if `region` names it, several where cities share an area code.
    package var possibleCities: [String]
    /// The area as the source words it, `四川省成都市、资阳市、眉山市` or `New South Wales`; nil if it names none.
    package var area: String?
    /// Every time zone that it may be in, sorted by name; empty when unknown.
    package var zones: [TimeZoneID]
    /// Who says where it is.
    package var source: Source

    /// Whether the country's numbering plan has such a number.
    package var isValid: Bool { problem == nil }
}
