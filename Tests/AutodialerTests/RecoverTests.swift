import Foundation
import Testing

@Suite("What a run that died left open is settled without a further call", .timeLimit(.minutes(15)))
struct RecoverTests {
    @Test("Calls of a run that was killed are looked up, nobody is called, and the next run goes on")
    func recovers() async throws {
        let place = try await Workplace()
        var campaign = CampaignSetup()
        campaign.vendor = "local"
        try place.write(campaign: campaign, list: ScriptedList.csv([.answers, .busy, .ringsOut], each: 6))
        let simulator = try await place.startSimulator("--agents 4 --speed 100")
        try await killOneRun(in: place, simulator)
        let left = try LedgerRows(place.file("autodialer.sqlite")).openAttempts.count
        try #require(left > 0)
        let placed = try CallLog(simulator.log).placedLines

        let recovery = try await place.succeed("recover trial", environment: VendorSetup.environment)
        #expect(recovery.output.hasPrefix("trial: settled: \(left) ("), "\(recovery)")
        #expect(recovery.output.hasSuffix("still open: 0\n"), "\(recovery)")
        var rows = try LedgerRows(place.file("autodialer.sqlite"))
        rows.expectConsistent()
        #expect(rows.openAttempts.isEmpty)
        #expect(rows.leads.contains { $0.state == "waiting" })
        #expect(try CallLog(simulator.log).placedLines <= placed + left, "only requests that were on their way arrive")
        let again = try await place.succeed("recover trial", environment: VendorSetup.environment)
        #expect(again.output == "trial: no call was left open\n")

        try await place.succeed("run trial --max-duration 48h --quiet", environment: VendorSetup.environment)
        rows = try LedgerRows(place.file("autodialer.sqlite"))
        rows.expectConsistent()
        #expect(rows.leads.allSatisfy { $0.state == "finished" })
        _ = try await simulator.stop()
        let audit = CallAudit(log: try CallLog(simulator.log), rows: rows, retry: CallAudit.waits)
        #expect(audit.findings == [])
    }

    @Test("Calls of a simulator that was in the run's own process are settled at once: nobody can be asked any more")
    func simulatorGone() async throws {
        let place = try await Workplace()
        try place.write(campaign: CampaignSetup(), list: ScriptedList.csv([.talksLong], each: 2))
        let watch = try FolderWatch(place.path)
        let run = try place.start("run trial --max-duration 48h --verbose")
        let isDialling = try await watch.wait(for: "a call", while: run) { _ in run.errors.contains(" claimed ") }
        try #require(isDialling, "\(run.errors)")
        run.signal(SIGKILL)
        _ = try await run.ended()
        let left = try LedgerRows(place.file("autodialer.sqlite")).openAttempts.count
        try #require(left > 0)
        let recovery = try await place.succeed("recover trial --lang zh")
        #expect(recovery.output == "trial：已了结 \(left)（结果不明 \(left) 通），仍未了结 0\n", "\(recovery)")
        #expect(recovery.errors.contains("trial：正在向供应商查询未了结的呼叫：\(left)"), "\(recovery)")
        #expect(try await place.succeed("recover trial --lang zh").output == "trial：没有未了结的呼叫\n")
        let rows = try LedgerRows(place.file("autodialer.sqlite"))
        rows.expectConsistent()
        #expect(rows.openAttempts.isEmpty)
    }

    @Test("While a run has the campaign, its calls are left to it")
    func runUnderWay() async throws {
        let place = try await Workplace()
        var campaign = CampaignSetup()
        campaign.vendor = "local"
        try place.write(campaign: campaign, list: ScriptedList.csv([.answers, .ringsOut], each: 20))
        let simulator = try await place.startSimulator("--agents 4 --speed 20")
        let runner = try await place.startDialling(
            "run trial --max-duration 48h --quiet", at: simulator, environment: VendorSetup.environment)
        let refusal = try await place.run("recover trial", environment: VendorSetup.environment)
        #expect(refusal.code == 75 && refusal.errors.contains("another run has this campaign"), "\(refusal)")
        #expect(runner.isRunning)
        runner.signal(SIGKILL)
        _ = try await runner.ended()
        _ = try await simulator.stop()
    }

    @Test("Without a campaign in the database there is nothing to settle")
    func nothingThere() async throws {
        let place = try await Workplace()
        try place.write(campaign: CampaignSetup(), list: ScriptedList.csv([.answers], each: 1))
        let missing = try await place.run("recover trial")
        #expect(missing.code == 66 && missing.errors.contains("there is no such file"), "\(missing)")
        #expect(!FileManager.default.fileExists(atPath: place.file("autodialer.sqlite")), "nothing was made")
    }

    /// Starts a run, and kills it in the middle of calls.
    private func killOneRun(in place: Workplace, _ simulator: SimulatorProcess) async throws {
        let runner = try await place.startDialling(
            "run trial --max-duration 48h --quiet", at: simulator, environment: VendorSetup.environment)
        runner.signal(SIGKILL)
        _ = try await runner.ended()
    }
}
