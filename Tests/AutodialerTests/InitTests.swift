import Foundation
import Testing

@Suite("A first campaign is written", .timeLimit(.minutes(15)))
struct InitTests {
    @Test("Without a terminal nothing is asked, and what is missing is said")
    func missing() async throws {
        let place = try await Workplace()
        try await place.fail("init", 64, saying: ["FOLDER, --list FILE, --country CODE, --vendor NAME"])
        try await place.fail("init spring --country CN --yes", 64, saying: ["this is missing: --list FILE\n"])
        try await place.fail("init spring --list no.csv --country CN --yes", 66, saying: ["no.csv"])
        try await place.fail("init spring --mode broadcast", 64, saying: ["--mode takes progressive"])
        try place.write("leads.csv", ScriptedList.csv([.answers], each: 1))
        try await place.fail(
            "init spring --list leads.csv --country CN --weekdays 06:00-23:00 --yes", 65,
            saying: ["spring/campaign.yaml: error: ", "08:00-21:00"])
        #expect(!place.names().contains("spring"))
    }

    @Test("From options: it passes check, is explained in the language of the command, and is never overwritten")
    func options() async throws {
        let place = try await Workplace()
        try place.write("leads.csv", ScriptedList.csv([.answers], each: 3) + "12,short\n")
        let command = "init campaigns/spring --list leads.csv --country CN --yes"
        let made = try await place.succeed(command + " --lang zh")
        #expect(made.errors.contains("leads.csv：utf-8 编码，3 条线索，1 行将被拒绝\n  第 2 行：+86154"), "\(made)")
        #expect(
            made.errors.contains("接下来：\n  autodialer check campaigns/spring\n  autodialer import campaigns/spring\n"))
        let text = try #require(place.text("campaigns/spring/campaign.yaml"))
        #expect(text.contains("# 被叫看到的号码；不写则由供应商选择\n") && text.contains("#   rules: cn\n"))
        try await place.succeed("check campaigns/spring")
        try await place.fail(command, 73, saying: ["is there already"])
        #expect(place.text("campaigns/spring/campaign.yaml") == text)
        try await place.succeed("run campaigns/spring --speed 500 --max-duration 8h --quiet")
    }

    @Test("With each account the mode is one that it can do, and a folder is shown as a shell takes it")
    func vendors() async throws {
        let place = try await Workplace()
        try place.write("leads.csv", ScriptedList.csv([.answers], each: 1))
        try place.write("vendors.yaml", VendorSetup.text(port: 9))
        let names = ["alibaba", "well", "wincall", "udesk", "udesk-bridge"].map { "simulator.\($0)" } + ["local"]
        for name in names {
            let made = try await place.succeed(
                "init \(name) --list leads.csv --country CN --vendor \(name) --yes --database a'b.sqlite",
                environment: VendorSetup.environment)
            #expect(made.errors.contains("  autodialer import \(name) --database 'a'\\''b.sqlite'\n"), "\(made)")
            try await place.succeed("check \(name)", environment: VendorSetup.environment)
        }
        #expect(place.text("simulator.udesk/campaign.yaml")?.contains("mode: power\n") == true)
        let refused = "init other --list leads.csv --country CN --yes --vendor"
        try await place.fail("\(refused) simulator.udesk-bridge --mode power", 65, saying: ["mode power needs"])
        try await place.fail("\(refused) local", 78, saying: ["AUTODIALER_SIMULATOR_SECRET, which is not set"])
        #expect(!place.names().contains("other"))
    }

    @Test("A campaign with the group and the number of the real account can be rehearsed, and none is made up abroad")
    func rehearsal() async throws {
        let place = try await Workplace()
        try place.write("leads.csv", ScriptedList.csv([.answers], each: 3))
        try await place.succeed(
            "init 销售 --list leads.csv --country CN --rules none --group 销售组 --caller-id 057188880001 --yes")
        let run = try await place.succeed("run 销售 --speed 500 --max-duration 8h --lang en")
        #expect(run.output.hasPrefix("销售: every lead is finished\n"), "\(run)")
        try place.write("us.csv", "phone\n+12125550114\n")
        try await place.succeed("init us --list us.csv --country US --yes")
        #expect(place.text("us/campaign.yaml")?.contains("0571") == false)
    }

    @Test("At a terminal it asks, Enter takes the usual answer, and what cannot be used is asked again")
    func interview() async throws {
        let place = try await Workplace()
        try place.write("leads.csv", ScriptedList.csv([.answers], each: 3))
        // A terminal of its own, at which somebody answers each question as it comes.
        let script = """
            import os, pty, sys
            answers = ["autumn", "XX", "CN", "", "", "turbo", "power", "", "", "", "9-17", "", ""]
            pid, terminal = pty.fork()
            if pid == 0:
                os.execv(sys.argv[1], [sys.argv[1], "init", "--lang", "en"])
            seen = b""
            while True:
                try:
                    read = os.read(terminal, 4096)
                except OSError:
                    break
                if not read:
                    break
                seen += read
                if seen.endswith(b": ") and answers:
                    os.write(terminal, (answers.pop(0) + "\\n").encode())
                    seen += b"\\n"
            print(seen.decode(), "left:", answers)
            sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
            """
        try place.write("ask.py", script)
        let end = try await place.start(
            program: "/usr/bin/env", ["python3", "ask.py", RunningTool.autodialer],
            environment: ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin"]
        ).ended()
        #expect(end.code == 0 && end.output.contains("left: []"), "\(end)")
        #expect(end.output.contains("That cannot be: turbo (progressive, power, predictive)"), "\(end.output)")
        let text = try #require(place.text("autumn/campaign.yaml"))
        #expect(text.contains("mode: power\n"))
        #expect(text.contains("# hours:\n#   rules: cn\n#   weekdays: 09:00-12:00, 14:00-20:00\n"), "\(text)")
        #expect(try await !place.succeed("check autumn").errors.contains("rules cn"))
        // Before telephones ring, what is set aside is all that the rules ask for.
        try place.write("autumn/campaign.yaml", text.replacing(/(?m)^# (?= *hours:| +[a-z]+:)/, with: ""))
        #expect(try await place.succeed("check autumn").errors.contains("rules cn"))
        try place.write("autumn/campaign.yaml", text.replacing(/(?m)^# (?= *[a-z_]+:)/, with: ""))
        #expect(try await !place.succeed("check autumn").errors.contains("rules cn"))
    }
}
