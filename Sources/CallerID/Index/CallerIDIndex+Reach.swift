import DialModel

extension CallerIDIndex {
    /// How many regions a pool remembers: more than there are, unless the names come from somebody's typing.
    private static let mostReaches = 10_000

    /// The lanes that matter to callees of a region.
    mutating func reach(of region: NumberRegion, in entry: Int) -> Reach {
        if let known = pools[entry].reaches[region] { return known }
        let reach = newReach(of: region.normalised, in: pools[entry])
        if pools[entry].reaches.count >= Self.mostReaches { pools[entry].reaches.removeAll(keepingCapacity: true) }
        pools[entry].reaches[region] = reach
        return reach
    }

    private func newReach(of callee: NumberRegion, in entry: PoolEntry) -> Reach {
        let all = entry.lanes[.anywhere] ?? []
        let province = callee.province.flatMap { entry.lanes[.province($0)] } ?? []
        var city: [Int] = []
        if let name = callee.city {
            // A city's namesake in another province is another city, as far as the provinces are known.
            let provinces = (entry.provinces[name] ?? []).filter {
                callee.province == nil || $0 == nil || $0 == callee.province
            }
            city = provinces.flatMap { entry.lanes[.city($0, name)] ?? [] }
        }
        return Reach(
            tiers: [city, province, all].map { $0.filter { !isBlocked($0, for: callee) } },
            blocked: all.filter { isBlocked($0, for: callee) }, hasProvince: callee.province != nil,
            isUnknown: callee == NumberRegion())
    }

    /// All members of a lane are closed to the same provinces, so the first speaks for them.
    private func isBlocked(_ lane: Int, for callee: NumberRegion) -> Bool {
        guard let province = callee.province, let first = lanes[lane].members.first else { return false }
        return numbers[first].limits.blockedProvinces.contains(province)
    }
}
