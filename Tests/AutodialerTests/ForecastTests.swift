import Foundation
import Testing

@Suite("A campaign is rehearsed before it is run", .timeLimit(.minutes(15)))
struct ForecastTests {
    private func place(
        _ more: String = "simulator: { agents: 4 }", mode: String = "progressive", leads: Int = 20
    ) async throws -> Workplace {
        let place = try await Workplace()
        var setup = CampaignSetup()
        setup.mode = mode
        setup.more = more
        let rows = (0..<leads).map { "154\(10_000_000 + $0 * 7)\n" }
        try place.write(campaign: setup, list: "phone\n" + rows.joined())
        try await place.succeed("import trial")
        return place
    }

    private func scenarios(_ output: String) throws -> [[String: Any]] {
        let object = try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any]
        return try #require(object?["scenarios"] as? [[String: Any]])
    }

    private func median(_ key: String, _ scenario: [String: Any]) throws -> Double {
        let figures = try #require(scenario["figures"] as? [String: [String: Any]])
        return try #require(figures[key]?["median"] as? Double)
    }

    @Test("The same seed gives the same bytes, for people and for programs, and nothing is written")
    func bytes() async throws {
        let place = try await place()
        let before = try await place.succeed("export leads trial --reveal").output
        let command = "forecast trial --at 2030-01-07T10:00 --runs 3 --what-if agents=2,mode=power,ratio=2"
        let first = try await place.succeed(command)
        #expect(first.errors == "" && first.output.contains("contacts per agent-hour"))
        #expect(first.output.contains("agents=2,mode=power,ratio=2") && first.output.contains("default: too few"))
        #expect(try await place.succeed(command).output == first.output)
        let width = first.output.split(separator: "\n").map(\.count).max() ?? 0
        #expect(width <= 80 && first.output.split(separator: "contacts per agent-hour").count == 3, "\(first.output)")
        let one = try await place.succeed("forecast trial --at 2030-01-07T10:00 --runs 1").output
        #expect(one.contains(": 1 run, seed 1\n") && one.contains(#/leads finished +20\n/#), "\(one)")
        #expect(one.contains("dials a day, busiest number  the vendor chooses\n"), "no number is known to be shown")
        let json = try await place.succeed(command + " --json").output
        #expect(try await place.succeed(command + " --json").output == json)
        #expect(try await place.succeed(command + " --json --seed 2").output != json)
        #expect(try await place.succeed("export leads trial --reveal").output == before)
        let both = try scenarios(json)
        #expect(both.count == 2 && both[1]["agents"] as? Int == 2)
        #expect(try median("finished", both[0]) == 20)
        #expect(try await place.succeed(command + " --lang zh").output.contains("每工时接通"))
    }

    @Test("Dialling ahead keeps agents busier than a call for each, by a limit that may be another")
    func predictive() async throws {
        let place = try await place("simulator: { agents: 12, talk: 120s }", mode: "predictive", leads: 300)
        let command = "forecast trial --at 2030-01-07T10:00 --runs 2 --json --what-if mode=progressive"
        let ways = try scenarios(try await place.succeed(command + " --what-if limit=1%").output)
        let contacts = try ways.map { try median("contacts_per_agent_hour", $0) }
        #expect(contacts[0] > contacts[1], "\(contacts)")
        let limits = ways.map {
            ($0["figures"] as? [String: [String: Any]])?["abandonment_limit"]?["per_mille"] as? Int
        }
        #expect(limits == [30, nil, 10])
        // What is finer than a tenth of a per cent is kept as it is.
        let fine = try await place.succeed("forecast trial --at 2030-01-07T10:00 --runs 1 --what-if limit=0.25% --json")
        #expect(fine.output.contains("\"abandonment_limit\":{\"per_mille\":2.5,"), "\(fine)")
        let held = try #require(ways[0]["held_back"] as? [String: [String: Any]])
        #expect(try #require(held["risk"]?["median"] as? Double) > 0)
    }

    @Test("A broadcast goes by its rate, and needs one")
    func broadcast() async throws {
        let place = try await place(leads: 60)
        let command = "forecast trial --at 2030-01-07T10:00 --runs 2 --json --what-if mode=broadcast,rate=6"
        let ways = try scenarios(try await place.succeed(command).output)
        let held = try #require(ways[1]["held_back"] as? [String: [String: Any]])
        #expect(try #require(held["pace"]?["median"] as? Double) > 0.01, "\(held)")
        for wrong in ["mode=broadcast", "mode=predictive,rate=6", "rate=0", "limit=0%", "limit=30%"] {
            try await place.fail("forecast trial --what-if \(wrong)", 64, saying: ["--what-if"])
        }
    }

    @Test("Who may not be dialled is dialled in no rehearsal either")
    func gates() async throws {
        let place = try await place(leads: 5)
        try await place.succeed("dnc add +8615410000000 --because test")
        let forecast = try await place.succeed("forecast trial --runs 2")
        #expect(forecast.output.contains(#/left: do not call +1 \(1–1\)/#), "\(forecast.output)")
        #expect(try await place.succeed("plan trial").output.contains("can be dialled  4"))
    }

    @Test("A campaign that has been run tells how its callees behave")
    func learnt() async throws {
        let place = try await place("simulator: { agents: 10, talk: 20s, wrap_up: 5s }", leads: 150)
        try await place.succeed("run trial --speed 200 --max-attempts 100")
        let forecast = try await place.succeed("forecast trial --runs 2").output
        #expect(forecast.contains(#/answers, by list and hour +learnt from \d+ attempts/#), "\(forecast)")
    }

    @Test("What cannot be rehearsed is said, with what to do about it")
    func refusals() async throws {
        let place = try await Workplace()
        var setup = CampaignSetup()
        setup.more = "hours: { rules: none, zone: Asia/Shanghai }"
        try place.write(campaign: setup, list: "phone\n15410000000\n")
        try await place.fail("forecast trial", 66, saying: ["import a list"])
        try await place.succeed("import trial")
        try await place.fail("forecast trial --agents 0", 64, saying: ["--agents"])
        try await place.fail("forecast trial --runs 0", 64, saying: ["--runs"])
        try await place.fail("forecast trial --what-if agents=many", 64, saying: ["--what-if"])
        try await place.fail("forecast trial --what-if mode=power", 64, saying: ["--what-if"])
        try place.write("vendors.yaml", VendorSetup.text(port: 9))
        setup.vendor = "local"
        try place.write(campaign: setup, list: nil)
        try await place.fail(
            "forecast trial", 64, saying: ["how many agents", "--agents 10"], environment: VendorSetup.environment)
    }
}
