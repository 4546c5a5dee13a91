import Foundation
import Testing

@Suite("Nobody on a do-not-call list is called", .timeLimit(.minutes(15)))
struct DoNotCallRunTests {
    @Test("A number that is added while a run goes on is not called any more, and is once it is removed")
    func whileRunning() async throws {
        let place = try await Workplace()
        var campaign = CampaignSetup()
        campaign.vendor = "local"
        // The only agent's first conversation lasts ten minutes, so that the second lead's turn comes after the command.
        let second = ScriptedList.number(.answers, 1)
        let list = "phone,name\n\(ScriptedList.number(.talksLong, 0)),first\n\(second),second\n"
        try place.write(campaign: campaign, list: list)
        let simulator = try await place.startSimulator("--agents 1 --speed 50")
        let runner = try await place.startDialling(
            "run trial", at: simulator, calls: 1, environment: VendorSetup.environment)
        try await place.succeed("dnc add \(second) --country CN")
        #expect(runner.isRunning, "the first conversation goes on")
        let end = try await runner.ended()
        #expect(end.code == 0 && end.output.contains("nobody who is left may be dialled"), "\(end)")
        #expect(try CallLog(simulator.log).calls.count == 1)
        let why = try await place.succeed("why trial 2", environment: VendorSetup.environment).output
        #expect(why.contains("do not call: the number is on the do-not-call list \"house\""), "\(why)")

        try await place.succeed("dnc remove \(second) --country CN")
        let next = try await place.succeed("run trial", environment: VendorSetup.environment)
        #expect(next.output.hasPrefix("trial: every lead is finished\n"), "\(next)")
        #expect(try CallLog(simulator.log).calls.count == 2)
        #expect(try await simulator.stop().code == 0)
    }

    @Test("The plan counts who is on a list, and the run dials the others")
    func plan() async throws {
        let place = try await Workplace()
        var campaign = CampaignSetup()
        campaign.more = "dnc: { lists: [partners] }"
        try place.write(campaign: campaign, list: ScriptedList.csv([.answers], each: 4))
        try place.write("partners.csv", "phone\n\(ScriptedList.number(.answers, 2))\n")
        try await place.succeed("import trial")
        let before = try await place.succeed("plan trial")
        #expect(before.errors.contains("the do-not-call list \"partners\" is not there"), "\(before)")
        #expect(before.output.contains("can be dialled  4"), "a rehearsal goes on without it")
        try await place.succeed("dnc import partners.csv --list partners --country CN --hashed")
        try await place.succeed("dnc add \(ScriptedList.number(.answers, 3)) --campaign trial --list own")
        let after = try await place.succeed("plan trial")
        #expect(after.output.contains("do not call     2") && after.output.contains("can be dialled  2"), "\(after)")
        #expect(after.errors == "")
        try await place.succeed("run trial --speed 200 -q")
        let rows = try LedgerRows(place.file("autodialer.sqlite"))
        #expect(rows.attempts.map(\.lead) == [1, 2])
        #expect(rows.leads.map(\.state) == ["finished", "finished", "waiting", "waiting"])
    }

    @Test("A run with a real account is refused while a list that it asks is missing or too old")
    func refused() async throws {
        let place = try await Workplace()
        var campaign = CampaignSetup()
        campaign.vendor = "local"
        campaign.more = "hours: { rules: none, zone: Asia/Shanghai }\ndnc: { lists: [national, house], max_age: 31d }"
        try place.write(campaign: campaign, list: ScriptedList.csv([.answers], each: 2))
        try place.write("vendors.yaml", VendorSetup.text(port: 9, simulated: false))
        try place.write("national.csv", "phone\n\(ScriptedList.number(.answers, 0))\n")
        let environment = VendorSetup.environment
        let check = try await place.succeed("check trial", environment: environment)
        #expect(check.errors.contains("do-not-call lists: national (no older than 31 days), house"), "\(check)")
        let importing = "dnc import national.csv --list national --country CN"
        try await place.fail("run trial", 77, saying: ["\"national\" is not there"], environment: environment)
        try await place.succeed("import trial")
        try await place.succeed("\(importing) --as-of \(try Self.day(-40))")
        try await place.fail(
            "run trial", 77, saying: ["\"national\" is older than it may be"], environment: environment)
        let plan = try await place.succeed("plan trial", environment: environment)
        #expect(plan.output.contains("do not call     2"), "one is on it, and it is too old for the other: \(plan)")
        let check40 = try await place.run("dnc check +8615411990001 trial", environment: environment)
        #expect(check40.code == 1 && check40.output.contains("older than it may be"), "\(check40)")
        try await place.succeed("\(importing) --as-of \(try Self.day(-30))")
        #expect(try await place.run("run trial", environment: environment).code == 69, "the vendor is away")
        let fresh = try await place.succeed("plan trial", environment: environment)
        #expect(fresh.output.contains("do not call     1") && fresh.output.contains("can be dialled  1"), "\(fresh)")
    }

    /// The day so many days from today.
    private static func day(_ offset: Int) throws -> String {
        let zone = try #require(TimeZone(identifier: "Asia/Shanghai"))
        let date = Date().addingTimeInterval(Double(offset) * 86_400)
        return date.formatted(Date.ISO8601FormatStyle(timeZone: zone).year().month().day())
    }
}
