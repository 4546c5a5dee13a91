import DialModel
import Testing

@Suite("When a lead is dialled again after an outcome")
struct RetryPolicyTests {
    private static let now = Timestamp(milliseconds: 1_000_000)

    private func history(_ outcomes: CallOutcome...) -> OutcomeCounts {
        outcomes.reduce(into: OutcomeCounts()) { $0[$1] += 1 }
    }

    @Test("The wait grows by its factor with each time of the same outcome, up to the longest")
    func backoff() {
        let rule = RetryRule(after: .seconds(900), attempts: 9, backoff: 2, longest: .seconds(5_000))
        #expect((0..<5).map { rule.wait(afterEarlier: $0) } == [900, 1_800, 3_600, 5_000, 5_000].map { .seconds($0) })
        #expect(rule.wait(afterEarlier: 99) == .seconds(5_000))
        let even = RetryRule(after: .seconds(900), attempts: 9)
        #expect((0..<9).allSatisfy { even.wait(afterEarlier: $0) == .seconds(900) })
        let steep = RetryRule(after: .seconds(86_400), attempts: 100, backoff: 10)
        #expect(steep.wait(afterEarlier: 99) == RetryRule.longestWait)
    }

    @Test("Each outcome has its own count")
    func counts() {
        let policy = RetryPolicy(rules: [
            .busy: RetryRule(after: .seconds(60), attempts: 3, backoff: 3),
            .noAnswer: RetryRule(after: .seconds(600), attempts: 2),
        ])
        let mixed = history(.noAnswer, .busy)
        #expect(
            policy.decision(after: .busy, history: mixed, now: Self.now) == .wait(until: Self.now + .seconds(180)))
        #expect(policy.decision(after: .noAnswer, history: mixed, now: Self.now) == .finish(.attemptsUsed))
        #expect(policy.decision(after: .machine, history: mixed, now: Self.now) == .finish(.notRetried))
        #expect(policy.decision(after: .connected, history: mixed, now: Self.now) == .finish(.reached))
        #expect(policy.decision(after: .invalidNumber, history: mixed, now: Self.now) == .finish(.invalidNumber))
    }

    @Test("A request that never took effect is no attempt, and never uses a lead up")
    func nothingHappened() {
        let many = history(.notPlaced, .notPlaced, .notPlaced, .notPlaced)
        #expect(
            RetryPolicy.standard.decision(after: .notPlaced, history: many, now: Self.now)
                == .wait(until: Self.now + .seconds(60)))
    }
}
