/// How one of several numbers of the same tier is chosen (`vendors/alibaba-udesk.md`, C4.5).
package enum CallerIDStrategy: String, CaseIterable, Hashable, Sendable, Codable {
    /// Any, with the same chance.
    case random
    /// Any, with a chance in proportion to its weight.
    case weightedRandom = "weighted_random"
    /// The one that has rested longest.
    case roundRobin = "round_robin"
    /// In turns that mix smoothly, each as often as its weight says.
    case weighted
    /// The one with the fewest dials today for its weight.
    case leastUsed = "least_used"
}

/// How near a number has to be (`vendors/alibaba-udesk.md`, C4.4).
package enum RegionMode: String, CaseIterable, Hashable, Sendable, Codable {
    /// The city first, then the province, then any.
    case cityProvinceAny = "city_province_any"
    /// The province first, then any.
    case provinceAny = "province_any"
    /// Any; regions do not count.
    case any
    /// The city or none.
    case cityOnly = "city_only"
    /// The city first, then the province, else none.
    case cityOrProvince = "city_or_province"

    /// The tiers in which a number may be chosen, best first.
    package var tiers: [RegionTier] {
        switch self {
        case .cityProvinceAny: [.city, .province, .elsewhere]
        case .provinceAny: [.province, .elsewhere]
        case .any: [.elsewhere]
        case .cityOnly: [.city]
        case .cityOrProvince: [.city, .province]
        }
    }

    /// The tier that `CallerIDRules.holdForLocal` waits for; nil where none is better than any other.
    package var localTier: RegionTier? { self == .any ? nil : tiers[0] }

    /// The tier of a number of `region`; nil if the mode does not let it call there.
    package func tier(of region: NumberRegion, for callee: NumberRegion) -> RegionTier? {
        let tier = region.tier(for: callee)
        switch self {
        case .cityProvinceAny: return tier
        case .provinceAny:
            let province = region.normalised.province
            return province != nil && province == callee.normalised.province ? .province : .elsewhere
        case .any: return .elsewhere
        case .cityOnly: return tier == .city ? .city : nil
        case .cityOrProvince: return tier == .elsewhere ? nil : tier
        }
    }
}

/// The rules by which a campaign chooses among its numbers.
package struct CallerIDRules: Hashable, Sendable, Codable {
    /// How one of a tier is chosen.
    package var strategy: CallerIDStrategy
    /// How near a number has to be.
    package var regionMode: RegionMode
    /// How long a contact waits for a local number that is only busy or resting.
    package var holdForLocal: Duration
    /// Whether a callee should see another number each time; ignored when no other is left.
    package var avoidRepeatCaller: Bool
    /// Whether only numbers with a virtual binding count, by the region of the virtual number.
    package var isVirtual: Bool
    /// When callees may be rung.
    package var calleeWindow: DailyWindow
    /// How many dials a day that rang or were answered a callee bears, over all numbers (A3.5).
    package var calleeMaxPerDay: Int
    /// How many dials within five minutes a callee bears.
    package var calleeMaxInFiveMinutes: Int

    /// The defaults of the source.
    package init(
        strategy: CallerIDStrategy = .random, regionMode: RegionMode = .cityProvinceAny,
        holdForLocal: Duration = .zero, avoidRepeatCaller: Bool = false, isVirtual: Bool = false,
        calleeWindow: DailyWindow = .standard, calleeMaxPerDay: Int = 5, calleeMaxInFiveMinutes: Int = 3
    ) {
        self.strategy = strategy
        self.regionMode = regionMode
        self.holdForLocal = holdForLocal
        self.avoidRepeatCaller = avoidRepeatCaller
        self.isVirtual = isVirtual
        self.calleeWindow = calleeWindow
        self.calleeMaxPerDay = max(1, calleeMaxPerDay)
        self.calleeMaxInFiveMinutes = max(1, calleeMaxInFiveMinutes)
    }
}
