import DialModel
import Ledger
import Testing

@Suite("Ledger conformance: duplicates, rehearsals and leads that come back")
struct ListConformanceTests {
    private let start = Scenario.start

    private func source(_ indices: [Int], city: String = "杭州") throws -> ListSource {
        ListSource([
            try indices.map { index in
                var lead = try Scenario.lead(index)
                lead.fields = [LeadField(name: "城市", value: city)]
                return lead
            }
        ])
    }

    private func load(
        _ scenario: Scenario, _ source: ListSource, _ scope: DuplicateScope, rehearsed: Bool = false
    ) async throws -> ImportRecord {
        let file = ImportedFile(name: "list.csv", digest: "\(source.pulled)")
        let ledger = scenario.ledger
        return rehearsed
            ? try await ledger.rehearseImport(
                into: scenario.campaign, file: file, from: source, duplicates: scope, at: start)
            : try await ledger.importLeads(
                into: scenario.campaign, file: file, from: source, duplicates: scope, at: start)
    }

    /// What becomes of a list with numbers 0, 0, 3, 7 and 7, of which 0 to 4 are the campaign's and 7 is another's.
    private static let fates: [DuplicateScope: (added: Int, renewed: Int, places: [DuplicatePlace])] = [
        .list: (1, 2, [.list, .list]), .campaign: (1, 0, [.campaign, .campaign, .campaign, .list]),
        .all: (0, 0, [.campaign, .campaign, .campaign, .elsewhere, .elsewhere]),
    ]

    @Test(
        "a number may stand once in its list, its campaign or anywhere, and a rehearsal says what an import does",
        arguments: LedgerUnderTest.allCases, DuplicateScope.allCases)
    func scopes(_ kind: LedgerUnderTest, scope: DuplicateScope) async throws {
        let scenario = try await Scenario(kind, leads: 5)
        try await scenario.sibling("autumn").add(7..<8)
        let before = try await scenario.leads()
        let rehearsal = try source([0, 0, 3, 7, 7])
        let told = try await load(scenario, rehearsal, scope, rehearsed: true)
        #expect(try await scenario.leads() == before, "a rehearsal writes nothing")
        #expect(try await scenario.ledger.imports(of: scenario.campaign).count == 1)

        let list = try source([0, 0, 3, 7, 7])
        let record = try await load(scenario, list, scope)
        let fate = try #require(Self.fates[scope])
        #expect(record.added == fate.added && record.renewed == fate.renewed)
        #expect(record.duplicates == fate.places.count)
        #expect((told.added, told.renewed, told.duplicates) == (record.added, record.renewed, record.duplicates))
        #expect(rehearsal.duplicates == list.duplicates)
        #expect(rehearsal.places == fate.places && list.places == fate.places)
        #expect(try await scenario.leads().count == 5 + fate.added)
        #expect(try await scenario.ledger.imports(of: scenario.campaign).last == record)
    }

    @Test(
        "among hundreds of leads, which are added many at a time, each duplicate is found",
        arguments: LedgerUnderTest.allCases, DuplicateScope.allCases)
    func duplicatesAmongMany(_ kind: LedgerUnderTest, scope: DuplicateScope) async throws {
        let scenario = try await Scenario(kind, leads: 40)
        try await scenario.sibling("autumn").add(40..<60)
        // All of 0 to 199 in no order, and half of them twice.
        let indices = (0..<300).map { $0 * 7 % 200 }
        var seen: Set<Int> = []
        var (added, renewed) = (0, 0)
        var places: [DuplicatePlace] = []
        for index in indices {
            let isFirst = seen.insert(index).inserted
            switch (scope, index) {
            case (.campaign, ..<40), (.all, ..<40): places.append(.campaign)
            case (.all, ..<60): places.append(.elsewhere)
            case (.list, ..<40) where isFirst: renewed += 1
            case _ where isFirst: added += 1
            default: places.append(.list)
            }
        }
        let list = ListSource([
            try indices.enumerated().map { position, index in
                var lead = try Scenario.lead(index)
                lead.line = position + 2
                return lead
            }
        ])
        let record = try await load(scenario, list, scope)
        #expect(record.added == added && record.renewed == renewed && record.duplicates == places.count)
        #expect(list.places == places)
        #expect(try await scenario.leads().count == 40 + added)
    }

    @Test(
        "a lead that is listed anew takes the new columns and is due again if it was finished",
        arguments: LedgerUnderTest.allCases)
    func renewed(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 3)
        let claims = try await scenario.claim(2).claims
        let end = start + .seconds(60)
        try await scenario.commit(
            .closed(claims[0].attempt, AttemptClosing(.connected, at: end, lead: .finish(.reached))))
        let record = try await load(scenario, try source([0, 1, 2], city: "宁波"), .list)
        #expect(record.renewed == 3 && record.added == 0)
        let leads = try await scenario.leads()
        #expect(leads.map(\.state) == [.waiting, .dialing, .waiting])
        #expect(leads.map { $0.fields.first?.value } == ["宁波", "宁波", "宁波"])
        #expect(leads[0].attempts == 1 && leads[0].lastOutcome == .connected, "what was stays")
        #expect(try await scenario.ledger.listColumns(of: scenario.campaign) == [["城市"]])
    }

    @Test("a rehearsal needs no campaign", arguments: LedgerUnderTest.allCases)
    func rehearsedNowhere(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 2)
        let record = try await scenario.ledger.rehearseImport(
            into: nil, file: ImportedFile(name: "a", digest: "a"), from: try source([0, 1, 1, 5]),
            duplicates: .campaign,
            at: start)
        #expect(record.added == 3 && record.duplicates == 1)
        let all = try await scenario.ledger.rehearseImport(
            into: nil, file: ImportedFile(name: "a", digest: "a"), from: try source([0, 1, 1, 5]), duplicates: .all,
            at: start)
        #expect(all.added == 1 && all.duplicates == 3)
    }

    @Test(
        "leads that were exported come back as they were, and go on counting from there",
        arguments: LedgerUnderTest.allCases)
    func restored(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind)
        let ended = start - .seconds(900)
        var waiting = try Scenario.lead(0)
        waiting.standing = LeadStanding(
            progress: .waiting(start + .seconds(60)), attempts: 2, last: LeadStanding.Ending(outcome: .busy, at: ended))
        var finished = try Scenario.lead(1)
        finished.standing = LeadStanding(
            progress: .finished(.reached), attempts: 1, last: LeadStanding.Ending(outcome: .connected, at: ended))
        _ = try await load(scenario, ListSource([[waiting, finished]]), .campaign)
        var leads = try await scenario.leads()
        #expect(leads.map(\.state) == [.waiting, .finished] && leads[1].ending == .reached)
        #expect(leads[0].notBefore == start + .seconds(60))
        #expect(leads.map(\.attempts) == [2, 1] && leads.map(\.lastOutcome) == [.busy, .connected])
        #expect(leads.map(\.lastEndedAt) == [ended, ended])

        #expect(try await scenario.claim(5).claims.isEmpty, "not before its time")
        let later = start + .seconds(61)
        let questions = Questions()
        let asking = Policy { candidate, _ in
            questions.add(candidate)
            return .dial(callerID: nil)
        }
        let claim = try #require(try await scenario.claim(5, at: later, policy: asking).claims.first)
        #expect(questions.all.map { $0.history[.busy] } == [2], "so that retry limits hold")
        #expect(try await scenario.attempts().map(\.ordinal) == [3])
        try await scenario.commit(
            .closed(claim.attempt, AttemptClosing(.noAnswer, at: later, lead: .finish(.attemptsUsed))))
        leads = try await scenario.leads()
        #expect(leads[0].attempts == 3 && leads[0].lastOutcome == .noAnswer && leads[0].lastEndedAt == later)
    }

    @Test(
        "attempts quote a column of their leads' list, and agents have their figures",
        arguments: LedgerUnderTest.allCases)
    func quoting(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind)
        _ = try await load(scenario, try source([0, 1, 2], city: "\"宁\\波\"\t"), .campaign)
        let claims = try await scenario.claim(3).claims
        let end = start + .seconds(60)
        var talked = AttemptClosing(.connected, at: end, lead: .finish(.reached))
        (talked.agent, talked.talk) = (AgentID("li"), .seconds(30))
        var missed = AttemptClosing(.agentMissed, at: end, lead: .finish(.notRetried))
        missed.agent = AgentID("li")
        try await scenario.commit(.closed(claims[0].attempt, talked), .closed(claims[1].attempt, missed))
        let (ledger, campaign) = (scenario.ledger, scenario.campaign)
        let quoted = try await ledger.attempts(of: campaign, after: nil, limit: 10, quoting: "城市").map(\.quoted)
        #expect(quoted == Array(repeating: "\"宁\\波\"\t", count: 3))
        #expect(
            try await ledger.attempts(of: campaign, after: nil, limit: 10, quoting: "x").map(\.quoted) == [
                nil, nil, nil,
            ])
        #expect(try await scenario.attempts().map(\.quoted) == [nil, nil, nil])
        let figures = AgentFigures(
            agent: AgentID("li"), calls: 2, connected: 1, missed: 1, talk: .seconds(30), firstAt: start, lastAt: start)
        #expect(try await ledger.agentFigures(of: campaign, shortCall: nil) == [figures])
    }

    @Test("whoever did not take a call is counted, also when somebody else did", arguments: LedgerUnderTest.allCases)
    func missedOffers(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind)
        _ = try await load(scenario, try source([0], city: "宁波"), .campaign)
        let attempt = try #require(try await scenario.claim(1).claims.first).attempt
        let answer = start + .seconds(10)
        let missed = AttemptDetail(missedBy: AgentID("li"), note: "li: did not pick up")
        let message = AttemptDetail(isMessage: true, note: "the message is played")
        var talked = AttemptClosing(.connected, at: start + .seconds(60), lead: .finish(.reached))
        (talked.agent, talked.talk) = (AgentID("wang"), .seconds(4))
        try await scenario.commit(
            .reached(attempt, .answered, at: answer, detail: AttemptDetail()),
            .reached(attempt, .answered, at: answer + .seconds(5), detail: missed),
            .reached(attempt, .answered, at: answer + .seconds(6), detail: message),
            .closed(attempt, talked))
        let (ledger, campaign) = (scenario.ledger, scenario.campaign)
        let figures = try await ledger.agentFigures(of: campaign, shortCall: .seconds(5))
        #expect(figures.map(\.agent) == [AgentID("li"), AgentID("wang")])
        #expect(figures.map(\.calls) == [1, 1] && figures.map(\.missed) == [1, 0])
        #expect(figures.map(\.short) == [0, 1] && figures.map(\.connected) == [0, 1])
        let record = try #require(try await scenario.attempts().first)
        #expect(record.answeredAt == answer, "the first answer counts")
        #expect(record.messageAt == answer + .seconds(6))
    }
}
