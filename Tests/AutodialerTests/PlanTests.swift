import Foundation
import Testing

@Suite("What a campaign would do is what it does", .timeLimit(.minutes(15)))
struct PlanTests {
    /// A place whose campaign may call at a time of the day that is well away from now.
    private func place(_ more: String) async throws -> Workplace {
        let place = try await Workplace()
        var setup = CampaignSetup()
        setup.more = more
        try place.write(campaign: setup, list: ScriptedList.csv([.answers], each: 4))
        try await place.succeed("import trial")
        return place
    }

    /// `{ opens }-{ closes }` of at most two hours that begin so many hours from now, by the clocks of Shanghai.
    private static func span(hoursFromNow offset: Int) throws -> String {
        let zone = try #require(TimeZone(identifier: "Asia/Shanghai"))
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let hour = (calendar.component(.hour, from: Date()) + offset) % 24
        func text(_ hour: Int) -> String { (hour < 10 ? "0" : "") + "\(hour):00" }
        return text(hour) + "-" + text(min(24, hour + 2))
    }

    @Test("Outside its hours a campaign dials nobody, and plan, why and run say the same instant")
    func outsideHours() async throws {
        let place = try await place("hours: { rules: none, daily: \"\(try Self.span(hoursFromNow: 6))\" }")
        let plan = try await place.succeed("plan trial").output
        #expect(plan.contains("can be dialled  0"), "\(plan)")
        let next = try #require(plan.firstMatch(of: /calling hours +4 +not before (\d{4}-\d\d-\d\d \d\d:00)/)).1
        let why = try await place.succeed("why trial 1").output
        #expect(why.contains("calling hours: ") && why.contains("it could be dialled at \(next)"), "\(why)")
        let run = try await place.succeed("run trial")
        #expect(run.output.hasPrefix("trial: nothing is due before \(next)\n"), "\(run)")
        let then = next.replacing(" ", with: "T")
        #expect(try await place.succeed("plan trial --at \(then)").output.contains("can be dialled  4"))
        #expect(try await place.succeed("why trial 1 --at \(then)").output.contains("may be dialled at \(next)"))
        let json = try await place.succeed("why trial 1 --json").output
        #expect(json.contains("\"allowed\":false,\"gate\":\"calling_hours\""))
    }

    @Test("Leads that other rules held back are asked about anew when the rules change")
    func changedRules() async throws {
        let place = try await place("hours: { rules: none, daily: \"\(try Self.span(hoursFromNow: 6))\" }")
        try await place.succeed("run trial")
        var setup = CampaignSetup()
        setup.more = "hours: { rules: none, daily: 00:00-24:00 }"
        try place.write(campaign: setup, list: ScriptedList.csv([.answers], each: 4))
        #expect(try await place.succeed("plan trial").output.contains("can be dialled  4"))
        try await place.succeed("run trial --speed 200")
        #expect(try LedgerRows(place.file("autodialer.sqlite")).attempts.count == 4)
    }

    @Test("Inside its hours the leads are dialled that the plan names, and limits count")
    func insideHours() async throws {
        let place = try await place("limits: { per_number: 1 per 24h }")
        let plan = try await place.succeed("plan trial -n 2").output
        #expect(plan.contains("can be dialled  4"))
        let rows = plan.split(separator: "\n").drop { !$0.hasPrefix("LEAD") }.dropFirst()
        #expect(rows.count == 2 && rows.allSatisfy { $0.contains("****") }, "\(plan)")
        #expect(try await place.succeed("plan trial -n 1 --reveal").output.contains("+86154"))
        try await place.succeed("run trial --speed 200")
        let after = try await place.succeed("plan trial").output
        #expect(after.contains("finished        4") && after.contains("can be dialled  0"), "\(after)")
        #expect(try await place.succeed("why trial 1").output.contains("lead state: the lead is finished"))
    }

    @Test("A limit that is used up by another campaign holds a lead back")
    func limits() async throws {
        let place = try await place("limits: { per_number: 1 per 24h }")
        try await place.succeed("run trial --speed 200")
        var other = CampaignSetup()
        other.name = "again"
        other.more = "limits: { per_number: 1 per 24h }"
        try place.write(campaign: other, list: ScriptedList.csv([.answers], each: 4))
        try await place.succeed("import again")
        let plan = try await place.succeed("plan again").output
        #expect(plan.contains("attempt cap     4") && plan.contains("can be dialled  0"), "\(plan)")
        let why = try await place.succeed("why again 5").output
        #expect(why.contains("attempt cap: the number had its dials in 24 h: 1 (campaign)"), "\(why)")
        let chinese = try await place.succeed("why again 5 --lang zh").output
        #expect(chinese.contains("：该号码 24 小时内的呼叫次数已满：1 次（活动自定）"), "\(chinese)")
        let run = try await place.succeed("run again")
        #expect(run.output.contains("attempts   0"), "\(run)")
    }

    @Test("Without proof in its row that the callee agreed, a lead is not dialled")
    func consent() async throws {
        let place = try await Workplace()
        var setup = CampaignSetup()
        setup.more = "consent: { column: 同意书 }"
        try place.write(campaign: setup, list: ScriptedList.csv([.answers], each: 0))
        let rows = ["15400990001,form 7", "15401990001,", "15402990001,　", "15403990001,form 8"]
        try place.write("trial/leads.csv", "手机号,同意书\n" + rows.map { $0 + "\n" }.joined())
        try await place.succeed("import trial")
        let plan = try await place.succeed("plan trial").output
        #expect(plan.contains("no proof of consent  2"), "\(plan)")
        #expect(
            try await place.succeed("why trial 2").output.contains(
                "no proof of consent: nothing shows that the callee agreed"))
        let run = try await place.succeed("run trial --speed 200").output
        let chinese = try CSVTable(try await place.succeed("export leads trial --lang zh").output)
        #expect(
            chinese.rows.compactMap { $0["暂缓原因"] }.filter { !$0.isEmpty }
                == Array(repeating: "consent: 没有客户同意的凭证", count: 2))
        let onHold = "on hold    2 wait until something is changed: no proof of consent"
        #expect(run.hasPrefix("trial: nobody who is left may be dialled as things are\n"), "\(run)")
        let status = try await place.succeed("status trial").output
        for text in [run, status] { #expect(text.contains(onHold) && !text.contains("next due"), "\(text)") }
        #expect(try await place.succeed("status trial --json").output.contains("\"on_hold\":{\"consent\":2}"))
        let leads = try LedgerRows(place.file("autodialer.sqlite")).attempts
        #expect(leads.count == 2, "\(leads)")
    }

    @Test("A lead that is not there, and what names none")
    func unknownLeads() async throws {
        let place = try await place("")
        try await place.fail("why trial 99", 66, saying: ["no lead 99"])
        try await place.fail("why trial 13800138000", 66, saying: ["no lead with this number"])
        try await place.fail("why trial nobody", 65, saying: ["neither the id of a lead nor a number"])
        try await place.fail("plan trial --count -1", 64, saying: ["--count"])
    }
}
