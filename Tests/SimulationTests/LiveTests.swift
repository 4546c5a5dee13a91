import DialModel
import Foundation
import Ledger
import PlainLedger
import TestSupport
import Testing

@Suite("Simulated campaigns with the real runner and a real ledger", .serialized)
struct LiveTests {
    private static let isSoak = ProcessInfo.processInfo.environment["AUTODIALER_SOAK"] == "1"
    private static let seeds = 1...UInt64(isSoak ? 1_000 : 6)

    @Test("Runner and ledger make of a seed what engine and model make of it", arguments: seeds)
    func sameAttempts(seed: UInt64) async throws {
        let scenario = Scenario(seed: seed).live
        var expected = Simulation(scenario)
        expected.run()
        #expect(expected.isOver && expected.violation == nil, "\(String(describing: expected.violation))")
        let attempts = expected.ledger.attempts.filter { $0.campaign == Simulation.campaign }.map(\.record)
        let live = try #require(try await Self.attempts(of: scenario), "it never comes to its end")
        let place = zip(attempts, live).enumerated().first { $0.element.0 != $0.element.1 }?.offset
        #expect(
            place == nil && live.count == attempts.count, "seed \(seed) at \(place ?? min(live.count, attempts.count))")
    }

    /// Runs a scenario on a thread of its own, which may stand still.
    private static func attempts(of scenario: Scenario) async throws -> [AttemptRecord]? {
        let folder = FileManager.default.temporaryDirectory.appending(path: "simulation-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "simulation.sqlite").path
        return try await OneThread.ofItsOwn { () throws(LedgerError) in
            let simulation = try LiveSimulation(scenario, file: file)
            defer { simulation.close() }
            return try simulation.run()
        }
    }
}
