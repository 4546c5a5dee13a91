import DialModel
import Ledger
import Testing

@Suite("Ledger conformance: accounts and what they may carry")
struct AccountConformanceTests {
    private let start = Scenario.start

    private func request(
        _ scenario: Scenario, _ count: Int, _ limits: AccountLimits, vendor: String = "alibaba.main",
        at now: Timestamp? = nil
    ) -> ClaimRequest {
        var request = scenario.request(count, at: now ?? start)
        request.vendor = vendor
        request.limits = limits
        return request
    }

    private func close(_ attempt: AttemptID, in scenario: Scenario, at now: Timestamp) async throws {
        try await scenario.commit(
            .closed(attempt, AttemptClosing(.connected, at: now, lead: .finish(.reached))))
    }

    @Test("lines are those of the account, whichever campaign uses them", arguments: LedgerUnderTest.allCases)
    func lines(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 10)
        let other = try await scenario.sibling("autumn")
        try await other.add(10..<20)
        let limits = AccountLimits(lines: 3)
        let first = try await scenario.ledger.commit([], claiming: request(scenario, 2, limits))
        #expect(first.claims.count == 2 && first.hold == nil)
        let second = try await scenario.ledger.commit([], claiming: request(other, 5, limits))
        #expect(second.claims.count == 1)
        let hold = try #require(second.hold)
        #expect(hold.isOfAccount && hold.until == start + .seconds(1))
        #expect(hold.reason == "all 3 lines of the account are in use")
        #expect(
            try await scenario.ledger.commit([], claiming: request(scenario, 5, limits, vendor: "well")).claims.count
                == 3,
            "another account has lines of its own")
        try await close(first.claims[0].attempt, in: scenario, at: start)
        #expect(try await scenario.ledger.commit([], claiming: request(scenario, 5, limits)).claims.count == 1)
    }

    @Test("a rate holds until the oldest attempt is too old to count", arguments: LedgerUnderTest.allCases)
    func rates(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 20)
        let limits = AccountLimits(rates: [.init(4, per: .seconds(60)), .init(6, per: .seconds(3_600))])
        func claim(_ count: Int, after seconds: Int64) async throws -> ClaimResult {
            try await scenario.ledger.commit(
                [], claiming: request(scenario, count, limits, at: start + .seconds(seconds)))
        }
        #expect(try await claim(3, after: 0).claims.count == 3)
        let full = try await claim(3, after: 10)
        #expect(full.claims.count == 1)
        #expect(full.hold?.until == start + .seconds(60) + .milliseconds(1))
        #expect(try await claim(1, after: 60).claims.isEmpty, "exactly as old as the span still counts")
        #expect(try await claim(1, after: 61).claims.count == 1)
        let hour = try await claim(5, after: 90)
        #expect(hour.claims.count == 1)
        #expect(hour.hold?.until == start + .seconds(3_600) + .milliseconds(1))
        #expect(hour.hold?.reason == "the account has made the 6 attempts that it may in 3600 s")
        // Three of them are over an hour old by then.
        #expect(try await claim(5, after: 3_601).claims.count == 3)
    }

    @Test("a question about nobody is no matter of limits", arguments: LedgerUnderTest.allCases)
    func noClaim(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 2)
        let limits = AccountLimits(lines: 1)
        _ = try await scenario.ledger.commit([], claiming: request(scenario, 1, limits))
        let result = try await scenario.ledger.commit([], claiming: request(scenario, 0, limits))
        #expect(result == ClaimResult(claims: [], nextDueAt: start))
    }

    @Test("a lead that is passed stays as it is, and the claim looks on", arguments: LedgerUnderTest.allCases)
    func pass(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 30)
        let last = try Scenario.number(29)
        let before = try await scenario.leads()
        let policy = Policy { candidate, _ in candidate.number == last ? .dial(callerID: nil) : .pass }
        let result = try await scenario.claim(5, policy: policy)
        #expect(result.claims.map(\.number) == [last])
        #expect(result.nextDueAt == start && !result.isCutShort && result.passed == 29)
        #expect(try await Array(scenario.leads().dropLast()) == Array(before.dropLast()))
    }

    @Test("one claim passes over no more than a bounded number of leads", arguments: LedgerUnderTest.allCases)
    func boundedPasses(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 1_200)
        let questions = Questions()
        let policy = Policy { candidate, _ in
            questions.add(candidate)
            return .pass
        }
        #expect(try await scenario.claim(5, policy: policy) == ClaimResult(claims: [], nextDueAt: start, passed: 500))
        #expect(questions.all.count == 500)
    }

    @Test("what went through each account is counted", arguments: LedgerUnderTest.allCases)
    func figures(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 10)
        #expect(try await scenario.ledger.accountFigures(of: scenario.campaign).isEmpty)
        let other = try await scenario.sibling("autumn")
        try await other.add(10..<12)
        _ = try await other.claim(2)
        let none = AccountLimits()
        let first = try await scenario.ledger.commit([], claiming: request(scenario, 3, none, vendor: "well"))
        _ = try await scenario.ledger.commit([], claiming: request(scenario, 2, none))
        try await close(first.claims[0].attempt, in: scenario, at: start)
        #expect(
            try await scenario.ledger.accountFigures(of: scenario.campaign) == [
                AccountFigures(account: "alibaba.main", attempts: 2, connected: 0, open: 2),
                AccountFigures(account: "well", attempts: 3, connected: 1, open: 2),
            ])
    }

    @Test("why an account carries a call stands at the beginning of the timeline", arguments: LedgerUnderTest.allCases)
    func note(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 2)
        var request = scenario.request(1)
        request.note = "through alibaba.main, the first of the accounts"
        let claim = try #require(try await scenario.ledger.commit([], claiming: request).claims.first)
        let timeline = try await scenario.ledger.timeline(of: claim.attempt)
        #expect(timeline == [TimelineEntry(at: start, state: .placing, note: request.note)])
    }
}
