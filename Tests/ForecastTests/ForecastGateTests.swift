import CallerID
import CampaignRunner
import Compliance
import DialEngine
import DialModel
import Forecast
import Ledger
import SQLiteLedger
import StoredLedger
import Testing

@Suite("A forecast dials whom a run would dial")
struct ForecastGateTests {
    private func hours(_ opens: Int, _ closes: Int) throws -> CallingHours {
        CallingHours(daily: [try #require(HourSpan(opens: opens * 3_600, closes: closes * 3_600))])
    }

    @Test("Nobody is dialled outside the hours, and the nights are told as such")
    func hours() throws {
        let policy = WatchedPolicy(RehearsedCampaign.gate(try hours(10, 12)))
        let campaign = RehearsedCampaign(count: 1_500)
        let figures = campaign.run(policy: policy)
        let seconds = policy.dials.map { RehearsedCampaign.shanghai.localTime(at: $0.at).second }
        #expect(seconds.allSatisfy { $0 >= 10 * 3_600 && $0 < 12 * 3_600 - 30 })
        #expect(figures.finished == 1_500 && figures.end - figures.start > .seconds(20 * 3_600))
        let night = zip(Delay.allCases, figures.delays).first { $0.0 == .callingHours }?.1 ?? 0
        #expect(night > 0.5, "\(figures.delays)")
        let hours = (figures.end - figures.start).seconds / 3_600
        #expect(figures.agentHours < 10 * hours * 0.15, "the nights are nobody's working time")
    }

    @Test("No number is dialled more often than it may be")
    func caps() throws {
        let cap = AttemptCap(count: 1, period: .rolling(.seconds(86_400)), scope: .number, source: .named("test"))
        let policy = WatchedPolicy(RehearsedCampaign.gate(try hours(0, 24), caps: [cap]))
        let figures = RehearsedCampaign(count: 100).run(policy: policy)
        var last: [PhoneNumber: Timestamp] = [:]
        for dial in policy.dials {
            if let earlier = last[dial.number] { #expect(dial.at - earlier > .seconds(86_400)) }
            last[dial.number] = dial.at
        }
        #expect(figures.outcomes.total > 100 && figures.finished == 100)
        #expect((zip(Delay.allCases, figures.delays).first { $0.0 == .attemptCap }?.1 ?? 0) > 0.5)
    }

    @Test("A number on a do-not-call list is never dialled, and is told as left")
    func doNotCall() throws {
        let campaign = RehearsedCampaign(count: 50) { candidate in
            guard candidate.lead.id.value % 10 == 0 else { return }
            candidate.candidate.doNotCall = .listed(list: "house", until: nil)
        }
        let policy = WatchedPolicy(RehearsedCampaign.gate(try hours(0, 24)))
        let figures = campaign.run(policy: policy)
        #expect(policy.dials.allSatisfy { $0.lead.value % 10 != 0 })
        #expect(figures.left.map(\.gate) == [.doNotCall] && figures.left.map(\.count) == [5])
        #expect(figures.finished == 45)
        #expect(figures.end - figures.start < .seconds(2 * 86_400), "waiting for them is no part of the campaign")
    }

    @Test("What nobody will dial is not what the others wait for")
    func delays() throws {
        let campaign = RehearsedCampaign(count: 100) { candidate in
            if candidate.lead.id.value == 1 { candidate.candidate.doNotCall = .listed(list: "house", until: nil) }
        }
        let cap = AttemptCap(count: 1, period: .rolling(.seconds(2 * 86_400)), scope: .number, source: .named("test"))
        let figures = campaign.run(policy: WatchedPolicy(RehearsedCampaign.gate(try hours(0, 24), caps: [cap])))
        #expect((zip(Delay.allCases, figures.delays).first { $0.0 == .attemptCap }?.1 ?? 0) > 0.5)
    }

    @Test("The first claims of a forecast are the dials of the plan, with the numbers that it shows")
    func agreesWithPlan() async throws {
        let order = LeadOrder(sequence: .drawn(seed: 5), shares: [.init(list: "list.csv", percent: 100)])
        let stage = try await Stage(leads: 60, priorities: [0, 3, -2])
        let start = RehearsedCampaign.start
        let numbers = ["057190000001", "02090000001"].map {
            OutboundNumber($0, pools: ["main"], limits: NumberLimits(maxConcurrent: 20))
        }
        _ = try await stage.ledger.importCallerIDs(numbers, into: "rehearsed", replacing: true, at: start)
        func policy() throws -> GatePolicy {
            let pool = CallerIDPool(id: "main", rules: CallerIDRules(strategy: .roundRobin))
            let choice = CallerIDChoice(account: "rehearsed", pool: pool) { _ in NumberRegion() }
            return RehearsedCampaign.gate(try hours(9, 18), numbers: choice)
        }
        let planner = Planner(ledger: stage.ledger, campaign: stage.campaign, policy: try policy(), order: order)
        let plan = try await planner.plan(at: start, dials: 20)
        var ledger = VirtualLedger(
            try await stage.campaignLeads(try policy(), order: order, at: start), policy: try policy())
        let claims = ledger.claim(20, idleAgents: nil, at: start).claims
        #expect(claims.map(\.lead) == plan.dials.map(\.lead.id) && claims.count == 20)
        #expect(claims.map(\.callerID) == plan.dials.map(\.callerID))
        #expect(Set(claims.compactMap(\.callerID)).count == 2)
        await stage.cleanUp()
    }

    @Test("Numbers that are used up for the day hold everyone until the next")
    func callerIDs() async throws {
        let stage = try await Stage(leads: 60)
        let start = RehearsedCampaign.start
        let numbers = [
            OutboundNumber("057190000001", pools: ["main"], limits: NumberLimits(maxConcurrent: 20, maxPerDay: 25))
        ]
        _ = try await stage.ledger.importCallerIDs(numbers, into: "rehearsed", replacing: true, at: start)
        let pool = CallerIDPool(id: "main", rules: CallerIDRules(strategy: .leastUsed))
        let policy = RehearsedCampaign.gate(
            try hours(9, 18),
            numbers: CallerIDChoice(account: "rehearsed", pool: pool, explains: false) { _ in NumberRegion() })
        var campaign = RehearsedCampaign(count: 0)
        campaign.engine.retry = RetryPolicy(rules: [:])
        campaign.leads = try await stage.campaignLeads(policy, at: start)
        let figures = campaign.run(policy: policy)
        #expect(figures.callerIDs.map(\.busiestDay) == [25] && figures.callerIDs.map(\.dials) == [60])
        #expect(figures.end - figures.start > .seconds(2 * 86_400 - 12 * 3_600) && figures.finished == 60)
        await stage.cleanUp()
    }
}
