import DialModel
import Ledger
import Testing

@Suite("Ledger conformance: figures, pages and timelines")
struct ReadingConformanceTests {
    private let start = Scenario.start

    @Test("every lead and attempt is in exactly one figure", arguments: LedgerUnderTest.allCases)
    func figures(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 8)
        let claims = try await scenario.claim(5).claims
        let end = start + .seconds(40)
        try await scenario.commit(
            .closed(claims[0].attempt, AttemptClosing(.connected, at: end, lead: .finish(.reached))),
            .closed(claims[1].attempt, AttemptClosing(.busy, at: end, lead: .wait(until: end + .seconds(900)))),
            .closed(claims[2].attempt, AttemptClosing(.busy, at: end, lead: .wait(until: end + .seconds(600)))),
            .closed(claims[3].attempt, AttemptClosing(.invalidNumber, at: end, lead: .finish(.invalidNumber))))
        try await scenario.ledger.endRun(scenario.run, because: "drained", at: end)

        var outcomes = OutcomeCounts()
        outcomes[.connected] = 1
        outcomes[.busy] = 2
        outcomes[.invalidNumber] = 1
        let finished = LeadEnding.allCases.map { ending in
            CampaignFigures.EndingCount(ending: ending, count: [.reached, .invalidNumber].contains(ending) ? 1 : 0)
        }
        let run = RunRecord(
            id: scenario.run, account: "alibaba.main", startedAt: start, endedAt: end, ending: "drained")
        let expected = CampaignFigures(
            leads: 8, due: 3, waiting: 2, dialing: 1, finished: finished, openAttempts: 1, outcomes: outcomes,
            nextDueAt: end + .seconds(600), lastRun: [run])
        #expect(try await scenario.figures(at: end) == expected)
        #expect(try await scenario.figures(at: end + .seconds(600)).due == 4, "due at the instant itself")
    }

    @Test(
        "answered calls are counted since an instant, and those that no agent took in time",
        arguments: LedgerUnderTest.allCases)
    func liveAnswers(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 9)
        let (ledger, campaign) = (scenario.ledger, scenario.campaign)
        #expect(try await ledger.firstAttempt(of: campaign) == nil)
        let claims = try await scenario.claim(9).claims
        #expect(try await ledger.firstAttempt(of: campaign) == start)
        /// Closes the call of a claim, answered and connected so many seconds after the start.
        func close(
            _ index: Int, _ outcome: CallOutcome, answered: Double?, connected: Double? = nil, cpa: CPAResult? = nil
        ) async throws {
            func at(_ seconds: Double?) -> Timestamp? { seconds.map { start + .seconds($0) } }
            if let cpa, let answeredAt = at(answered) {
                let detail = AttemptDetail(cpa: cpa)
                try await scenario.commit(.reached(claims[index].attempt, .answered, at: answeredAt, detail: detail))
            }
            let closing = AttemptClosing(
                outcome: outcome, endedAt: start + .seconds(100), answeredAt: at(answered), connectedAt: at(connected),
                talk: nil, agent: nil, vendorReason: "", shownCallerID: nil, lead: .finish(.reached))
            try await scenario.commit(.closed(claims[index].attempt, closing))
        }
        try await close(0, .connected, answered: 10, connected: 12)
        try await close(1, .connected, answered: 10, connected: 12.1)
        try await close(2, .abandoned, answered: 20)
        try await close(3, .machine, answered: 20, cpa: .machine)
        try await close(4, .connected, answered: 20, connected: 21, cpa: .machine)
        try await close(5, .connected, answered: 20, connected: 20, cpa: .unknown)
        try await close(6, .noAnswer, answered: nil)
        try await close(7, .abandoned, answered: nil)
        let all = try await ledger.liveAnswers(of: campaign, since: start, agentWithin: .seconds(2))
        #expect(all == AbandonmentCount(live: 5, abandoned: 3))
        let later = try await ledger.liveAnswers(of: campaign, since: start + .seconds(20), agentWithin: .seconds(2))
        #expect(later == AbandonmentCount(live: 3, abandoned: 2))
    }

    @Test("the latest run is shown, also while it goes on", arguments: LedgerUnderTest.allCases)
    func lastRun(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind)
        try await scenario.ledger.endRun(scenario.run, because: "done", at: start)
        let later = start + .seconds(60)
        let second = try await scenario.ledger.beginRun(of: scenario.campaign, vendor: "udesk", by: nil, at: later)
        let expected = RunRecord(id: second, account: "udesk", startedAt: later, endedAt: nil, ending: nil)
        #expect(try await scenario.figures().lastRun == [expected])
        // Through a second account, which begins at the same instant, and ends otherwise.
        let third = try await scenario.ledger.beginRun(of: scenario.campaign, vendor: "well", by: nil, at: later)
        try await scenario.ledger.endRun(third, because: "vendor_unavailable", at: later)
        let another = RunRecord(
            id: third, account: "well", startedAt: later, endedAt: later, ending: "vendor_unavailable")
        #expect(try await scenario.figures().lastRun == [expected, another])
        await expectRefusal(.constraint) {
            try await scenario.ledger.endRun(scenario.run, because: "again", at: later)
        }
    }

    @Test("pages follow each other without gaps or repeats", arguments: LedgerUnderTest.allCases)
    func pages(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 10)
        let autumn = try await scenario.sibling("autumn")
        try await autumn.add(20..<30)
        try await scenario.add(10..<25)
        try await scenario.claim(11)
        try await autumn.claim(3)
        try await scenario.claim(6)
        let (ledger, campaign) = (scenario.ledger, scenario.campaign)

        var leads: [LeadRecord] = []
        while case let page = try await ledger.leads(of: campaign, after: leads.last?.id, limit: 7), !page.isEmpty {
            #expect(page.count == min(7, 25 - leads.count))
            leads += page
        }
        #expect(try leads.map(\.number) == (0..<25).map(Scenario.number))
        #expect(zip(leads, leads.dropFirst()).allSatisfy { $0.id < $1.id })

        var attempts: [AttemptRecord] = []
        while case let page = try await ledger.attempts(of: campaign, after: attempts.last?.id, limit: 5),
            !page.isEmpty
        {
            attempts += page
        }
        #expect(try attempts.map(\.number) == (0..<17).map(Scenario.number))
        #expect(zip(attempts, attempts.dropFirst()).allSatisfy { $0.id < $1.id })
        #expect(try await ledger.attempts(of: campaign, after: nil, limit: 0).isEmpty)
        #expect(try await ledger.leads(of: campaign, after: nil, limit: -1).isEmpty)
    }

    @Test("the timeline tells what happened, in order", arguments: LedgerUnderTest.allCases)
    func timeline(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 2)
        let claims = try await scenario.claim(2).claims
        let id = claims[0].attempt
        let second = { (seconds: Int64) in Scenario.start + .seconds(seconds) }
        try await scenario.commit(
            .reached(id, .dialing, at: second(2), detail: AttemptDetail(note: "accepted")),
            .reached(claims[1].attempt, .dialing, at: second(2), detail: AttemptDetail()),
            .reached(id, .ringing, at: second(1), detail: AttemptDetail()))
        var closing = AttemptClosing(.noAnswer, at: second(30), lead: .wait(until: second(600)))
        closing.vendorReason = "无人接听"
        try await scenario.commit(.closed(id, closing))
        let expected = [
            TimelineEntry(at: start, state: .placing, note: nil),
            TimelineEntry(at: second(2), state: .dialing, note: "accepted"),
            TimelineEntry(at: second(1), state: .ringing, note: nil),
            TimelineEntry(at: second(30), state: .closed, note: "无人接听"),
        ]
        #expect(try await scenario.ledger.timeline(of: id) == expected)
        #expect(try await scenario.ledger.timeline(of: claims[1].attempt).count == 2)
    }

    @Test("a campaign is made once and found by its exact name", arguments: LedgerUnderTest.allCases)
    func campaigns(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind)
        let again = try await scenario.ledger.openCampaign(named: "spring", at: start + .seconds(1))
        #expect(again == scenario.campaign)
        #expect(try await scenario.ledger.campaign(named: "spring") == scenario.campaign)
        #expect(try await scenario.ledger.campaign(named: "Spring") == nil)
        let chinese = try await scenario.ledger.openCampaign(named: "春季回访", at: start)
        #expect(chinese != scenario.campaign)
        #expect(try await scenario.ledger.campaign(named: "春季回访") == chinese)
    }

    @Test("ids that the ledger does not have read as empty and cannot be written", arguments: LedgerUnderTest.allCases)
    func unknownIDs(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 2)
        let (ledger, nobody) = (scenario.ledger, CampaignID(404))
        let empty = CampaignFigures(
            leads: 0, due: 0, waiting: 0, dialing: 0,
            finished: LeadEnding.allCases.map { .init(ending: $0, count: 0) }, openAttempts: 0,
            outcomes: OutcomeCounts(), nextDueAt: nil, lastRun: [])
        #expect(try await ledger.figures(of: nobody, at: start) == empty)
        #expect(try await ledger.leads(of: nobody, after: nil, limit: 5).isEmpty)
        #expect(try await ledger.attempts(of: nobody, after: nil, limit: 5).isEmpty)
        #expect(try await ledger.openAttempts(of: nobody).isEmpty)
        #expect(try await ledger.imports(of: nobody).isEmpty)
        #expect(try await ledger.timeline(of: AttemptID(404)).isEmpty)
        var request = scenario.request(5)
        request.campaign = nobody
        #expect(try await ledger.commit([], claiming: request) == ClaimResult(claims: [], nextDueAt: nil))

        let source = ListSource([[try Scenario.lead(50)]])
        await expectRefusal(.constraint) {
            try await ledger.importLeads(
                into: nobody, file: ImportedFile(name: "x", digest: "x"), from: source, at: start)
        }
        #expect(source.pulled == 0)
        await expectRefusal(.constraint) { try await ledger.beginRun(of: nobody, vendor: "v", by: nil, at: start) }
        await expectRefusal(.constraint) { try await ledger.endRun(RunID(404), because: "x", at: start) }
        await expectRefusal(.constraint) {
            try await scenario.commit(
                .closed(AttemptID(404), AttemptClosing(.busy, at: start, lead: .finish(.notRetried))))
        }
    }

    @Test(
        "candidates are the leads as a claim would ask about them, and a lead is found by its number",
        arguments: LedgerUnderTest.allCases)
    func candidates(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 5)
        let sibling = try await scenario.sibling("autumn")
        try await sibling.add(2..<4)
        let claim = try #require(try await sibling.claim(1).claims.first)
        let end = start + .seconds(30)
        try await sibling.commit(.closed(claim.attempt, AttemptClosing(.busy, at: end, lead: .finish(.notRetried))))
        try await scenario.claim(1)

        let questions = Questions()
        let asking = Policy(lookBack: .seconds(3_600), readsFields: true) { candidate, now in
            questions.add(candidate)
            return .hold(until: now + .seconds(60))
        }
        let listed = try await scenario.ledger.candidates(
            of: scenario.campaign, after: nil, limit: 10, for: asking, at: end + .seconds(60))
        try await scenario.claim(5, at: end + .seconds(60), policy: asking)
        #expect(listed.map(\.lead.state) == [.dialing, .waiting, .waiting, .waiting, .waiting])
        #expect(listed.dropFirst().map(\.candidate) == questions.all)
        #expect(listed[2].candidate.recentDials.map(\.outcome) == [.busy], "the other campaign's dial counts")
        #expect(listed[1].candidate.recentDials.isEmpty)
        let second = try await scenario.ledger.candidates(
            of: scenario.campaign, after: listed[0].lead.id, limit: 1, for: Policy.dialAll, at: start)
        #expect(second.map(\.lead.id) == [listed[1].lead.id])

        let ledger = scenario.ledger
        #expect(try await ledger.lead(of: scenario.campaign, number: Scenario.number(3)) == listed[3].lead.id)
        #expect(try await ledger.lead(of: scenario.campaign, number: Scenario.number(9)) == nil)
        #expect(try await ledger.lead(of: sibling.campaign, number: Scenario.number(0)) == nil)
    }
}
