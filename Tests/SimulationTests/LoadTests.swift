import DialModel
import Foundation
import Ledger
import TestSupport
import Testing

@Suite("Days of work at a call centre", .serialized)
struct LoadTests {
    private static let isSoak = ProcessInfo.processInfo.environment["AUTODIALER_SOAK"] == "1"
    private static let centre =
        isSoak
        ? CallCentre(agents: 50, days: 7, hours: 8, leadsPerDay: 30_000)
        : CallCentre(agents: 3, days: 2, hours: 1, leadsPerDay: 400)

    /// A database has so many bytes before anybody is called, and for each attempt and each lead.
    private static let (emptySize, attemptSize, leadSize) = (4_300_000, 1_500, 500)
    /// The most transactions for an attempt, of which there are not five (counted).
    private static let mostCommits = 6
    /// What the pages take up that the ledger's four connections keep, which are not full after the first day.
    private static let pageCaches = 4 * 16_384 * 1_024
    /// How much more a collection may hold, beside so many elements: it depends on the moment at which a day ends, and what is
    /// never let go of would be as many times as much in the end as there are days.
    private static let (collectionFactor, collectionAllowance) = (isSoak ? 2.5 : 1.5, 64)
    /// The controller of pacing keeps so many figures of each kind of leads, of which it tells so many apart.
    private static let pacingFigures = 256 * 64

    @Test("Day after day nothing grows but the ledger, and that in proportion to its rows")
    func days() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "days-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "days.sqlite").path
        let days = try await OneThread.ofItsOwn { () throws(LedgerError) in
            try Self.centre.run(file: file) { day in if Self.isSoak { print(day.summary) } }
        }
        let first = try #require(days.first)
        for (index, day) in days.enumerated() {
            #expect(day.runs == 1, "the run has ended")
            #expect(
                day.attempts > (index + 1) * Self.centre.agents * Self.centre.hours * 10, "hardly anybody is called")
            #expect(day.figures.outcomes.total + day.figures.openAttempts == day.attempts)
            #expect(day.figures.leads == (index + 1) * Self.centre.leadsPerDay)
            // Claimed, placed, ringing, answered and ended: with so few agents hardly any of them share a transaction.
            #expect(day.commits <= day.attempts * Self.mostCommits, "\(day.commits) for \(day.attempts) attempts")
            #expect(day.named <= day.placed && day.placed <= day.attempts, "\(day.named) of \(day.placed)")
            let bound = Self.emptySize + day.attempts * Self.attemptSize + day.figures.leads * Self.leadSize
            #expect(day.fileSize <= bound, "after \(day.attempts) attempts")
            for (place, count) in day.collections.sorted(by: { $0.key < $1.key }) {
                let before = Int(Double(first.collections[place] ?? 0) * Self.collectionFactor)
                let isOfPacing = place.hasPrefix("engine.pacing")
                let most = isOfPacing ? Self.pacingFigures : before + Self.collectionAllowance
                #expect(count <= most, "\(place) on day \(index)")
            }
            // Beside other tests in one process, memory tells of those.
            if Self.isSoak { #expect(day.memory <= first.memory + Self.pageCaches, "on day \(index)") }
        }
    }
}

extension CallCentre.Day {
    /// The figures of a day in one line.
    fileprivate var summary: String {
        let most = collections.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.prefix(6)
        return
            "\(attempts) attempts, \(placed) calls, \(figures.leads) leads, \(fileSize >> 10) KiB on disk, "
            + "\(memory >> 20) MiB in memory; " + most.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    }
}
