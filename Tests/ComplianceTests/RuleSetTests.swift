import CampaignFile
import Compliance
import DialModel
import Regions
import Testing

@Suite("Rules, put together for one callee")
struct RuleSetTests {
    private let clocks = ZoneClocks()

    private func profile(_ name: String) throws -> RuleProfile {
        try #require(RuleProfiles.profile(named: name))
    }

    private func rules(_ name: String, hours: CallingHours? = nil, holidays: [CivilDay] = []) throws -> RuleSet {
        RuleSet(profile: try profile(name), hours: hours, holidays: holidays, clocks: clocks.rules)
    }

    /// Where a number is, as the numbering plans have it, with further regions that a list names.
    private func callee(_ number: String, lives regions: [Region] = []) throws -> CalleeWhereabouts {
        let place = RegionFinder(capacity: 0).place(of: try #require(PhoneNumber(e164: number)))
        return CalleeWhereabouts(regions: [place.region] + regions, clocks: place.zones.compactMap(clocks.rules))
    }

    private func answer(
        _ rules: RuleSet, _ callee: CalleeWhereabouts, at now: Timestamp, dials: [Timestamp] = []
    ) -> GateAnswer {
        var facts = GateFacts(places: rules.places(of: callee))
        facts.numberDials = dials
        return DialGate(facts: facts, rules: rules.gateRules(for: callee, isAgentReserved: true)).answer(at: now)
    }

    @Test("Row 19: of Florida's number and a lead in a laxer state, the strictest of both applies")
    func strictest() throws {
        var profile = try profile("us")
        let source = RuleSource("a state with four dials and longer hours", date: "2026")
        let cap = AttemptCap(count: 4, period: .rolling(.seconds(86_400)), scope: .number, source: .named("us GA"))
        profile.regions.append(
            RegionRules(
                region: Region(country: "US", province: "GA"),
                hours: SourcedFigure(CallingHours(daily: [.hours(7, 22)]), source: source),
                caps: [SourcedFigure(cap, source: source)]))
        let rules = RuleSet(profile: profile, clocks: clocks.rules)
        let callee = try callee("+13052345678", lives: [Region(country: "US", province: "GA")])
        #expect(callee.regions.first?.province == "FL")
        #expect(rules.caps(for: callee).map(\.source) == [.named("us FL"), .named("us GA")])
        let day = Clocks.newYork
        func isAllowed(_ hour: Int, _ minute: Int = 0, dials: Int = 0) -> Bool {
            let dials = (0..<dials).map { day.at(2026, 7, 6, 8, 10 * $0) }
            return answer(rules, callee, at: day.at(2026, 7, 6, hour, minute), dials: dials) == .allowed
        }
        #expect(!isAllowed(7, 59) && isAllowed(8) && isAllowed(19, 59) && !isAllowed(20))
        #expect(isAllowed(12, dials: 2) && !isAllowed(12, dials: 3))
        let laxer = try self.callee("+14042345678", lives: [Region(country: "US", province: "GA")])
        #expect(answer(rules, laxer, at: day.at(2026, 7, 6, 20, 30)) == .allowed)
    }

    @Test("Where a number may be in several zones, all of their clocks have to allow the call")
    func severalZones() throws {
        let rules = try rules("us")
        let callee = CalleeWhereabouts(
            regions: [Region(country: "US", province: "TN")], clocks: [Clocks.newYork, Clocks.chicago])
        #expect(rules.places(of: callee)?.count == 2)
        func isAllowed(_ hour: Int, _ minute: Int = 0) -> Bool {
            answer(rules, callee, at: Clocks.newYork.at(2026, 7, 6, hour, minute)) == .allowed
        }
        #expect(!isAllowed(8, 30), "it is 07:30 in Chicago")
        #expect(isAllowed(9) && isAllowed(20, 59) && !isAllowed(21))
    }

    @Test("Arizona keeps its clocks all year")
    func arizona() throws {
        let rules = try rules("us")
        let callee = try callee("+16022345678")
        #expect(callee.regions == [Region(country: "US", province: "AZ", city: "Phoenix")])
        #expect(callee.clocks.map(\.zone.name) == ["America/Phoenix"])
        for month in [1, 7] {
            let opening = Clocks.utc(2026, month, 6, 15)
            #expect(answer(rules, callee, at: opening) == .allowed)
            guard case .blocked(let block, let next) = answer(rules, callee, at: opening - .seconds(1)) else {
                Issue.record("nobody may be rung at 07:59:59")
                continue
            }
            #expect(block.gate == .callingHours && next == opening)
        }
    }

    @Test("A callee whose zone is unknown is dialled by the assumed clocks, and not at all without them")
    func unknownZone() throws {
        let profile = try profile("cn")
        let callee = CalleeWhereabouts(regions: [], clocks: [])
        #expect(RuleSet(profile: profile, clocks: clocks.rules).places(of: callee) == nil)
        let nowhere = RuleSet(profile: profile, assumedZone: TimeZoneID("Nowhere/Town"), clocks: clocks.rules)
        #expect(nowhere.places(of: callee) == nil)
        let assumed = RuleSet(profile: profile, assumedZone: TimeZoneID("Asia/Shanghai"), clocks: clocks.rules)
        #expect(assumed.places(of: callee)?.map(\.clocks.zone.name) == ["Asia/Shanghai"])
        let known = CalleeWhereabouts(regions: [], clocks: [Clocks.kolkata])
        #expect(assumed.places(of: known)?.map(\.clocks.zone.name) == ["Asia/Kolkata"])
    }

    @Test("Mississippi's hours are by Central time, beside the federal ones by the callee's clocks")
    func zoneOfARegion() throws {
        let callee = CalleeWhereabouts(
            regions: [Region(country: "US", province: "MS")], clocks: [Clocks.newYork])
        let places = try #require(try rules("us").places(of: callee))
        #expect(places.map(\.sources) == [[.named("us")], [.named("us MS")]])
        #expect(places.map(\.clocks.zone.name) == ["America/New_York", "America/Chicago"])
    }

    @Test("On a holiday, and on Sunday, nobody is rung in Alabama but in Georgia")
    func holidays() throws {
        let rules = try rules("us")
        func isAllowed(_ province: String, _ month: Int, _ day: Int) -> Bool {
            let callee = CalleeWhereabouts(
                regions: [Region(country: "US", province: province)], clocks: [Clocks.chicago])
            return answer(rules, callee, at: Clocks.chicago.at(2026, month, day, 12)) == .allowed
        }
        #expect(isAllowed("AL", 7, 2) && !isAllowed("AL", 7, 3) && !isAllowed("AL", 7, 5))
        #expect(isAllowed("GA", 7, 2) && isAllowed("GA", 7, 3) && isAllowed("GA", 7, 5))
        #expect(!isAllowed("PA", 12, 25) && isAllowed("PA", 12, 27))
    }

    @Test("The campaign's own hours, holidays and caps go in the place of the profile's hours and beside its caps")
    func campaign() throws {
        let october = try #require(CivilDay(year: 2026, month: 10, day: 1))
        let cap = AttemptCap(count: 10, period: .lifetime, scope: .lead, source: .campaign)
        let rules = RuleSet(
            profile: try profile("cn"), hours: CallingHours(daily: [.hours(8, 10)]), holidays: [october], caps: [cap],
            guardTime: .seconds(25), clocks: clocks.rules)
        let callee = try callee("+8613812345678")
        let places = try #require(rules.places(of: callee))
        #expect(Set(places.map(\.sources)) == [[.campaign]])
        func isAllowed(_ day: Int, _ hour: Int, _ minute: Int = 0, _ second: Int = 0) -> Bool {
            answer(rules, callee, at: Clocks.shanghai.at(2026, 10, day, hour, minute, second)) == .allowed
        }
        #expect(isAllowed(2, 8) && !isAllowed(1, 8))
        #expect(isAllowed(2, 9, 59, 34) && !isAllowed(2, 9, 59, 36), "it could be answered after ten")
        let gate = rules.gateRules(for: callee, isAgentReserved: false)
        #expect(gate.caps.map(\.source) == [.named("cn"), .named("cn"), .campaign] && gate.caps.last == cap)
        #expect(gate.guardTime == .seconds(25))
    }

    @Test("Hours beyond the law's outer ones count only with leave, and never beyond a region's")
    func beyondTheLaw() throws {
        var rules = try rules("us", hours: CallingHours(daily: [.hours(6, 23)]))
        let newYork = Clocks.newYork
        let callee = CalleeWhereabouts(regions: [Region(country: "US", province: "NY")], clocks: [newYork])
        let florida = CalleeWhereabouts(regions: [Region(country: "US", province: "FL")], clocks: [newYork])
        let late = newYork.at(2026, 7, 6, 22)
        #expect(rules.places(of: callee)?.map(\.sources) == [[.campaign], [.named("us")]])
        #expect(answer(rules, callee, at: late) != .allowed)
        rules.isOverridden = true
        #expect(answer(rules, callee, at: late) == .allowed)
        #expect(answer(rules, florida, at: late) != .allowed)
    }

    @Test("Holidays beside the profile's hours name both")
    func sources() throws {
        let holiday = try #require(CivilDay(year: 2026, month: 10, day: 1))
        let callee = CalleeWhereabouts(regions: [Region(country: "CN", province: "北京市")], clocks: [Clocks.shanghai])
        #expect(try rules("cn", holidays: [holiday]).places(of: callee)?.map(\.sources) == [[.named("cn"), .campaign]])
        #expect(try rules("cn").places(of: callee)?.map(\.sources) == [[.named("cn")]])
    }

    @Test("A province is matched by its short name")
    func provinceNames() throws {
        var profile = RuleProfile(name: "own")
        let source = RuleSource("our lawyer", date: "2026")
        profile.regions = [
            RegionRules(
                region: Region(country: "CN", province: "新疆维吾尔自治区"),
                hours: SourcedFigure(CallingHours([:]), source: source))
        ]
        #expect(profile.rules(of: [Region(country: "CN", province: "新疆", city: "乌鲁木齐")]).count == 1)
        #expect(profile.rules(of: [Region(country: "CN", province: "西藏")]).isEmpty)
    }

    @Test("Profile `none` asks for nothing, and its callees may be rung at any time")
    func none() throws {
        let rules = try rules("none")
        let callee = try callee("+13052345678")
        #expect(answer(rules, callee, at: Clocks.newYork.at(2026, 7, 5, 3)) == .allowed)
        #expect(rules.gateRules(for: callee, isAgentReserved: false) == GateRules())
    }

    @Test("Lock-outs are those of the profile")
    func lockouts() throws {
        let callee = CalleeWhereabouts(regions: [Region(country: "GB")], clocks: [Clocks.london])
        let gate = try rules("uk").gateRules(for: callee, isAgentReserved: false)
        #expect(gate.abandonmentLockout == .seconds(72 * 3_600) && gate.machineLockout == .seconds(86_400))
        #expect(!gate.isAgentReserved)
        #expect(try rules("us").gateRules(for: callee, isAgentReserved: true).abandonmentLockout == nil)
    }

    @Test("Of two ages of a list, the stricter counts")
    func listAges() throws {
        let rules = try rules("us")
        func days(_ count: Int64) -> Duration { .seconds(count * 86_400) }
        #expect(rules.maximumAge(of: "national") == days(31))
        #expect(rules.maximumAge(of: "national", limit: days(40)) == days(31))
        #expect(rules.maximumAge(of: "national", limit: days(7)) == days(7))
        #expect(rules.maximumAge(of: "house") == nil && rules.maximumAge(of: "house", limit: days(7)) == days(7))
    }

    @Test("Every state that has rules is one that numbers are found in")
    func stateNames() throws {
        let numbers = [
            "AL": "+12052345678", "CT": "+18602345678", "FL": "+13052345678", "KY": "+15022345678",
            "LA": "+15042345678", "MA": "+16172345678", "MD": "+14102345678", "ME": "+12072345678",
            "MI": "+13132345678", "MN": "+16122345678", "MS": "+16012345678", "NM": "+15052345678",
            "NV": "+17022345678", "OK": "+14052345678", "PA": "+12152345678", "RI": "+14012345678",
            "UT": "+18012345678",
        ]
        let profile = try profile("us")
        #expect(profile.regions.compactMap(\.region.province) == numbers.keys.sorted())
        for state in numbers.keys.sorted() {
            let found = profile.rules(of: try callee(try #require(numbers[state])).regions)
            #expect(found.map(\.region.province) == [state])
        }
    }

    @Test("Every zone that a profile names exists")
    func zones() throws {
        for name in RuleProfiles.names {
            let profile = try profile(name)
            let zones = profile.regions.compactMap(\.zone) + [profile.abandonment?.zone].compactMap(\.self)
            #expect(zones.allSatisfy { clocks.rules(of: $0) != nil })
        }
    }
}
