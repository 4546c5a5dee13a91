import DialModel
import Foundation
import Testing

@Suite("One campaign through two vendors", .timeLimit(.minutes(15)))
struct SeveralVendorsTests {
    private static let isSoak = ProcessInfo.processInfo.environment["AUTODIALER_SOAK"] == "1"
    private static let run = "run trial --max-duration 48h --quiet"

    /// Many requests are carried out and then answered with an error, or not at all.
    private static let faults = #"{"failAfterDialEvery":5,"resetAfterDialEvery":9}"#

    /// Two simulators that keep one time, the first of them faulty.
    private struct Stage {
        let place: Workplace
        let simulators: [SimulatorProcess]

        /// The calls of both, each with the account that they came through.
        func calls() throws -> [(account: String, call: CallLog.Call)] {
            try zip(["first", "second"], simulators).flatMap { name, simulator in
                try CallLog(simulator.log).calls.map { (name, $0) }
            }
        }

        func stop() async throws {
            for simulator in simulators { _ = try await simulator.stop() }
        }
    }

    private func stage(
        _ vendors: String, callees: [ScriptedList.Callee], each: Int, others: Int = 0, speed: Int, agents: Int = 10
    ) async throws -> Stage {
        let place = try await Workplace()
        var campaign = CampaignSetup()
        // Whoever may have been called is not called again, so that a second call is one too many.
        campaign.retry = """
              busy: never
              machine: never
              unreachable: never
              no_answer: never
              congestion: never
              agent_missed: never
              unknown: never
              not_placed: { after: 30s, attempts: 100 }
            """
        try place.write(campaign: campaign, list: ScriptedList.csv(callees, each: each, others: others))
        let text = campaign.text.replacing("vendor: simulator.alibaba", with: "vendors: \(vendors)")
        try place.write("trial/campaign.yaml", text)
        let first = try await place.startSimulator("--agents \(agents) --speed \(speed)", log: "first.jsonl")
        let clock = "--clock-of http://127.0.0.1:\(first.port)"
        let second = try await place.startSimulator("--agents \(agents) --seed 2 \(clock)", log: "second.jsonl")
        let accounts = [("first", first), ("second", second)].map {
            VendorSetup.text(port: $1.port).replacing("local:", with: "\($0):")
        }
        try place.write("vendors.yaml", accounts.joined())
        try await first.set(faults: Self.faults)
        return Stage(place: place, simulators: [first, second])
    }

    /// Both logs beside the ledger: nobody was called twice, and each call belongs to an attempt through its own account.
    private func expectNoDouble(_ stage: Stage) throws -> LedgerRows {
        let rows = try LedgerRows(stage.place.file("autodialer.sqlite"))
        rows.expectConsistent()
        #expect(rows.openAttempts.isEmpty)
        let calls = try stage.calls()
        let twice = Dictionary(grouping: calls, by: \.call.callee).filter { $0.value.count > 1 }
        #expect(twice.isEmpty, "\(twice.map { ($0.key.suffix(8), $0.value.map(\.account)) })")
        var accounts: [String: Set<String>] = [:]
        for attempt in rows.attempts { accounts[attempt.number, default: []].insert(attempt.vendor) }
        for (account, call) in calls {
            #expect(accounts["+86" + call.callee]?.contains(account) == true, "\(call.callee.suffix(8))")
        }
        for attempt in rows.attempts {
            guard let name = attempt.vendor_call else { continue }
            #expect(calls.contains { $0.call.name == name && $0.account == attempt.vendor }, "attempt \(attempt.id)")
        }
        return rows
    }

    @Test("One takes calls and fails the answer: nobody is called twice, and shares are kept")
    func lostAnswers() async throws {
        let size = Self.isSoak ? (others: 9_820, speed: 20, agents: 60) : (others: 0, speed: 60, agents: 10)
        let stage = try await stage(
            "{ first: 50%, second: 50% }", callees: [.answers, .busy, .ringsOut], each: 60, others: size.others,
            speed: size.speed, agents: size.agents)
        let run = try stage.place.start(Self.run, environment: VendorSetup.environment)
        let end = try await run.ended(within: .seconds(Self.isSoak ? 1_800 : 150))
        #expect(end.code == 0, "\(end)")
        try await stage.stop()
        let rows = try expectNoDouble(stage)
        #expect(rows.leads.allSatisfy { $0.state == "finished" })
        let lost = rows.attempts.count { $0.vendor == "first" && $0.outcome != "not_placed" }
        #expect(lost > 30, "too few to prove anything")
        let first = rows.attempts.count { $0.vendor == "first" }
        // Two points, and the few calls that one may be ahead by at any moment.
        let tolerance = Double(rows.attempts.count) * 0.02 + 2
        #expect(
            abs(Double(first) - Double(rows.attempts.count) / 2) <= tolerance, "\(first) of \(rows.attempts.count)")

        let explained = try await stage.place.succeed("explain \(rows.attempts[20].id)").output
        #expect(
            explained.contains("account   \(rows.attempts[20].vendor); through \(rows.attempts[20].vendor): its share"))
        let export = try await stage.place.succeed("export attempts trial").output
        #expect(export.contains("first") && export.contains("second"))
        let status = try await stage.place.succeed("status trial", environment: VendorSetup.environment).output
        #expect(status.contains("through    first: ") && status.contains("through    second: "), "\(status)")
    }

    @Test("Killed again and again, open attempts are looked for where they were placed")
    func killed() async throws {
        let stage = try await stage("[first, second]", callees: [.answers, .busy], each: 60, speed: 60)
        var random = SplitMix64(seed: 7)
        for _ in 0..<8 {
            let before = try stage.calls().count
            let watch = try FolderWatch(stage.place.path)
            let runner = try stage.place.start(Self.run, environment: VendorSetup.environment)
            let more = 3 + Int(random.below(10))
            do {
                _ = try await watch.wait(for: "some calls", while: runner) { _ in
                    ((try? stage.calls().count) ?? 0) >= before + more
                }
            } catch is RunningTool.WaitedInVain {}
            runner.signal(SIGKILL)
            let end = try await runner.ended()
            #expect(end.signal == SIGKILL || end.code == 0, "\(end)")
        }
        let end = try await stage.place.run(Self.run, environment: VendorSetup.environment)
        #expect(end.code == 0, "\(end)")
        try await stage.stop()
        _ = try expectNoDouble(stage)
    }

    @Test("A built-in pair of simulators of different vendors, each with agents of its own")
    func builtIn() async throws {
        let place = try await Workplace()
        var campaign = CampaignSetup()
        campaign.more = "hours: { rules: none }\nsimulator: { agents: 6 }"
        try place.write(campaign: campaign, list: ScriptedList.csv([.answers, .busy], each: 30))
        let text = campaign.text.replacing(
            "vendor: simulator.alibaba", with: "vendors: [simulator.wincall, simulator.alibaba]")
        try place.write("trial/campaign.yaml", text)
        let check = try await place.succeed("check trial")
        #expect(check.output.contains("ready to run with simulator.wincall, simulator.alibaba"))
        let end = try await place.run("run trial --speed 60 --max-duration 9h")
        #expect(end.code == 0 && end.output.contains("through    simulator.wincall: "), "\(end)")
        let rows = try LedgerRows(place.file("autodialer.sqlite"))
        rows.expectConsistent()
        #expect(rows.leads.allSatisfy { $0.state == "finished" })
        #expect(Set(rows.attempts.map(\.vendor)) == ["simulator.wincall", "simulator.alibaba"])
        let status = try await place.succeed("status trial --json").output
        #expect(
            status.contains(
                #""ending":"nothing_due","accounts":[{"account":"simulator.wincall","id":1,"ending":"nothing_due"},"#
                    + #"{"account":"simulator.alibaba","id":2,"ending":"nothing_due"}]"#), "\(status)")
        #expect(try await place.succeed("status trial").output.contains(#/last run +ended .*: nothing is due\n?/#))
    }
}
