import CallerID
import DialModel
import Testing

/// The table of `vendors/alibaba-udesk.md`, C3.
@Suite struct GlobalPickTests {
    @Test func `P1: a number of the callee's city goes first`() throws {
        #expect(try pick(.jiangsu("扬州")) == ["051480000001"])
    }

    @Test func `P2: without one, a number of the province`() throws {
        #expect(try pick(.jiangsu("徐州")) == ["051280000001"])
        #expect(try tiers(.jiangsu("徐州")) == [.province])
    }

    @Test func `P3: without either, any number`() throws {
        let region = NumberRegion(province: "广东", city: "深圳")
        #expect(try pick(region) == ["051280000001"])
        #expect(try tiers(region) == [.elsewhere])
    }

    @Test func `P4: a callee of unknown region gets any number`() throws {
        #expect(try pick(NumberRegion()) == ["051280000001"])
        #expect(try tiers(NumberRegion()) == [.elsewhere])
    }

    @Test func `P5: further candidates come from further tiers`() throws {
        #expect(try pick(.jiangsu("扬州"), count: 3) == ["051480000001", "02580000001", "051280000001"])
        #expect(try tiers(.jiangsu("扬州"), count: 3) == [.city, .province, .province])
    }

    @Test func `P6: there are no more candidates than numbers that dial out`() throws {
        #expect(
            try pick(.jiangsu("扬州"), count: 20) == [
                "051480000001", "02580000001", "051280000001", "02880000001", "057180000002", "057180000001",
                "01080000002", "01080000001",
            ])
    }

    @Test func `P7: only numbers of the groups take part`() throws {
        #expect(try pick(.jiangsu("扬州"), groups: ["sg2"]) == ["02180000001"])
    }

    @Test func `P8: among virtual numbers the virtual region counts`() throws {
        #expect(try pick(.jiangsu("扬州"), isVirtual: true) == ["057180000002"])
        #expect(try tiers(.jiangsu("扬州"), isVirtual: true) == [.city])
    }

    @Test func `P9: a municipality is province and city`() throws {
        let region = NumberRegion(province: "北京", city: "北京")
        #expect(try pick(region, count: 2) == ["01080000001", "01080000002"])
        #expect(try tiers(region, count: 2) == [.city, .city])
    }

    @Test func `P10: a callee whose city is unknown gets a number of the province`() throws {
        #expect(try pick(.jiangsu(nil)) == ["051280000001"])
        #expect(try tiers(.jiangsu(nil)) == [.province])
    }

    @Test func `P11: the seed decides among equals`() throws {
        let found = try (1...8).map { try pick(.jiangsu("徐州"), seed: $0)[0] }
        #expect(
            found == [
                "02580000001", "02580000001", "051480000001", "02580000001", "02580000001", "051280000001",
                "051480000001", "02580000001",
            ])
    }

    @Test func `P12: regions are compared without their administrative endings`() throws {
        #expect(try tiers(NumberRegion(province: "北京市", city: "北京市"), count: 2) == [.city, .city])
    }

    @Test func `P13: a city's namesake in another province is no local number`() {
        let here = NumberRegion(province: "江苏", city: "吉安")
        #expect(here.tier(for: NumberRegion(province: "浙江", city: "吉安")) == .elsewhere)
        #expect(here.tier(for: NumberRegion(city: "吉安")) == .city)
    }

    @Test func `Requests that make no sense are refused in the vendor's words`() {
        #expect(throws: GlobalPick.Refusal.countTooSmall) { try pick(NumberRegion(), count: 0) }
        #expect(throws: GlobalPick.Refusal.noGroups) { try pick(NumberRegion(), groups: []) }
        #expect(throws: GlobalPick.Refusal.unknownGroup) { try pick(NumberRegion(), groups: ["sg1", "sg9"]) }
        #expect(GlobalPick.Refusal.countTooSmall.rawValue == "Parameter.Minimum")
    }

    @Test func `Without a number that dials out the answer is empty`() throws {
        let idle = NumberInventory(
            numbers: [OutboundNumber("40080000001", skillGroups: ["sg1"])], groups: [CallerGroup(id: "sg1")])
        let request = GlobalPick.Request(region: NumberRegion(), groups: ["sg1"])
        #expect(try GlobalPick.pickGlobal(request, from: idle, seed: 42).isEmpty)
    }

    @Test func `An agent's own number takes part only where the group allows it`() throws {
        let own = OutboundNumber("051680000001", region: .jiangsu("徐州"), owner: "agent1")
        for (allows, agent, expected) in [
            (true, "agent1", true), (false, "agent1", false), (true, "agent2", false), (true, nil, false),
        ] {
            let inventory = NumberInventory(
                numbers: [own], groups: [CallerGroup(id: "sg1", allowsPersonalNumbers: allows)])
            let request = GlobalPick.Request(region: .jiangsu("徐州"), groups: ["sg1"], agent: agent)
            #expect(try !GlobalPick.pickGlobal(request, from: inventory, seed: 1).isEmpty == expected)
        }
    }
}

/// What holds for every inventory and seed.
@Suite struct GlobalPickPropertyTests {
    @Test func `Sorting the inventory otherwise never changes the choice`() throws {
        for seed in 1...200 as ClosedRange<UInt64> {
            var generator = SplitMix64(seed: seed)
            var shuffled = Inventory.table
            for index in stride(from: shuffled.numbers.count - 1, to: 0, by: -1) {
                shuffled.numbers.swapAt(index, Int(generator.below(UInt64(index + 1))))
            }
            let request = GlobalPick.Request(region: .jiangsu("徐州"), groups: ["sg1", "sg2"], count: 20)
            let expected = try GlobalPick.pickGlobal(request, from: Inventory.table, seed: seed)
            #expect(try GlobalPick.pickGlobal(request, from: shuffled, seed: seed) == expected, "seed \(seed)")
        }
    }

    @Test func `The choice comes from the best tier that has a number, and never gets worse on the way`() throws {
        let regions = [
            NumberRegion.jiangsu("扬州"), .jiangsu("徐州"), .jiangsu(nil), NumberRegion(),
            NumberRegion(province: "浙江省", city: "杭州市"), NumberRegion(province: "上海"),
        ]
        for region in regions {
            for seed in 1...50 as ClosedRange<UInt64> {
                let tiers = try tiers(region, count: 20, seed: seed)
                let best = Inventory.table.numbers.filter { $0.dialsOut && $0.skillGroups == ["sg1"] }
                    .map { $0.region.tier(for: region) }.min()
                #expect(tiers.first == best, "\(region), seed \(seed)")
                #expect(tiers == tiers.sorted(), "\(region), seed \(seed)")
            }
        }
    }

    @Test func `Numbers of one tier are chosen equally often`() throws {
        var counts: [String: Int] = [:]
        for seed in 1...10_000 as ClosedRange<UInt64> {
            counts[try pick(.jiangsu("徐州"), seed: seed)[0], default: 0] += 1
        }
        #expect(counts.count == 3)
        for (number, count) in counts { #expect(abs(Double(count) / 10_000 - 0.33) < 0.02, "\(number)") }
    }

    @Test func `A shorter answer is the beginning of a longer one`() throws {
        let whole = try pick(.jiangsu("扬州"), count: 20)
        for count in 1..<8 { #expect(try pick(.jiangsu("扬州"), count: count) == Array(whole.prefix(count))) }
    }
}

extension NumberRegion {
    static func jiangsu(_ city: String?) -> NumberRegion { NumberRegion(province: "江苏", city: city) }
}

enum Inventory {
    /// Test inventory I of the source.
    static let table = NumberInventory(
        numbers: [
            number("01080000001", "北京", "北京"), number("01080000002", "北京", "北京"),
            number("02580000001", "江苏", "南京"), number("051480000001", "江苏", "扬州"),
            number("051280000001", "江苏", "苏州"), number("057180000001", "浙江", "杭州"),
            number("40080000001", "北京", nil), number("02180000001", "上海", "上海", group: "sg2"),
            number("02880000001", nil, nil), number("02780000001", "湖北", "武汉", usage: .inbound),
            number(
                "057180000002", "浙江", "杭州", virtual: VirtualNumber("17000000001", region: .jiangsu("扬州"))),
        ],
        groups: [CallerGroup(id: "sg1"), CallerGroup(id: "sg2")])

    private static func number(
        _ number: String, _ province: String?, _ city: String?, group: String = "sg1",
        usage: OutboundNumber.Usage = .both, virtual: VirtualNumber? = nil
    ) -> OutboundNumber {
        OutboundNumber(
            number, region: NumberRegion(province: province, city: city), usage: usage, skillGroups: [group],
            virtual: virtual)
    }
}

private func candidates(
    _ region: NumberRegion, groups: [String], count: Int, isVirtual: Bool, seed: UInt64
) throws(GlobalPick.Refusal) -> [GlobalPick.Candidate] {
    let request = GlobalPick.Request(region: region, groups: groups, count: count, isVirtual: isVirtual)
    return try GlobalPick.pickGlobal(request, from: Inventory.table, seed: seed)
}

@discardableResult
private func pick(
    _ region: NumberRegion, groups: [String] = ["sg1"], count: Int = 1, isVirtual: Bool = false, seed: UInt64 = 42
) throws(GlobalPick.Refusal) -> [String] {
    try candidates(region, groups: groups, count: count, isVirtual: isVirtual, seed: seed).map(\.number.number)
}

private func tiers(
    _ region: NumberRegion, count: Int = 1, isVirtual: Bool = false, seed: UInt64 = 42
) throws(GlobalPick.Refusal) -> [RegionTier] {
    try candidates(region, groups: ["sg1"], count: count, isVirtual: isVirtual, seed: seed).map(\.tier)
}
