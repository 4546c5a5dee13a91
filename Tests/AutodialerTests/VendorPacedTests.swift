import Foundation
import FoundationNetworking
import Testing

@Suite("Campaigns whose calls the vendor chooses", .timeLimit(.minutes(15)))
struct VendorPacedTests {
    private static let notice = "the vendor chooses whom to call and when"

    private func campaign(_ vendor: String, more: String = "") -> CampaignSetup {
        var campaign = CampaignSetup()
        campaign.vendor = vendor
        campaign.mode = "vendor_paced"
        campaign.more = "pacing: { project: 7 }\n" + more
        return campaign
    }

    /// The answered calls of a project's whole table are in the ledger, on leads of the list and on strangers.
    @Test(
        "Each answered call of the project is one attempt with the row of its table, while events come twice")
    func run() async throws {
        let place = try await Workplace()
        try place.write(
            campaign: campaign("local"), list: ScriptedList.csv([.answers, .busy, .ringsOut], each: 4))
        let table = (0..<8).flatMap { index in
            [ScriptedList.Callee.answers, .busy, .ringsOut].map { ScriptedList.number($0, index) }
        }
        try place.write("table.txt", table.joined(separator: "\n"))
        let simulator = try await place.startSimulator(
            "--vendor wincall --agents 6 --speed 60 --project-numbers table.txt", as: "local")
        try await simulator.set(faults: #"{"duplicateEventEvery":5}"#)
        let run = try await place.run("run trial --max-attempts 8 --max-duration 8h --quiet")
        #expect(run.code == 0, "\(run)")
        let check = try await place.run("check trial --lang en")
        #expect((check.errors + check.output).components(separatedBy: Self.notice).count == 2, "said once: \(check)")

        let rows = try LedgerRows(place.file("autodialer.sqlite"))
        rows.expectConsistent()
        #expect(rows.openAttempts.isEmpty)
        let answered = try CallLog(simulator.log).calls.filter { $0.connected_ms != nil }
        #expect(rows.attempts.map(\.number).sorted() == answered.map { "+86" + $0.callee }.sorted())
        #expect(rows.attempts.allSatisfy { $0.outcome == "connected" && $0.agent != nil })
        // The vendor's name of a call has the row of the table and the vendor's own name in it.
        for attempt in rows.attempts {
            let row = table.firstIndex { attempt.number.hasSuffix($0) }.map { $0 + 1 }
            let name = answered.first { attempt.number.hasSuffix($0.callee) }?.name
            #expect(attempt.vendor_call?.hasSuffix("/\(row ?? 0)/\(name ?? "")") == true, "\(attempt)")
        }
        // Twelve are listed, four of whom answer; the other four who did are strangers.
        #expect(rows.leads.count == 16)
        #expect(LedgerRows.tally(rows.leads.map { $0.ending ?? $0.state }) == ["waiting": 8, "reached": 8])
        let url = try #require(URL(string: "http://127.0.0.1:\(simulator.port)/simulator/agents"))
        let (agents, _) = try await URLSession.shared.data(from: url)
        #expect(String(decoding: agents, as: UTF8.self).components(separatedBy: "SignedOut").count == 7)
        _ = try await simulator.stop()

        let explained = try await place.succeed("explain 1")
        #expect(explained.output.contains("of project 7"), "\(explained.output)")
    }

    @Test("check, plan, why and forecast say whose choice the calls are")
    func words() async throws {
        let place = try await Workplace()
        try place.write(campaign: campaign("simulator.wincall"), list: "phone\n13800138000\n")
        let check = try await place.succeed("check trial")
        #expect(check.errors.components(separatedBy: Self.notice).count == 2, "\(check.errors)")
        #expect(check.output.contains("ready to run with simulator.wincall"))
        try await place.succeed("import trial trial/leads.csv")
        let plan = try await place.succeed("plan trial")
        #expect(plan.errors.contains(Self.notice))
        #expect(plan.output.contains("held back by nothing"))
        #expect(!plan.output.contains("LEAD"))
        let why = try await place.succeed("why trial 1")
        #expect(why.output.contains("the vendor's choice"), "\(why.output)")
        let forecast = try await place.run("forecast trial --agents 3")
        #expect(forecast.code == 65 && forecast.errors.contains("nothing to forecast"), "\(forecast)")
    }

    @Test("A vendor without projects is refused, and so are several accounts and several campaigns")
    func refusals() async throws {
        let place = try await Workplace()
        try place.write(campaign: campaign("simulator.well"), list: "phone\n13800138000\n")
        let check = try await place.run("check trial")
        #expect(check.code == 65 && check.errors.contains("auto-call projects"), "\(check)")
        try place.write(campaign: campaign("simulator.wincall"), list: "phone\n13800138000\n")
        var other = campaign("simulator.wincall")
        other.name = "other"
        try place.write(campaign: other, list: "phone\n13800138001\n")
        let both = try await place.run("run trial other")
        #expect(both.code == 65 && both.errors.contains("Run it by itself"), "\(both)")
    }

    @Test("Where rules are to be kept, nobody is called before the campaign says what shows that the vendor does")
    func preflight() async throws {
        let place = try await Workplace()
        let rules = """
            hours: { rules: cn }
            consent: { reference: "contract 7" }
            dnc: { lists: [house] }
            """
        let proofs = #"compliance: { caller_id_proof: "line 1"\#("")"#
        try place.write(
            campaign: campaign("simulator.wincall", more: rules + "\n" + proofs + " }"), list: "phone\n13800138000\n")
        let check = try await place.succeed("check trial")
        #expect(check.errors.contains("vendor_rules_proof"), "\(check.errors)")
        try place.write(
            campaign: campaign(
                "simulator.wincall", more: rules + "\n" + proofs + #", vendor_rules_proof: "annex B" }"#),
            list: "phone\n13800138000\n")
        #expect(!(try await place.succeed("check trial")).errors.contains("vendor_rules_proof"))
    }
}
