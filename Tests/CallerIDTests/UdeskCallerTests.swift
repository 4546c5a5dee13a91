import CallerID
import DialModel
import Testing

/// Settings of a Udesk account (`vendors/alibaba-udesk.md`, C5), and prefixes (C2.1, A3.1).
@Suite struct UdeskCallerTests {
    @Test func `The agent's setting goes before the tenant's, and that before its default`() {
        let pool = UdeskCallerSetting.pool("p")
        #expect(UdeskCaller.resolve(agent: .number("1"), tenant: pool, tenantDefault: "2") == .number("1"))
        #expect(UdeskCaller.resolve(agent: nil, tenant: pool, tenantDefault: "2") == .pool("p"))
        #expect(UdeskCaller.resolve(agent: nil, tenant: nil, tenantDefault: "2") == .number("2"))
        #expect(UdeskCaller.resolve(agent: nil, tenant: nil, tenantDefault: nil) == nil)
    }

    @Test func `A number that was set is waited for and never replaced`() throws {
        var rules = CallerIDRules(regionMode: .cityOnly, avoidRepeatCaller: true)
        rules.holdForLocal = .seconds(20)
        let pool = try #require(
            UdeskCaller.pool(
                id: "u", agent: .number("01080000001"), tenant: nil, tenantDefault: nil, rules: rules))
        #expect(pool.rules.strategy == .random)
        let candidates = pool.candidates(in: Inventory.table)
        #expect(candidates.map(\.number) == ["01080000001"])
        let request = CallerIDRequest(
            region: .jiangsu("扬州"), callee: CalleeUsage(callersToday: ["01080000001"]))
        for (usage, status, expected) in [
            (NumberUsage(), OutboundNumber.Status.active, "01080000001"), (.busy(1), .active, "retry"),
            (NumberUsage(), .paused, "none"),
        ] {
            var member = PoolMember(candidates[0], usage: usage)
            member.number.status = status
            let snapshot = PoolSnapshot(rules: pool.rules, members: [member])
            let selection = CallerIDSelection.select(request, from: snapshot, at: .ten, seed: 1)
            let found = selection.number ?? (selection.isWithoutNumber ? "none" : "retry")
            #expect(found == expected)
        }
    }

    @Test func `A number that the callee saw is compared in its national form`() {
        #expect(UdeskCaller.isShown("+86 514 8000 0001", chosen: "051480000001"))
        #expect(!UdeskCaller.isShown("051480000002", chosen: "051480000001"))
        #expect(UdeskCaller.isShown("4008000001", chosen: "4008000001"))
    }

    @Test func `The most particular prefix applies, and an empty one hides the rest`() throws {
        let nine = try #require(DialPrefix("9"))
        let zero = try #require(DialPrefix("0,"))
        let none = try #require(DialPrefix(""))
        let general = DialPrefixes(general: nine)
        #expect(DialString.compose("1", country: "CN", vendor: general) == "91")
        #expect(DialString.compose("1", trunk: DialPrefixes(general: zero), vendor: general) == "0,1")
        #expect(DialString.compose("1", campaign: DialPrefixes(general: none), vendor: general) == "1")
        let special = DialPrefixes(general: nine, countries: ["US": zero])
        #expect(DialString.compose("1", country: "US", trunk: special, vendor: general) == "0,1")
        #expect(DialString.compose("1", country: "CN", trunk: special) == "91")
        #expect(DialString.compose("1", country: "CN", campaign: DialPrefixes(countries: ["US": zero])) == "1")
        for text in ["+9", "9 ", "九", "x", "12345678901234567"] { #expect(DialPrefix(text) == nil) }
    }
}
