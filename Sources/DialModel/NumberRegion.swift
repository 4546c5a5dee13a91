/// The province and city that a number belongs to, as far as they are known.
///
/// Vendors mix `北京` with `北京市` and `扬州` with `扬州市`; regions are compared in `normalised` form only
/// (`vendors/alibaba-udesk.md`, C2).
package struct NumberRegion: Hashable, Sendable {
    /// The province, or the municipality; nil or empty when unknown.
    package var province: String?
    /// The city; nil or empty when unknown.
    package var city: String?

    /// Memberwise; unknown without arguments.
    package init(province: String? = nil, city: String? = nil) {
        self.province = province
        self.city = city
    }

    /// The region without its administrative endings; empty names become unknown, a municipality is its own city.
    package var normalised: NumberRegion {
        var province = Self.stripped(self.province)
        var city = Self.stripped(self.city)
        if let name = province, Self.municipalities.contains(name) {
            city = name
        } else if province == nil, let name = city, Self.municipalities.contains(name) {
            province = name
        }
        return NumberRegion(province: province, city: city)
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

    private static let municipalities = ["北京", "上海", "天津", "重庆"]

    /// The longest endings come first, so that 宁夏回族自治区 loses all of its ending at once.
    private static let endings = [
        "维吾尔自治区", "回族自治区", "壮族自治区", "特别行政区", "自治区", "自治州", "地区", "省", "市",
    ]

    private static func stripped(_ name: String?) -> String? {
        guard let name, !name.isEmpty else { return nil }
        for ending in endings where name.hasSuffix(ending) && name.count > ending.count {
            return String(name.dropLast(ending.count))
        }
        return name
    }
}

/// How near a number is to a callee; the order of preference.
package enum RegionTier: Int, CaseIterable, Hashable, Comparable, Sendable {
    /// The same city.
    case city
    /// The same province.
    case province
    /// Anywhere else, and wherever a region is unknown.
    case elsewhere

    package static func < (lhs: Self, rhs: Self) -> Bool { lhs.rawValue < rhs.rawValue }
}
