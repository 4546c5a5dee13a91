import CallerID
import CampaignRunner
import Compliance
import DialEngine
import DialModel
import Ledger
import SQLiteLedger
import StoredLedger
import TestSupport
import Testing

@Suite("A plan says what a run would do")
struct PlannerTests {
    private static let shanghai = ZoneRules(zone: TimeZoneID("Asia/Shanghai"), initialOffset: 8 * 3_600)

    /// Callees whose number ends in 0 to 4 have hours that are open now, the others such that open in an hour.
    private func policy(at now: Timestamp, _ numbers: any ClaimPolicy = CallerIDRotation(["0571"])) -> GatePolicy {
        let second = Self.shanghai.localTime(at: now).second
        @Sendable func place(_ opens: Int) -> PlacedHours {
            let span = HourSpan(opens: opens % 80_000, closes: opens % 80_000 + 1_800)
            return PlacedHours(
                clocks: Self.shanghai, hours: CallingHours(daily: [span].compactMap(\.self)), sources: [.named("test")])
        }
        let cap = AttemptCap(count: 2, period: .rolling(.seconds(86_400)), scope: .number, source: .named("test"))
        return GatePolicy(lookBack: .seconds(86_400), numbers: numbers) { candidate in
            let isOpen = (candidate.number.e164.utf8.last ?? 0) < UInt8(ascii: "5")
            let places = [place(isOpen ? second : second + 3_600)]
            return GatePolicy.CalleeRules(places: places, rules: GateRules(caps: [cap]))
        }
    }

    @Test("The funnel counts each lead once, at the first gate that is shut to it, and nothing is written")
    func funnel() async throws {
        let stage = try await Stage(leads: 20)
        let now = stage.clock.now
        let before = try await stage.ledger.leads(of: stage.campaign, after: nil, limit: 100)
        let planner = Planner(ledger: stage.ledger, campaign: stage.campaign, policy: policy(at: now))
        let plan = try await planner.plan(at: now, dials: 4)
        #expect(plan.leads == 20 && plan.finished == 0 && plan.dialing == 0)
        #expect(plan.dialable == 10)
        #expect(plan.standings.map(\.gate) == [.callingHours] && plan.standings.map(\.count) == [10])
        #expect(plan.standings[0].nextAt.map { $0 > now && $0 <= now + .seconds(86_400) } == true)
        #expect(plan.dials.map(\.lead.id) == before.prefix(4).map(\.id))
        #expect(plan.dials.allSatisfy { $0.callerID == "0571" })
        #expect(try await stage.ledger.leads(of: stage.campaign, after: nil, limit: 100) == before)
        #expect(try await stage.attempts().isEmpty)
        await stage.cleanUp()
    }

    @Test("Since when somebody could have been dialled goes back to the opening of hours, and no further than asked")
    func dialableSince() async throws {
        let stage = try await Stage(leads: 20)
        stage.clock.advance(by: .seconds(1_200))
        let now = stage.clock.now
        // The open leads were listed twenty minutes ago, and their hours opened ten minutes ago.
        let planner = Planner(
            ledger: stage.ledger, campaign: stage.campaign, policy: policy(at: now - .seconds(600)))
        let since = try await planner.dialableSince(at: now, lookingBack: .seconds(86_400), enough: 100)
        #expect(since == now - .seconds(600))
        let short = try await planner.dialableSince(at: now, lookingBack: .seconds(120), enough: 100)
        #expect(short == now - .seconds(120))
        let closed = Planner(
            ledger: stage.ledger, campaign: stage.campaign, policy: policy(at: now - .seconds(40_000)))
        #expect(try await closed.dialableSince(at: now, lookingBack: .seconds(3_600), enough: 100) == nil)
        await stage.cleanUp()
    }

    @Test("A run dials the leads that the plan calls dialable, in the plan's order, and no others")
    func agreesWithRun() async throws {
        let stage = try await Stage(leads: 20)
        let policy = policy(at: stage.clock.now)
        let planner = Planner(ledger: stage.ledger, campaign: stage.campaign, policy: policy)
        let plan = try await planner.plan(at: stage.clock.now, dials: 100)
        var said: [LeadID: GateAnswer] = [:]
        for lead in try await stage.ledger.leads(of: stage.campaign, after: nil, limit: 100) {
            said[lead.id] = try await planner.answer(about: lead.id, at: stage.clock.now)?.answer
        }
        let vendor = RehearsedVendor(clock: stage.clock, agents: 1) { _, _ in .ends(.connected) }
        _ = try await stage.runner(vendor, policy: policy).run()
        #expect(vendor.placed.map(\.number) == plan.dials.map(\.lead.number))
        for lead in try await stage.ledger.leads(of: stage.campaign, after: nil, limit: 100) {
            let wasDialled = lead.attempts > 0
            #expect((said[lead.id] == .allowed) == wasDialled, "\(lead.id)")
            // What was held back in the run is said to be held back for as long.
            if case .blocked(_, let next)? = said[lead.id] { #expect(lead.notBefore == next) }
        }
        let after = try await planner.plan(at: stage.clock.now, dials: 100)
        #expect(after.finished == 10 && after.dialable == 0 && after.dials.isEmpty)
        #expect(after.standings.map(\.gate) == [.callingHours])
        await stage.cleanUp()
    }

    @Test("A plan has the leads in the campaign's order, before and after the first run has put them into it")
    func order() async throws {
        let order = LeadOrder(sequence: .drawn(seed: 5), shares: [.init(list: "list.csv", percent: 100)])
        let stage = try await Stage(leads: 40, priorities: [0, 3, -2])
        let policy = policy(at: stage.clock.now)
        let planner = Planner(ledger: stage.ledger, campaign: stage.campaign, policy: policy, order: order)
        let plan = try await planner.plan(at: stage.clock.now, dials: 100)
        let vendor = RehearsedVendor(clock: stage.clock, agents: 1) { _, _ in .ends(.connected) }
        _ = try await stage.runner(vendor, policy: policy, order: order) { $0.maxAttempts = 7 }.run()
        #expect(vendor.placed.map(\.number) == plan.dials.prefix(7).map(\.lead.number))
        let rest = try await planner.plan(at: stage.clock.now, dials: 100)
        #expect(rest.dials.map(\.lead.id) == plan.dials.dropFirst(7).map(\.lead.id))
        await stage.cleanUp()
    }

    @Test("A lead whose time is over is finished by the run, and never dialled")
    func expired() async throws {
        let stage = try await Stage(leads: 0)
        let number = try #require(PhoneNumber(e164: "+8615400001000"))
        var lead = NewLead(line: 2, number: number, originalNumber: "1", name: nil, fields: [])
        lead.expiresAt = stage.clock.now
        _ = try await stage.ledger.importLeads(
            into: stage.campaign, file: ImportedFile(name: "b", digest: "b"), from: OneLead(lead), at: stage.clock.now)
        let policy = policy(at: stage.clock.now)
        let planner = Planner(ledger: stage.ledger, campaign: stage.campaign, policy: policy)
        #expect(try await planner.plan(at: stage.clock.now, dials: 1).standings.map(\.gate) == [.expiry])
        let vendor = RehearsedVendor(clock: stage.clock, agents: 1) { _, _ in .ends(.connected) }
        #expect(try await stage.runner(vendor, policy: policy).run() == .nothingDue(next: nil))
        #expect(vendor.placed.isEmpty)
        #expect(try await stage.ledger.leads(of: stage.campaign, after: nil, limit: 9).map(\.ending) == [.expired])
        await stage.cleanUp()
    }

    @Test("The dials of a plan share the lines of a pool's numbers as claims do")
    func callerIDs() async throws {
        let stage = try await Stage(leads: 10)
        let numbers = ["057190000001", "02090000001"].map {
            OutboundNumber($0, pools: ["main"], limits: NumberLimits(maxConcurrent: 2))
        }
        _ = try await stage.ledger.importCallerIDs(numbers, into: "rehearsed", replacing: true, at: stage.clock.now)
        let choice = CallerIDChoice(
            account: "rehearsed", pool: CallerIDPool(id: "main", rules: CallerIDRules(strategy: .roundRobin))
        ) { _ in NumberRegion() }
        let planner = Planner(
            ledger: stage.ledger, campaign: stage.campaign, policy: policy(at: stage.clock.now, choice))
        let plan = try await planner.plan(at: stage.clock.now, dials: 10)
        #expect(plan.dialable == 5, "each by itself could be shown a number")
        #expect(
            plan.dials.compactMap(\.callerID).sorted() == [
                "02090000001", "02090000001", "057190000001", "057190000001",
            ])
        #expect(plan.dials.allSatisfy { $0.explanation != nil })
        await stage.cleanUp()
    }

    @Test("With several accounts a lead waits for a number only while none has one, until the first of them does")
    func severalAccounts() async throws {
        let stage = try await Stage(leads: 5)
        let now = stage.clock.now
        func numbers(_ shown: String, for leads: ClosedRange<Int64>, otherwiseIn minutes: Int64) -> GatePolicy {
            policy(at: now, NumbersOfSome(shown: shown, leads: leads, until: now + .seconds(60 * minutes)))
        }
        let planner = Planner(
            ledger: stage.ledger, campaign: stage.campaign, policy: numbers("first", for: 1...2, otherwiseIn: 20),
            others: [numbers("second", for: 2...4, otherwiseIn: 10)])
        let plan = try await planner.plan(at: now, dials: 10)
        #expect(plan.dials.map(\.callerID) == ["first", "first", "second", "second"])
        #expect(plan.dialable == 4 && plan.standings.map(\.gate) == [.callerID])
        #expect(plan.standings.map(\.nextAt) == [now + .seconds(600)])
        #expect(try await planner.answer(about: LeadID(4), at: now)?.answer == .allowed)
        guard
            case .blocked(let block, now + .seconds(600)) = try await planner.answer(about: LeadID(5), at: now)?.answer
        else {
            Issue.record("it has to wait for the second account")
            return
        }
        #expect(block.gate == .callerID)
        await stage.cleanUp()
    }

    @Test("Why a lead is not dialled, and that there is no such lead")
    func why() async throws {
        let stage = try await Stage(leads: 6)
        let leads = try await stage.ledger.leads(of: stage.campaign, after: nil, limit: 100)
        let planner = Planner(ledger: stage.ledger, campaign: stage.campaign, policy: policy(at: stage.clock.now))
        #expect(try await planner.answer(about: leads[0].id, at: stage.clock.now)?.answer == .allowed)
        guard
            case .blocked(let block, let next?)? = try await planner.answer(about: leads[5].id, at: stage.clock.now)?
                .answer
        else {
            Issue.record("its hours begin in an hour")
            return
        }
        #expect(block.gate == .callingHours)
        #expect(try await planner.answer(about: leads[5].id, at: next)?.answer == .allowed)
        #expect(try await planner.answer(about: LeadID(99), at: stage.clock.now) == nil)
        await stage.cleanUp()
    }
}

/// Shows a number to some leads, and to the others later.
private struct NumbersOfSome: ClaimPolicy {
    let shown: String
    let leads: ClosedRange<Int64>
    let until: Timestamp

    func decide(on candidate: ClaimCandidate, at now: Timestamp) -> ClaimDecision {
        leads.contains(candidate.lead.value) || now >= until
            ? .dial(callerID: shown) : .hold(until: until, because: "no_number")
    }
}
