import DialModel
import Foundation
import SQLiteLedger
import Testing

@Suite("A campaign's report", .timeLimit(.minutes(15)))
struct ReportTests {
    /// A trial of 40 leads, of whom 36 were called: 32 talked with an agent, one of them too late, and one was abandoned.
    private func place() async throws -> Workplace {
        let place = try await Workplace()
        var campaign = CampaignSetup()
        campaign.agents = "{ group: sales, short_call: 60s }"
        let rows = (0..<40).map { "\(ScriptedList.number(.answers, $0)),客户 \($0)\n" }
        try place.write(campaign: campaign, list: "phone,name\n" + rows.joined())
        try await place.succeed("import trial --quiet")
        let scenario = try await ExportScenario(place)
        let answer = ExportScenario.start + .seconds(30)
        for (index, attempt) in try await scenario.claim(36).enumerated() {
            switch index {
            case 0: try await scenario.close(attempt, .abandoned, answeredAt: answer)
            case 1: try await scenario.close(attempt, .machine, answeredAt: answer)
            case 2: try await scenario.close(attempt, .busy)
            default:
                try await scenario.close(
                    attempt, .connected, answeredAt: answer, connectedAt: answer + .seconds(index == 3 ? 3 : 1),
                    agent: "li")
            }
        }
        await scenario.ledger.close()
        return place
    }

    @Test("A report says what the exports say, masks everybody, is its owner's alone and is in the audit log")
    func report() async throws {
        let place = try await place()
        try await place.succeed("report trial -o report.html")
        let page = try #require(place.text("report.html"))
        #expect(page.hasPrefix("<!DOCTYPE html>") && page.hasSuffix("</html>\n"))
        #expect(page.contains("33 of 36 leads reached") && page.contains("A rehearsal"))
        let evidence = try CSVTable(try await place.succeed("export abandonment trial --rules uk").output)
        #expect(evidence.column("rate") == ["2/34"] && page.contains(">5.9\u{A0}% · 2/34<"))
        let abandoned = evidence.column("abandoned_attempts").joined().split(separator: " ")
        #expect(abandoned.allSatisfy { page.contains("<th scope=\"row\" class=\"w\">\($0)</th>") })
        #expect(page.contains("an agent, too late") && page.contains("nothing that the vendor tells of"))
        let leads = try CSVTable(try await place.succeed("export leads trial --reveal").output)
        #expect(leads.rows.count == 40)
        for row in leads.rows {
            let number = try #require(row["phone"])
            #expect(!page.contains(number) && !page.contains(number.dropFirst(3)), "\(number)")
            #expect(!page.contains(row["name"] ?? "客户"))
        }
        let status = try FileManager.default.attributesOfItem(atPath: place.file("report.html"))
        #expect((status[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        let audit = try await place.succeed("export audit trial").output
        #expect(audit.contains("report") && audit.contains("report.html"))
        try await place.succeed("audit verify")
    }

    @Test("A report goes to a pipe in the language that is asked for, and is of the time that is asked for")
    func choices() async throws {
        let place = try await place()
        let chinese = try await place.succeed("report trial", environment: ["LANG": "zh_CN.UTF-8"]).output
        #expect(chinese.contains("<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"zh-CN\""))
        #expect(chinese.contains("接通 33 条。") && !chinese.contains("leads reached"))
        let none = try await place.succeed("report trial --since 2020-01-01 --until 2020-02-01T12:00 --lang en -o -")
            .output
        #expect(none.contains("Nothing was dialled.") && none.contains("2020-01-01 00:00 to 2020-02-01 12:00"))
        let compared = try await place.succeed("report trial --since 2020-01-01 --compare previous").output
        #expect(compared.contains("Compared with the time before") && compared.contains("<td class=\"n\">+33</td>"))
        let itself = try await place.succeed("report trial --compare trial").output
        #expect(itself.contains("the campaign “trial”") && itself.contains("<td class=\"n\">±0</td>"))
        try await place.fail("report trial --compare previous", 64, saying: ["needs --since"])
        try await place.fail("report trial --since 2020-02-01 --until 2020-01-01", 64, saying: ["not before --until"])
        try await place.fail("report trial --since yesterday", 64, saying: ["--since"])
        try await place.fail("report trial --compare nowhere", 66, saying: ["no such campaign"])
        try await place.fail("report trial -o none/report.html", 73, saying: ["cannot be written"])
        #expect(place.names().allSatisfy { !$0.hasSuffix(".part") })
    }
}
