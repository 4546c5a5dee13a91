import Foundation
import TestSupport
import Testing

/// A whole list by four runners, which takes a quarter of an hour.
@Suite(
    "Four runners dial a list of a hundred thousand to its end",
    .enabled(if: ProcessInfo.processInfo.environment["AUTODIALER_SOAK"] == "1", "it takes a quarter of an hour"),
    .timeLimit(.minutes(90)))
struct FleetSoakTests {
    private static let leads = 100_000
    private static let names = ["one", "two", "three", "four"]

    /// Those who were busy or did not answer are called once more, and nobody else.
    private static let campaign: CampaignSetup = {
        var campaign = CampaignSetup()
        campaign.vendor = "local"
        campaign.mode = "predictive"
        campaign.retry = """
              busy: { after: 1m, attempts: 2 }
              no_answer: never
              rejected: never
              congestion: { after: 30s, attempts: 2 }
              agent_missed: { after: 1m, attempts: 3 }
              unknown: { after: 3m, attempts: 3 }
              not_placed: { after: 30s, attempts: 100 }
            """
        campaign.more = """
            hours: { rules: none }
            dial: { max_lines: 1200 }
            pacing: { max_abandonment: 3% }
            """
        return campaign
    }()

    @Test("No number is called twice or while it is called, no cap and no limit is exceeded, and nothing is lost")
    func wholeList() async throws {
        let server = try await PostgresServer()
        let place = try await Workplace()
        try place.write(campaign: Self.campaign, list: ScriptedList.csv([], each: 0, others: Self.leads))
        let simulator = try await place.startSimulator("--agents 300 --speed 10 --seed 11")
        let account = try #require(place.text("vendors.yaml"))
        try place.write(
            "vendors.yaml",
            account.replacing("requests_per_second: 100", with: "requests_per_second: 1000")
                .replacing("burst: 200", with: "burst: 1000"))
        let database = try await server.address(of: "fleet")
        let environment = VendorSetup.environment.merging(["AUTODIALER_DATABASE": database]) { $1 }
        try await place.succeed("import trial --quiet", environment: environment)
        let began = ContinuousClock.now
        let runners = try Self.names.map { name in
            try place.start(
                "run trial --quiet", environment: environment.merging(["AUTODIALER_RUNNER": name]) { $1 })
        }
        for runner in runners {
            let end = try await runner.ended(within: .seconds(4_800))
            #expect(end.code == 0, "\(end)")
        }
        let took = ContinuousClock.now - began
        _ = try await simulator.stop()
        try await place.succeed("audit verify", environment: environment)
        try await place.succeed("migrate-database \(database) all.sqlite --quiet")
        let rows = try LedgerRows(place.file("all.sqlite"))
        rows.expectConsistent()
        #expect(rows.leads.count == Self.leads && rows.leads.allSatisfy { $0.state == "finished" })
        #expect(rows.openAttempts.isEmpty && Set(rows.attempts.map(\.run)).count == Self.names.count)
        let audit = CallAudit(
            log: try CallLog(simulator.log), rows: rows, retry: CallAudit.waits.filter { $0.key != "no_answer" })
        #expect(audit.findings == [])
        let outcomes = LedgerRows.tally(rows.attempts.map { $0.outcome ?? "" })
        let (connected, abandoned) = (outcomes["connected"] ?? 0, outcomes["abandoned"] ?? 0)
        #expect(connected > Self.leads / 10)
        #expect(Double(abandoned) <= 0.03 * Double(connected + abandoned), "\(outcomes)")
        expectCaps(rows)
        let share = LedgerRows.tally(rows.attempts.map { String($0.run) })
        print("\(rows.attempts.count) attempts in \(took.components.seconds) s, by run \(share), \(outcomes)")
    }

    /// No outcome is had more often than the campaign says how often it is tried.
    private func expectCaps(_ rows: LedgerRows) {
        let caps = ["busy": 2, "congestion": 2, "agent_missed": 3, "unknown": 3, "not_placed": 100]
        for (number, attempts) in Dictionary(grouping: rows.attempts, by: \.number) {
            for (outcome, count) in LedgerRows.tally(attempts.map { $0.outcome ?? "" }) {
                #expect(count <= caps[outcome] ?? 1, "\(number.suffix(4)) \(outcome)")
            }
        }
    }
}
