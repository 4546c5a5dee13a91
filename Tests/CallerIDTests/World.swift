import CallerID
import DialModel

/// Three pools that share numbers, with events at random: an index that is told of every event, and the plain state that
/// the definition is asked about.
struct World {
    private var generator: SplitMix64
    private let strategy: CallerIDStrategy
    private let pools: [CallerIDPool]
    private var numbers: [OutboundNumber]
    private var usages: [String: NumberUsage] = [:]
    private var flagged: Set<String> = []
    private var currents: [String: [String: TierCurrents]] = [:]
    private var virtualDials: [String: [Timestamp]] = [:]
    private var reservations: [CallerIDReservation] = []
    private var attempts: Int64 = 0
    private var now = Timestamp.ten
    private var index: CallerIDIndex

    private static let regions = [
        NumberRegion(province: "江苏省", city: "扬州市"), NumberRegion(province: "江苏", city: "扬州"),
        NumberRegion(province: "江苏", city: "苏州"), NumberRegion(province: "江苏"), NumberRegion(city: "扬州"),
        NumberRegion(province: "浙江", city: "扬州"), NumberRegion(province: "新疆", city: "喀什地区"),
        NumberRegion(province: "北京市"), NumberRegion(), NumberRegion(province: "广东", city: "深圳"),
    ]

    init(strategy: CallerIDStrategy, seed: UInt64) {
        self.strategy = strategy
        var generator = SplitMix64(seed: seed)
        let count = 2 + Int(generator.below(70))
        numbers = (0..<count).map { World.number($0, &generator) }
        for number in numbers where generator.below(6) == 0 { flagged.insert(number.number) }
        pools = ["p0", "p1", "p2"].map { id in
            CallerIDPool(id: id, rules: World.rules(strategy, isVirtual: id == "p2", &generator))
        }
        self.generator = generator
        index = CallerIDIndex(inventory: NumberInventory(numbers: [], groups: []), pools: [], at: .ten)
        rebuild()
    }

    /// Makes the index anew from the plain state.
    mutating func rebuild() {
        index = CallerIDIndex(
            inventory: NumberInventory(numbers: numbers, groups: []), pools: pools,
            state: numbers.map { number in
                NumberState(
                    number: number.number, usage: usages[number.number] ?? NumberUsage(),
                    isFlagged: flagged.contains(number.number))
            }, virtualDials: virtualDials, at: now)
        for pool in pools { index.restore(currents[pool.id] ?? [:], in: pool.id) }
    }

    /// One event, one request; what the index answers, and what the definition does.
    mutating func step() -> (answer: CallerIDAnswer, expected: CallerIDAnswer) {
        happen()
        let pool = pools[Int(generator.below(3))]
        let request = request()
        let seed = generator.next()
        let expected = CallerIDSelection.select(request, from: snapshot(pool), at: now, seed: seed)
        keepCurrents(expected, pool)
        let answer = index.select(request, from: pool.id, at: now, seed: seed)
        if let pick = expected.answer.pick, generator.below(4) > 0 { reserve(pick.number, pool) }
        return (answer, expected.answer)
    }

    /// What the index keeps of a pick, and what the definition does.
    mutating func explain() -> (kept: PickExplanation, whole: PickExplanation) {
        let pool = pools[Int(generator.below(3))]
        let request = request()
        let seed = generator.next()
        let selection = CallerIDSelection.select(request, from: snapshot(pool), at: now, seed: seed)
        keepCurrents(selection, pool)
        let whole = PickExplanation(selection, of: request, under: pool.rules, at: now, seed: seed)
        return (index.explainedSelect(request, from: pool.id, at: now, seed: seed), whole)
    }

    private func snapshot(_ pool: CallerIDPool) -> PoolSnapshot {
        let inventory = NumberInventory(numbers: numbers, groups: [])
        let members = pool.candidates(in: inventory).map { number in
            PoolMember(
                number, usage: usages[number.number] ?? NumberUsage(), isFlagged: flagged.contains(number.number),
                currents: currents[pool.id]?[number.number] ?? TierCurrents())
        }
        return PoolSnapshot(rules: pool.rules, members: members, virtualDials: virtualDials)
    }

    private mutating func keepCurrents(_ selection: CallerIDSelection, _ pool: CallerIDPool) {
        guard let field = selection.field, let tier = selection.answer.pick?.tier else { return }
        for (contender, current) in zip(field.contenders, selection.currents) {
            currents[pool.id, default: [:]][contender.number, default: TierCurrents()][tier] = current
        }
    }

    private mutating func happen() {
        switch generator.below(20) {
        case 0: now = now + .seconds(3_600 * Int(generator.below(14)))
        case 1: now = now + .seconds(86_400)
        case 2...5: now = now + .seconds(generator.below(90))
        case 6...8: now = now + .milliseconds(generator.below(2_000))
        case 9...11: setStatus()
        case 12...14: release()
        default: break
        }
    }

    private mutating func setStatus() {
        let place = Int(generator.below(UInt64(numbers.count)))
        switch generator.below(4) {
        case 0: numbers[place].status = .paused
        case 1: numbers[place].status = .quarantined(until: now + .seconds(generator.below(3_600)))
        default: numbers[place].status = .active
        }
        index.setStatus(numbers[place].status, of: numbers[place].number, at: now)
    }

    private mutating func release() {
        guard !reservations.isEmpty else { return }
        let reservation = reservations.remove(at: Int(generator.below(UInt64(reservations.count))))
        let isRefused = generator.below(3) == 0
        usages[reservation.number, default: NumberUsage()].release(reservation, refused: isRefused)
        index.release(reservation, refused: isRefused, at: now)
    }

    private mutating func reserve(_ number: String, _ pool: CallerIDPool) {
        attempts += 1
        let lifetime = Duration.seconds(1 + Int(generator.below(generator.below(2) == 0 ? 30 : 7_200)))
        let reservation = CallerIDReservation(
            attempt: AttemptID(attempts), number: number, at: now, lifetime: lifetime)
        reservations.append(reservation)
        usages[number, default: NumberUsage()].reserve(until: reservation.expiresAt, at: now)
        let virtual = numbers.first { $0.number == number }?.virtual?.pool
        if pool.rules.isVirtual, let virtual { virtualDials[virtual.id, default: []].append(now) }
        index.reserve(reservation, from: pool.id)
    }

    private mutating func request() -> CallerIDRequest {
        let seen = (0..<generator.below(6)).map { _ in numbers[Int(generator.below(UInt64(numbers.count)))].number }
        var callee = CalleeUsage(callersToday: seen)
        switch generator.below(30) {
        case 0: callee.isBlacklisted = true
        case 1: callee.dialsToday = 5
        case 2: callee.recentDials = [now, now - .seconds(generator.below(400)), now - .seconds(200)]
        default: break
        }
        return CallerIDRequest(
            region: Self.regions[Int(generator.below(UInt64(Self.regions.count)))], callee: callee,
            waited: .seconds(generator.below(30)))
    }

    private static func rules(
        _ strategy: CallerIDStrategy, isVirtual: Bool, _ generator: inout SplitMix64
    ) -> CallerIDRules {
        CallerIDRules(
            strategy: strategy, regionMode: RegionMode.allCases[Int(generator.below(5))],
            holdForLocal: .seconds(generator.below(2) * 20), avoidRepeatCaller: generator.below(2) == 0,
            isVirtual: isVirtual, calleeWindow: DailyWindow(opens: 7 * 3_600, closes: 23 * 3_600) ?? .always)
    }

    private static func number(_ place: Int, _ generator: inout SplitMix64) -> OutboundNumber {
        let limits = NumberLimits(
            weight: Int(generator.below(4)), maxConcurrent: 1 + Int(generator.below(3)),
            maxPerDay: generator.below(3) == 0 ? Int(generator.below(4)) : nil,
            minGap: .seconds(generator.below(3) * 40), blockedProvinces: generator.below(3) == 0 ? ["新疆", "北京市"] : [],
            window: generator.below(3) == 0 ? .always : .standard)
        let region = regions[Int(generator.below(UInt64(regions.count)))]
        let home = regions[Int(generator.below(UInt64(regions.count)))]
        let pool = VirtualPool(id: "x\(generator.below(2))", size: 2)
        let virtual = [nil, VirtualNumber("170\(place)", region: home), VirtualNumber(pool: pool, region: home)]
        return OutboundNumber(
            "02\(100 + (place * 37) % 101)", region: region, usage: generator.below(9) == 0 ? .inbound : .both,
            pools: ["p0", "p1", "p2"].filter { _ in generator.below(3) > 0 },
            virtual: virtual[Int(generator.below(3))], limits: limits)
    }
}
