import Foundation
import Testing

/// A runner that is killed again and again, against a simulator that goes on.
@Suite("A runner killed at any moment and started again places no call twice and loses no result")
struct CrashTests {
    private static let isSoak = ProcessInfo.processInfo.environment["AUTODIALER_SOAK"] == "1"

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
        var runs = KilledRuns(in: place, seed: seed)
        let rows = try await runs.carryOut(kills: kills)
        _ = try await simulator.stop()
        let audit = CallAudit(log: try CallLog(simulator.log), rows: rows, retry: CallAudit.waits)
        #expect(audit.findings == [], "seed \(seed)")
        #expect(audit.pairs >= rows.leads.count, "seed \(seed): too few calls to prove anything")
    }
}

extension ScriptedList.Callee: Comparable {
    static func < (lhs: Self, rhs: Self) -> Bool { lhs.rawValue < rhs.rawValue }
}
