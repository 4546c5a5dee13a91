package import DialModel

/// A number of a pool with everything that the choice depends on.
package struct PoolMember: Hashable, Sendable {
    /// The number and its limits.
    package var number: OutboundNumber
    /// What has been made of it.
    package var usage: NumberUsage
    /// Whether too few of its calls are answered, which halves its weight (C4.9).
    package var isFlagged: Bool
    /// What it is owed in the smooth rotation of this pool.
    package var currents: TierCurrents

    /// Memberwise.
    package init(
        _ number: OutboundNumber, usage: NumberUsage = NumberUsage(), isFlagged: Bool = false,
        currents: TierCurrents = TierCurrents()
    ) {
        self.number = number
        self.usage = usage
        self.isFlagged = isFlagged
        self.currents = currents
    }

    /// The region that is compared with the callee's.
    package func region(isVirtual: Bool) -> NumberRegion {
        (isVirtual ? number.virtual?.region : nil) ?? number.region
    }

    /// Its share in halves of a weight, and at least one half: those of weight 0 are equals among themselves.
    package var share: Int64 {
        let weight = Int64(number.limits.weight)
        return max(1, isFlagged ? weight : 2 * weight)
    }
}

/// What a number is owed in the smooth rotation of each tier, in halves of a weight (C4.5).
package struct TierCurrents: Hashable, Sendable {
    private var values: [Int64]

    /// Nothing owed.
    package init() { values = [Int64](repeating: 0, count: RegionTier.allCases.count) }

    /// What is owed in a tier.
    package subscript(tier: RegionTier) -> Int64 {
        get { values[tier.rawValue] }
        set { values[tier.rawValue] = newValue }
    }
}

/// A pool at one moment: all that a choice depends on, besides the request, the time and the seed.
package struct PoolSnapshot: Hashable, Sendable {
    /// How one is chosen.
    package var rules: CallerIDRules
    /// The candidates, ascending by number, each once.
    package var members: [PoolMember]
    /// When the dials of the last minute through each pool of virtual numbers were made, by the pool's name.
    package var virtualDials: [String: [Timestamp]]

    /// Memberwise; `members` may come in any order, and the first of equal numbers counts.
    package init(rules: CallerIDRules, members: [PoolMember], virtualDials: [String: [Timestamp]] = [:]) {
        self.rules = rules
        self.virtualDials = virtualDials
        var seen: Set<String> = []
        self.members = members.filter { seen.insert($0.number.number).inserted }
            .sorted { $0.number.number < $1.number.number }
    }

    /// When a pool of virtual numbers has room again; nil if it has room now (A3.4).
    func virtualFreeAt(_ pool: VirtualPool, at now: Timestamp) -> Timestamp? {
        let recent = (virtualDials[pool.id] ?? []).filter { now - $0 < VirtualPool.span }
        guard recent.count >= pool.size else { return nil }
        return (recent.min() ?? now) + VirtualPool.span
    }
}

extension VirtualPool {
    /// The time within which a pool carries no more calls than it has numbers.
    package static let span: Duration = .seconds(60)
}
