package import DialModel

extension CallerIDIndex {
    /// Chooses a number of a pool, or says why not and when to ask again; a pool that does not exist has no numbers.
    ///
    /// The number is not held: `reserve` does that. Only the smooth rotation moves on.
    package mutating func select(
        _ request: CallerIDRequest, from pool: String, at now: Timestamp, seed: UInt64
    ) -> CallerIDAnswer {
        choose(request, from: pool, at: now, seed: seed, explaining: false).answer
    }

    /// Chooses like `select`, and tells what the choice hung on; it costs a few microseconds more.
    package mutating func explainedSelect(
        _ request: CallerIDRequest, from pool: String, at now: Timestamp, seed: UInt64
    ) -> PickExplanation {
        let rules = poolIDs[pool].map { pools[$0].pool.rules } ?? CallerIDRules()
        let (answer, reasons, field) = choose(request, from: pool, at: now, seed: seed, explaining: true)
        return PickExplanation(
            request: request, rules: rules, now: now, seed: seed, answer: answer, reasons: reasons, field: field)
    }

    private mutating func choose(
        _ request: CallerIDRequest, from pool: String, at now: Timestamp, seed: UInt64, explaining: Bool
    ) -> (answer: CallerIDAnswer, reasons: ReasonCounts, field: StrategyField?) {
        guard let entry = poolIDs[pool] else { return (.noNumber(ReasonCounts()), ReasonCounts(), nil) }
        let rules = pools[entry].pool.rules
        if let (until, reason) = CalleeGate.deferral(of: request.callee, under: rules, at: now) {
            return (.deferCallee(until: until, reason), ReasonCounts(), nil)
        }
        advance(to: now)
        let reach = reach(of: request.region, in: entry)
        let repeats = rules.avoidRepeatCaller ? dropRepeats(request.callee.callersToday, reach, rules, entry) : []
        defer { for (index, id) in repeats { activate(index, id) } }
        let dropped = repeats.reduce(0) { $0 + (lanes[slots[$1.slot].lane].tier == .elsewhere ? 1 : 0) }
        if let until = holdingForLocal(request, reach, rules) {
            let reasons = counts(reach, rules, dropped)
            return (.retryAt(until, reasons), reasons, nil)
        }
        let reasons = explaining ? counts(reach, rules, dropped) : ReasonCounts()
        for tier in rules.regionMode.tiers {
            let row = reach.tiers[tier.rawValue]
            let isPositive = row.contains { isOpen($0, isPositive: true) }
            guard isPositive || row.contains(where: { isOpen($0, isPositive: false) }) else { continue }
            let open = row.filter { isOpen($0, isPositive: isPositive) }
            let field = explaining ? field(of: open, by: rules.strategy, seed: seed) : nil
            guard let id = winner(among: open, by: rules.strategy, seed: seed) else { continue }
            return (.chosen(CallerIDPick(number: numbers[id].number, tier: tier)), reasons, field)
        }
        let all = counts(reach, rules, dropped)
        let retry = rules.regionMode.tiers.flatMap { reach.tiers[$0.rawValue] }.compactMap(retryAt).min()
        return (retry.map { .retryAt($0, all) } ?? .noNumber(all), all, nil)
    }

    /// Whether a lane has numbers to choose from.
    private func isOpen(_ lane: Int, isPositive: Bool) -> Bool {
        lanes[lane].readyCount > 0 && lanes[lane].isPositive == isPositive && virtualFreeAt(lane) == nil
    }

    /// When the lane's pool of virtual numbers has room again; nil if it has room, or if there is none.
    private func virtualFreeAt(_ lane: Int) -> Timestamp? {
        lanes[lane].virtual.flatMap { virtuals[$0].freeAt(clock) }
    }

    private func retryAt(_ lane: Int) -> Timestamp? {
        let own = lanes[lane].retryAt(from: clock)
        guard lanes[lane].readyCount > 0, let virtual = virtualFreeAt(lane) else { return own }
        return min(own ?? virtual, virtual)
    }

    private func holdingForLocal(
        _ request: CallerIDRequest, _ reach: Reach, _ rules: CallerIDRules
    ) -> Timestamp? {
        guard request.waited < rules.holdForLocal, let local = rules.regionMode.localTier else { return nil }
        let open = reach.tiers[local.rawValue].filter { virtualFreeAt($0) == nil }
        guard open.allSatisfy({ lanes[$0].readyCount == 0 }) else { return nil }
        guard let free = open.compactMap({ lanes[$0].busyUntil(from: clock) }).min() else { return nil }
        return min(free, clock + (rules.holdForLocal - max(.zero, request.waited)))
    }

    /// Takes the numbers that the callee has seen out of their lanes for this request, unless no other is left.
    private mutating func dropRepeats(
        _ callers: [String], _ reach: Reach, _ rules: CallerIDRules, _ entry: Int
    ) -> [(slot: Int, id: Int)] {
        var seen: [Int] = []
        var taken: [(slot: Int, id: Int)] = []
        let open = reach.tiers[RegionTier.elsewhere.rawValue].filter { virtualFreeAt($0) == nil }
        for caller in callers {
            guard let id = ids[caller], !seen.contains(id), standings[id].reason == nil else { continue }
            seen.append(id)
            let row = (rows[id]..<rows[id + 1]).filter { lanes[slots[$0].lane].pool == entry }
            guard row.contains(where: { open.contains(slots[$0].lane) }) else { continue }
            taken += row.map { ($0, id) }
        }
        for (index, _) in taken { deactivate(index) }
        let isAnyLeft = rules.regionMode.tiers.contains { tier in
            reach.tiers[tier.rawValue].contains { lanes[$0].readyCount > 0 && virtualFreeAt($0) == nil }
        }
        if isAnyLeft { return taken }
        for (index, id) in taken { activate(index, id) }
        return []
    }

    /// How many of the pool's numbers are passed over for each reason.
    private func counts(_ reach: Reach, _ rules: CallerIDRules, _ repeats: Int) -> ReasonCounts {
        var result = ReasonCounts()
        var survivors = 0
        for lane in reach.tiers[RegionTier.elsewhere.rawValue] {
            for reason in lanes[lane].counts.reasons { result[reason] += lanes[lane].counts[reason] }
            if virtualFreeAt(lane) == nil {
                survivors += lanes[lane].readyCount
            } else {
                result[.virtualPoolExhausted] += lanes[lane].readyCount
            }
        }
        for lane in reach.blocked {
            var others = lanes[lane].members.count
            for reason in [RejectionReason.paused, .quarantined] {
                result[reason] += lanes[lane].counts[reason]
                others -= lanes[lane].counts[reason]
            }
            result[.blockedProvince] += others
        }
        result[.calleeCallerRepeat] += repeats
        let far = survivors - nearSurvivors(reach, rules, survivors)
        result[reach.isUnknown ? .noRegion : .notLocal] += far
        return result
    }

    /// How many of the survivors are near enough for the region mode.
    private func nearSurvivors(_ reach: Reach, _ rules: CallerIDRules, _ all: Int) -> Int {
        let mode = rules.regionMode
        if mode.tiers.contains(.elsewhere) { return all }
        let count = { (row: [Int]) in
            row.reduce(0) { $0 + (self.virtualFreeAt($1) == nil ? self.lanes[$1].readyCount : 0) }
        }
        let city = reach.tiers[RegionTier.city.rawValue]
        guard mode.tiers.contains(.province) else { return count(city) }
        // The province's lanes hold its cities' numbers too, but not those of an unknown province.
        let others = city.filter { !reach.hasProvince || !lanes[$0].hasProvince }
        return count(reach.tiers[RegionTier.province.rawValue]) + count(others)
    }
}
