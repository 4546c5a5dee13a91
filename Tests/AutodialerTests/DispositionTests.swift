import Foundation
import Testing

@Suite("What agents and callees say is kept to", .timeLimit(.minutes(15)))
struct DispositionTests {
    private func place(_ list: String, leads: String = "{ file: leads.csv, country: CN }") async throws -> Workplace {
        let place = try await Workplace()
        var setup = CampaignSetup()
        setup.leads = leads
        try place.write(campaign: setup, list: ScriptedList.csv([.answers], each: 0))
        try place.write("trial/leads.csv", list)
        return place
    }

    private static let four = "手机号,姓名\n15400990001,甲\n15401990001,乙\n15402990001,丙\n15403990001,丁\n"

    @Test("Dispositions end leads, forbid numbers everywhere at once, and bring call-backs back")
    func dispositions() async throws {
        let place = try await place(Self.four)
        try await place.succeed("run trial --speed 200")
        let rows = try LedgerRows(place.file("autodialer.sqlite"))
        #expect(rows.attempts.count == 4)
        let file = """
            attempt_id,手机号,小结,回呼时间
            1,,成交,
            ,15401990001,勿扰,
            ,15402990001,回呼,2020-01-01 10:00
            99,,成交,
            """
        try place.write("results.csv", file)
        let taken = try await place.succeed("dispositions import trial results.csv")
        #expect(
            taken.output.contains("3 taken in, 0 known already, 1 without a lead, 0 whose call is open"), "\(taken)")
        #expect(taken.errors.contains("results.csv:5: warning: the campaign has no such attempt or number"))
        #expect(try await place.succeed("dispositions import trial results.csv").output.contains("3 known already"))
        #expect(try await place.run("dnc check 15401990001 trial").code == 1)
        // Another campaign with the same people does not call whoever does not want it.
        var other = CampaignSetup()
        other.name = "again"
        try place.write(campaign: other, list: ScriptedList.csv([.answers], each: 0))
        try place.write("again/leads.csv", Self.four)
        try await place.succeed("import again")
        #expect(try await place.succeed("why again 6").output.contains("do not call: "))
        // The call-back is due, and nobody else.
        try await place.succeed("run trial --speed 200")
        let after = try LedgerRows(place.file("autodialer.sqlite"))
        #expect(after.attempts.count == 5 && after.attempts.last?.lead == 3, "\(after.attempts)")
        let leads = try await place.succeed("export leads trial").output
        #expect(leads.contains(",sold,") && leads.contains(",do_not_call,"), "\(leads)")
    }

    @Test("A file that is wrong changes nothing")
    func wrong() async throws {
        let place = try await place(Self.four)
        try await place.succeed("import trial")
        try place.write("results.csv", "phone,disposition\n15400990001,sale\n12,sale\n15401990001,happy\n")
        try await place.fail(
            "dispositions import trial results.csv", 65, saying: ["results.csv:4: error: the disposition is none"])
        try place.write("results.csv", "phone,disposition\n15400990001,sale\n12,sale\n")
        try await place.fail("dispositions import trial results.csv", 65, saying: ["results.csv:3: error: "])
        #expect(try LedgerRows(place.file("autodialer.sqlite")).leads.allSatisfy { $0.ending == nil })
    }

    @Test("Priority, last day, region and further numbers of a list are kept to")
    func treatment() async throws {
        let list = """
            手机号,备用,优先,有效期,时区
            15400990001,,0,,
            15401990003,15411990001,0,,
            15402990001,,9,,
            15403990001,,0,2020-01-01,
            15404990001,,0,,Mars/Base
            """
        let columns = "{ priority: 优先, expires: 有效期, alternates: [备用], zone: 时区 }"
        let place = try await place(list + "\n", leads: "{ file: leads.csv, country: CN, columns: \(columns) }")
        try await place.succeed("import trial")
        let plan = try await place.succeed("plan trial").output
        #expect(plan.contains("expiry             1"), "\(plan)")
        #expect(plan.contains("unknown time zone  1"), "\(plan)")
        #expect(plan.contains("in reserve         1"), "\(plan)")
        try await place.succeed("run trial --speed 200")
        let rows = try LedgerRows(place.file("autodialer.sqlite"))
        #expect(rows.attempts.first?.lead == 4, "the lead with the higher priority comes first: \(rows.attempts)")
        #expect(rows.leads.map(\.ending).filter { $0 == "expired" }.count == 1)
        rows.expectConsistent()
        let report = try await place.succeed("export leads trial --reveal").output
        #expect(report.split(separator: "\r\n").count == 7, "\(report)")
    }

    @Test("A person is told what is kept, is forgotten, and is not called again when listed anew")
    func privacy() async throws {
        let place = try await place(Self.four)
        try await place.succeed("run trial --speed 200")
        let told = try await place.succeed("privacy export 15400990001 --country CN").output
        #expect(told.contains("\"name\":\"甲\"") && told.contains("\"outcome\":\"connected\""), "\(told)")
        try await place.fail(
            "privacy erase +8615400990001", 64, saying: ["this forgets 1 leads for good", "--yes"])
        let erased = try await place.succeed("privacy erase +8615400990001 --keep-days 0 --yes")
        #expect(erased.output.contains("1 leads erased, 0 whose number stays"), "\(erased)")
        #expect(erased.errors.contains("trial/leads.csv: delete it there yourself"), "\(erased)")
        let after = try await place.succeed("privacy export 15400990001 --country CN").output
        #expect(after.contains("\"leads\":[]") && after.contains("\"list\":\"erased\""), "\(after)")
        try await place.fail("privacy export +8613800138000", 66, saying: ["nothing is kept"])
        try place.write("trial/more.csv", "手机号\n15400990001\n")
        try await place.succeed("import trial trial/more.csv")
        #expect(try await place.succeed("why trial 15400990001").output.contains("do not call: "))
        let again = try await place.succeed("privacy erase +8615400990001 --keep-days 0 --yes")
        #expect(again.output.contains("1 leads erased"), "who came back with a list is forgotten again: \(again)")
        #expect(try await place.succeed("privacy erase --due").output.contains("0 numbers taken out"))
    }
}
