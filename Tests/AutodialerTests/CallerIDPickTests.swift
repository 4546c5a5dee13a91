import Foundation
import Testing

@Suite("Which number a callee would be shown, and why", .timeLimit(.minutes(15)))
struct CallerIDPickTests {
    private static let pick = "caller-ids pick \(CallerIDSetup.callee) --campaign trial --at 10:00"

    /// Candidates by number: the tier and what is said of it.
    private func candidates(_ text: String) -> [String: String] {
        let rows = text.split(separator: "\n").drop { !$0.hasPrefix("CANDIDATE") }.dropFirst()
        return rows.reduce(into: [:]) { found, row in
            let words = row.split(separator: " ", maxSplits: 1)
            found[String(words[0])] = words[1].split(separator: " ").joined(separator: " ")
        }
    }

    @Test("The number of the callee's city, with every other and the reason against it")
    func reasons() async throws {
        let place = try await Workplace.withCallerIDs()
        try await place.succeed("caller-ids pause 051488880001 --account simulator.alibaba")
        let text = try await place.succeed(Self.pick + " --pool east").output
        #expect(text.contains("callee    +86514****4321, 江苏 扬州\n"))
        #expect(text.contains("pool      east: random, city_province_any\n"))
        #expect(text.contains("shown     051488880002, tier city, the only one free\n"))
        #expect(
            candidates(text) == [
                "02588880003": "province a nearer number is free", "051488880001": "city paused",
                "051488880002": "city chosen",
            ])
    }

    @Test("Further numbers are those of the next tier, and none comes twice")
    func count() async throws {
        let place = try await Workplace.withCallerIDs()
        let text = try await place.succeed(Self.pick + " --pool east --count 5").output
        let shown = text.split(separator: "\n").filter { $0.hasPrefix("shown") }.map { $0.split(separator: " ")[1] }
        #expect(Set(shown.prefix(2)) == ["051488880001,", "051488880002,"])
        #expect(shown.last == "02588880003,")
        #expect(shown.count == 3)
    }

    @Test("Outside the hours in which people may be rung there is no number, and it is said when there will be")
    func deferred() async throws {
        let place = try await Workplace.withCallerIDs()
        let text = try await place.succeed(Self.pick.replacing("10:00", with: "23:30") + " --pool east").output
        #expect(text.contains(/shown {5}nothing, the callee is not to be rung before .* 08:00: outside_window/))
        #expect(candidates(text).isEmpty)
    }

    @Test("Where every number is paused, it is said that waiting is no use")
    func nothing() async throws {
        let place = try await Workplace.withCallerIDs()
        try await place.succeed("caller-ids pause 01088880004 --account simulator.alibaba")
        let text = try await place.succeed(Self.pick + " --pool north").output
        #expect(text.contains("shown     nothing, however long one waits: 1 paused"))
    }

    @Test("For programs it is one object, and the callee's number is hidden there as well")
    func json() async throws {
        let place = try await Workplace.withCallerIDs()
        let output = try await place.succeed(Self.pick + " --pool north --json").output
        let object = try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
        #expect(object["callee"] as? String == "+86514****4321")
        #expect(object["city"] as? String == "扬州")
        let answers = try #require(object["answers"] as? [[String: Any]])
        #expect(answers.map { $0["number"] as? String } == ["01088880004"])
        #expect(answers.map { $0["tier"] as? String } == ["elsewhere"])
        let candidates = try #require(object["candidates"] as? [[String: Any]])
        #expect(candidates.map { $0["chosen"] as? Bool } == [true])
    }

    @Test("It writes nothing")
    func writesNothing() async throws {
        let place = try await Workplace.withCallerIDs()
        let before = try await place.succeed("caller-ids list --account simulator.alibaba").output
        try await place.succeed(Self.pick + " --pool east --count 3")
        #expect(try await place.succeed("caller-ids list --account simulator.alibaba").output == before)
        #expect(try LedgerRows(place.file("autodialer.sqlite")).attempts.isEmpty)
    }

    @Test(
        "What cannot be chosen from",
        arguments: [
            (" --pool west", Int32(65), "has no number pool \"west\" (its pools: east, north, service)"),
            (" --pool service", 65, "no number of the pool \"service\" dials out (its pools: east, north"),
            ("", 65, "the campaign \"trial\" leaves the number to the vendor; see --pool"),
            (" --pool east --at 2020-01-02T10:00", 65, "that time is over"), (" --pool east --at noon", 64, "--at"),
            (" --pool east --at 2026-02-30T10:00", 64, "--at"), (" --pool east --count 0", 64, "--count"),
        ])
    func bad(more: String, code: Int32, word: String) async throws {
        let place = try await Workplace.withCallerIDs()
        let command = more.contains("--at") ? Self.pick.replacing(" --at 10:00", with: "") : Self.pick
        try await place.fail(command + more, code, saying: [word])
    }

    @Test("A callee's number that cannot be dialled is not repeated")
    func badCallee() async throws {
        let place = try await Workplace.withCallerIDs()
        let transcript = try await place.fail(
            "caller-ids pick 1541234567 --campaign trial --pool east", 65, saying: ["the number cannot be dialled: "])
        #expect(!transcript.errors.contains("1541234567"))
    }

    @Test("An account without numbers is told how to get some")
    func noNumbers() async throws {
        let place = try await Workplace.withCallerIDs()
        var campaign = CampaignSetup()
        campaign.vendor = "simulator.well"
        try place.write(campaign: campaign, list: nil)
        try await place.fail(
            Self.pick + " --pool east", 66, saying: ["caller-ids import FILE --account simulator.well"])
    }
}
