import CallerID
import DialModel
import Testing

/// What vendors and callees make of a number (`vendors/alibaba-udesk.md`, C4.9).
@Suite struct CallerIDHealthTests {
    @Test(arguments: [
        "CallerNotRegistered", "CallingNumberNotExist", "InArrears", "NotExists.Number", "100005", "403", "SIP 403",
        "403-Forbidden", "403 - Forbidden",
    ])
    func `A code that names the number quarantines it for half an hour`(code: String) {
        var health = CallerIDHealth()
        #expect(health.record(vendorCode: code, at: .ten) == true)
        #expect(health.status(at: .ten) == .quarantined(until: .ten + .seconds(1_800)))
        #expect(health.status(at: .ten + .seconds(1_800)) == .active)
    }

    @Test(arguments: ["", "486", "4030", "403x", "1403", "NotExists.SkillGroupId", "1000050", "Throttling.User"])
    func `Any other code says nothing about it`(code: String) {
        var health = CallerIDHealth()
        #expect(health.record(vendorCode: code, at: .ten) == false)
        #expect(health == CallerIDHealth())
    }

    @Test func `Quarantines double up to a day, until a call is answered`() {
        var health = CallerIDHealth()
        var now = Timestamp.ten
        var minutes: [Int64] = []
        for _ in 0..<8 {
            #expect(health.record(vendorCode: "403", at: now) == true)
            guard case .quarantined(let until) = health.status(at: now) else { return }
            minutes.append((until - now).milliseconds / 60_000)
            now = until
        }
        #expect(minutes == [30, 60, 120, 240, 480, 960, 1_440, 1_440])
        health.record(.noAnswer)
        #expect(health.quarantines == 8)
        health.record(.connected)
        #expect(health.record(vendorCode: "403", at: now) == true)
        #expect(health.status(at: now) == .quarantined(until: now + .seconds(1_800)))
    }

    @Test func `Calls that fail during a quarantine do not lengthen it`() {
        var health = CallerIDHealth()
        _ = health.record(vendorCode: "403", at: .ten)
        #expect(health.record(vendorCode: "403", at: .ten + .seconds(60)) == false)
        #expect(health.status(at: .ten) == .quarantined(until: .ten + .seconds(1_800)))
    }

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
        let restored = CallerIDHealth(
            attempts: Array(repeating: true, count: 70), quarantines: -1, quarantinedUntil: nil)
        #expect(restored.rate.attempts == 50)
        #expect(restored.quarantines == 0)
    }
}
