import DialModel
import Foundation
import Testing

/// A runner that is killed again and again, against a simulator that goes on.
@Suite("A runner killed at any moment and started again places no call twice and loses no result")
struct CrashTests {
    /// The file whose changes decide when the runner is killed.
    private static let killers = ["calls.jsonl", "autodialer.sqlite-wal", "autodialer.sqlite.trial.lock"]

    private static let isSoak = ProcessInfo.processInfo.environment["AUTODIALER_SOAK"] == "1"

    private static let run = "run trial --max-duration 48h --quiet"

    @Test("Killed 25 times at random moments", .timeLimit(.minutes(15)), arguments: [UInt64(20_260_102)])
    func killed(seed: UInt64) async throws {
        try await rehearse(seed: seed, kills: 25, each: 6)
    }

    @Test("Killed many more times, with further seeds", .enabled(if: isSoak), arguments: UInt64(1)...8)
    func killedForLong(seed: UInt64) async throws {
        try await rehearse(seed: seed, kills: 150, each: 60)
    }

    private func rehearse(seed: UInt64, kills: Int, each count: Int) async throws {
        let place = try await Workplace()
        let callees: [ScriptedList.Callee] = [
            .answers, .answersLate, .answers, .busy, .ringsOut, .answersSecondCall, .busyFirst, .invalid, .declines,
            .congested,
        ]
        var campaign = CampaignSetup()
        campaign.vendor = "local"
        try place.write(campaign: campaign, list: ScriptedList.csv(Array(Set(callees)).sorted(), each: count))
        let simulator = try await place.startSimulator("--agents 8 --speed 300 --seed \(seed)")
        try await place.succeed("import trial --quiet")
        let leadCount = try LedgerRows(place.file("autodialer.sqlite")).leads.count

        var random = SplitMix64(seed: seed)
        var killed = 0
        // On a busy machine a run may end before its turn to be killed, as one that cannot reach the simulator in time.
        for _ in 0..<4 * kills where killed < kills {
            if try await killOneRun(in: place, &random) { killed += 1 }
            try LedgerRows(place.file("autodialer.sqlite")).expectConsistent()
        }
        #expect(killed == kills, "seed \(seed): the campaign was over after \(killed) kills: give it more leads")
        let last = try await place.run(Self.run, environment: VendorSetup.environment)
        #expect(last.code == 0, "seed \(seed): \(last)")
        #expect(last.output == "")

        let rows = try LedgerRows(place.file("autodialer.sqlite"))
        rows.expectConsistent()
        #expect(rows.leads.count == leadCount, "seed \(seed)")
        #expect(rows.openAttempts.isEmpty, "seed \(seed)")
        #expect(rows.leads.allSatisfy { $0.state == "finished" }, "seed \(seed)")
        _ = try await simulator.stop()
        let audit = CallAudit(log: try CallLog(simulator.log), rows: rows, retry: CallAudit.waits)
        #expect(audit.findings == [], "seed \(seed)")
        try await place.succeed("audit verify")
        #expect(audit.pairs >= leadCount, "seed \(seed): too few calls to prove anything")
    }

    /// Starts the runner and kills it at a random change of a random file; false when it ended by itself before.
    private func killOneRun(in place: Workplace, _ random: inout SplitMix64) async throws -> Bool {
        let watch = try FolderWatch(place.path)
        let file = Self.killers[Int(random.below(3))]
        let changes = file.hasSuffix(".lock") ? 1 : 1 + Int(random.below(14))
        let runner = try place.start(Self.run, environment: VendorSetup.environment)
        do {
            // When little happens, the moment at which the wait is over is as good as any.
            _ = try await watch.wait(for: "a moment to kill", while: runner, within: .milliseconds(900)) {
                $0.changes[file, default: 0] >= changes
            }
        } catch is RunningTool.WaitedInVain {}
        runner.signal(SIGKILL)
        let end = try await runner.ended()
        #expect(end.signal == SIGKILL || end.code == 0, "\(end)")
        return end.signal == SIGKILL
    }
}

extension ScriptedList.Callee: Comparable {
    static func < (lhs: Self, rhs: Self) -> Bool { lhs.rawValue < rhs.rawValue }
}
