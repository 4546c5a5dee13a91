import Foundation
import Monitoring
import TestSupport
import Testing
import Wording

@Suite("What has a campaign run by itself")
struct ScheduleTests {
    private func schedule(
        campaign: String = "spring", unitName: String = "spring", path: String = "campaigns/spring",
        folder: String = "/tmp", database: String? = nil
    ) -> ScheduleText {
        ScheduleText(
            campaign: campaign, unitName: unitName, path: path, folder: folder, program: "/bin/true",
            database: database, user: "root")
    }

    @Test("A crontab line changes to the folder, runs every minute, and mails when there is something to tell")
    func crontab() {
        #expect(
            schedule().crontab == """
                MAILTO=root
                LANG=C.UTF-8
                * * * * *  cd /tmp && /bin/true run campaigns/spring --mail --if-locked=skip
                """)
        var chinese = schedule(database: "/a.sqlite")
        chinese.language = .chinese
        let command = "run campaigns/spring --database /a.sqlite --lang zh --"
        #expect(chinese.crontab.contains(command) && chinese.systemd.contains(command))
        #expect(schedule(path: "50% off's").crontab.hasSuffix(#"run '50\% off'\''s' --mail --if-locked=skip"#))
    }

    @Test("Another database than the usual one is named, by cron and by systemd")
    func database() {
        let schedule = schedule(database: "/srv/my calls.sqlite")
        #expect(
            schedule.crontab.hasSuffix(
                "run campaigns/spring --database '/srv/my calls.sqlite' --mail --if-locked=skip"))
        #expect(
            schedule.systemd.contains("run campaigns/spring --database \"/srv/my calls.sqlite\" --quiet --if-locked"))
    }

    @Test("A service has temporary files of its own, unless what it needs is among those of all")
    func temporaryFiles() {
        let line = "\nPrivateTmp=true\n"
        #expect(schedule(folder: "/srv/calls", database: "/srv/calls/a.sqlite").systemd.contains(line))
        #expect(schedule(folder: "/tmpfiles").systemd.contains(line))
        #expect(!schedule(folder: "/srv/calls", database: "/tmp/a.sqlite").systemd.contains(line))
        #expect(!schedule(folder: "/var/tmp/calls").systemd.contains(line) && !schedule().systemd.contains(line))
    }

    @Test("What would end a word does so with an accent upon it, too, and is quoted")
    func accents() async throws {
        // Each of these marks and the accent after it are one character to Swift, and two to a shell.
        let folder = "x'\u{301};echo PWN #\"\u{301}%\u{301}$\u{301}"
        let words = schedule(path: folder, folder: "/").crontab.split(separator: "\n").last.map(String.init) ?? ""
        let command = words.dropFirst("* * * * *  cd / && /bin/true run ".count)
        let told = try await PythonEnvironment.run(
            "/bin/sh",
            ["-c", "printf '%s\\n' " + String(command).replacingOccurrences(of: "\\%", with: "%", options: .literal)])
        let expected = folder + "\n--mail\n--if-locked=skip\n"
        #expect(String(decoding: told.output, as: UTF8.self).utf8.elementsEqual(expected.utf8), "\(told)")
        let unit = Array(schedule(path: folder, folder: "/50%\u{301}\r\n").systemd.unicodeScalars.map { String($0) })
        let text = unit.joined(separator: "|")
        #expect(text.contains("\\|\"|\u{301}|%|%|\u{301}|$|$|\u{301}|\"| |-|-|q|u|i|e|t"), "\(text)")
        #expect(text.contains("/|5|0|%|%|\u{301}| | |\n|E|x|e|c"), "\(text)")
    }

    @Test("Units are named as the campaign's other files are")
    func names() {
        #expect(
            schedule(campaign: "春季 1", unitName: "1.0123").units.map(\.path) == [
                "/etc/systemd/system/autodialer-1.0123.service", "/etc/systemd/system/autodialer-1.0123.timer",
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
        let files = schedule(campaign: campaign, unitName: ".07a9", path: "campaigns/\(campaign)").units.map { unit in
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
