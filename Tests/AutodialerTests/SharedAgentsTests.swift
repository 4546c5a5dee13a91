import Foundation
import Testing

@Suite("Campaigns that run together share their agents", .timeLimit(.minutes(15)))
struct SharedAgentsTests {
    /// Two campaigns of one group, with numbers of their own.
    private func place(mode: String = "progressive", agents first: String, _ second: String) async throws -> Workplace {
        let place = try await Workplace()
        var campaign = CampaignSetup()
        campaign.mode = mode
        campaign.agents = "{ group: sales, \(first) }"
        campaign.more = "hours: { rules: none }\nsimulator: { agents: 6 }"
        try place.write(campaign: campaign, list: ScriptedList.csv([.answers], each: 60))
        campaign.name = "other"
        campaign.agents = "{ group: sales, \(second) }"
        try place.write("other/campaign.yaml", campaign.text)
        try place.write("other/leads.csv", ScriptedList.csv([.answersLate], each: 60))
        return place
    }

    @Test(
        "Both come to their end, and no agent is given two calls at a time", arguments: ["progressive", "predictive"])
    func together(mode: String) async throws {
        let place = try await place(mode: mode, agents: "share: 2", "share: 1")
        let end = try await place.run("run trial other --speed 60 --max-duration 9h")
        #expect(end.code == 0, "\(end)")
        for name in ["trial", "other"] { #expect(end.output.contains("\(name): every lead is finished"), "\(end)") }
        let rows = try LedgerRows(place.file("autodialer.sqlite"))
        rows.expectConsistent()
        #expect(rows.leads.count == 120 && rows.leads.allSatisfy { $0.state == "finished" })
        #expect(Set(rows.attempts.map(\.run)).count == 2)
        let talks = Dictionary(grouping: rows.attempts.filter { $0.connected_at != nil }, by: \.agent)
        for (agent, calls) in talks {
            let inOrder = calls.sorted { ($0.connected_at ?? 0) < ($1.connected_at ?? 0) }
            for (earlier, later) in zip(inOrder, inOrder.dropFirst()) {
                #expect((earlier.ended_at ?? .max) <= (later.connected_at ?? 0), "\(agent ?? "nobody")")
            }
        }
    }

    @Test("The one with the higher priority is called through first")
    func priority() async throws {
        let place = try await place(agents: "priority: 0", "priority: 1")
        let end = try await place.run("run trial other --speed 60 --max-duration 9h")
        #expect(end.code == 0, "\(end)")
        let rows = try LedgerRows(place.file("autodialer.sqlite"))
        rows.expectConsistent()
        let claims = Dictionary(grouping: rows.attempts.filter { $0.outcome == "connected" }, by: \.run)
            .sorted { $0.key < $1.key }.map { $0.value.map(\.claimed_at).sorted() }
        try #require(claims.count == 2 && claims.allSatisfy { $0.count == 60 })
        // The last of the first priority overlap with the first of the other; the bulk does not.
        #expect(claims[1][50] < claims[0][10])
    }

    @Test("Those without agents in common are refused, and nobody is called")
    func otherGroup() async throws {
        let place = try await place(agents: "share: 1", "share: 1")
        let text = CampaignSetup().text.replacing("group: sales", with: "group: service")
        try place.write("other/campaign.yaml", text.replacing("name: trial", with: "name: other"))
        try await place.fail("run trial other", 65, saying: ["other/campaign.yaml", "service", "sales"])
    }
}
