import DialModel
import Ledger
import Testing

@Suite("Ledger conformance: policies that choose numbers")
struct CallerIDConformanceTests {
    private let start = Scenario.start

    @Test(
        "a policy begins with all there is, and hears of each of its claims at once",
        arguments: LedgerUnderTest.allCases)
    func toldOfOwnClaims(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 10)
        try await scenario.importLines(2)
        let policy = LinePolicy()
        let before = try await scenario.snapshot()
        let result = try await scenario.claim(10, policy: policy)
        let lines = [0, 0, 1, 1].map { Scenario.line($0).number }
        #expect(result.claims.map(\.callerID) == lines)
        #expect(policy.asked.count == 10)
        let uses = zip(result.claims, lines).map {
            CallerIDUse(attempt: $0.attempt, callerID: $1, claimedAt: start)
        }
        #expect(policy.news.map(\.content) == [.snapshot(before)] + uses.map { .events([.claimed($0)]) })
        #expect(try await scenario.snapshot() == policy.snapshot(at: start))
        let leads = try await scenario.leads()
        #expect(
            leads.map(\.holdReason) == Array(repeating: nil, count: 4) + Array(repeating: "no line is free", count: 6))
        let explanation = try await scenario.ledger.explanation(of: result.claims[0].attempt)
        #expect(explanation == #"{"rule": "first free", "由": "行"}"#)
    }

    @Test("what others did is told once, before the first question", arguments: LedgerUnderTest.allCases)
    func toldOfOthers(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 10)
        let other = try await scenario.sibling("autumn")
        try await other.add(20..<30)
        try await scenario.importLines(1)
        let (policy, rival) = (LinePolicy(), LinePolicy())
        let mine = try await scenario.claim(1, policy: policy).claims
        let theirs = try await other.claim(5, policy: rival).claims
        #expect(theirs.count == 1, "one of the two lines is taken")
        try await scenario.claim(1, at: start + .seconds(5), policy: policy)
        var heard = policy.news.count
        #expect(policy.news.last?.content == .events([.claimed(try #require(theirs.first.map(use)))]))

        let closing = AttemptClosing(.busy, at: start + .seconds(9), lead: .finish(.notRetried))
        try await other.commit(.closed(theirs[0].attempt, closing))
        let now = start + .seconds(10)
        let more = try await scenario.claim(1, at: now, policy: policy).claims
        let news = policy.news.dropFirst(heard).map(\.content)
        let claimed = CallerIDEvent.claimed(try #require(more.first.map { use($0, at: now) }))
        #expect(news == [.events([.closed(use(theirs[0]), outcome: .busy)]), .events([claimed])])
        heard = policy.news.count
        try await scenario.claim(1, at: now, policy: policy)
        #expect(policy.news.count == heard, "there is nothing new")
        #expect(mine.count == 1)
    }

    private func use(_ claim: Claim) -> CallerIDUse { use(claim, at: start) }

    private func use(_ claim: Claim, at now: Timestamp) -> CallerIDUse {
        CallerIDUse(attempt: claim.attempt, callerID: claim.callerID ?? "", claimedAt: now)
    }

    @Test("what is undone is forgotten, and then told anew", arguments: LedgerUnderTest.allCases)
    func undone(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 10)
        try await scenario.importLines(2)
        let policy = LinePolicy()
        try await scenario.claim(1, policy: policy)
        policy.spoil(3)
        await expectRefusal(.constraint) { try await scenario.claim(3, policy: policy) }
        #expect(policy.position == nil)
        #expect(try await scenario.snapshot().held.count == 1)
        // Somebody else's claim gets the places in the order of news that the one undone had.
        try await scenario.claim(1, policy: LinePolicy())
        let result = try await scenario.claim(10, policy: policy)
        #expect(result.claims.count == 2, "four lines, two of them taken")
        #expect(try await scenario.snapshot() == policy.snapshot(at: start))
    }

    @Test("commits that share a transaction undo only their own", arguments: LedgerUnderTest.allCases)
    func undoneApart(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 60)
        try await scenario.importLines(10)
        let policies = [LinePolicy(), LinePolicy()]
        var spoilt = scenario.request(1)
        spoilt.run = RunID(999)
        await withTaskGroup(of: Void.self) { group in
            for index in 0..<60 {
                var request = index.isMultiple(of: 3) ? spoilt : scenario.request(1)
                request.policy = policies[index % 2]
                group.addTask { [request] in _ = try? await scenario.ledger.commit([], claiming: request) }
            }
        }
        let snapshot = try await scenario.snapshot()
        #expect(snapshot.held.count == 20, "as many as there are lines")
        for number in snapshot.numbers {
            #expect(snapshot.held.count { $0.callerID == number.number } == 2)
        }
        // Each asks when the leads that those before it held are due again: a policy that nobody asks is told nothing.
        for (policy, now) in zip(policies, [start + .seconds(5), start + .seconds(10)]) {
            try await scenario.claim(1, at: now, policy: policy)
            #expect(try await scenario.snapshot(at: now) == policy.snapshot(at: now))
        }
    }

    @Test(
        "a pause, a quarantine and an import reach a policy before its next choice", arguments: LedgerUnderTest.allCases
    )
    func inventoryNews(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 10)
        try await scenario.importLines(3)
        let policy = LinePolicy()
        try await scenario.claim(1, policy: policy)
        let (first, second) = (Scenario.line(0).number, Scenario.line(1).number)
        try await scenario.ledger.pauseCallerID(first, of: Scenario.account, because: "", at: start)
        try await scenario.beRefused(showing: second)
        #expect(try await scenario.claim(1, policy: policy).claims.first?.callerID == Scenario.line(2).number)
        let only = OutboundNumber("057180000001")
        _ = try await scenario.ledger.importCallerIDs([only], into: Scenario.account, replacing: true, at: start)
        _ = try await scenario.ledger.importCallerIDs(
            [Scenario.line(7)], into: "elsewhere", replacing: true, at: start)
        let heard = policy.news.count
        #expect(try await scenario.claim(1, policy: policy).claims.first?.callerID == only.number)
        #expect(policy.news[heard].content == .events([.imported([only])]))
    }

    @Test("a policy that has fallen far behind begins again", arguments: LedgerUnderTest.allCases)
    func farBehind(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 5_200)
        try await scenario.importLines(1, lines: 20)
        let policy = LinePolicy()
        try await scenario.claim(1, policy: policy)
        try await scenario.claim(5_100, policy: Policy { _, _ in .dial(callerID: "0990000000") })
        let before = try await scenario.snapshot()
        let heard = policy.news.count
        try await scenario.claim(1, policy: policy)
        #expect(policy.news[heard].content == .snapshot(before))
        #expect(before.usages.map(\.dialsToday) == [1, 5_100])
    }

    @Test("a policy that nobody asks is told nothing", arguments: LedgerUnderTest.allCases)
    func nothingDue(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 1)
        let policy = LinePolicy()
        try await scenario.claim(1, at: start - .seconds(1), policy: policy)
        try await scenario.claim(0, policy: policy)
        #expect(policy.news.isEmpty)
        await expectRefusal(.constraint) { try await scenario.claim(1, policy: LinePolicy("another account")) }
        #expect(try await scenario.figures().due == 1)
    }
}
