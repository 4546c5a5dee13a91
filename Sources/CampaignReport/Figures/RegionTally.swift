package import DialModel
package import Ledger

/// Gathers dials by province or state.
package struct RegionTally: Hashable, Sendable {
    /// The dials to one province or state, or to a country of which no more is known.
    package struct Row: Hashable, Sendable {
        /// The country; nil if it is not known.
        package var country: String?
        /// The province or state, with its name in short form; nil if it is not known.
        package var province: String?
        /// What came of them.
        package var dials: DialTally
    }

    private struct Key: Hashable {
        var country: String?
        var province: String?
    }

    private var places: [Key: Int] = [:]
    private var found: [Row] = []
    /// Dials to numbers that may be in several time zones.
    package private(set) var dialsOfSeveralZones = 0

    /// Nothing.
    package init() {}

    /// Adds dials to numbers of a region that may be in so many time zones.
    package mutating func add(_ region: Region, zones: Int, _ dials: DialTally) {
        let region = region.normalised
        let key = Key(country: region.country, province: region.province)
        if zones > 1 { dialsOfSeveralZones += dials.dials }
        if let place = places[key] {
            found[place].dials += dials
        } else {
            places[key] = found.count
            found.append(Row(country: key.country, province: key.province, dials: dials))
        }
    }

    /// The regions, those with most dials first.
    package var rows: [Row] {
        found.sorted { first, second in
            (second.dials.dials, first.country ?? "", first.province ?? "")
                < (first.dials.dials, second.country ?? "", second.province ?? "")
        }
    }
}
