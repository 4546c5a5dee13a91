import DialModel
import Ledger
import Testing

@Suite("Ledger conformance: claims")
struct ClaimConformanceTests {
    private let start = Scenario.start

    @Test("a claim takes leads in order of their time, then of their id", arguments: LedgerUnderTest.allCases)
    func order(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind)
        try await scenario.add(0..<2, at: start + .seconds(9))
        try await scenario.add(2..<4, at: start)
        let first = try await scenario.claim(3, at: start + .seconds(10))
        let numbers = try [2, 3, 0].map(Scenario.number)
        #expect(first.claims.map(\.number) == numbers)
        #expect(first.nextDueAt == start + .seconds(10), "the fourth is due already, and the result never says earlier")
        let second = try await scenario.claim(3, at: start + .seconds(10))
        #expect(try second.claims.map(\.number) == [Scenario.number(1)])
        #expect(second.nextDueAt == nil)
    }

    @Test("a claimed lead gets an attempt in state placing", arguments: LedgerUnderTest.allCases)
    func attemptOfClaim(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 1)
        let now = start + .seconds(1)
        let claim = try #require(try await scenario.claim(5, at: now).claims.first)
        #expect(claim.callerID == "02150001234")
        #expect(claim.history == OutcomeCounts())

        let attempt = try #require(try await scenario.attempts().first)
        #expect(attempt.id == claim.attempt)
        #expect(attempt.lead == claim.lead)
        #expect(attempt.run == scenario.run)
        #expect(attempt.ordinal == 1)
        #expect(attempt.vendor == "alibaba.main")
        #expect(attempt.name == "客户0")
        #expect(attempt.state == .placing)
        #expect(attempt.claimedAt == now)
        #expect(attempt.callerID == claim.callerID)
        let open = try await scenario.ledger.openAttempts(of: scenario.campaign)
        #expect(
            open == [
                OpenAttempt(claim: claim, vendor: "alibaba.main", state: .placing, claimedAt: now, vendorCall: nil)
            ])
        let lead = try #require(try await scenario.leads().first)
        #expect(lead.state == .dialing)
        #expect(lead.notBefore == nil)
    }

    @Test("a lead is not claimed before its time", arguments: LedgerUnderTest.allCases)
    func notBefore(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 1)
        let early = try await scenario.claim(1, at: start - .milliseconds(1))
        #expect(early == ClaimResult(claims: [], nextDueAt: start))
        #expect(try await scenario.claim(1, at: start).claims.count == 1)
    }

    @Test("a lead that the policy holds waits until then, and the claim looks on", arguments: LedgerUnderTest.allCases)
    func hold(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 1_500)
        let until = start + .seconds(3600)
        let last = try Scenario.number(1_499)
        let policy = Policy { candidate, _ in
            candidate.number == last ? .dial(callerID: nil) : .hold(until: until)
        }
        let result = try await scenario.claim(1, policy: policy)
        #expect(result.claims.map(\.number) == [last])
        #expect(result.claims.first?.callerID == nil)
        #expect(result.nextDueAt == until)
        let figures = try await scenario.figures()
        #expect(figures.due == 0)
        #expect(figures.waiting == 1_499)
        #expect(figures.dialing == 1)
    }

    @Test(
        "where everyone is held, one lead is asked about and all stay as they are", arguments: LedgerUnderTest.allCases)
    func holdEveryone(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 1_500)
        let before = try await scenario.leads()
        let questions = Questions()
        let hold = ClaimHold(until: start + .seconds(5), reason: "at_concurrency 3")
        let policy = Policy { candidate, _ in
            questions.add(candidate)
            return questions.all.count < 3 ? .dial(callerID: nil) : .holdEveryone(hold)
        }
        let result = try await scenario.claim(20, policy: policy)
        #expect(result.claims.count == 2, "what was claimed before stays claimed")
        #expect(result.hold == hold)
        #expect(result.nextDueAt == start)
        #expect(questions.all.count == 3)
        #expect(try await Array(scenario.leads().dropFirst(2)) == Array(before.dropFirst(2)))
    }

    @Test("one claim holds back no more than a bounded number of leads", arguments: LedgerUnderTest.allCases)
    func boundedHolds(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 5_100)
        let policy = Policy { _, now in .hold(until: now + .seconds(60)) }
        let first = try await scenario.claim(1, policy: policy)
        #expect(first == ClaimResult(claims: [], nextDueAt: start, isCutShort: true), "the next claim finds the others")
        #expect(try await scenario.figures().due == 100)
        #expect(
            try await scenario.claim(1, policy: policy)
                == ClaimResult(claims: [], nextDueAt: start + .seconds(60), isCutShort: false))
    }

    @Test("a hold that is over already does not keep the claim busy", arguments: LedgerUnderTest.allCases)
    func pastHold(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 20)
        let questions = Questions()
        let result = try await scenario.claim(
            20,
            policy: Policy { candidate, now in
                questions.add(candidate)
                return .hold(until: now - .seconds(5))
            })
        #expect(questions.all.count == 20, "each lead is asked about once")
        #expect(result == ClaimResult(claims: [], nextDueAt: start + .milliseconds(1)))
    }

    @Test("a policy is asked about no more leads than it takes", arguments: LedgerUnderTest.allCases)
    func asksNoMoreThanNeeded(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 50)
        let questions = Questions()
        let policy = Policy { candidate, _ in
            questions.add(candidate)
            return .dial(callerID: nil)
        }
        #expect(try await scenario.claim(7, policy: policy).claims.count == 7)
        #expect(questions.all.count == 7)
        #expect(try await scenario.claim(0, policy: policy) == ClaimResult(claims: [], nextDueAt: start))
        #expect(try await scenario.claim(-1, policy: policy).claims.isEmpty)
        #expect(questions.all.count == 7)
    }

    @Test(
        "a number that nobody called elsewhere, or not through this account, is dialled",
        arguments: LedgerUnderTest.allCases)
    func numberFreedElsewhere(_ kind: LedgerUnderTest) async throws {
        let spring = try await Scenario(kind, leads: 2)
        let autumn = try await spring.sibling("autumn")
        try await autumn.add(0..<2)
        let open = try await spring.claim(2).claims
        let givenBack = AttemptClosing(.notPlaced, at: start, lead: .finish(.notRetried))
        try await spring.commit(.closed(open[0].attempt, givenBack))
        try await spring.commit(
            .closed(open[1].attempt, AttemptClosing(.busy, at: start, lead: .finish(.notRetried))))
        var request = autumn.request(10, at: start)
        request.vendor = "udesk"
        let claims = try await autumn.ledger.commit([], claiming: request).claims
        #expect(try claims.map(\.number) == [0, 1].map(Scenario.number))
    }

    @Test("a number that is being called elsewhere is passed over", arguments: LedgerUnderTest.allCases)
    func numberOpenElsewhere(_ kind: LedgerUnderTest) async throws {
        let spring = try await Scenario(kind, leads: 3)
        let autumn = try await spring.sibling("autumn")
        try await autumn.add(1..<5)
        let open = try await spring.claim(2).claims
        let passing = try await autumn.claim(10)
        #expect(try passing.claims.map(\.number) == [2, 3, 4].map(Scenario.number))
        #expect(passing.nextDueAt == start, "the lead that was passed over still waits")

        let end = start + .seconds(30)
        try await spring.commit(.closed(open[1].attempt, AttemptClosing(.busy, at: end, lead: .finish(.notRetried))))
        #expect(try await autumn.claim(10, at: end).claims == [], "vendors' records could mistake one for the other")
        let held = try #require(try await autumn.leads().first)
        #expect(held.holdReason == HoldReason.justCalled && held.notBefore == end + ClaimRequest.othersPause)
        let later = end + ClaimRequest.othersPause
        #expect(try await autumn.claim(10, at: later).claims.map(\.number) == [Scenario.number(1)])

        // The clock was a day ahead when the other call ended.
        let winter = try await spring.sibling("winter")
        try await winter.add(0..<1)
        let ahead = later + .seconds(86_400)
        try await spring.commit(.closed(open[0].attempt, AttemptClosing(.busy, at: ahead, lead: .finish(.notRetried))))
        #expect(try await winter.claim(10, at: later).claims.map(\.number) == [Scenario.number(0)])
    }

    @Test("the history counts earlier outcomes, and the ordinal goes on", arguments: LedgerUnderTest.allCases)
    func history(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 1)
        var now = start
        for outcome in [CallOutcome.busy, .noAnswer, .busy] {
            let claim = try #require(try await scenario.claim(1, at: now).claims.first)
            now = now + .seconds(60)
            try await scenario.commit(.closed(claim.attempt, AttemptClosing(outcome, at: now, lead: .wait(until: now))))
        }
        let questions = Questions()
        let policy = Policy { candidate, _ in
            questions.add(candidate)
            return .dial(callerID: nil)
        }
        let claim = try #require(try await scenario.claim(1, at: now, policy: policy).claims.first)
        var expected = OutcomeCounts()
        expected[.busy] = 2
        expected[.noAnswer] = 1
        #expect(claim.history == expected)
        #expect(questions.all.map(\.history) == [expected])
        #expect(try await scenario.attempts().map(\.ordinal) == [1, 2, 3, 4])
        #expect(try await scenario.ledger.openAttempts(of: scenario.campaign).map(\.claim) == [claim])
    }
}
