import CAllocations
import Foundation
import Testing

/// Counts that no other work on the machine disturbs, held against the figures in `costs.txt`.
@Suite struct CostTests {
    private func isWithin(_ cost: Costs.Cost, _ written: Costs) -> Bool {
        // A block more or less is none of a quarter of nothing.
        written[cost.name].map { cost.figure <= $0 * (1 + Costs.margin) + 0.1 } ?? false
    }

    @Test func `No hot path costs more than is written down`() async throws {
        var costs = Costs()
        costs.addAllocations()
        try await addLedgerCosts(to: &costs)
        if ProcessInfo.processInfo.environment["AUTODIALER_RECORD"] == "1" { try costs.record() }
        let written = try Costs.written()
        #expect(written.all.map(\.name) == costs.all.map(\.name), "the same paths are measured and written down")
        for cost in costs.all {
            guard allocations_are_counted() || !cost.name.hasPrefix("allocations") else { continue }
            #expect(isWithin(cost, written), "\(cost.name): \(cost.figure), written: \(written[cost.name] ?? .nan)")
        }
    }

    /// Loads and claims in a small ledger and in a large one, of which a lead is to cost the same.
    private func addLedgerCosts(to costs: inout Costs) async throws {
        for count in [1_000, 100_000] {
            let folder = FileManager.default.temporaryDirectory.appending(path: "costs-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            let ledger = try await LedgerCosts(in: folder)
            let first = try await ledger.load(0..<count)
            let later = try await ledger.load(count..<count + 1_000)
            let claimed = try await ledger.claim(batches: 5, of: 100)
            let busy = count > 5_000 ? try await ledger.claim(batches: 5, of: 100, inFlight: 5_000) : nil
            try await ledger.close()
            costs.add("steps, lead of a first list of \(count)", first.steps)
            costs.add("steps, lead of a list after \(count)", later.steps)
            costs.add("pages, lead of a list after \(count)", later.pages)
            costs.add("statements, lead of \(count) claimed and closed", claimed.statements)
            costs.add("steps, lead of \(count) claimed and closed", claimed.steps)
            costs.add("pages, lead of \(count) claimed and closed", claimed.pages)
            guard let busy else { continue }
            costs.add("statements, lead of \(count) claimed and closed beside 5000 calls", busy.statements)
            costs.add("steps, lead of \(count) claimed and closed beside 5000 calls", busy.steps)
            costs.add("pages, lead of \(count) claimed and closed beside 5000 calls", busy.pages)
        }
    }

    @Test func `What is written down grows no faster than it may`() throws {
        let written = try Costs.written()
        let grown: [(path: String, small: String, large: String, most: Double)] = [
            ("steps, lead of a first list of #", "1000", "100000", 1.1),
            ("steps, lead of a list after #", "1000", "100000", 1.1),
            // A tree of a hundred times as many leads is a level higher.
            ("pages, lead of a list after #", "1000", "100000", 1.8),
            ("statements, lead of # claimed and closed", "1000", "100000", 1.1),
            ("steps, lead of # claimed and closed", "1000", "100000", 1.1),
            ("pages, lead of # claimed and closed", "1000", "100000", 1.3),
            ("statements, lead of 100000 #", "claimed and closed", "claimed and closed beside 5000 calls", 1.1),
            ("steps, lead of 100000 #", "claimed and closed", "claimed and closed beside 5000 calls", 1.1),
            ("pages, lead of 100000 #", "claimed and closed", "claimed and closed beside 5000 calls", 1.3),
            ("allocations, choice of a caller ID of #", "1000", "10000", 1.1),
            ("allocations, choice, reservation and release of a caller ID of #", "1000", "10000", 1.5),
            ("allocations, call of seven events at # agents", "10", "1000", 1.1),
            ("allocations, decision at # calls", "500 agents and 2500", "1000 agents and 5000", 1.1),
        ]
        for (path, small, large, most) in grown {
            let figures = try [small, large].map { size in
                try #require(written[path.replacing("#", with: size)], "\(path), \(size)")
            }
            #expect(figures[1] <= figures[0] * most + 0.1, "\(path): \(figures)")
        }
    }
}
