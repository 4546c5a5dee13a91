import DialModel
import Foundation
import SQLiteLedger
import Testing

@Suite("Results come out whole, in every form", .timeLimit(.minutes(15)))
struct ExportTests {
    private func place(_ callees: [ScriptedList.Callee], each count: Int, more: String = "") async throws -> Workplace {
        let place = try await Workplace()
        var campaign = CampaignSetup()
        campaign.more = more
        campaign.agents = "{ group: sales, short_call: 60s }"
        let rows = (0..<count).flatMap { index in
            callees.map { "\(ScriptedList.number($0, index)),\($0) \(index),FL,\"a,\"\"b\"\"\",0571\n" }
        }
        try place.write(campaign: campaign, list: "phone,name,state,备注,备注\n" + rows.joined())
        return place
    }

    @Test("An export of leads comes back as it was, in either language and through a spreadsheet")
    func roundTrip() async throws {
        let place = try await place([.answers, .busy, .invalid, .ringsOut, .declines], each: 6)
        try await place.succeed("run trial --speed 1000 --max-attempts 17 --max-duration 9h --quiet")
        try await place.succeed("export leads trial --reveal -o first.csv")
        let first = try #require(place.text("first.csv"))
        let table = try CSVTable(first)
        #expect(table.header.suffix(4) == ["hold_reason", "list.state", "备注", "备注"])
        #expect(Set(table.column("state")).isSuperset(of: ["waiting", "finished"]))
        #expect(Set(table.column("attempts")).count > 1)
        for (index, options) in ["", " --lang zh", " --excel", " --excel --lang zh"].enumerated() {
            try await place.succeed("export leads trial --reveal\(options) -o copy.csv")
            let imported = try await place.succeed("import trial copy.csv --strict --database copy\(index).sqlite")
            #expect(imported.errors.contains("30 come back as they were exported"))
            let again = try await place.succeed("export leads trial --reveal --database copy\(index).sqlite").output
            #expect(again == first, "\(options)")
            let (rows, copies) = try (
                LedgerRows(place.file("autodialer.sqlite")), LedgerRows(place.file("copy\(index).sqlite"))
            )
            #expect(rows.leads.map(\.not_before) == copies.leads.map(\.not_before))
        }
        // What is left of the campaign can be dialled from the copy.
        let run = try await place.succeed("run trial --speed 1000 --max-duration 48h --database copy0.sqlite")
        #expect(run.output.hasPrefix("trial: every lead is finished\n"), "\(run)")
    }

    @Test("Into a campaign of another name, exported leads begin anew; masked ones cannot")
    func elsewhere() async throws {
        let place = try await place([.answers], each: 3)
        try await place.succeed("run trial --speed 1000 --max-duration 9h --quiet")
        try await place.succeed("export leads trial --reveal -o leads.csv")
        try await place.succeed("export leads trial -o masked.csv")
        var other = CampaignSetup()
        other.name = "autumn"
        try place.write(campaign: other, list: "phone\n")
        let imported = try await place.succeed("import autumn leads.csv")
        #expect(imported.errors.contains("3 were exported from another campaign, and begin anew"))
        let masked = try await place.succeed("import autumn masked.csv")
        #expect(masked.errors.contains("3 × part of the number is hidden"))
        let states = try CSVTable(try await place.succeed("export leads autumn").output).column("state")
        #expect(states == ["waiting", "waiting", "waiting"])
    }

    @Test("JSON lines have the English headers as keys, and the same texts")
    func json() async throws {
        let place = try await place([.answers, .busy], each: 4)
        try await place.succeed("run trial --speed 1000 --max-attempts 6 --max-duration 9h --quiet")
        for table in ["attempts", "leads", "agents", "funnel"] {
            let csv = try CSVTable(try await place.succeed("export \(table) trial").output)
            let lines = try await place.succeed("export \(table) trial --json").output.split(separator: "\n")
            let objects = try lines.map {
                try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
            }
            #expect(objects.count == csv.rows.count && !objects.isEmpty)
            let own = csv.header.filter { !["list.state", "备注"].contains($0) }
            #expect(Set(objects[0].keys) == Set(own + (table == "leads" ? ["fields"] : [])), "\(table)")
            for (object, row) in zip(objects, csv.rows) {
                for key in own where !["at", "at_utc"].contains(key) {
                    #expect(Self.text(object[key]) == row[key], "\(table).\(key)")
                }
            }
        }
        let lead = try await place.succeed("export leads trial --json").output
        #expect(lead.contains(#""fields":{"state":"FL","备注":"a,\"b\"","备注":"0571"}}"#))
        try await place.fail("export leads trial --json --excel", 64, saying: ["exclude each other"])
        try await place.fail("export leads trial --lang tlh", 64, saying: ["--lang", "'en' and 'zh'"])
    }

    @Test(
        "Headers are in the language of the locale unless --lang asks for another, and keys for programs never change")
    func locales() async throws {
        let place = try await place([.answers], each: 1)
        try await place.succeed("import trial")
        let chinese = ["LC_ALL": "", "LC_MESSAGES": "zh_CN.UTF-8", "LANG": "en_GB.UTF-8"]
        let table = "export leads trial"
        #expect(try await place.succeed(table, environment: chinese).output.hasPrefix("线索编号,"))
        #expect(try await place.succeed(table + " --lang en", environment: chinese).output.hasPrefix("lead_id,"))
        #expect(try await place.succeed(table, environment: ["LANG": "de_DE.UTF-8"]).output.hasPrefix("lead_id,"))
        let keys = try await place.succeed(table + " --json", environment: chinese).output
        #expect(keys == (try await place.succeed(table + " --json").output) && keys.contains(#""lead_id""#))
    }

    private static func text(_ value: Any?) -> String {
        switch value {
        case let text as String: text
        case let number as NSNumber: CFBooleanText.of(number) ?? number.stringValue
        default: ""
        }
    }

    private enum CFBooleanText {
        static func of(_ number: NSNumber) -> String? {
            String(cString: number.objCType) == "c" ? (number.boolValue ? "true" : "false") : nil
        }
    }

    @Test("A nightly export with --since-id has neither gaps nor repeats while calls are open")
    func cursor() async throws {
        let place = try await place([.answers], each: 6)
        try await place.succeed("import trial --quiet")
        let scenario = try await ExportScenario(place)
        let attempts = try await scenario.claim(5)
        #expect(attempts.count == 5)
        for index in [0, 1, 3, 4] { try await scenario.close(attempts[index], .busy) }
        func ids(_ options: String) async throws -> [String] {
            try CSVTable(try await place.succeed("export attempts trial " + options).output).column("attempt_id")
        }
        #expect(try await ids("") == ["1", "2", "3", "4", "5"], "all, as they stand")
        #expect(try await ids("--since-id 0") == ["1", "2"], "up to the first that is open")
        #expect(try await ids("--since-id 2") == [])
        try await scenario.close(attempts[2], .noAnswer)
        #expect(try await ids("--since-id 2") == ["3", "4", "5"])
        #expect(try await ids("--since-id 5") == [])
        await scenario.ledger.close()
    }

    @Test("Every digit survives a spreadsheet: nothing in an --excel file can be taken for a number but counts")
    func excel() async throws {
        let place = try await place([.answers], each: 2)
        try await place.succeed("import trial --quiet")
        let scenario = try await ExportScenario(place)
        for attempt in try await scenario.claim(2) { try await scenario.close(attempt, .busy) }
        await scenario.ledger.close()
        let text = try await place.succeed("export attempts trial --reveal --excel").output
        #expect(text.hasPrefix("\u{FEFF}attempt_id,"))
        let row = try #require(try CSVTable(String(text.dropFirst())).rows.first)
        #expect(row["caller_id"] == "'057180000001" && row["phone"]?.hasPrefix("'+86154") == true)
        #expect(row["attempt_id"] == "1" && row["vendor_reason"] == "call of 13800138000, =1+1")
        let masked = try CSVTable(try await place.succeed("export attempts trial").output).column("vendor_reason")
        #expect(
            masked == Array(repeating: "call of *********00, =1+1", count: 2), "a number in a vendor's words is masked")
        let leads = try await place.succeed("export leads trial --reveal --excel").output
        #expect(
            try CSVTable(String(leads.dropFirst())).rows.allSatisfy { $0["备注"] == "a,\"b\"" || $0["备注"] == "'0571" })
    }

    @Test("Attempts carry what the law asks to be kept and the campaign knows")
    func record() async throws {
        let more = """
            consent: { column: 备注 }
            compliance: { message: "Spring Ltd, 0571 8000 0001", caller_id_proof: "contract 7" }
            records: { seller: Spring Ltd, product: maps, callees: businesses, script: S-3, caller_id_name: SPRING }
            """
        let place = try await place([.answers], each: 3, more: more)
        try await place.succeed("import trial --quiet")
        let scenario = try await ExportScenario(place)
        let attempts = try await scenario.claim(2)
        let answer = ExportScenario.start + .seconds(30)
        try await scenario.close(
            attempts[0], .connected, answeredAt: answer, connectedAt: answer + .milliseconds(1500), agent: "li")
        try await scenario.play(attempts[1], at: answer + .seconds(2))
        try await scenario.close(attempts[1], .abandoned, answeredAt: answer)
        await scenario.ledger.close()
        let table = try CSVTable(try await place.succeed("export attempts trial").output)
        #expect(Array(table.header.prefix(25)) == Self.firstColumns, "columns never change")
        let (talked, dropped) = (table.rows[0], table.rows[1])
        for row in [talked, dropped] {
            #expect(
                row["direction"] == "outbound" && row["consent"] == "a,\"b\"" && row["caller_id_proof"] == "contract 7")
            #expect(row["seller"] == "Spring Ltd" && row["callees"] == "businesses" && row["script"] == "S-3")
            #expect(row["duration_ms"] == "60000" && row["caller_id_name"] == "SPRING" && row["telemarketer"] == "")
        }
        #expect(talked["message"] == "" && talked["prerecorded"] == "false" && talked["talk_ms"] == "58500")
        #expect(talked["agent_wait_ms"] == "1500" && talked["message_at_utc"] == "")
        #expect(talked["short_call"] == "true" && dropped["short_call"] == "")
        #expect(dropped["agent_wait_ms"] == "" && dropped["message_at_utc"] == "2026-01-01T02:03:36.000Z")
        #expect(dropped["message"]?.hasPrefix("Spring Ltd") == true && dropped["prerecorded"] == "true")
    }

    private static let firstColumns = [
        "attempt_id", "campaign", "lead_id", "run_id", "attempt_number", "phone", "name", "vendor", "caller_id",
        "shown_caller_id", "vendor_call_id", "state", "outcome", "cpa_result", "agent_id", "claimed_at",
        "claimed_at_utc", "answered_at", "answered_at_utc", "connected_at", "connected_at_utc", "ended_at",
        "ended_at_utc", "talk_ms", "vendor_reason",
    ]

    @Test("The evidence of abandoned calls is exact and names them")
    func abandonment() async throws {
        let place = try await place([.answers], each: 40)
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
        let table = try CSVTable(try await place.succeed("export abandonment trial --rules uk").output)
        #expect(table.column("window") == ["2026-01-01"] && table.column("rules") == ["uk"])
        #expect(table.column("live") == ["34"] && table.column("abandoned") == ["2"])
        #expect(table.column("rate") == ["2/34"] && table.column("limit") == ["30/1000"])
        #expect(table.column("verdict") == ["exceeded"] && table.column("abandoned_attempts") == ["1 4"])
        let us = try CSVTable(try await place.succeed("export abandonment trial --rules us").output)
        #expect(us.rows.count == 1)
        try await place.fail(
            "export abandonment trial", 65, saying: ["set no limit for abandoned calls", "--rules us"])
        try await place.fail("export abandonment trial --rules eu", 64, saying: ["no rules \"eu\"", "us, uk"])
        let agents = try CSVTable(try await place.succeed("export agents trial").output)
        #expect(agents.column("agent_id") == ["li"] && agents.column("connected") == ["33"])
    }

    @Test("Every column is documented in both languages, and --lang zh changes nothing but the headers")
    func columns() async throws {
        let place = try await place([.answers], each: 2)
        try place.write("numbers.csv", CallerIDSetup.inventory)
        try await place.succeed("caller-ids import numbers.csv --account simulator.alibaba")
        try await place.succeed("run trial --speed 1000 --max-duration 9h --quiet")
        let guide = try String(contentsOf: Self.guide, encoding: .utf8)
        let tables = ["attempts", "leads", "agents", "funnel", "abandonment --rules us"]
        let commands = tables.map { table in
            let words = table.split(separator: " ", maxSplits: 1)
            return (words[0], "export \(words[0]) trial \(words.dropFirst().joined())")
        }
        for (table, command) in commands + [("caller-ids", "export caller-ids --account simulator.alibaba")] {
            let english = try CSVTable(try await place.succeed(command).output)
            let chinese = try CSVTable(try await place.succeed(command + " --lang zh").output)
            let section = guide.split(separator: "\n### \(table)\n")[1].split(separator: "\n### ")[0]
            for (en, zh) in zip(english.header, chinese.header) where !["list.state", "备注"].contains(en) {
                #expect(section.contains("| `\(en)` | \(zh) |"), "\(table): \(en), \(zh)")
            }
            #expect(english.rows.count == chinese.rows.count && english.header.count == chinese.header.count)
        }
    }

    private static let guide = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Sources/autodialer/autodialer.docc/ListsAndResults.md")

    @Test("The funnel has the numbers of plan")
    func funnel() async throws {
        let place = try await place([.answers, .busy], each: 5)
        try await place.succeed("run trial --speed 1000 --max-attempts 4 --max-duration 9h --quiet")
        let rows = try CSVTable(try await place.succeed("export funnel trial").output).rows
        let leads = Dictionary(uniqueKeysWithValues: rows.map { ($0["step"] ?? "", Int($0["leads"] ?? "") ?? -1) })
        let plan = try await place.succeed("plan trial --json").output
        for key in ["leads": "all", "finished": "finished", "dialing": "in_a_call", "dialable": "dialable"] {
            #expect(plan.contains("\"\(key.key)\":\(leads[key.value] ?? -1),"), "\(plan)")
        }
        #expect(leads["all"] == 10 && leads.values.reduce(0, +) == 20)
    }
}
