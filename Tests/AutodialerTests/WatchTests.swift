import Foundation
import GRDB
import Testing

@Suite("A run is watched from another shell", .timeLimit(.minutes(15)))
struct WatchTests {
    private func place(leads: Int = 4) async throws -> Workplace {
        let place = try await Workplace()
        var campaign = CampaignSetup()
        campaign.more = "hours: { rules: none }\nsimulator: { agents: 4 }"
        try place.write(campaign: campaign, list: ScriptedList.csv([.answers], each: leads))
        return place
    }

    private func object(_ line: some StringProtocol) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }

    @Test("--json is an object a line, of the run while it goes on and of the database before and after")
    func json() async throws {
        let place = try await place(leads: 100)
        try await place.succeed("import trial")
        let before = try object(try await place.succeed("watch trial --json --once").output)
        #expect(before["running"] as? Bool == false && before["agents"] is NSNull)
        let watch = try FolderWatch(place.path)
        let run = try place.start("run trial --quiet --speed 20 --max-duration 48h")
        let isDialling = try await watch.wait(for: "calls", while: run) { _ in
            (try? LedgerRows(place.file("autodialer.sqlite")).attempts.count { $0.connected_at != nil } >= 2) ?? false
        }
        #expect(isDialling, "\(run.errors)")
        let transcript = try await place.succeed(
            "watch trial --json --once", environment: ["LANG": "zh_CN.UTF-8"])
        #expect(transcript.output.count(where: \.isNewline) == 1 && transcript.errors == "")
        let during = try object(transcript.output)
        #expect(during["running"] as? Bool == true && during["speed"] as? Double == 20)
        #expect((during["agents"] as? [String: Int])?["signed_in"] == 4)
        #expect((during["leads"] as? [String: Int])?["total"] == 100)
        #expect(((during["calls"] as? [String: Any])?["lines"] as? Int ?? 0) > 0)
        let guide = try String(contentsOf: Self.guide, encoding: .utf8)
        for key in during.keys { #expect(guide.contains("`\(key)`"), "\(key) is not in the guide") }
        try await place.succeed("pause trial")
        let paused = try await place.succeed("watch trial --once --lang zh").output
        #expect(paused.contains("已由") && paused.contains("线索完成"), "\(paused)")
        try await place.succeed("drain trial")
        #expect(try await run.ended().code == 0)
        let after = try await place.succeed("watch trial --once").output
        #expect(after.contains("no run is going on") && after.contains("of 100 leads finished"), "\(after)")
    }

    private static let guide = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Sources/autodialer/autodialer.docc/SupervisingARun.md")

    @Test("On a terminal it follows the window's size, and q gives the terminal back as it was")
    func terminal() async throws {
        let place = try await place()
        try await place.succeed("import trial")
        let window = try TerminalWindow(columns: 80, rows: 24)
        let watch = try window.start("watch trial", in: place)
        try await window.wait(for: "4 in all")
        #expect(window.shown.hasPrefix("\u{1B}[?1049h") && !window.isAsShellsWantIt)
        #expect(window.shown.contains("not been run"))
        let before = window.shown.count
        window.resize(columns: 40, rows: 10)
        try await window.wait(for: "\u{1B}[H", after: before)
        window.type("q")
        #expect(try await watch.ended().code == 0)
        window.take()
        let after = window.shown.dropFirst(before).split(separator: "\u{1B}[H").dropFirst()
        for line in after.last?.split(separator: "\r\n") ?? [] {
            #expect(line.replacing(/\u{1B}\[[?0-9;]*[a-zA-Z]/, with: "").count < 40, "\(line)")
        }
        #expect(window.shown.hasSuffix("\u{1B}[?25h\u{1B}[?1049l") && window.isAsShellsWantIt)
    }

    @Test("A signal gives the terminal back as well", arguments: [("\u{3}", Int32(130)), ("\u{1C}", 143), ("", 143)])
    func signals(key: String, code: Int32) async throws {
        let place = try await place()
        try await place.succeed("import trial")
        let window = try TerminalWindow(columns: 80, rows: 24)
        let watch = try window.start("watch trial --no-color", in: place)
        try await window.wait(for: "4 in all")
        #expect(!window.shown.contains("\u{1B}[1m"))
        if key.isEmpty { watch.signal(SIGTERM) } else { window.type(key) }
        #expect(try await watch.ended().code == code)
        window.take()
        #expect(window.shown.hasSuffix("\u{1B}[?25h\u{1B}[?1049l") && window.isAsShellsWantIt)
    }

    @Test(
        "Ctrl-Z gives the terminal back, and fg takes it again",
        arguments: [("watch trial", true), ("run trial --max-duration 9h", false)])
    func stopping(command: String, isAlternate: Bool) async throws {
        let place = try await place(leads: 50)
        try await place.succeed("import trial")
        let window = try TerminalWindow(columns: 80, rows: 24)
        let shell = try window.startShell(in: place)
        window.type("\(RunningTool.autodialer) \(command)\n")
        try await window.wait(for: "50 in all")
        let (taken, left) = isAlternate ? ("\u{1B}[?1049h", "\u{1B}[?25h\u{1B}[?1049l") : ("\u{1B}[?25l", "\u{1B}[?25h")
        var before = window.shown.count
        window.type("\u{1A}")
        try await window.wait(for: "Stopped", after: before)
        #expect(window.shown.dropFirst(before).contains(left) && window.isAsShellsWantIt)
        before = window.shown.count
        window.type("fg\n")
        try await window.wait(for: taken, after: before)
        #expect(window.isAsShellsWantIt == !isAlternate)
        before = window.shown.count
        if isAlternate {
            window.type("q")
        } else {
            window.type("\u{3}")
            try await window.wait(for: "stopping: no more calls", after: before)
            window.type("\u{3}")
        }
        // The prompt: before it the board might still read what is typed.
        try await window.wait(for: "bash-", after: before)
        #expect(window.shown.dropFirst(before).contains(left) && window.isAsShellsWantIt)
        window.type("exit\n")
        _ = try await shell.ended()
    }

    @Test(
        "In the background nothing is drawn, and fg brings the board back",
        arguments: [("watch trial", "\u{1B}[?1049h"), ("run trial --max-duration 9h", "\u{1B}[?25l")])
    func background(command: String, taken: String) async throws {
        let place = try await place(leads: 50)
        try await place.succeed("import trial")
        let window = try TerminalWindow(columns: 80, rows: 24)
        let shell = try window.startShell(in: place)
        window.type("\(RunningTool.autodialer) \(command)\n")
        try await window.wait(for: "50 in all")
        var before = window.shown.count
        window.type("\u{1A}")
        try await window.wait(for: "Stopped", after: before)
        window.type("bg\n")
        // Long enough for several boards: each of them is drawn every second, and a second command has the screen.
        before = window.shown.count
        window.type("\(RunningTool.autodialer) watch trial --every 1s 2>&1 | head -n 3; echo over; :\n")
        try await window.wait(for: "over\r\n", after: before)
        #expect(!window.shown.dropFirst(before).contains("\u{1B}[?"), "\(window.shown.dropFirst(before))")
        before = window.shown.count
        window.type("fg\n")
        try await window.wait(for: taken, after: before)
        before = window.shown.count
        if command.hasPrefix("watch") {
            window.type("q")
        } else {
            window.type("\u{3}")
            try await window.wait(for: "stopping: no more calls", after: before)
            window.type("\u{3}")
        }
        try await window.wait(for: "bash-", after: before)
        window.type("exit\n")
        _ = try await shell.ended()
    }

    @Test("The last board of a run shows how the run has left everything")
    func lastBoard() async throws {
        let place = try await place()
        let window = try TerminalWindow(columns: 80, rows: 24)
        let run = try window.start("run trial --speed 100 --max-duration 9h --no-color", in: place)
        #expect(try await run.ended().code == 0)
        window.take()
        let last = String(window.shown.split(separator: #/\u{1B}\[\d+A\r/#).last ?? "")
        #expect(last.contains("] 100 %") && last.contains("4 finished") && !last.contains("done in about"), "\(last)")
        #expect(last.contains("no run is going on; the last one ended") && last.contains("\u{1B}[?25h"), "\(last)")
        #expect(last.contains("every lead is finished"))
    }

    @Test("The messages of a run that shows none itself are on the board of another shell")
    func messages() async throws {
        let place = try await place(leads: 50)
        let watch = try FolderWatch(place.path)
        let run = try place.start("run trial --quiet --max-duration 9h")
        _ = try await watch.wait(for: "the door", while: run) { _ in
            place.names().contains("autodialer.sqlite.trial.control")
        }
        try await place.succeed("pause trial")
        let window = try TerminalWindow(columns: 160, rows: 40)
        let board = try window.start("watch trial", in: place)
        try await window.wait(for: "order=pause")
        window.type("q")
        #expect(try await board.ended().code == 0)
        run.signal(SIGKILL)
        _ = try await run.ended()
    }

    @Test("Whoever has enough of it is not written to any more")
    func reader() async throws {
        let place = try await place()
        try await place.succeed("import trial")
        let line = "trap '' PIPE; \(RunningTool.autodialer) watch trial --json --every 1s | head -n 1"
        let end = try await place.start(program: "/bin/sh", ["-c", line]).ended(within: .seconds(60))
        #expect(end.code == 0 && end.output.count(where: \.isNewline) == 1 && end.errors == "", "\(end)")
    }

    @Test("Abandoned calls are counted as the check counts them, also without a run and whatever sets the pace")
    func abandonment() async throws {
        let place = try await Workplace()
        var campaign = CampaignSetup()
        campaign.more = "hours: { rules: none }\npacing: { max_abandonment: 0.5% }\nsimulator: { agents: 4 }"
        try place.write(campaign: campaign, list: ScriptedList.csv([.answers], each: 4))
        try await place.succeed("run trial --speed 500 --max-duration 9h --quiet")
        let ledger = try DatabaseQueue(path: place.file("autodialer.sqlite"))
        try await ledger.write { db in
            try db.execute(sql: "UPDATE attempts SET connected_at = answered_at + 3000 WHERE id = 1")
        }
        try ledger.close()
        let watched = try object(try await place.succeed("watch trial --json --once").output)
        let count = try #require(watched["abandonment"] as? [String: Double])
        #expect(count == ["live": 4, "abandoned": 1, "limit": 0.005])
        let check = try await place.run("status trial --check")
        #expect(check.output.contains(" abandonment=25%;0.4;0.5;"), "\(check)")
    }

    @Test("What cannot be watched is said, in the language that was asked for")
    func refusals() async throws {
        let place = try await place()
        try await place.fail("watch trial", 66, saying: ["autodialer.sqlite"])
        try await place.succeed("import trial")
        var other = CampaignSetup()
        other.name = "other"
        try place.write(campaign: other, list: nil)
        try await place.fail("watch other --lang zh", 66, saying: ["数据库中没有活动“other”"])
        try await place.fail("agents trial --lang zh", 66, saying: ["没有正在进行的 trial 运行", "autodialer run trial"])
    }
}
