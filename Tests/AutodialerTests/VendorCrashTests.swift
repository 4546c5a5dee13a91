import Foundation
import Testing

/// Runs that are killed again and again with vendors that keep no records: what became of a call can only be learnt from
/// its agent's phone, and its end by nobody who was not there.
@Suite("A runner killed at any moment loses no call to vendors that keep no records", .timeLimit(.minutes(15)))
struct VendorCrashTests {
    /// The vendors that keep none.
    private static let vendors: [PushVendor] = [.well, .winCall]

    private static let isSoak = ProcessInfo.processInfo.environment["AUTODIALER_SOAK"] == "1"

    @Test("Killed ten times at random moments", arguments: vendors)
    func killed(vendor: PushVendor) async throws {
        try await rehearse(vendor, seed: 20_260_102, kills: 10, each: 8)
    }

    @Test("Killed many more times, with further seeds", .enabled(if: isSoak), arguments: vendors, UInt64(1)...4)
    func killedForLong(vendor: PushVendor, seed: UInt64) async throws {
        try await rehearse(vendor, seed: seed, kills: 60, each: 90)
    }

    private func rehearse(_ vendor: PushVendor, seed: UInt64, kills: Int, each count: Int) async throws {
        let place = try await Workplace()
        var campaign = CampaignSetup()
        // Whoever was called for certain is not called again, so that a second call is one too many.
        campaign.retry = """
              busy: never
              no_answer: never
              agent_missed: { after: 1m, attempts: 3 }
              unknown: { after: 1m, attempts: 3 }
              not_placed: { after: 30s, attempts: 100 }
            """
        campaign.vendor = "local"
        vendor.fit(&campaign)
        let callees: [ScriptedList.Callee] = [.answers, .answersLate, .busy, .ringsOut, .declines]
        let long = (0..<count / 3).map { "\(ScriptedList.number(.talksLong, $0)),talks long\n" }.joined()
        try place.write(campaign: campaign, list: ScriptedList.csv(callees, each: count) + long)
        let simulator = try await place.startSimulator(
            "\(try vendor.options()) --agents 8 --speed 100 --seed \(seed)", as: "local")
        try await place.succeed("import trial --quiet")
        var runs = KilledRuns(in: place, seed: seed)
        let rows = try await runs.carryOut(kills: kills)
        _ = try await simulator.stop()

        let log = try CallLog(simulator.log)
        let audit = NumberAudit(log: log, rows: rows, dialledWith: vendor.prefix)
        #expect(audit.findings == [], "seed \(seed)")
        #expect(audit.pairs >= rows.leads.count, "seed \(seed): too few calls to prove anything")
        for (attempt, call) in audit.owned {
            // Where nobody saw the end, and it was not on record that somebody talked, it cannot be known.
            guard attempt.outcome != "unknown", !runs.answered.contains(attempt.id) else { continue }
            #expect((call.connected_ms != nil) == (attempt.outcome == "connected"), "seed \(seed): \(attempt), \(call)")
        }
    }
}
