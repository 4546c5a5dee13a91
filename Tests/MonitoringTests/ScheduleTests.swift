import Foundation
import Monitoring
import TestSupport
import Testing

@Suite("What has a campaign run by itself")
struct ScheduleTests {
    private func schedule(campaign: String = "spring", path: String = "campaigns/spring") -> ScheduleText {
        ScheduleText(
            campaign: campaign, path: path, folder: "/tmp", program: "/bin/true", user: "root")
    }

    @Test("A crontab line changes to the folder, runs every minute, and mails when there is something to tell")
    func crontab() {
        #expect(
            schedule().crontab == """
                MAILTO=root
                LANG=C.UTF-8
                * * * * *  cd /tmp && /bin/true run campaigns/spring --mail --if-locked=skip
                """)
        #expect(schedule(path: "50% off's").crontab.hasSuffix(#"run '50\% off'\''s' --mail --if-locked=skip"#))
    }

    @Test("Units are named after the campaign, without what systemd would not take")
    func names() {
        #expect(
            schedule(campaign: "春季 1").units.map(\.path) == [
                "/etc/systemd/system/autodialer-___1.service", "/etc/systemd/system/autodialer-___1.timer",
            ])
        #expect(
            schedule(path: "50% \"off\" $HOME").systemd.contains(
                #"ExecStart=/bin/true run "50%% \"off\" $$HOME" --quiet"#))
    }

    @Test(
        "systemd finds nothing wrong with the units", .enabled(if: ScheduleTests.analyze != nil),
        arguments: ["spring", "春季 50%"])
    func verified(campaign: String) async throws {
        let analyze = try #require(Self.analyze)
        let folder = FileManager.default.temporaryDirectory.appending(path: "units-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = schedule(campaign: campaign, path: "campaigns/\(campaign)").units.map { unit in
            (folder.appending(path: String(unit.path.split(separator: "/").last ?? "")), unit.text)
        }
        for (file, text) in files { try Data(text.utf8).write(to: file) }
        let finished = try await PythonEnvironment.run(analyze, ["verify", "--man=no"] + files.map(\.0.path))
        // What is wrong with this machine's other units is not of interest.
        let complaints = finished.errors.split(separator: "\n").filter { $0.contains("autodialer-") }
        #expect(complaints == [], "\(finished)")
    }

    static let analyze = ["/usr/bin/systemd-analyze", "/bin/systemd-analyze"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }
}
