import Foundation
import Testing

@Suite("What is amiss is found", .timeLimit(.minutes(15)))
struct DoctorTests {
    private struct Report: Decodable {
        struct Finding: Decodable {
            var area: String
            var severity: String
            var code: String
            var finding: String
            var fix: String?
        }

        var problems: Int
        var findings: [Finding]

        func severity(_ code: String) -> String? { findings.first { $0.code == code }?.severity }
    }

    private func report(_ place: Workplace, _ arguments: String, code: Int32? = nil) async throws -> Report {
        let end = try await place.run("doctor \(arguments) --json --lang en")
        let report = try JSONDecoder().decode(Report.self, from: Data(end.output.utf8))
        #expect(end.code == (report.problems > 0 ? 78 : 0) && end.errors == "", "\(end)")
        if let code { #expect(end.code == code, "\(end)") }
        return report
    }

    @Test("Before anything was done there is no database, and every area but those of campaigns is looked at")
    func empty() async throws {
        let place = try await Workplace()
        let report = try await report(place, "")
        #expect(Set(report.findings.map(\.area)) == ["machine", "clock", "files", "database", "zones", "libraries"])
        #expect(report.severity("no_database") == "warning")
        #expect(!place.names().contains { $0.contains("sqlite") }, "nothing is made")
    }

    @Test(
        "A length of time that cannot be read is told how to be written",
        arguments: [
            ("--account-timeout 30", "add a unit: 30s"), ("--database-check soon", "write 30s, 90m, 8h or 2d"),
        ])
    func durations(option: String, words: String) async throws {
        let place = try await Workplace()
        try await place.fail("doctor \(option)", 64, saying: [words])
    }

    @Test("A campaign that was run is as it should be; then each thing that is broken is found, with its fix")
    func campaign() async throws {
        let place = try await Workplace()
        try place.write(campaign: CampaignSetup(), list: ScriptedList.csv([.answers], each: 2))
        #expect(try await report(place, "trial").severity("not_imported") == nil, "without a database nobody can tell")
        try await place.succeed("run trial --speed 500 --max-duration 9h --quiet")
        var found = try await report(place, "trial")
        for code in [
            "database_sound", "database_version", "journal_mode", "list_current", "account_simulated", "campaign_good",
        ] {
            #expect(found.severity(code) == "ok", "\(code): \(found)")
        }
        try place.write("trial/leads.csv", ScriptedList.csv([.answers], each: 3))
        chmod(place.file("autodialer.sqlite"), 0o644)
        try place.write("autodialer.sqlite.trial.events.died-1", "")
        found = try await report(place, "trial nowhere", code: 78)
        #expect(found.severity("list_changed") == "warning" && found.severity("died_recording") == "warning")
        #expect(found.severity("file_mode_wide") == "problem" && found.severity("campaign_bad") == "problem")
        let mode = try #require(
            found.findings.first { $0.code == "file_mode_wide" && $0.finding.hasPrefix("autodialer.sqlite ") })
        #expect(mode.fix == "run: chmod 600 autodialer.sqlite")
        let text = try await place.run("doctor trial --lang zh")
        #expect(
            text.output.contains("文件权限\n  ✗  ") && text.output.contains("      → 请运行：chmod 600 autodialer.sqlite\n"),
            "\(text)")
    }

    @Test("Accounts are asked without a call, and not at all with --offline; secrets are looked after")
    func accounts() async throws {
        let place = try await Workplace()
        var campaign = CampaignSetup()
        campaign.vendor = "local"
        campaign.more = "hours: { rules: none }"
        try place.write(campaign: campaign, list: ScriptedList.csv([.answers], each: 1))
        let text = VendorSetup.text(port: 9, simulated: false, secret: "access_key_secret_file: secret.txt")
        try place.write("vendors.yaml", text)
        try place.write("secret.txt", "s")
        chmod(place.file("secret.txt"), 0o644)
        let open = try await report(place, "trial --offline", code: 78)
        #expect(open.severity("secret_unreadable") == "problem")
        #expect(open.findings.contains { $0.code == "file_mode_wide" && $0.finding.hasPrefix("secret.txt ") })
        chmod(place.file("secret.txt"), 0o600)
        #expect(try await report(place, "trial --offline").severity("account_offline") == "ok")
        let asked = try await report(place, "trial", code: 78)
        let credentials = try #require(asked.findings.first { $0.area == "accounts" && $0.severity == "problem" })
        #expect(credentials.finding.hasPrefix("local: credentials: "), "\(asked)")
    }
}
