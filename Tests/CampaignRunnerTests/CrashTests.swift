import CampaignRunner
import DialEngine
import DialModel
import Ledger
import SQLiteLedger
import StoredLedger
import Telephony
import TestSupport
import Testing

@Suite("Runs that break off")
struct CrashTests {
    /// The run is cancelled in the middle of some request, as if its process had died there, and started again.
    @Test(arguments: 0..<24)
    func aRunThatBreaksOffAnywhereIsTakenUpWithoutASecondCall(seed: Int) async throws {
        var random = SplitMix64(seed: UInt64(seed))
        let stage = try await Stage(leads: 20)
        let breakAt = Int(random.below(20))
        let losesAnswers = random.below(2) == 0
        let vendor = RehearsedVendor(clock: stage.clock, agents: 3, looksAgain: true) { _, earlier in
            losesAnswers && earlier % 3 == 0 ? .losesAnswer(.connected) : .ends(.connected)
        }
        let broken = try await stage.runner(vendor)
        let run = Task { try await broken.run() }
        let calls = Tally()
        vendor.watchPlacing { _ in
            await calls.add()
            if await calls.count == breakAt + 1 { run.cancel() }
        }
        _ = try? await run.value

        vendor.watchPlacing { _ in }
        stage.clock.advance(by: .seconds(5))
        // Attempts that were committed and never asked for are looked for until their window is over.
        let second = try await stage.runner(vendor)
        _ = try await stage.clock.advancing { try await second.run() }

        let placements = Dictionary(grouping: vendor.placed, by: \.attempt)
        #expect(placements.values.allSatisfy { $0.count == 1 }, "seed \(seed): placed twice")
        let numbers = Dictionary(grouping: vendor.placed, by: \.number)
        #expect(numbers.values.allSatisfy { $0.count == 1 }, "seed \(seed): a callee was called twice")
        let figures = try await stage.figures()
        #expect(figures.openAttempts == 0 && figures.dialing == 0, "seed \(seed): something is stuck")
        #expect(figures.outcomes[.connected] == vendor.placed.count, "seed \(seed): a result was lost")
        await stage.cleanUp()
    }

    @Test(arguments: 1...8)
    func aFullDiskEndsTheRunAndLosesNothing(commit: Int) async throws {
        let stage = try await Stage(leads: 8)
        let vendor = RehearsedVendor(clock: stage.clock, agents: 2, looksAgain: true) { _, _ in .ends(.connected) }
        let failing = FailingLedger(stage.ledger, failingAt: commit, with: .full)
        let runner = try await stage.runner(vendor, over: failing)
        await #expect(throws: LedgerError.self) { _ = try await runner.run() }

        let second = try await stage.runner(vendor)
        _ = try await stage.clock.advancing { try await second.run() }
        #expect(Set(vendor.placed.map(\.number)).count == vendor.placed.count, "a callee was called twice")
        let figures = try await stage.figures()
        #expect(figures.openAttempts == 0)
        #expect(figures.outcomes[.connected] == vendor.placed.count)
        await stage.cleanUp()
    }

    @Test func aDatabaseHeldByAnotherProcessForAWhileIsTriedAgain() async throws {
        let stage = try await Stage(leads: 4)
        let vendor = RehearsedVendor(clock: stage.clock, agents: 2) { _, _ in .ends(.connected) }
        let failing = FailingLedger(stage.ledger, failingAt: 3, with: .locked)
        _ = try await stage.runner(vendor, over: failing).run()
        #expect(vendor.placed.count == 4)
        await stage.cleanUp()
    }
}

/// Looks at a database through a connection of its own.
enum Witness {
    static func seesOpenAttempt(_ attempt: AttemptID, in path: String, of campaign: String) async -> Bool {
        guard let ledger = try? await SQLiteLedger.open(at: path, access: .readExisting) else { return false }
        var open: [OpenAttempt] = []
        if let id = try? await ledger.campaign(named: campaign) {
            open = (try? await ledger.openAttempts(of: id)) ?? []
        }
        await ledger.close()
        return open.contains { $0.claim.attempt == attempt }
    }
}
