import Foundation
import Testing

@Suite("A run that is told to stop leaves a whole ledger", .timeLimit(.minutes(15)))
struct StoppingTests {
    private static let run = "run trial --max-duration 48h"

    private func prepare(list: String, speed: Int) async throws -> (Workplace, SimulatorProcess) {
        let place = try await Workplace()
        var campaign = CampaignSetup()
        campaign.vendor = "local"
        try place.write(campaign: campaign, list: list)
        return (place, try await place.startSimulator("--agents 4 --speed \(speed)"))
    }

    private func startDialling(_ place: Workplace, _ simulator: SimulatorProcess) async throws -> RunningTool {
        try await place.startDialling(Self.run, at: simulator, environment: VendorSetup.environment)
    }

    private func waitForNotice(_ place: Workplace, _ runner: RunningTool) async throws {
        let watch = try FolderWatch(place.path)
        let isHeard = try await watch.wait(for: "the notice", while: runner) { _ in
            runner.errors.contains("stopping: no more calls are placed")
        }
        try #require(isHeard, "\(runner.errors)")
    }

    @Test(
        "The first signal lets calls in progress finish, and so does a terminal that is closed",
        arguments: [(SIGTERM, 143), (SIGINT, 130), (SIGHUP, 143), (SIGQUIT, 143)] as [(Int32, Int32)])
    func drains(signal: Int32, code: Int32) async throws {
        let (place, simulator) = try await prepare(
            list: ScriptedList.csv([.answers, .ringsOut, .busy], each: 12), speed: 100)
        let runner = try await startDialling(place, simulator)
        runner.signal(signal)
        // A terminal says twice that it goes.
        if signal == SIGHUP { runner.signal(signal) }
        let end = try await runner.ended()
        #expect(end.code == code, "\(end)")
        #expect(end.errors.contains("stopping: no more calls are placed"))
        #expect(end.output.hasPrefix("trial: stopped by the operator\n"))
        let rows = try LedgerRows(place.file("autodialer.sqlite"))
        rows.expectConsistent()
        #expect(rows.openAttempts.isEmpty)
        #expect(rows.leads.contains { $0.state == "waiting" })
        #expect(try Figures(summary: end.output) == Figures(rows))
        let log = try CallLog(simulator.log)
        #expect(log.calls.allSatisfy { $0.ended_ms != nil }, "calls were left to themselves")
        try await expectNextRunFinishes(place, simulator)
    }

    @Test("A second signal leaves at once", arguments: [(SIGTERM, 143), (SIGINT, 130)] as [(Int32, Int32)])
    func leaves(signal: Int32, code: Int32) async throws {
        // The agents' first conversations last ten minutes, so that they go on however busy this machine is.
        let list = ScriptedList.csv([.talksLong], each: 4) + "15410990001,last\n"
        let (place, simulator) = try await prepare(list: list, speed: 50)
        let runner = try await startDialling(place, simulator)
        runner.signal(signal)
        try await waitForNotice(place, runner)
        runner.signal(signal)
        let end = try await runner.ended()
        #expect(end.code == code, "\(end)")
        #expect(end.output == "", "a run that drained has a summary")
        #expect(end.errors.contains("left at once, with 4 calls open; the next run, or recover,"), "\(end)")
        let rows = try LedgerRows(place.file("autodialer.sqlite"))
        rows.expectConsistent()
        #expect(rows.openAttempts.count == 4)
        try await expectNextRunFinishes(place, simulator)
    }

    /// The same command again goes on where the stopped run was, and no call is placed twice.
    private func expectNextRunFinishes(_ place: Workplace, _ simulator: SimulatorProcess) async throws {
        let next = try await place.succeed(Self.run, environment: VendorSetup.environment)
        #expect(next.output.hasPrefix("trial: every lead is finished\n"))
        let rows = try LedgerRows(place.file("autodialer.sqlite"))
        rows.expectConsistent()
        #expect(rows.openAttempts.isEmpty)
        let audit = CallAudit(log: try CallLog(simulator.log), rows: rows, retry: CallAudit.waits)
        #expect(audit.findings == [])
        let end = try await simulator.stop()
        #expect(end.code == 0, "\(end)")
    }
}
