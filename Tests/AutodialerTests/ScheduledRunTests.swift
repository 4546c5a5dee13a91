import Foundation
import SQLiteLedger
import Testing

@Suite("A run that is started again and again", .timeLimit(.minutes(15)))
struct ScheduledRunTests {
    @Test("While another run has the campaign one leaves with 75, one in silence, and one waits for its turn")
    func ifLocked() async throws {
        let place = try await Workplace()
        var campaign = CampaignSetup()
        campaign.retry = "  busy: { after: 10h, attempts: 2 }"
        try place.write(campaign: campaign, list: ScriptedList.csv([.busy], each: 2))
        let watch = try FolderWatch(place.path)
        let run = try place.start("run trial --max-duration 90d")
        _ = try await watch.wait(for: "the door", while: run) { _ in
            place.names().contains("autodialer.sqlite.trial.control")
        }
        try await place.fail("run trial --if-locked fail", 75, saying: ["another run has this campaign"])
        let skipped = try await place.succeed("run trial --if-locked skip")
        #expect(skipped.output == "" && skipped.errors == "")
        try await place.fail("run trial --if-locked wait=300ms", 75, saying: ["another run has this campaign"])
        try await place.fail("run trial --if-locked wait", 64, saying: ["--if-locked"])
        let waiting = try place.start("run trial --if-locked wait=5m --max-attempts 1")
        run.signal(SIGTERM)
        _ = try await run.ended()
        let end = try await waiting.ended()
        #expect(end.code == 0, "\(end)")
    }

    @Test("cron is sent a mail when something was done, whose first line says what, and none when nothing was")
    func mail() async throws {
        let place = try await Workplace()
        var campaign = CampaignSetup()
        campaign.more = "dial: { cpa: true }"
        try place.write(campaign: campaign, list: ScriptedList.csv([.answers, .invalid], each: 3))
        let check = try await place.succeed("check trial")
        #expect(check.errors.contains("warning: \"dial.cpa\" is no use"), "what a mail every minute would be about")
        let run = "run trial --speed 500 --max-duration 9h --mail"
        let first = try await place.succeed(run + " --lang en")
        #expect(first.errors == "")
        #expect(
            first.output.hasPrefix("trial: 6 calls, 3 connected; every lead is finished\n\nRun       2"), "\(first)")
        #expect(first.output.contains("\nCalls     3 connected, 3 invalid_number\nLeads     6 in all, 6 finished, "))
        let second = try await place.succeed(run)
        #expect(second.output == "" && second.errors == "")
        let quiet = try await place.succeed("run trial --quiet")
        #expect(quiet.output == "" && quiet.errors == "")
    }

    @Test("Leads on hold are told of by the run that finds them, and by no later one until there are more")
    func onHold() async throws {
        let place = try await Workplace()
        var campaign = CampaignSetup()
        campaign.more = "consent: { column: 同意书 }"
        try place.write(campaign: campaign, list: "手机号,同意书\n15400990001,\n15401990001,\n")
        let run = "run trial --speed 500 --max-duration 9h --mail"
        let first = try await place.succeed(run)
        #expect(
            first.output.hasPrefix("trial: no call ended; nobody who is left may be dialled as things are"), "\(first)")
        #expect(first.output.contains("On hold   2 wait until something is changed: no proof of consent"), "\(first)")
        #expect(try await place.succeed(run).output == "")
        try place.write("more.csv", "手机号,同意书\n15402990001,\n")
        try await place.succeed("import trial more.csv --quiet")
        #expect(try await place.succeed(run).output.contains("On hold   3 wait until"))
        #expect(try await place.succeed(run).output == "")
    }

    @Test("Numbers that are busy in another campaign are nothing to send a mail about")
    func numbersBusy() async throws {
        let place = try await Workplace()
        let list = ScriptedList.csv([.answers], each: 2)
        try place.write(campaign: CampaignSetup(), list: list)
        try await place.succeed("import trial --quiet")
        let scenario = try await ExportScenario(place)
        _ = try await scenario.claim(2)
        await scenario.ledger.close()
        var other = CampaignSetup()
        other.name = "other"
        try place.write(campaign: other, list: list)
        try await place.fail("run other --speed 500 --mail", 75, saying: [])
        let told = try await place.run("run other --speed 500 --mail")
        #expect(told.code == 75 && told.output == "" && told.errors == "", "\(told)")
    }

    @Test("The lines for crontab and the units of systemd name this campaign, this folder and this program")
    func schedules() async throws {
        let place = try await Workplace()
        try place.write(campaign: CampaignSetup(), list: ScriptedList.csv([.answers], each: 1))
        let before = place.names()
        let cron = try await place.succeed("init trial --cron").output
        #expect(
            cron.contains(
                "* * * * *  cd \(place.path) && \(RunningTool.autodialer) run trial --mail --if-locked=skip\n"))
        for (option, environment) in [
            ("--database calls/a.sqlite", [:]), ("", ["AUTODIALER_DATABASE": "calls/a.sqlite"]),
        ] {
            let other = try await place.succeed("init trial --cron \(option)", environment: environment).output
            #expect(other.contains("run trial --database \(place.path)/calls/a.sqlite --mail"), "\(other)")
        }
        let usual = try await place.succeed("init trial --cron --database \(place.path)/autodialer.sqlite").output
        #expect(usual == cron)
        let units = try await place.succeed("init trial --systemd").output
        #expect(units.hasPrefix("# /etc/systemd/system/autodialer-trial.service\n[Unit]\n"))
        #expect(units.contains("\nWorkingDirectory=\(place.path)\n"))
        for name in ["春季回访", "秋季续保"] {
            var campaign = CampaignSetup()
            campaign.name = name
            try place.write(campaign: campaign, list: nil)
        }
        let spring = try await place.succeed("init 春季回访 --systemd").output.split(separator: "\n").first
        let autumn = try await place.succeed("init 秋季续保 --systemd").output.split(separator: "\n").first
        #expect(spring != autumn && spring?.hasPrefix("# /etc/systemd/system/autodialer-") == true)
        for name in ["春季回访", "秋季续保"] { try FileManager.default.removeItem(atPath: place.file(name)) }
        #expect(place.names().filter { !$0.hasPrefix("transcript") } == before.filter { !$0.hasPrefix("transcript") })
    }
}
