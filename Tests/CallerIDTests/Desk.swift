import CallerID
import DialModel

/// Test inventory I with one pool, skill group sg1, and whatever a test changes about it.
struct Desk {
    var rules: CallerIDRules
    var usages: [String: NumberUsage] = [:]
    var limits: [String: NumberLimits] = [:]
    var statuses: [String: OutboundNumber.Status] = [:]
    var virtuals: [String: VirtualNumber] = [:]
    var flagged: Set<String> = []
    var virtualDials: [String: [Timestamp]] = [:]

    init(_ rules: CallerIDRules = CallerIDRules(strategy: .roundRobin), _ change: (inout Desk) -> Void = { _ in }) {
        self.rules = rules
        change(&self)
    }

    var snapshot: PoolSnapshot {
        var inventory = Inventory.table
        for index in inventory.numbers.indices {
            let number = inventory.numbers[index].number
            inventory.numbers[index].limits = limits[number] ?? inventory.numbers[index].limits
            inventory.numbers[index].status = statuses[number] ?? .active
            inventory.numbers[index].virtual = virtuals[number] ?? inventory.numbers[index].virtual
        }
        let pool = CallerIDPool(id: "sg1", source: .groups(["sg1"]), rules: rules)
        let members = pool.candidates(in: inventory).map {
            PoolMember($0, usage: usages[$0.number] ?? NumberUsage(), isFlagged: flagged.contains($0.number))
        }
        return PoolSnapshot(rules: rules, members: members, virtualDials: virtualDials)
    }

    func select(
        _ region: NumberRegion, callee: CalleeUsage = CalleeUsage(), waited: Duration = .zero, at now: Timestamp = .ten,
        seed: UInt64 = 42
    ) -> CallerIDSelection {
        let request = CallerIDRequest(region: region, callee: callee, waited: waited)
        return CallerIDSelection.select(request, from: snapshot, at: now, seed: seed)
    }
}

extension CallerIDAnswer {
    var pick: CallerIDPick? {
        if case .chosen(let pick) = self { pick } else { nil }
    }
}

extension CallerIDSelection {
    var number: String? { answer.pick?.number }
    var tier: RegionTier? { answer.pick?.tier }

    var retryAt: Timestamp? {
        if case .retryAt(let instant, _) = answer { instant } else { nil }
    }

    var isWithoutNumber: Bool {
        if case .noNumber = answer { true } else { false }
    }

    func reason(_ number: String) -> RejectionReason? { verdicts.first { $0.number == number }?.reason }
}

extension NumberUsage {
    /// Lines that lapse in an hour, and no dial on record.
    static func busy(_ lines: Int) -> NumberUsage {
        NumberUsage(expiries: Array(repeating: .ten + .seconds(3_600), count: lines))
    }
}

extension Timestamp {
    /// 2026-03-02, 10:00 in Shanghai.
    static let ten = at(10)

    /// A time of day in Shanghai, `day` days after 2026-03-02.
    static func at(day: Int64 = 0, _ hour: Int64, _ minute: Int64 = 0, _ second: Int64 = 0) -> Timestamp {
        // 2026-03-01T16:00:00Z is midnight of the day after in Shanghai.
        Timestamp(milliseconds: 1_772_380_800_000 + ((day * 24 + hour) * 3_600 + minute * 60 + second) * 1_000)
    }
}
