import Compliance
import DialModel
import Testing
import Wording

@Suite("Nobody is called before everything is there that the rules ask for")
struct PreflightTests {
    private static let source = RuleSource("a statute", date: "2026")

    private static func profile() -> RuleProfile {
        var profile = RuleProfile(name: "test")
        profile.requirements = RuleRequirement.allCases.map { SourcedFigure($0, source: source) }
        profile.lists = [ListRule(list: "national", maximumAge: SourcedFigure(.seconds(86_400), source: source))]
        profile.abandonment = AbandonmentRule(
            limitPerMille: SourcedFigure(30, source: source),
            window: SourcedFigure(.calendarDay, source: source),
            agentWithin: SourcedFigure(.seconds(2), source: source),
            minimumRing: SourcedFigure(.seconds(15), source: source))
        return profile
    }

    private static let everything = PreflightFacts(
        isAgentReserved: false, ringTimeout: .seconds(15), hasConsent: true, hasMessage: true, hasCallerIDProof: true,
        lists: ["national"])

    @Test("With everything there, nothing stands against a run")
    func complete() {
        #expect(Preflight.refusals(Self.profile(), Self.everything).isEmpty)
        #expect(Preflight.refusals(RuleProfile(name: "none"), Self.lacking).isEmpty, "rules that ask for nothing")
    }

    private static let lacking = PreflightFacts(
        isAgentReserved: false, ringTimeout: .seconds(14), hasConsent: false, hasMessage: false,
        hasCallerIDProof: false, lists: [])

    @Test("Everything that is missing is said at once, with the key to write and the source")
    func missing() {
        let refusals = Preflight.refusals(Self.profile(), Self.lacking)
        let keys = [
            "consent:", "compliance: { message", "caller_id_proof", "lists: [house]", "[national]", "ring_timeout: 15s",
        ]
        #expect(refusals.count == keys.count)
        for (refusal, key) in zip(refusals, keys) {
            #expect(refusal.missing.english.contains(key), "\(refusal.missing)")
        }
        #expect(refusals.allSatisfy { $0.source == Self.source && $0.rules == "test" })
    }

    @Test("Each thing by itself")
    func single() {
        let changes: [@Sendable (inout PreflightFacts) -> Void] = [
            { $0.hasConsent = false }, { $0.hasMessage = false }, { $0.hasCallerIDProof = false },
            { $0.lists = ["house"] }, { $0.ringTimeout = .milliseconds(14_999) },
        ]
        for change in changes {
            var facts = Self.everything
            change(&facts)
            #expect(Preflight.refusals(Self.profile(), facts).count == 1, "\(facts)")
        }
        var reserved = Self.everything
        reserved.hasMessage = false
        reserved.isAgentReserved = true
        #expect(Preflight.refusals(Self.profile(), reserved).isEmpty, "nobody can be abandoned")
    }

    @Test("A vendor that chooses whom to call has to be shown to keep the rules, and rings as long as it likes")
    func vendorPaced() throws {
        var facts = Self.everything
        facts.isVendorPaced = true
        facts.ringTimeout = .milliseconds(1)
        let refusals = Preflight.refusals(Self.profile(), facts)
        #expect(refusals.count == 1)
        #expect(try #require(refusals.first).missing.english.contains("compliance: { vendor_rules_proof: ... }"))
        facts.hasVendorRulesProof = true
        #expect(Preflight.refusals(Self.profile(), facts).isEmpty)
        facts.hasVendorRulesProof = false
        #expect(Preflight.refusals(RuleProfile(name: "none"), facts).isEmpty, "rules that ask for nothing")
    }

    @Test("Any rule about calls asks for that proof, in whichever region, hours, holidays or caps")
    func vendorPacedRules() throws {
        var facts = Self.everything
        facts.isVendorPaced = true
        let (florida, texas) = (Region(country: "US", province: "FL"), Region(country: "US", province: "TX"))
        let cap = SourcedFigure(
            AttemptCap(count: 3, period: .calendarDay, scope: .number, source: .named("one")), source: Self.source)
        let changes: [(inout RuleProfile) -> Void] = [
            { $0.holidays = SourcedFigure([], source: Self.source) }, { $0.caps = [cap] },
            { $0.regions = [RegionRules(region: florida), RegionRules(region: texas, caps: [cap])] },
            { $0.regions = [RegionRules(region: florida, holidays: Self.source)] },
        ]
        for change in changes {
            var profile = RuleProfile(name: "one")
            change(&profile)
            #expect(Preflight.refusals(profile, facts).map(\.source) == [Self.source], "\(profile)")
        }
    }
}
