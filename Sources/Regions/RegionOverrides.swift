import DialModel

/// What an operator knows better than the numbering plans: regions and zones by prefix.
package struct RegionOverrides: Hashable, Sendable {
    /// What one line says.
    struct Entry: Hashable, Sendable {
        /// The line in the operator's file, from one.
        var line: Int
        /// The place; nil if the line gives none, and else all of it, since half of two sources is no place.
        var region: Region?
        /// The zones, sorted; empty if the line gives none.
        var zones: [TimeZoneID]
    }

    private var entries: [UInt64: Entry] = [:]
    /// The lengths that occur, longest first.
    private var lengths: [Int] = []

    /// No overrides.
    package init() {}

    /// How many prefixes are overridden.
    package var count: Int { entries.count }

    /// How many digits the longest prefix has; 0 without any.
    package var longestPrefix: Int { lengths.first ?? 0 }

    /// The entry of exactly this prefix.
    func entry(of prefix: NumberDigits) -> Entry? { entries[prefix.value] }

    /// Adds the entry of a prefix, in place of an earlier one.
    mutating func add(_ entry: Entry, for prefix: NumberDigits) {
        entries[prefix.value] = entry
        guard !lengths.contains(prefix.count) else { return }
        lengths.append(prefix.count)
        lengths.sort(by: >)
    }

    /// A place with the longest fitting prefix's entry in it.
    func applied(to place: NumberPlace, _ digits: NumberDigits) -> NumberPlace {
        for length in lengths where length <= digits.count {
            guard let entry = entries[digits.prefix(length)] else { continue }
            var place = place
            if var region = entry.region {
                if region.country == nil { region.country = place.region.country }
                place.region = region
                place.possibleCities = region.city.map { [$0] } ?? []
                place.area = nil
            }
            if !entry.zones.isEmpty { place.zones = entry.zones }
            place.source = .override(line: entry.line)
            return place
        }
        return place
    }
}
