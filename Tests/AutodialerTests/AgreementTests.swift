import Foundation
import Testing

@Suite("Summary, status, exports and SQL tell the same of a campaign", .timeLimit(.minutes(15)))
struct AgreementTests {
    private static let run = "run trial --speed 1000 --max-duration 48h"

    private func prepare(seed: UInt64 = 7) async throws -> (Workplace, MixedList) {
        let place = try await Workplace()
        let list = MixedList(count: 120, seed: seed)
        var campaign = CampaignSetup()
        campaign.more = "simulator: { agents: 12, seed: \(seed), talk: 20s, wrap_up: 5s }"
        try place.write(campaign: campaign, list: list.text)
        return (place, list)
    }

    private func expectAgreement(
        _ place: Workplace, summary: String, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Figures {
        let rows = try LedgerRows(place.file("autodialer.sqlite"))
        rows.expectConsistent(sourceLocation: sourceLocation)
        let figures = Figures(rows)
        figures.expectSums(sourceLocation: sourceLocation)
        let status = try await place.succeed("status trial").output
        let json = try await place.succeed("status trial --json").output
        try await place.succeed("export attempts trial --reveal -o attempts.csv")
        let attempts = try CSVTable(try #require(place.text("attempts.csv")))
        let leads = try CSVTable(try await place.succeed("export leads trial --reveal").output)
        #expect(try Figures(summary: summary) == figures, "\(summary)", sourceLocation: sourceLocation)
        #expect(try Figures(summary: status) == figures, "\(status)", sourceLocation: sourceLocation)
        #expect(try Figures(json: json) == figures, "\(json)", sourceLocation: sourceLocation)
        #expect(Figures(leads: leads, attempts: attempts) == figures, sourceLocation: sourceLocation)
        expectRows(leads, attempts, rows, sourceLocation)
        return figures
    }

    /// The exports row by row against the ledger's.
    private func expectRows(
        _ leads: CSVTable, _ attempts: CSVTable, _ rows: LedgerRows, _ sourceLocation: SourceLocation
    ) {
        #expect(leads.column("lead_id") == rows.leads.map { String($0.id) }, sourceLocation: sourceLocation)
        #expect(leads.column("phone") == rows.leads.map(\.number), sourceLocation: sourceLocation)
        #expect(leads.column("line") == rows.leads.map { String($0.line) }, sourceLocation: sourceLocation)
        let counts = LedgerRows.tally(rows.attempts.map { String($0.lead) })
        #expect(
            leads.rows.allSatisfy { $0["attempts"] == String(counts[$0["lead_id"] ?? ""] ?? 0) },
            sourceLocation: sourceLocation)
        #expect(attempts.column("attempt_id") == rows.attempts.map { String($0.id) }, sourceLocation: sourceLocation)
        #expect(attempts.column("lead_id") == rows.attempts.map { String($0.lead) }, sourceLocation: sourceLocation)
        #expect(attempts.column("outcome") == rows.attempts.map { $0.outcome ?? "" }, sourceLocation: sourceLocation)
        #expect(
            attempts.column("vendor_call_id") == rows.attempts.map { $0.vendor_call ?? "" },
            sourceLocation: sourceLocation)
    }

    @Test("Every row of the list becomes a lead or is rejected with its line and reason")
    func rejects() async throws {
        let (place, list) = try await prepare()
        let transcript = try await place.succeed("import trial")
        let total = list.rejects.count - list.duplicateCount
        #expect(
            transcript.errors.contains(
                "\(list.leads.count) leads added, \(list.duplicateCount) duplicates, \(total) rejected"))
        let rows = try LedgerRows(place.file("autodialer.sqlite"))
        #expect(Dictionary(uniqueKeysWithValues: rows.leads.map { ($0.line, $0.number) }) == list.leads)
        let text = try #require(place.text("trial/leads.rejects.csv"))
        #expect(text.hasPrefix("\u{FEFF}phone,name,city,line,reason_code,reason\r\n"))
        let rejected = try CSVTable(text)
        let codes = rejected.rows.map { (Int($0["line"] ?? "") ?? -1, $0["reason_code"] ?? "") }
        #expect(Dictionary(uniqueKeysWithValues: codes) == list.rejects)
        #expect(rejected.column("reason").allSatisfy { $0.count > 10 })
        let again = try await place.succeed("import trial")
        #expect(again.errors.contains("nothing changed"))
        #expect(try LedgerRows(place.file("autodialer.sqlite")).leads.count == list.leads.count)
    }

    @Test("They agree after a run that was cut short and after one that went to the end")
    func agree() async throws {
        let (place, list) = try await prepare()
        let cut = try await place.succeed(Self.run + " --max-attempts 30")
        #expect(cut.output.hasPrefix("trial: this run has made as many attempts as it may\n"))
        let early = try await expectAgreement(place, summary: cut.output)
        #expect(early.leads == list.leads.count)
        #expect(early.waiting > 0 && early.dialing == 0)
        #expect(early.attempts - (early.outcomes["not_placed"] ?? 0) == 30)

        let whole = try await place.succeed(Self.run)
        #expect(whole.output.hasPrefix("trial: every lead is finished\n"))
        let late = try await expectAgreement(place, summary: whole.output)
        #expect(late.leads == list.leads.count && late.waiting == 0 && late.dialing == 0)
        #expect(late.outcomes.count > 4, "too few sorts of outcomes to prove anything: \(late)")
        let object = try JSONDecoder().decode(
            StatusObject.self, from: Data(try await place.succeed("status trial --json").output.utf8))
        #expect(object.campaign == "trial")
        #expect(object.last_run?.id == 2 && object.last_run?.ending == "nothing_due")
        #expect(object.imports.map(\.added) == [list.leads.count])
        #expect(object.imports.map(\.rejected) == [list.rejects.count - list.duplicateCount])
        #expect(object.next_due_at == nil)
    }

    @Test("An export goes on after an id, masks numbers unless told otherwise, and suits Excel when asked to")
    func exports() async throws {
        let (place, _) = try await prepare()
        try await place.succeed(Self.run + " --max-attempts 20 --quiet")
        let all = try CSVTable(try await place.succeed("export attempts trial").output)
        let tail = try CSVTable(try await place.succeed("export attempts trial --since-id 12").output)
        #expect(tail.header == all.header)
        #expect(tail.column("attempt_id") == Array(all.column("attempt_id").dropFirst(12)))
        #expect(all.column("phone").allSatisfy { $0.wholeMatch(of: /\+86154\*{4}\d{4}/) != nil })
        #expect(all.column("claimed_at").allSatisfy { $0.hasSuffix("+08:00") })
        #expect(all.column("claimed_at_utc").allSatisfy { $0.hasSuffix("Z") })
        let leads = try CSVTable(try await place.succeed("export leads trial").output)
        #expect(leads.column("phone_as_listed").allSatisfy { $0.isEmpty })
        let excel = try await place.succeed("export leads trial --reveal --excel").output
        #expect(excel.hasPrefix("\u{FEFF}lead_id,"))
        let phones = try CSVTable(excel).column("phone")
        #expect(phones.allSatisfy { $0.hasPrefix("'+86154") })
        #expect(
            excel.split(separator: "\n", omittingEmptySubsequences: false).dropLast().allSatisfy { $0.hasSuffix("\r") })
    }
}
