import CallerID
import DialModel
import Testing

/// What callees make of a number (`vendors/alibaba-udesk.md`, C4.9).
@Suite struct CallerIDHealthTests {
    @Test func `A number is flagged below one in twenty of fifty, where the campaign does better`() {
        let good = AnswerRate(answered: 16, attempts: 100)
        for (answered, attempts, beside, expected) in [
            (2, 50, good, true), (3, 50, good, false), (0, 49, good, false), (0, 50, good, true),
            (0, 50, AnswerRate(answered: 15, attempts: 100), false),
            (0, 50, AnswerRate(answered: 0, attempts: 0), false),
        ] {
            var health = CallerIDHealth()
            for attempt in 0..<attempts { health.record(attempt < answered ? .connected : .noAnswer) }
            #expect(health.isFlagged(beside: beside) == expected, "\(answered) of \(attempts)")
        }
    }

    @Test func `Only the last fifty attempts that rang count`() {
        var health = CallerIDHealth()
        for _ in 0..<50 { health.record(.machine) }
        for outcome in [CallOutcome.refused, .notPlaced, .unknown] { health.record(outcome) }
        #expect(health.rate == AnswerRate(answered: 50, attempts: 50))
        for _ in 0..<20 { health.record(.busy) }
        #expect(health.rate == AnswerRate(answered: 30, attempts: 50))
    }
}
