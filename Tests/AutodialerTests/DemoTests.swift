import Foundation
import Testing

@Suite("The campaign that is shipped does what its folder says", .timeLimit(.minutes(15)))
struct DemoTests {
    private func expectedRejects(_ place: Workplace) throws -> String {
        try #require(place.text("campaigns/demo/expected/rejects.csv"))
    }

    @Test("check finds it ready, shows each row that will be rejected, and writes nothing")
    func check() async throws {
        let place = try await Workplace.withShippedCampaigns()
        let before = place.names(in: "campaigns/demo")
        let transcript = try await place.succeed("check campaigns/demo")
        let expected = try place.expectedImport(of: "demo")
        let rejected = expected.rejected.values.reduce(0, +)
        #expect(
            transcript.output == """
                campaigns/demo/leads.csv (gb18030): \(expected.leads) leads, \(expected.duplicates) duplicates, \
                \(rejected) to be rejected
                demo: ready to run with simulator.alibaba

                """)
        let rows = try CSVTable(try expectedRejects(place)).rows
        let lines = rows.map { "campaigns/demo/leads.csv:\($0["line"] ?? ""): warning: \($0["reason"] ?? "")\n" }
        #expect(transcript.errors == lines.joined())
        #expect(place.names(in: "campaigns/demo") == before)
        #expect(!place.names().contains { $0.contains("sqlite") })
    }

    @Test("import counts and rejects as expected, and duplicates are listed after the rejects")
    func importList() async throws {
        let place = try await Workplace.withShippedCampaigns()
        let transcript = try await place.succeed("import campaigns/demo")
        let expected = try place.expectedImport(of: "demo")
        let rejected = expected.rejected.values.reduce(0, +)
        #expect(
            transcript.errors.hasPrefix(
                "campaigns/demo/leads.csv (gb18030): \(expected.leads) leads added, \(expected.duplicates) duplicates, "
                    + "\(rejected) rejected\n"))
        let written = try #require(place.text("campaigns/demo/leads.rejects.csv"))
        #expect(written.hasPrefix("\u{FEFF}"))
        let (rows, wanted) = (try CSVTable(String(written.dropFirst())).rows, try CSVTable(expectedRejects(place)).rows)
        // What a spreadsheet would take for a number has a guard before it.
        let plain = rows.map { $0.mapValues { $0.hasPrefix("'") ? String($0.dropFirst()) : $0 } }
        #expect(Array(plain.prefix(wanted.count)) == wanted)
        #expect(rows.filter { $0["手机号"]?.hasPrefix("'") == true }.count > wanted.count / 2)
        let rest = rows.dropFirst(wanted.count).map { $0["reason_code"] }
        #expect(rest == Array(repeating: "duplicate", count: expected.duplicates))
        #expect(try LedgerRows(place.file("autodialer.sqlite")).leads.count == expected.leads)
    }
}
