import DialModel
import Ledger
import Testing

@Suite("Ledger conformance: commits")
struct CommitConformanceTests {
    private let start = Scenario.start

    private func placed(_ kind: LedgerUnderTest, _ count: Int = 1) async throws -> (Scenario, [Claim]) {
        let scenario = try await Scenario(kind, leads: count)
        return (scenario, try await scenario.claim(count).claims)
    }

    @Test("what is reached is kept, and what is not said stays as it was", arguments: LedgerUnderTest.allCases)
    func reached(_ kind: LedgerUnderTest) async throws {
        let (scenario, claims) = try await placed(kind)
        let id = claims[0].attempt
        let call = VendorCallID("task-1")
        try await scenario.commit(
            .reached(id, .dialing, at: start + .seconds(1), detail: AttemptDetail(vendorCall: call)),
            .reached(id, .answered, at: start + .seconds(7), detail: AttemptDetail(cpa: .human)))
        try await scenario.commit(
            .reached(id, .connected, at: start + .seconds(8), detail: AttemptDetail(agent: AgentID("a-7"))))
        let attempt = try #require(try await scenario.attempts().first)
        #expect(attempt.state == .connected)
        #expect(attempt.vendorCall == call)
        #expect(attempt.cpa == .human)
        #expect(attempt.agent == AgentID("a-7"))
        #expect(attempt.answeredAt == start + .seconds(7))
        #expect(attempt.connectedAt == start + .seconds(8))
        #expect(attempt.outcome == nil)
        let open = try #require(try await scenario.ledger.openAttempts(of: scenario.campaign).first)
        #expect(open.state == .connected)
        #expect(open.vendorCall == call)
    }

    @Test("a closing is kept whole and frees the lead", arguments: LedgerUnderTest.allCases)
    func closed(_ kind: LedgerUnderTest) async throws {
        let (scenario, claims) = try await placed(kind)
        let end = start + .seconds(90)
        let closing = AttemptClosing(
            outcome: .connected, endedAt: end, answeredAt: start + .seconds(5), connectedAt: start + .seconds(6),
            talk: .milliseconds(83_250), agent: AgentID("张三"), vendorReason: "正常挂断", shownCallerID: "057150009999",
            lead: .finish(.reached))
        try await scenario.commit(.closed(claims[0].attempt, closing))

        let attempt = try #require(try await scenario.attempts().first)
        #expect(attempt.state == .closed)
        #expect(attempt.outcome == .connected)
        #expect(attempt.endedAt == end)
        #expect(attempt.answeredAt == closing.answeredAt)
        #expect(attempt.connectedAt == closing.connectedAt)
        #expect(attempt.talk == closing.talk)
        #expect(attempt.agent == closing.agent)
        #expect(attempt.vendorReason == closing.vendorReason)
        #expect(attempt.shownCallerID == closing.shownCallerID)
        let lead = try #require(try await scenario.leads().first)
        #expect(lead.state == .finished)
        #expect(lead.ending == .reached)
        #expect(lead.attempts == 1)
        #expect(lead.lastOutcome == .connected)
        #expect(lead.lastEndedAt == end)
        #expect(try await scenario.ledger.openAttempts(of: scenario.campaign).isEmpty)
    }

    @Test("changes come before the claim of the same commit", arguments: LedgerUnderTest.allCases)
    func changesThenClaim(_ kind: LedgerUnderTest) async throws {
        let (scenario, claims) = try await placed(kind)
        let end = start + .seconds(20)
        let closing = AttemptClosing(.congestion, at: end, lead: .wait(until: end))
        let result = try await scenario.ledger.commit(
            [.closed(claims[0].attempt, closing)], claiming: scenario.request(1, at: end))
        #expect(result.claims.map(\.lead) == [claims[0].lead])
        #expect(result.claims.first?.history[.congestion] == 1)
        #expect(result.claims.first?.attempt != claims[0].attempt)
    }

    @Test("a commit without a request claims nothing", arguments: LedgerUnderTest.allCases)
    func noRequest(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 3)
        let result = try await scenario.ledger.commit([], claiming: nil)
        #expect(result == ClaimResult(claims: [], nextDueAt: nil))
        #expect(try await scenario.figures().attempts == 0)
    }

    @Test("a closed attempt is never touched again", arguments: LedgerUnderTest.allCases)
    func closedForGood(_ kind: LedgerUnderTest) async throws {
        let (scenario, claims) = try await placed(kind, 2)
        let id = claims[0].attempt
        let end = start + .seconds(20)
        try await scenario.commit(.closed(id, AttemptClosing(.busy, at: end, lead: .wait(until: end))))
        let before = try await (scenario.attempts(), scenario.leads(), scenario.ledger.timeline(of: id))

        let again = AttemptClosing(.connected, at: end, lead: .finish(.reached))
        await expectRefusal(.constraint) { try await scenario.commit(.closed(id, again)) }
        await expectRefusal(.constraint) {
            try await scenario.commit(.reached(id, .ringing, at: end, detail: AttemptDetail()))
        }
        let after = try await (scenario.attempts(), scenario.leads(), scenario.ledger.timeline(of: id))
        #expect(before.0 == after.0)
        #expect(before.1 == after.1)
        #expect(before.2 == after.2)
    }

    @Test("an attempt is not closed without an outcome", arguments: LedgerUnderTest.allCases)
    func reachedClosed(_ kind: LedgerUnderTest) async throws {
        let (scenario, claims) = try await placed(kind)
        await expectRefusal(.constraint) {
            try await scenario.commit(.reached(claims[0].attempt, .closed, at: start, detail: AttemptDetail()))
        }
        #expect(try await scenario.attempts().map(\.state) == [.placing])
    }

    @Test("a commit of which one part fails leaves nothing", arguments: LedgerUnderTest.allCases)
    func allOrNothing(_ kind: LedgerUnderTest) async throws {
        let (scenario, claims) = try await placed(kind, 2)
        try await scenario.add(2..<4)
        let before = try await (scenario.attempts(), scenario.leads())
        let good = AttemptChange.closed(claims[0].attempt, AttemptClosing(.busy, at: start, lead: .wait(until: start)))
        let bad = AttemptChange.reached(AttemptID(999), .ringing, at: start, detail: AttemptDetail())
        await expectRefusal(.constraint) {
            try await scenario.ledger.commit([good, bad], claiming: scenario.request(2))
        }
        var foreign = scenario.request(2)
        foreign.run = RunID(999)
        await expectRefusal(.constraint) { try await scenario.ledger.commit([good], claiming: foreign) }
        #expect(try await scenario.attempts() == before.0)
        #expect(try await scenario.leads() == before.1)
        #expect(try await scenario.ledger.timeline(of: claims[0].attempt).count == 1)
    }

    @Test("concurrent commits that fail and succeed do not mix", arguments: LedgerUnderTest.allCases)
    func concurrentFailures(_ kind: LedgerUnderTest) async throws {
        let (scenario, claims) = try await placed(kind, 40)
        let results = await withTaskGroup(of: Bool.self) { group in
            for (index, claim) in claims.enumerated() {
                let id = index.isMultiple(of: 3) ? AttemptID(10_000 + claim.attempt.value) : claim.attempt
                let closing = AttemptClosing(.busy, at: start, lead: .finish(.notRetried))
                group.addTask {
                    (try? await scenario.ledger.commit([.closed(id, closing)], claiming: nil)) != nil
                }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(results == 26)
        #expect(try await scenario.figures().outcomes[.busy] == 26)
        #expect(try await scenario.figures().openAttempts == 14)
    }
}
