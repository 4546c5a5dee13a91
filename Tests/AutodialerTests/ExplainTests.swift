import Foundation
import Testing

@Suite("Why an attempt showed its number", .timeLimit(.minutes(15)))
struct ExplainTests {
    @Test("What was kept is shown, and choosing once more yields the same number")
    func explained() async throws {
        let place = try await Workplace()
        let (text, number) = try CallerIDSetup.explanation()
        try await CallerIDSetup.attempts(
            [.init(callerID: number, explanation: text, reported: "01088880004")], in: place)
        let output = try await place.succeed("explain 1").output
        #expect(output.hasPrefix("attempt   1: +86154****0001, dial 1 of lead 1, "))
        #expect(output.contains("number    \(number); MISMATCH: the vendor says it showed 01088880004\n"))
        #expect(output.contains("asked     江苏 扬州, round_robin, city_province_any, at 2026-01-14 10:00\n"))
        #expect(output.contains("because   the strategy round_robin chose it among 2\n"))
        #expect(output.contains("passed    1 paused\n"))
        #expect(output.contains("again     the same number\n"))
        #expect(output.contains(/051488880001 {2}3 {6}2026-01-14 08:00 {2}1 {7}chosen/))
        #expect(output.contains(/051488880002 {2}3 {6}2026-01-14 09:00 {2}1\n/))
    }

    @Test("The same for programs")
    func json() async throws {
        let place = try await Workplace()
        let (text, number) = try CallerIDSetup.explanation(pausedToo: 3)
        try await CallerIDSetup.attempts([.init(callerID: number, explanation: text)], in: place)
        let output = try await place.succeed("explain 1 --json").output
        let object = try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
        #expect(object["phone"] as? String == "+86154****0001")
        #expect(object["chosen_by"] as? String == "pool")
        let pick = try #require(object["pick"] as? [String: Any])
        #expect(pick["reasons"] as? [String: Int] == ["paused": 3])
        #expect(pick["again"] as? String == number)
        #expect((pick["contenders"] as? [Any])?.count == 2)
    }

    @Test("A number that does not follow from what was kept is a failure, and said to be one")
    func contradicted() async throws {
        let place = try await Workplace()
        let (text, _) = try CallerIDSetup.explanation()
        try await CallerIDSetup.attempts([.init(callerID: "051488880002", explanation: text)], in: place)
        let transcript = try await place.run("explain 1")
        #expect(transcript.code == 70)
        #expect(transcript.output.contains("again     051488880001, which differs\n"))
        #expect(transcript.errors.contains("attempt 1: choosing once more yields another number"))
    }

    @Test("An attempt without a choice of ours says who chose")
    func unexplained() async throws {
        let place = try await Workplace()
        try await CallerIDSetup.attempts([.init(callerID: nil), .init(callerID: "051488880002")], in: place)
        #expect(try await place.succeed("explain 1").output.contains("because   the vendor chose"))
        let second = try await place.succeed("explain 2").output
        #expect(second.contains("number    051488880002\n"))
        #expect(second.contains("because   it was next in the campaign's own list"))
    }

    @Test(
        "An attempt that is not there, and words that are none",
        arguments: [
            ("explain 99", Int32(66), "no attempt 99"), ("explain first", 64, "first"), ("explain", 64, "attempt"),
        ])
    func missing(command: String, code: Int32, word: String) async throws {
        let place = try await Workplace()
        try await CallerIDSetup.attempts([.init(callerID: nil)], in: place)
        try await place.fail(command, code, saying: [word])
    }

    @Test("What this version cannot read is not guessed at")
    func unknownForm() async throws {
        let place = try await Workplace()
        try await CallerIDSetup.attempts([.init(callerID: "051488880002", explanation: "{}")], in: place)
        try await place.fail("explain 1", 65, saying: ["a form that this version does not know"])
    }
}
