import Foundation
import Testing

@Suite("A vendor that is away costs no call and no result", .timeLimit(.minutes(15)))
struct VendorTroubleTests {
    /// A port that nobody listens on: of a simulator that has ended.
    private func deadPort(_ place: Workplace) async throws -> UInt16 {
        let simulator = try await place.startSimulator("--speed 100")
        let end = try await simulator.stop()
        #expect(end.code == 0, "\(end)")
        return simulator.port
    }

    private func place(leads: Int = 20) async throws -> Workplace {
        let place = try await Workplace()
        var campaign = CampaignSetup()
        campaign.vendor = "local"
        campaign.more = "hours: { rules: none }"
        try place.write(campaign: campaign, list: ScriptedList.csv([.answers, .ringsOut], each: leads))
        return place
    }

    @Test("Down at the start", arguments: [true, false])
    func downAtStart(simulated: Bool) async throws {
        let place = try await place()
        let port = try await deadPort(place)
        try place.write("vendors.yaml", VendorSetup.text(port: port, simulated: simulated))
        try await place.fail(
            "run trial", 69, saying: ["local", "127.0.0.1:\(port)", "CURLE_COULDNT_CONNECT"],
            environment: VendorSetup.environment)
        let rows = try LedgerRows(place.file("autodialer.sqlite"))
        rows.expectConsistent()
        #expect(rows.attempts.isEmpty)
    }

    @Test("Another program on the simulator's port")
    func noSimulator() async throws {
        let place = try await place()
        // A simulator knows no path of this name, so it answers as any other server would.
        let simulator = try await place.startSimulator("--speed 100")
        let text = VendorSetup.text(port: simulator.port).replacing(
            "127.0.0.1:\(simulator.port)", with: "127.0.0.1:\(simulator.port)/elsewhere")
        try place.write("vendors.yaml", text)
        let transcript = try await place.run("run trial", environment: VendorSetup.environment)
        #expect([69, 78].contains(transcript.code), "\(transcript)")
        _ = try await simulator.stop()
    }

    @Test("Dying in the middle of a run: it ends when patience is over, and open attempts stay open for the next run")
    func dies() async throws {
        // So many that even a busy machine sees the first calls long before the last.
        let place = try await place(leads: 300)
        let simulator = try await place.startSimulator("--agents 6 --speed 200")
        let runner = try await place.startDialling(
            "run trial --max-duration 48h", at: simulator, calls: 9, environment: VendorSetup.environment)
        simulator.tool.signal(SIGKILL)
        let end = try await runner.ended()
        #expect(end.code == 69, "\(end)")
        #expect(end.output.hasPrefix("trial: the vendor cannot be reached; run the same command again later\n"))
        #expect(end.errors.contains("CURLE_COULDNT_CONNECT"))
        let rows = try LedgerRows(place.file("autodialer.sqlite"))
        rows.expectConsistent()
        #expect(try Figures(summary: end.output) == Figures(rows))
        #expect(!rows.openAttempts.isEmpty)
        let audit = CallAudit(log: try CallLog(simulator.log), rows: rows, retry: CallAudit.waits)
        #expect(audit.findings.allSatisfy { $0.contains("is open") || $0.contains("belongs to no attempt") })
    }
}
