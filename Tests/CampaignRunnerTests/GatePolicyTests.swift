import CampaignRunner
import Compliance
import DialEngine
import DialModel
import Ledger
import SQLiteLedger
import StoredLedger
import TestSupport
import Testing

@Suite("The gate is asked inside the claim")
struct GatePolicyTests {
    private static let shanghai = ZoneRules(zone: TimeZoneID("Asia/Shanghai"), initialOffset: 8 * 3_600)

    private func policy(
        _ opens: Int, _ closes: Int, caps: [AttemptCap] = [], lockout: Duration? = nil
    ) throws -> GatePolicy {
        let span = try #require(HourSpan(opens: opens, closes: closes))
        let place = PlacedHours(clocks: Self.shanghai, hours: CallingHours(daily: [span]), sources: [.named("test")])
        let rules = GateRules(caps: caps, abandonmentLockout: lockout)
        return GatePolicy(lookBack: .seconds(7 * 86_400), numbers: CallerIDRotation([])) { _ in
            GatePolicy.CalleeRules(places: [place], rules: rules)
        }
    }

    @Test("Outside the hours nobody is dialled, and the run says when it goes on")
    func hours() async throws {
        let stage = try await Stage(leads: 4)
        let local = Self.shanghai.localTime(at: stage.clock.now)
        let closed = try policy((local.second + 3_600) % 80_000, (local.second + 3_600) % 80_000 + 3_600)
        let vendor = RehearsedVendor(clock: stage.clock, agents: 2) { _, _ in .ends(.connected) }
        guard case .nothingDue(let next?) = try await stage.runner(vendor, policy: closed).run() else {
            Issue.record("leads wait for the hours")
            return
        }
        #expect(vendor.placed.isEmpty)
        let held = try await stage.ledger.leads(of: stage.campaign, after: nil, limit: 10)
        #expect(held.allSatisfy { $0.notBefore == next && $0.holdReason?.hasPrefix("calling_hours: ") == true })
        stage.clock.advance(by: next - stage.clock.now)
        #expect(try await stage.runner(vendor, policy: closed).run() == .nothingDue(next: nil))
        #expect(vendor.placed.count == 4)
        await stage.cleanUp()
    }

    @Test("Who is put on a list while a run goes on is not dialled, and is once taken off again")
    func doNotCall() async throws {
        let stage = try await Stage(leads: 3)
        let policy = try policy(0, 86_400)
        let leads = try await stage.ledger.leads(of: stage.campaign, after: nil, limit: 10)
        let (house, now) = (DoNotCallListName("house"), stage.clock.now)
        let entry = DoNotCallEntry(DoNotCallPattern(leads[2].number))
        _ = try await stage.ledger.addDoNotCall([entry], to: house, hashed: false, because: "asked", at: now)
        let vendor = RehearsedVendor(clock: stage.clock, agents: 1) { _, _ in .ends(.connected) }
        let ending = try await stage.runner(vendor, policy: policy).run()
        #expect(ending == .nothingDue(next: nil), "it waits for no time")
        #expect(vendor.placed.count == 2)
        #expect(try await stage.ledger.leadsOnHold(of: stage.campaign) == [.init("do_not_call", 1)])
        let held = try await stage.ledger.leads(of: stage.campaign, after: leads[1].id, limit: 1)
        #expect(held.first?.holdReason?.hasPrefix(HoldReason.doNotCall) == true)
        let planner = Planner(ledger: stage.ledger, campaign: stage.campaign, policy: policy)
        let plan = try await planner.plan(at: stage.clock.now, dials: 5)
        #expect(plan.standings.map(\.gate) == [.doNotCall] && plan.dials.isEmpty)
        let answer = try await planner.answer(about: leads[2].id, at: stage.clock.now)?.answer
        guard case .blocked(let block, nil) = answer else {
            Issue.record("it is on a list: \(String(describing: answer))")
            return
        }
        #expect(block.gate.rawValue + ": " == HoldReason.doNotCall, "the ledger finds the leads again by this")
        _ = try await stage.ledger.removeDoNotCall([entry.pattern], from: house, at: stage.clock.now)
        #expect(try await stage.runner(vendor, policy: policy).run() == .nothingDue(next: nil))
        #expect(vendor.placed.count == 3)
        await stage.cleanUp()
    }

    @Test("Caps count the dials of every campaign, and those of the lead by themselves")
    func caps() async throws {
        for scope in AttemptCap.Scope.allCases {
            let stage = try await Stage(leads: 1)
            let other = try await stage.ledger.openCampaign(named: "other", at: stage.clock.now)
            _ = try await stage.ledger.importLeads(
                into: other, file: ImportedFile(name: "other.csv", digest: "o"), from: NumberedLeads(count: 1),
                at: stage.clock.now)
            let run = try await stage.ledger.beginRun(of: other, vendor: "rehearsed", by: nil, at: stage.clock.now)
            let claimedAt = stage.clock.now
            let request = ClaimRequest(
                campaign: other, run: run, vendor: "rehearsed", count: 1, now: claimedAt, policy: CallerIDRotation([]))
            let claim = try #require(try await stage.ledger.commit([], claiming: request).claims.first)
            stage.clock.advance(by: .seconds(60))
            let closing = AttemptClosing(
                outcome: .busy, endedAt: claimedAt, answeredAt: nil, connectedAt: nil, talk: nil, agent: nil,
                vendorReason: "", shownCallerID: nil, lead: .finish(.notRetried))
            _ = try await stage.ledger.commit([.closed(claim.attempt, closing)], claiming: nil)

            let cap = AttemptCap(count: 1, period: .rolling(.seconds(86_400)), scope: scope, source: .campaign)
            let vendor = RehearsedVendor(clock: stage.clock, agents: 1) { _, _ in .ends(.connected) }
            let ending = try await stage.runner(vendor, policy: try policy(0, 86_400, caps: [cap])).run()
            let free = claimedAt + .seconds(86_400) + .milliseconds(1)
            #expect(ending == .nothingDue(next: scope == .number ? free : nil), "\(scope)")
            #expect(vendor.placed.count == (scope == .number ? 0 : 1))
            await stage.cleanUp()
        }
    }

    @Test("After an abandoned call a number is left alone")
    func lockout() async throws {
        let stage = try await Stage(leads: 1)
        let vendor = RehearsedVendor(clock: stage.clock, agents: 1) { _, ordinal in
            ordinal == 0 ? .ends(.abandoned) : .ends(.connected)
        }
        let policy = try policy(0, 86_400, lockout: .seconds(72 * 3_600))
        let first = try await stage.runner(vendor, policy: policy) { settings in
            settings.retry[.abandoned] = RetryRule(after: .seconds(60), attempts: 3)
        }.run()
        guard case .nothingDue(let next?) = first else {
            Issue.record("\(first)")
            return
        }
        stage.clock.advance(by: next - stage.clock.now)
        guard case .nothingDue(let later?) = try await stage.runner(vendor, policy: policy).run() else {
            Issue.record("it waits for three days")
            return
        }
        let end = try #require(try await stage.attempts().first?.endedAt)
        #expect(later == end + .seconds(72 * 3_600) + .milliseconds(1))
        #expect(vendor.placed.count == 1)
        await stage.cleanUp()
    }
}
