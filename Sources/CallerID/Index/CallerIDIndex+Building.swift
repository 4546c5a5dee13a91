package import DialModel

extension CallerIDIndex {
    /// Groups an inventory for some pools; of equal numbers, and of pools with the same id, the first counts.
    ///
    /// `state` holds what is known of the numbers that have a past, in any order; currents of the rotation belong to one
    /// pool each and are set by `restore`.
    package init(
        inventory: NumberInventory, pools: [CallerIDPool], state: [NumberState] = [],
        virtualDials: [String: [Timestamp]] = [:], at now: Timestamp
    ) {
        var seen: Set<String> = []
        numbers = inventory.numbers.filter { seen.insert($0.number).inserted }.sorted { $0.number < $1.number }
        let ids = Dictionary(numbers.enumerated().map { ($1.number, $0) }, uniquingKeysWith: { first, _ in first })
        self.ids = ids
        usages = Array(repeating: NumberUsage(), count: numbers.count)
        flags = Array(repeating: false, count: numbers.count)
        for known in state {
            guard let id = ids[known.number] else { continue }
            usages[id] = known.usage
            flags[id] = known.isFlagged
        }
        standings = zip(numbers, usages).map { NumberStanding(of: $0, $1, at: now) }
        due = WinnerTree(leaves: numbers.count)
        clock = now
        var slotsOf = [[Slot]](repeating: [], count: numbers.count)
        for pool in pools where poolIDs[pool.id] == nil {
            poolIDs[pool.id] = self.pools.count
            self.pools.append(PoolEntry(pool: pool))
            group(pool, of: inventory, into: &slotsOf)
        }
        for row in slotsOf {
            rows.append(slots.count)
            slots += row
        }
        rows.append(slots.count)
        for index in virtuals.indices {
            virtuals[index].dials = (virtualDials[virtuals[index].pool.id] ?? []).sorted()
        }
        for index in lanes.indices { prepare(&lanes[index]) }
        for id in numbers.indices { enter(id) }
    }

    /// Takes up the rotation of a pool where another index or an earlier run left it.
    package mutating func restore(_ currents: [String: TierCurrents], in pool: String) {
        guard let entry = poolIDs[pool] else { return }
        for id in numbers.indices {
            guard let owed = currents[numbers[id].number] else { continue }
            for index in rows[id]..<rows[id + 1] where lanes[slots[index].lane].pool == entry {
                leave(index, standings[id], id)
                slots[index].current = owed[lanes[slots[index].lane].tier]
                join(index, standings[id], id)
            }
        }
    }

    /// Puts the candidates of a pool into its lanes: of their city, of their province, and of all.
    private mutating func group(_ pool: CallerIDPool, of inventory: NumberInventory, into slotsOf: inout [[Slot]]) {
        let entry = pools.count - 1
        var known: [LaneKey: Int] = [:]
        for id in numbers.indices where pool.takesPart(numbers[id], in: inventory) {
            let member = PoolMember(numbers[id], isFlagged: flags[id])
            let region = member.region(isVirtual: pool.rules.isVirtual).normalised
            var places = [Place.anywhere]
            if let province = region.province { places.append(.province(province)) }
            if let city = region.city { places.append(.city(region.province, city)) }
            for place in places {
                let key = LaneKey(place, member, pool.rules)
                let lane = known[key] ?? addLane(key, member, entry)
                known[key] = lane
                slotsOf[id].append(Slot(lane: lane, leaf: lanes[lane].members.count, current: 0))
                lanes[lane].members.append(id)
            }
        }
    }

    private mutating func addLane(_ key: LaneKey, _ member: PoolMember, _ entry: Int) -> Int {
        let tier: RegionTier
        var hasProvince = true
        switch key.place {
        case .anywhere: tier = .elsewhere
        case .province: tier = .province
        case .city(let province, let city):
            tier = .city
            hasProvince = province != nil
            if pools[entry].lanes[key.place] == nil { pools[entry].provinces[city, default: []].append(province) }
        }
        pools[entry].lanes[key.place, default: []].append(lanes.count)
        lanes.append(
            Lane(
                pool: entry, tier: tier, isPositive: key.isPositive, hasProvince: hasProvince,
                virtual: key.virtual.map { place(of: $0) }, share: member.share))
        return lanes.count - 1
    }

    private mutating func place(of pool: VirtualPool) -> Int {
        if let known = virtuals.firstIndex(where: { $0.pool == pool }) { return known }
        virtuals.append(VirtualTraffic(pool: pool))
        return virtuals.count - 1
    }

    /// Makes room for a lane's members.
    private func prepare(_ lane: inout Lane) {
        let rules = pools[lane.pool].pool.rules
        let count = lane.members.count
        switch rules.strategy {
        case .random, .weightedRandom: lane.draws = SumTree(leaves: count)
        case .roundRobin, .weighted, .leastUsed: lane.ready = WinnerTree(leaves: count)
        }
        lane.waiting = WinnerTree(leaves: count)
        if rules.holdForLocal > .zero { lane.busy = WinnerTree(leaves: count) }
    }
}

/// What is known of a number from before.
package struct NumberState: Hashable, Sendable {
    /// The number.
    package var number: String
    /// What has been made of it.
    package var usage: NumberUsage
    /// Whether too few of its calls are answered, which halves its weight.
    package var isFlagged: Bool

    /// Memberwise.
    package init(number: String, usage: NumberUsage, isFlagged: Bool = false) {
        self.number = number
        self.usage = usage
        self.isFlagged = isFlagged
    }
}

/// What the numbers of a lane have in common.
private struct LaneKey: Hashable {
    var place: CallerIDIndex.Place
    var isPositive: Bool
    var blocked: [String]
    var virtual: VirtualPool?
    /// Only the smooth rotation needs equal shares: it adds to all of a lane at once.
    var share: Int64?

    init(_ place: CallerIDIndex.Place, _ member: PoolMember, _ rules: CallerIDRules) {
        self.place = place
        isPositive = member.number.limits.weight > 0
        blocked = member.number.limits.blockedProvinces
        virtual = rules.isVirtual ? member.number.virtual?.pool : nil
        share = rules.strategy == .weighted ? member.share : nil
    }
}
