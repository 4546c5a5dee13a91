import DialModel
import Foundation
import Testing

/// Runs of one campaign that are killed at random moments, against a simulator that goes on, until one is let finish.
struct KilledRuns {
    /// The file whose changes decide when a run is killed.
    private static let killers = ["calls.jsonl", "autodialer.sqlite-wal", "autodialer.sqlite.trial.lock"]

    private static let command = "run trial --max-duration 48h --quiet"

    /// How a run ends that could not reach the simulator for as long as it waits, as on a busy machine: its calls stay
    /// open for the next one as those of a killed run do.
    private static let outOfReach: Int32 = 69

    private let place: Workplace
    private let seed: UInt64
    private var random: SplitMix64
    /// The attempts that the ledger had as connected, open or not, after a kill.
    private var connected: Set<Int64> = []
    /// Those that it had as answered and no more: the run was killed before it could write down who talked.
    private(set) var answered: Set<Int64> = []

    init(in place: Workplace, seed: UInt64) {
        self.place = place
        self.seed = seed
        random = SplitMix64(seed: seed)
    }

    /// Has so many runs killed, and then one finish the campaign; gives the rows that they leave.
    mutating func carryOut(kills: Int) async throws -> LedgerRows {
        let leadCount = try rows().leads.count
        var killed = 0
        // On a busy machine a run may end before its turn to be killed.
        for _ in 0..<4 * kills where killed < kills {
            if try await killOne() { killed += 1 }
            let rows = try rows()
            rows.expectConsistent()
            connected.formUnion(rows.attempts.filter { $0.connected_at != nil }.map(\.id))
            answered.formUnion(rows.attempts.filter { $0.state == "answered" }.map(\.id))
        }
        #expect(killed == kills, "seed \(seed): the campaign was over after \(killed) kills: give it more leads")
        try await finish()
        let rows = try rows()
        rows.expectConsistent()
        #expect(rows.leads.count == leadCount, "seed \(seed)")
        #expect(rows.openAttempts.isEmpty, "seed \(seed)")
        #expect(rows.leads.allSatisfy { $0.state == "finished" }, "seed \(seed)")
        let lost = rows.attempts.filter { connected.contains($0.id) && $0.outcome != "connected" }
        #expect(lost.isEmpty, "seed \(seed): conversations that were known of were not kept")
        try await place.succeed("audit verify")
        return rows
    }

    private func rows() throws -> LedgerRows { try LedgerRows(place.file("autodialer.sqlite")) }

    /// Starts a run and kills it at a random change of a random file; false when it ended by itself before.
    private mutating func killOne() async throws -> Bool {
        let watch = try FolderWatch(place.path)
        let file = Self.killers[Int(random.below(3))]
        let changes = file.hasSuffix(".lock") ? 1 : 1 + Int(random.below(14))
        let runner = try place.start(Self.command, environment: VendorSetup.environment)
        do {
            // When little happens, the moment at which the wait is over is as good as any.
            _ = try await watch.wait(for: "a moment to kill", while: runner, within: .milliseconds(900)) {
                $0.changes[file, default: 0] >= changes
            }
        } catch is RunningTool.WaitedInVain {}
        runner.signal(SIGKILL)
        let end = try await runner.ended()
        #expect(end.signal == SIGKILL || [0, Self.outOfReach].contains(end.code), "\(end)")
        return end.signal == SIGKILL
    }

    private func finish() async throws {
        var last = try await place.run(Self.command, environment: VendorSetup.environment)
        for _ in 0..<4 where last.code == Self.outOfReach {
            last = try await place.run(Self.command, environment: VendorSetup.environment)
        }
        #expect(last.code == 0, "seed \(seed): \(last)")
        #expect(last.output == "")
    }
}
