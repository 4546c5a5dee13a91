import Foundation
import Testing

@Suite("The campaigns that show a vendor can be checked, and run to their end", .timeLimit(.minutes(15)))
struct ExampleTests {
    /// What no attempt of a campaign can end in, because its vendor never says so.
    private static let untold = [
        "well": ["machine", "rejected"],
        "wincall": ["machine", "rejected", "busy", "unreachable", "congestion", "invalid_number"],
        "udesk": ["machine", "congestion", "agent_missed"],
        "udesk-bridge": ["machine", "rejected", "busy", "unreachable", "congestion", "invalid_number"],
    ]

    @Test(
        "check finds it ready, with the leads that its folder promises",
        arguments: ["well", "wincall", "udesk", "udesk-bridge"])
    func check(campaign: String) async throws {
        let place = try await Workplace.withShippedCampaigns()
        let transcript = try await place.succeed("check campaigns/\(campaign)")
        let expected = try place.expectedImport(of: campaign)
        #expect(
            transcript.output == """
                campaigns/\(campaign)/leads.csv (\(expected.encoding)): \(expected.leads) leads, 0 duplicates, 0 to be rejected
                \(campaign): ready to run with simulator.\(campaign)

                """)
        #expect(transcript.errors == "")
        #expect(expected.duplicates == 0)
        #expect(expected.rejected.isEmpty)
    }

    @Test(
        "A rehearsal finishes every lead, reaches some, and reports nothing that the vendor does not tell",
        arguments: ["well", "wincall", "udesk", "udesk-bridge"])
    func run(campaign: String) async throws {
        let place = try await Workplace.withShippedCampaigns()
        try await place.succeed("run campaigns/\(campaign) --speed 60 --max-duration 8h")
        let rows = try LedgerRows(place.file("autodialer.sqlite"))
        rows.expectConsistent()
        let expected = try place.expectedImport(of: campaign)
        #expect(LedgerRows.tally(rows.leads.map(\.state)) == ["finished": expected.leads])
        #expect(rows.openAttempts.isEmpty)
        let outcomes = LedgerRows.tally(rows.attempts.compactMap(\.outcome))
        #expect(outcomes["connected", default: 0] > 0, "\(outcomes)")
        for outcome in Self.untold[campaign] ?? [] { #expect(outcomes[outcome] == nil, "\(outcomes)") }
    }
}
