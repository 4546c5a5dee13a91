import Foundation
import Testing

@Suite("Only one run of a campaign works at a time", .timeLimit(.minutes(15)))
struct SimultaneityTests {
    @Test("Of twenty simultaneous starts on no database yet, one works and nineteen say who holds the campaign")
    func twentyStarts() async throws {
        let place = try await Workplace()
        // The retry of the busy callees keeps the one that works at work until it is told to stop.
        var campaign = CampaignSetup()
        campaign.retry = "  busy: { after: 10h, attempts: 2 }"
        try place.write(campaign: campaign, list: ScriptedList.csv([.answers, .busy], each: 20))
        let runs = try (0..<20).map { _ in try place.start("run trial --speed 200 --max-duration 90d") }
        let losers = try await endOfAllButOne(runs)
        #expect(losers.count == 19)
        let winner = try #require(runs.first { $0.isRunning }, "\(runs.map(\.errors))")
        for loser in losers {
            #expect(loser.code == 75, "\(loser)")
            #expect(loser.output == "")
            #expect(loser.errors.contains("another run has this campaign (process \(winner.processID) since "))
            #expect(loser.errors.split(separator: "\n").count == 1)
        }
        winner.signal(SIGTERM)
        let end = try await winner.ended()
        #expect(end.code == 143, "\(end)")
        let rows = try LedgerRows(place.file("autodialer.sqlite"))
        rows.expectConsistent()
        #expect(rows.leads.count == 40)
        #expect(rows.openAttempts.isEmpty)
        #expect(Set(rows.attempts.map(\.run)).count <= 1)
    }

    /// Waits for the end of each run but the one that holds the campaign, which is the last to be told apart.
    private func endOfAllButOne(_ runs: [RunningTool]) async throws -> [Transcript] {
        try await withThrowingTaskGroup(of: Transcript?.self) { group in
            for run in runs {
                group.addTask {
                    while run.isRunning {
                        if await Waiting.on([run.endDescriptor], within: .milliseconds(100)) { break }
                        let isAlone = runs.count(where: \.isRunning) == 1
                        if isAlone, run.isRunning { return nil }
                    }
                    return try await run.ended()
                }
            }
            return try await group.reduce(into: []) { if let transcript = $1 { $0.append(transcript) } }
        }
    }

    @Test("Another campaign in the same database runs beside it")
    func twoCampaigns() async throws {
        let place = try await Workplace()
        try place.write(campaign: CampaignSetup(), list: ScriptedList.csv([.answers], each: 10))
        try place.write("other/campaign.yaml", CampaignSetup().text.replacing("name: trial", with: "name: other"))
        try place.write("other/leads.csv", ScriptedList.csv([.answersLate], each: 10))
        async let first = place.run("run trial --speed 100 --max-duration 9h")
        async let second = place.run("run other --speed 100 --max-duration 9h")
        for end in try await [first, second] { #expect(end.code == 0, "\(end)") }
        let rows = try LedgerRows(place.file("autodialer.sqlite"))
        rows.expectConsistent()
        #expect(rows.leads.count == 20 && rows.leads.allSatisfy { $0.ending == "reached" })
    }
}
