import CallerID
import CampaignRunner
import DialEngine
import DialModel
import Ledger
import SQLiteLedger
import StoredLedger
import TestSupport
import Testing

@Suite("One answer is everybody's only where it is certain to be")
struct EveryoneHeldTests {
    /// Ten in the morning in Shanghai.
    private static let start = Timestamp(milliseconds: 1_768_356_000_000)
    private static let hangzhou = NumberRegion(province: "浙江", city: "杭州")
    private static let guangzhou = NumberRegion(province: "广东", city: "广州")
    private static let urumqi = NumberRegion(province: "新疆", city: "乌鲁木齐")
    private static let near = number("057190000001", hangzhou)
    private static let other = number("02090000001", guangzhou)

    private static func number(
        _ text: String, _ region: NumberRegion, _ limits: NumberLimits = NumberLimits(maxConcurrent: 1),
        _ status: OutboundNumber.Status = .active
    ) -> OutboundNumber {
        OutboundNumber(text, region: region, pools: ["main"], status: status, limits: limits)
    }

    /// Callees live where the last digit of their number says.
    private static func home(of number: PhoneNumber) -> NumberRegion {
        switch number.e164.last {
        case "0": hangzhou
        case "1": guangzhou
        default: urumqi
        }
    }

    private func choice(
        _ rules: CallerIDRules, home: @escaping @Sendable (PhoneNumber) -> NumberRegion = home
    ) -> CallerIDChoice {
        CallerIDChoice(account: "rehearsed", pool: CallerIDPool(id: "main", rules: rules), region: home)
    }

    private func told(
        _ rules: CallerIDRules, _ numbers: [OutboundNumber], busy: [OutboundNumber] = [],
        usages: [CallerIDUsage] = []
    ) -> CallerIDChoice {
        let held = busy.enumerated().map { index, number in
            CallerIDUse(attempt: AttemptID(Int64(index + 1)), callerID: number.number, claimedAt: Self.start)
        }
        let numbers = numbers.sorted { $0.number < $1.number }
        let snapshot = CallerIDSnapshot(at: Self.start, numbers: numbers, held: held, usages: usages)
        let choice = choice(rules)
        choice.learn(CallerIDNews(content: .snapshot(snapshot), position: 1))
        return choice
    }

    private func lead(_ digit: Int) throws -> ClaimCandidate {
        let number = try #require(PhoneNumber(e164: "+861380000000\(digit)"))
        return ClaimCandidate(lead: LeadID(Int64(digit)), number: number, history: OutcomeCounts())
    }

    /// Seconds to wait, negative where everybody waits.
    private func wait(_ decision: ClaimDecision) -> Double? {
        switch decision {
        case .dial, .finish, .pass: nil
        case .hold(let until, _): (until - Self.start).seconds
        case .holdEveryone(let hold): -(hold.until - Self.start).seconds
        }
    }

    @Test(
        "A callee from afar does not park those whose number is only busy",
        arguments: [RegionMode.cityOnly, .cityOrProvince])
    func farLead(mode: RegionMode) throws {
        let policy = told(CallerIDRules(regionMode: mode), [Self.near], busy: [Self.near])
        #expect(wait(policy.decide(on: try lead(2), at: Self.start)) == CallerIDChoice.parking.seconds)
        #expect(wait(policy.decide(on: try lead(0), at: Self.start)) == 5)
    }

    @Test("A number that may not call a callee's province is not counted on for them, and is for others")
    func blockedProvince() throws {
        let limits = NumberLimits(maxConcurrent: 1, blockedProvinces: ["新疆"])
        let soon = Self.number("057190000001", Self.hangzhou, limits, .quarantined(until: Self.start + .seconds(30)))
        let later = Self.number(
            "02090000001", Self.guangzhou, NumberLimits(maxConcurrent: 1),
            .quarantined(until: Self.start + .seconds(86_400)))
        let policy = told(CallerIDRules(), [soon, later])
        #expect(wait(policy.decide(on: try lead(2), at: Self.start)) == 86_400)
        #expect(wait(policy.decide(on: try lead(0), at: Self.start)) == 30)
    }

    @Test("A callee's wait for a local number is nobody else's")
    func holdForLocal() throws {
        let resting = Self.number(
            "057190000001", Self.hangzhou, NumberLimits(maxConcurrent: 1, minGap: .seconds(600)))
        let usage = CallerIDUsage(
            callerID: resting.number, dialsToday: 1, lastDialAt: Self.start, lastMinute: [Self.start], outcomes: [.busy]
        )
        let policy = told(
            CallerIDRules(holdForLocal: .seconds(300)), [resting, Self.other], busy: [Self.other], usages: [usage])
        #expect(wait(policy.decide(on: try lead(0), at: Self.start)) == 300)
        #expect(wait(policy.decide(on: try lead(1), at: Self.start)) == 5)
    }

    @Test("A lead that was left alone for its own sake has not waited for a local number")
    func deferral() throws {
        let policy = told(CallerIDRules(holdForLocal: .seconds(20)), [Self.near, Self.other], busy: [Self.near])
        var lead = try lead(0)
        lead.recentDials = [0, 1, 2].map {
            CalleeDial(lead: lead.lead, at: Self.start - .seconds($0), callerID: nil, outcome: .busy)
        }
        #expect((wait(policy.decide(on: lead, at: Self.start)) ?? 0) > 0)
        lead.recentDials = []
        #expect((wait(policy.decide(on: lead, at: Self.start + .seconds(301))) ?? 0) > 301)
    }

    // MARK: Runs

    private func stage(leads: Int, _ numbers: [OutboundNumber] = [near]) async throws -> Stage {
        let stage = try await Stage(leads: leads)
        _ = try await stage.ledger.importCallerIDs(numbers, into: "rehearsed", replacing: true, at: stage.clock.now)
        return stage
    }

    @Test("Leads behind thousands that have to wait are called in the same run")
    func behindMany() async throws {
        let stage = try await stage(leads: 5_050)
        let asked = Tally()
        let vendor = RehearsedVendor(clock: stage.clock, agents: 1) { _, _ in .ends(.connected) }
        vendor.watchPlacing { _ in await asked.add() }
        // The list is asked about in its order, and only its end is near.
        let last = try await stage.ledger.leads(of: stage.campaign, after: LeadID(5_030), limit: 100).map(\.number)
        let policy = choice(CallerIDRules(regionMode: .cityOnly)) {
            last.contains($0) ? Self.hangzhou : Self.urumqi
        }
        let ending = try await stage.runner(vendor, policy: policy).run()
        #expect(ending == .nothingDue(next: stage.clock.now + CallerIDChoice.parking))
        #expect(await asked.count == last.count && last.count == 20)
        await stage.cleanUp()
    }

    @Test("An inventory that is replaced in the middle of a run is used by the next claim")
    func replacedInventory() async throws {
        let stage = try await stage(leads: 12)
        let vendor = RehearsedVendor(clock: stage.clock, agents: 1) { _, _ in .ends(.connected) }
        let calls = Tally()
        let (ledger, clock) = (stage.ledger, stage.clock)
        vendor.watchPlacing { _ in
            await calls.add()
            guard await calls.count == 1 else { return }
            _ = try? await ledger.importCallerIDs([Self.other], into: "rehearsed", replacing: true, at: clock.now)
        }
        #expect(try await stage.runner(vendor, policy: choice(CallerIDRules())).run() == .nothingDue(next: nil))
        #expect(Set(vendor.placed.dropFirst().map(\.callerID)) == [Self.other.number])
        await stage.cleanUp()
    }

    @Test("A line that somebody else holds for good is waited for a minute, and the ending says why")
    func lineHeldElsewhere() async throws {
        let stage = try await stage(leads: 3)
        let start = stage.clock.now
        let elsewhere = try await stage.ledger.openCampaign(named: "elsewhere", at: start)
        _ = try await stage.ledger.importLeads(
            into: elsewhere, file: ImportedFile(name: "other.csv", digest: "other"), from: NumberedLeads(count: 1),
            at: start)
        let run = try await stage.ledger.beginRun(of: elsewhere, vendor: "rehearsed", by: nil, at: start)
        let claim = ClaimRequest(
            campaign: elsewhere, run: run, vendor: "rehearsed", count: 1, now: start, policy: choice(CallerIDRules()))
        #expect(try await stage.ledger.commit([], claiming: claim).claims.count == 1)
        let vendor = RehearsedVendor(clock: stage.clock, agents: 1) { _, _ in .ends(.connected) }
        let runner = try await stage.runner(vendor, policy: choice(CallerIDRules()))
        let ending = try await stage.clock.advancing { try await runner.run() }
        guard case .noCallerID(let hold) = ending else {
            Issue.record("\(ending)")
            return
        }
        #expect(hold.reason == "at_concurrency 1")
        #expect(stage.clock.now - start >= .seconds(55) && stage.clock.now - start <= .seconds(65))
        await stage.cleanUp()
    }
}
