package import DialModel

/// Finds where numbers belong: country, province or state, city, time zones, kind and validity.
///
/// Places come from libphonenumber, whose data is of the system's release; where it is silent the answer is unknown. The
/// operator's overrides win over it.
package final class RegionFinder: Sendable {
    private let overrides: RegionOverrides
    private let caches: Caches?

    /// What was found, by the digits that decide it.
    private struct Caches {
        var plans: PlaceCache<NumberPlan>
        var places: PlaceCache<NumberPlace>
    }

    /// Remembers up to `capacity` answers, a few hundred bytes each; zero remembers none.
    package init(overrides: RegionOverrides = RegionOverrides(), capacity: Int = 65_536) {
        self.overrides = overrides
        caches =
            capacity > 0
            ? Caches(plans: PlaceCache(capacity: capacity), places: PlaceCache(capacity: capacity)) : nil
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
        guard let caches else { return NumberPlan(of: number).place(of: number, digits) }
        let count = NumberPlan.count(decidingIn: digits)
        let key = digits.key(max(count, digits.areaCount))
        if var known = caches.places[key] {
            known.number = number
            return known
        }
        let found = Self.plan(of: number, digits, count, in: caches.plans).place(of: number, digits)
        caches.places[key] = found
        return found
    }

    private static func plan(
        of number: PhoneNumber, _ digits: NumberDigits, _ count: Int, in cache: PlaceCache<NumberPlan>
    ) -> NumberPlan {
        let key = digits.key(count)
        if let known = cache[key] { return known }
        var plan = NumberPlan(of: number)
        // It is the plan of all numbers that begin like this, unless all digits decide.
        if count < digits.count { plan.isOfOneNumber = false }
        cache[key] = plan
        return plan
    }
}
