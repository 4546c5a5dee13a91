import Foundation
import TestSupport
import Testing

/// Several runners of one campaign, each a process, on a real server.
@Suite("Runners on one server lose nothing and double nothing, whoever of them dies, and though the server does")
struct FleetTests {
    private static let run = "run trial --quiet"

    @Test("one is killed, one stalls past its lease, and the server crashes", .timeLimit(.minutes(10)))
    func troubles() async throws {
        let server = try await PostgresServer()
        let place = try await Workplace()
        var campaign = CampaignSetup()
        campaign.vendor = "local"
        try place.write(campaign: campaign, list: ScriptedList.csv(Self.callees, each: 90))
        let simulator = try await place.startSimulator("--agents 12 --speed 20 --seed 7")
        let database = try await server.address(of: "fleet")
        let environment = VendorSetup.environment.merging(["AUTODIALER_DATABASE": database]) { $1 }
        try await place.succeed("import trial --quiet", environment: environment)

        var runners: [String: RunningTool] = [:]
        for name in ["one", "two", "three", "four"] {
            runners[name] = try await place.startDialling(
                Self.run, at: simulator, calls: 2, environment: environment.merging(["AUTODIALER_RUNNER": name]) { $1 })
        }
        var all: [Runner] = []
        repeat {
            all = try await Self.runners(of: place, environment)
        } while all.count < 4 && runners.values.allSatisfy(\.isRunning)
        #expect(Set(all.map(\.name)) == ["one", "two", "three", "four"])
        let leader = try #require(all.first { $0.isLeader })
        let others = all.filter { !$0.isLeader }.map(\.name)
        #expect(others.count == 3)

        // The leader dies, and another stalls: both are given up, and another leads.
        runners[leader.name]?.signal(SIGKILL)
        runners[others[0]]?.signal(SIGSTOP)
        let gone = [leader.name, others[0]]
        repeat {
            all = try await Self.runners(of: place, environment)
        } while all.contains { gone.contains($0.name) && $0.state != "fenced" } && runners[others[1]]?.isRunning == true
        #expect(all.filter { $0.state == "fenced" }.count == 2)
        #expect(all.contains { $0.isLeader && $0.state == "alive" })
        runners[others[0]]?.signal(SIGCONT)
        #expect(try await runners[others[0]]?.ended().code == 75)

        try await server.crash()
        for name in others[1...] {
            let end = try await runners[name]?.ended(within: .seconds(300))
            // One that was in the midst of a step for longer than its lease ends, and is started again by whoever started it.
            #expect(end?.code == 0 || end?.code == 75, "\(name): \(String(describing: end))")
        }
        try await place.succeed(Self.run, environment: environment)

        _ = try await simulator.stop()
        try await place.succeed("audit verify", environment: environment)
        let table = try CSVTable(
            try await place.succeed("export attempts trial --reveal", environment: environment).output)
        let attempts = table.rows.count
        let log = try CallLog(simulator.log)
        #expect(log.overlaps == [], "nobody is called while they are called")
        // A request that was cut off with its runner may not have been heard.
        #expect(log.placedLines <= attempts && attempts - log.placedLines <= 12)
        let status = try await place.succeed("status trial --json", environment: environment).output
        let figures = try #require(try JSONSerialization.jsonObject(with: Data(status.utf8)) as? [String: Any])
        let leads = try #require(figures["leads"] as? [String: Int])
        #expect(leads["finished"] == leads["total"] && leads["total"] == Self.callees.count * 90)
    }

    @Test("orders reach all runners, and a password does not belong into a command")
    func orders() async throws {
        let place = try await Workplace()
        var campaign = CampaignSetup()
        campaign.vendor = "local"
        try place.write(campaign: campaign, list: ScriptedList.csv([.answers], each: 40))
        let simulator = try await place.startSimulator("--agents 4 --speed 5 --seed 3")
        let database = try await PostgresServer.shared.value.address(of: "orders")
        let environment = VendorSetup.environment.merging(["AUTODIALER_DATABASE": database]) { $1 }
        try await place.fail("pause trial", 66, saying: ["no ledger yet"], environment: environment)
        try await place.succeed("import trial --quiet", environment: environment)
        try await place.fail("pause trial", 66, saying: ["no run of trial"], environment: environment)
        var runners: [RunningTool] = []
        for name in ["one", "two"] {
            runners.append(
                try await place.startDialling(
                    Self.run, at: simulator, calls: 1,
                    environment: environment.merging(["AUTODIALER_RUNNER": name]) { $1 }))
        }
        // The name is taken on this machine.
        try await place.fail(
            Self.run, 75, saying: ["another run has this campaign"],
            environment: environment.merging(["AUTODIALER_RUNNER": "one"]) { $1 })
        let paused = try await place.succeed("pause trial", environment: environment)
        #expect(paused.output.contains("2 runners"))
        try await place.succeed("resume trial", environment: environment)
        try await place.succeed("drain trial", environment: environment)
        for runner in runners { #expect(try await runner.ended().code == 0) }
        let hidden = try await place.fail(
            "status trial --database postgresql://dialer:hunter2@127.0.0.1/x", 64, saying: [".pgpass"])
        #expect(!hidden.errors.contains("hunter2"))
    }

    private static let callees: [ScriptedList.Callee] = [.answers, .busy, .ringsOut, .answersSecondCall, .invalid]

    private struct Runner {
        var name: String
        var state: String
        var isLeader: Bool
    }

    /// The runners that `status` tells of, in the order in which they began.
    private static func runners(of place: Workplace, _ environment: [String: String]) async throws -> [Runner] {
        let text = try await place.succeed("status trial --json", environment: environment).output
        let status = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        return try #require(status["runners"] as? [[String: Any]]).map { runner in
            Runner(
                name: runner["name"] as? String ?? "", state: runner["state"] as? String ?? "",
                isLeader: runner["is_leader"] as? Bool ?? false)
        }
    }
}

extension CallLog {
    /// Those who were called once more before the call to them had ended.
    fileprivate var overlaps: [String] {
        Dictionary(grouping: calls, by: \.callee).values.flatMap { calls in
            let calls = calls.sorted { $0.placed_ms < $1.placed_ms }
            return zip(calls, calls.dropFirst()).filter { ($0.ended_ms ?? .max) > $1.placed_ms }.map { $1.callee }
        }
    }
}
