import Foundation
import Testing

@Suite("A run is watched by monitors", .timeLimit(.minutes(15)))
struct MonitoringTests {
    /// A campaign with a few callees, who are all reached or finished soon.
    private func place(_ more: String = "") async throws -> Workplace {
        let place = try await Workplace()
        var campaign = CampaignSetup()
        campaign.more = more
        try place.write(campaign: campaign, list: ScriptedList.csv([.answers, .busyFirst, .invalid], each: 3))
        return place
    }

    @Test("Metrics are left in a file that anybody may read, and the log in one that only its owner may")
    func files() async throws {
        let place = try await place()
        try await place.succeed(
            "run trial --speed 500 --max-duration 9h --metrics-file trial.prom --log-file trial.log --verbose --quiet")
        let metrics = try #require(place.text("trial.prom"))
        for line in [
            #"autodialer_attempts_total{campaign="trial",account="simulator.alibaba",outcome="connected"} 6"#,
            #"autodialer_attempts_total{campaign="trial",account="simulator.alibaba",outcome="busy"} 3"#,
            #"autodialer_claims_total{campaign="trial",account="simulator.alibaba"} 12"#,
            #"autodialer_leads{campaign="trial",standing="finished"} 9"#,
            #"autodialer_talk_duration_seconds_count{campaign="trial",account="simulator.alibaba"} 6"#,
            #"autodialer_stalled_seconds{campaign="trial"} 0"#,
        ] {
            #expect(metrics.contains(line + "\n"), "\(line)\n\(metrics)")
        }
        #expect(metrics.contains("\nprocess_resident_memory_bytes "))
        #expect(metrics.contains("autodialer_ledger_commit_duration_seconds_count "))
        let log = try #require(place.text("trial.log"))
        #expect(log.contains(#/ info closed attempt=\d+ campaign=trial outcome=connected run=1\n/#), "\(log)")
        #expect(log.contains(#/ debug claimed attempt=\d+ campaign=trial lead=\d+ number=\+86154\*+\d+ run=1\n/#))
        #expect(log.firstMatch(of: /(^|[^0-9])(86)?154\d{8}([^0-9]|$)/) == nil, "a telephone number in the log")
        func mode(_ name: String) throws -> Int? {
            try FileManager.default.attributesOfItem(atPath: place.file(name))[.posixPermissions] as? Int
        }
        #expect(try mode("trial.prom") == 0o644 && mode("trial.log") == 0o600)
    }

    @Test("A start that fails leaves the figures of the run before it as they are")
    func failedStart() async throws {
        let place = try await place()
        try await place.succeed("run trial --speed 500 --max-duration 9h --metrics-file trial.prom --quiet")
        let before = try #require(place.text("trial.prom"))
        var campaign = CampaignSetup()
        campaign.vendor = "local"
        try place.write(campaign: campaign, list: nil)
        try place.write("vendors.yaml", VendorSetup.text(port: 9))
        try await place.fail(
            "run trial --metrics-file trial.prom --quiet", 69, saying: [], environment: VendorSetup.environment)
        #expect(place.text("trial.prom") == before)
        #expect(!place.names().contains { $0.hasSuffix(".part") })
    }

    @Test("Metrics that cannot be written keep the run from beginning")
    func unwritable() async throws {
        let place = try await place()
        try await place.fail(
            "run trial --speed 500 --metrics-file trial", 73, saying: ["trial: cannot be written: it is a folder"])
        try await place.fail("run trial --speed 500 --metrics-file none/a.prom", 73, saying: ["none/a.prom"])
        try await place.fail("run trial --speed 500 --log-file none/a.log", 73, saying: ["none/a.log"])
    }

    @Test("Who looks at a campaign needs no secret of its vendor's, nor the address that a variable holds")
    func withoutSecrets() async throws {
        let place = try await place()
        var campaign = CampaignSetup()
        campaign.vendor = "local"
        try place.write(campaign: campaign, list: nil)
        try place.write(
            "vendors.yaml",
            VendorSetup.text(port: 9).replacing("http://127.0.0.1:9", with: "${ADDRESS}")
                + "well:\n  kind: well\n  endpoint: ${ADDRESS}\n  event_url: ${ADDRESS}\n  login_url: ${ADDRESS}\n"
                + "  domain: d\n  agents_file: none.csv\n")
        try await place.succeed("import trial --quiet")
        let check = try await place.run("status trial --check --lang en")
        #expect(check.output.hasPrefix("AUTODIALER OK - trial: 9 leads, 9 due"), "\(check)")
        for command in ["report trial -o r.html", "plan trial", "export abandonment trial --rules uk"] {
            try await place.succeed(command)
        }
    }

    @Test("A run that hangs is noticed by everybody who looks, and soon")
    func hangs() async throws {
        let place = try await place()
        let watch = try FolderWatch(place.path)
        let run = try place.start("run trial --max-duration 90d --quiet")
        _ = try await watch.wait(for: "the door", while: run) { _ in
            place.names().contains("autodialer.sqlite.trial.control")
        }
        let looks = ["status trial --check", "watch trial --once", "watch trial --json --once", "doctor trial --json"]
        #expect(try await place.run(looks[0]).output.hasPrefix("AUTODIALER OK - "))
        run.signal(SIGSTOP)
        let tools = try looks.map { try place.start($0, environment: ["LANG": "C.UTF-8"]) }
        var ends: [Transcript] = []
        for tool in tools { ends.append(try await tool.ended()) }
        #expect(
            ends[0].code == 2 && ends[0].output.hasPrefix("AUTODIALER CRITICAL - trial: a run is going on and does"))
        #expect(ends[1].code == 0 && ends[1].output.contains("a run is going on and does not answer"), "\(ends[1])")
        #expect(ends[2].output.contains(#""running":true,"responding":false,"#), "\(ends[2])")
        #expect(ends[2].output.contains(#""state":"not_responding""#) && ends[3].output.contains(#""run_silent""#))
        #expect(!ends[3].output.contains("campaign_bad") && ends[3].code == 78, "\(ends[3])")
        run.signal(SIGKILL)
        _ = try await run.ended()
    }

    @Test("With --log-format json every line of stderr is an object")
    func json() async throws {
        let place = try await place()
        let errors = try await place.succeed("run trial --speed 500 --max-duration 9h --log-format json --verbose")
            .errors
        let lines = errors.split(separator: "\n")
        #expect(lines.count > 20)
        for line in lines {
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            #expect(object?["time"] is String && object?["level"] is String && object?["message"] is String, "\(line)")
        }
        #expect(errors.contains(#""message":"closed","attempt":"#))
    }

    /// A campaign whose leads are busy, so that its run stays and waits for hours.
    private func waitingPlace(leads: Int) async throws -> Workplace {
        let place = try await Workplace()
        var campaign = CampaignSetup()
        campaign.retry = "  busy: { after: 10h, attempts: 2 }"
        try place.write(campaign: campaign, list: ScriptedList.csv([.busy], each: leads))
        return place
    }

    /// The port at which a run tells its metrics, once it has said so.
    private func metricsPort(of run: RunningTool, _ watch: FolderWatch) async throws -> UInt16 {
        var port: UInt16?
        _ = try await watch.wait(for: "the port", while: run) { _ in
            port = run.errors.firstMatch(of: /127\.0\.0\.1:(\d+)\/metrics/).flatMap { UInt16($0.1) }
            return port != nil
        }
        return try #require(port)
    }

    @Test("A run that is out of file descriptors for a while can be asked for metrics again afterwards")
    func descriptors() async throws {
        let place = try await waitingPlace(leads: 1)
        let watch = try FolderWatch(place.path)
        let run = try place.start("run trial --max-duration 90d --metrics-port 0 --verbose")
        let port = try await metricsPort(of: run, watch)
        // The simulator is in the same process, and needs to let nobody in any more once the only call is over.
        _ = try await watch.wait(for: "the call's end", while: run) { _ in run.errors.contains(" closed attempt=") }
        let address = "http://127.0.0.1:\(port)/metrics"
        func ask() async throws -> Transcript {
            try await place.start(program: "/usr/bin/curl", ["-s", "--max-time", "5", address]).ended()
        }
        #expect(try await ask().code == 0)
        func limit(to count: Int) async throws {
            let arguments = ["--pid", "\(run.processID)", "--nofile=\(count):"]
            #expect(try await place.start(program: "/usr/bin/prlimit", arguments).ended().code == 0)
        }
        try await limit(to: 0)
        #expect(try await ask().code == 28, "nobody is let in")
        try await limit(to: 256)
        let again = try await ask()
        #expect(again.code == 0 && again.output.contains("# TYPE autodialer_calls gauge\n"), "\(again) \(run.errors)")
        run.signal(SIGTERM)
        #expect(try await run.ended().code == 143)
    }

    @Test("A run tells a monitor how it stands: going on, paused, ended, and not there at all")
    func check() async throws {
        let place = try await waitingPlace(leads: 4)
        let unknown = try await place.run("status trial --check")
        #expect(unknown.code == 3 && unknown.output.hasPrefix("AUTODIALER UNKNOWN - trial: "))
        let watch = try FolderWatch(place.path)
        let run = try place.start("run trial --max-duration 90d --metrics-port 0")
        let port = try await metricsPort(of: run, watch)
        _ = try await watch.wait(for: "the door", while: run) { _ in
            place.names().contains("autodialer.sqlite.trial.control")
        }
        let metrics = try await place.start(
            program: "/usr/bin/curl", ["-s", "http://127.0.0.1:\(port)/metrics"]
        ).ended().output
        #expect(metrics.contains("# TYPE autodialer_calls gauge\n"), "\(metrics)")
        try await place.succeed("pause trial")
        let paused = try await place.succeed("status trial --check --lang en")
        #expect(
            paused.output.contains(#/AUTODIALER OK - trial: 4 leads, .*paused by \w+ \| leads=4;;;0 /#), "\(paused)")
        run.signal(SIGTERM)
        _ = try await run.ended()
        let ended = try await place.succeed("status trial --check --lang zh")
        #expect(ended.output.contains("当前没有外呼在运行；上一次运行结束：已由操作员停止 | "), "\(ended)")
        let full = try await place.run("status trial --check --disk 900T:800T")
        #expect(full.code == 2 && full.output.hasPrefix("AUTODIALER CRITICAL - trial: "), "\(full)")
        for (option, words) in [("--stalled 5", "--stalled takes"), ("--disk 8388608T:1G", "--disk takes")] {
            let refused = try await place.run("status trial --check --lang en \(option)")
            #expect(refused.code == 3 && refused.output.contains(words), "a plugin has no other code: \(refused)")
        }
    }
}
