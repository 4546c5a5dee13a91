import DialModel
import Ledger
import Testing

@Suite("Ledger conformance: what was made of numbers")
struct CallerIDFactsConformanceTests {
    private let start = Scenario.start
    private let longest = CallerIDUse.longestHold

    @Test("a refused call gives its dial back, an answered one does not", arguments: LedgerUnderTest.allCases)
    func givenBack(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: CallOutcome.allCases.count)
        try await scenario.importLines(1, lines: 20)
        let claims = try await scenario.claim(CallOutcome.allCases.count, policy: LinePolicy()).claims
        for (claim, outcome) in zip(claims, CallOutcome.allCases) {
            let before = try await scenario.snapshot()
            let closing = AttemptClosing(outcome, at: start + .seconds(9), lead: .finish(.notRetried))
            try await scenario.commit(.closed(claim.attempt, closing))
            let after = try await scenario.snapshot()
            #expect(after.held == before.held.filter { $0.attempt != claim.attempt })
            let givenBack = outcome == .refused || outcome == .notPlaced
            #expect(after.usages[0].dialsToday == before.usages[0].dialsToday - (givenBack ? 1 : 0))
            #expect(after.usages[0].outcomes == before.usages[0].outcomes + [outcome])
            #expect(after.usages[0].lastDialAt == start)
        }
    }

    @Test("an open attempt holds its line for 45 s, 60 s and two hours", arguments: LedgerUnderTest.allCases)
    func expiry(_ kind: LedgerUnderTest) async throws {
        #expect(longest == .seconds(7_305))
        let scenario = try await Scenario(kind, leads: 3)
        try await scenario.importLines(1, lines: 1)
        let policy = LinePolicy()
        try await scenario.claim(1, policy: policy)
        let last = start + longest - .milliseconds(1)
        #expect(try await scenario.snapshot(at: last).held.count == 1)
        #expect(try await scenario.claim(1, at: last, policy: policy).claims.isEmpty)
        #expect(try await scenario.snapshot(at: start + longest).held.isEmpty)
        let later = start + longest + .seconds(5)
        #expect(try await scenario.claim(1, at: later, policy: policy).claims.count == 1)
        #expect(try await scenario.figures().openAttempts == 2)
    }

    @Test("the last fifty outcomes are kept in the order of their commits", arguments: LedgerUnderTest.allCases)
    func outcomes(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 60)
        try await scenario.importLines(3, lines: 20)
        let claims = try await scenario.claim(60, policy: LinePolicy()).claims
        var expected: [String: [CallOutcome]] = [:]
        for (index, claim) in claims.enumerated().reversed() {
            let outcome = CallOutcome.allCases[index % CallOutcome.allCases.count]
            let closing = AttemptClosing(outcome, at: start + .seconds(9), lead: .wait(until: start))
            try await scenario.commit(.closed(claim.attempt, closing))
            expected[claim.callerID ?? "", default: []].append(outcome)
        }
        let first = try #require(claims.first?.callerID)
        for claim in try await scenario.claim(60, policy: Policy { _, _ in .dial(callerID: first) }).claims {
            let closing = AttemptClosing(.busy, at: start + .seconds(8), lead: .finish(.notRetried))
            try await scenario.commit(.closed(claim.attempt, closing))
        }
        expected[first] = Array(repeating: .busy, count: 50)
        let usages = try await scenario.snapshot().usages
        #expect(usages.count == 3)
        for usage in usages { #expect(usage.outcomes == expected[usage.callerID]) }
    }

    @Test("a candidate brings what its callee went through, in all campaigns", arguments: LedgerUnderTest.allCases)
    func recentDials(_ kind: LedgerUnderTest) async throws {
        let spring = try await Scenario(kind, leads: 2)
        let autumn = try await spring.sibling("autumn")
        try await autumn.add(0..<1)
        func dial(_ scenario: Scenario, _ outcome: CallOutcome, at now: Timestamp, as number: String?) async throws {
            let policy = Policy { candidate, now in
                candidate.number.e164.hasSuffix("0") ? .dial(callerID: number) : .hold(until: now)
            }
            let claim = try #require(try await scenario.claim(1, at: now, policy: policy).claims.first)
            let closing = AttemptClosing(outcome, at: now, lead: .wait(until: now))
            try await scenario.commit(.closed(claim.attempt, closing))
        }
        let instants = [0, 1_000, 50_000].map { start + .seconds($0) }
        try await dial(spring, .noAnswer, at: instants[0], as: "0211")
        try await dial(autumn, .connected, at: instants[1], as: nil)
        try await dial(spring, .refused, at: instants[2], as: "0212")
        let (mine, theirs) = (try await spring.leads()[0].id, try await autumn.leads()[0].id)
        let expected = [
            CalleeDial(lead: mine, at: instants[0], callerID: "0211", outcome: .noAnswer, endedAt: instants[0]),
            CalleeDial(lead: theirs, at: instants[1], callerID: nil, outcome: .connected, endedAt: instants[1]),
            CalleeDial(lead: mine, at: instants[2], callerID: "0212", outcome: .refused, endedAt: instants[2]),
        ]
        #expect(expected.map(\.mayHaveRung) == [true, true, false])
        let number = try Scenario.number(0)
        #expect(try await spring.ledger.dials(to: number, since: start) == expected)
        for (now, count) in [(start + .seconds(86_400), 3), (start + .seconds(87_400), 2)] {
            // Without an inventory the policy can only hold, and say whom it was asked about.
            let policies = [LinePolicy(lookBack: .seconds(86_400)), LinePolicy()]
            try await spring.claim(1, at: now, policy: policies[0])
            try await spring.claim(1, at: now + .seconds(5), policy: policies[1])
            let asked = policies[0].asked.sorted { $0.lead < $1.lead }
            #expect(asked.map(\.recentDials) == [Array(expected.suffix(count)), []])
            #expect(policies[1].asked.map(\.recentDials) == [[], []], "nobody asked for them")
        }
        let open = try #require(try await spring.claim(1, at: start + .seconds(90_000)).claims.first)
        let since = start + .seconds(90_000)
        #expect(try await spring.ledger.dials(to: open.number, since: since).map(\.outcome) == [nil])
    }

    @Test("a number's days are counted in Shanghai, and say what went wrong", arguments: LedgerUnderTest.allCases)
    func days(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 6)
        let day = ShanghaiDay(containing: start)
        let steps: [(CallOutcome, Timestamp, String?)] = [
            (.connected, day.start, "0211"), (.machine, day.start, "0999"), (.refused, day.end - .milliseconds(1), nil),
            (.notPlaced, day.start, nil), (.busy, day.end, "0998"),
        ]
        try await scenario.add(10..<15, at: day.start)
        for (outcome, now, shown) in steps {
            let claim = try await scenario.claim(1, at: now, policy: Policy { _, _ in .dial(callerID: "0211") }).claims
            var closing = AttemptClosing(outcome, at: now, lead: .finish(.notRetried))
            closing.shownCallerID = shown
            try await scenario.commit(.closed(try #require(claim.first).attempt, closing))
        }
        try await scenario.claim(1, at: day.end, policy: Policy { _, _ in .dial(callerID: "0210") })
        var next = day
        next.number += 1
        let today = CallerIDDay(
            callerID: "0211", day: day, dials: 2, answered: 2, connected: 1, refused: 1, mismatches: 1)
        let tomorrow = [
            CallerIDDay(callerID: "0210", day: next, dials: 1),
            CallerIDDay(callerID: "0211", day: next, dials: 1, mismatches: 1),
        ]
        let ledger = scenario.ledger
        #expect(try await ledger.callerIDDays(of: Scenario.account, days: day...day) == [today])
        #expect(try await ledger.callerIDDays(of: Scenario.account, days: next...next) == tomorrow)
        let both = try await ledger.callerIDDays(of: Scenario.account, days: day...next)
        #expect(both == [tomorrow[0], today, tomorrow[1]])
        #expect(try await ledger.callerIDDays(of: "udesk", days: day...next).isEmpty)
    }

    @Test("an attempt is found by its id alone, with its explanation", arguments: LedgerUnderTest.allCases)
    func attempt(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 2)
        try await scenario.importLines(1)
        let claims = try await scenario.claim(1, policy: LinePolicy()).claims
        try await scenario.claim(1)
        for record in try await scenario.attempts() {
            #expect(try await scenario.ledger.attempt(record.id) == record)
            let explanation = try await scenario.ledger.explanation(of: record.id)
            #expect((explanation == nil) == (record.id != claims.first?.attempt))
        }
        #expect(try await scenario.ledger.attempt(AttemptID(99)) == nil)
        #expect(try await scenario.ledger.explanation(of: AttemptID(99)) == nil)
    }

    @Test(
        "the reason of a hold goes when the lead is claimed, or held without one", arguments: LedgerUnderTest.allCases)
    func holdReason(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 1)
        func hold(_ reason: String?, at now: Timestamp) async throws -> String? {
            try await scenario.claim(1, at: now, policy: Policy { _, now in .hold(until: now, because: reason) })
            return try await scenario.leads().first?.holdReason
        }
        #expect(try await hold("号码都在用", at: start) == "号码都在用")
        #expect(try await hold(nil, at: start + .seconds(1)) == nil)
        #expect(try await hold("again", at: start + .seconds(2)) == "again")
        let claim = try #require(try await scenario.claim(1, at: start + .seconds(3)).claims.first)
        #expect(try await scenario.leads().first?.holdReason == nil)
        let closing = AttemptClosing(.busy, at: start + .seconds(4), lead: .wait(until: start))
        try await scenario.commit(.closed(claim.attempt, closing))
        #expect(try await scenario.leads().first?.holdReason == nil)
    }
}
