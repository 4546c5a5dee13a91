/// The province and city that a number belongs to, as far as they are known.
///
/// Vendors mix `北京` with `北京市` and `扬州` with `扬州市`; regions are compared in `normalised` form only
/// (`vendors/alibaba-udesk.md`, C2).
package struct NumberRegion: Hashable, Sendable, Codable {
    /// The province, or the municipality; nil or empty when unknown.
    package var province: String?
    /// The city; nil or empty when unknown.
    package var city: String?

    /// Memberwise; unknown without arguments.
    package init(province: String? = nil, city: String? = nil) {
        self.province = province
        self.city = city
    }

    /// The region with names in short form; empty names become unknown, a municipality is its own city.
    package var normalised: NumberRegion {
        let region = Region(province: province, city: city).normalised
        return NumberRegion(province: region.province, city: region.city)
    }

    /// How near a number of this region is to a callee of another (`vendors/alibaba-udesk.md`, C3, rule 3).
    package func tier(for callee: NumberRegion) -> RegionTier {
        let own = normalised
        let other = callee.normalised
        let sameProvince = own.province != nil && own.province == other.province
        let contradictory = own.province != nil && other.province != nil && !sameProvince
        if let city = own.city, city == other.city, !contradictory { return .city }
        return sameProvince ? .province : .elsewhere
    }
}

/// How near a number is to a callee; the order of preference.
package enum RegionTier: Int, CaseIterable, Hashable, Comparable, Sendable, Codable {
    /// The same city.
    case city
    /// The same province.
    case province
    /// Anywhere else, and wherever a region is unknown.
    case elsewhere

    package static func < (lhs: Self, rhs: Self) -> Bool { lhs.rawValue < rhs.rawValue }
}
