import DialModel
import Foundation
import Ledger
import PlainLedger
import Wording

/// A ledger on disk that takes as much time by the clocks of a simulation as the scenario says, and none of the machine's:
/// the one thread waits until it has answered.
///
/// `@unchecked Sendable`: everything happens on that thread.
final class HaltingLedger: ForwardingLedger, @unchecked Sendable {
    let inner: any Ledger
    private let live: LiveWorld
    /// How many transactions of the runner there were.
    private(set) var commitCount = 0

    init(_ inner: any Ledger, in live: LiveWorld) {
        self.inner = inner
        self.live = live
    }

    /// Does what is to be done with the ledger on disk while everything else stands still.
    func halt<Answer: Sendable>(
        _ work: @escaping @Sendable (any Ledger) async throws(LedgerError) -> Answer
    ) throws(LedgerError) -> Answer {
        let inner = inner
        let result = Standstill<Result<Answer, LedgerError>>.during {
            do throws(LedgerError) {
                return .success(try await work(inner))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    func commit(_ changes: [AttemptChange], claiming request: ClaimRequest?) async throws(LedgerError) -> ClaimResult {
        commitCount += 1
        var random = live.world.generator(commitCount, salt: 8)
        guard !live.world.strikes(.diskFull, random.unit()) else {
            throw LedgerError(.full, operation: "commit", database: "simulated", message: Phrase(same: "as simulated"))
        }
        if live.world.strikes(.diskFailed, random.unit()) {
            if random.chance(0.5) {
                _ = try halt { ledger throws(LedgerError) in try await ledger.commit(changes, claiming: request) }
            }
            throw LedgerError(.io, operation: "commit", database: "simulated", message: Phrase(same: "as simulated"))
        }
        let wait = random.milliseconds(live.world.scenario.commitDelay)
        let result = try halt { ledger throws(LedgerError) in try await ledger.commit(changes, claiming: request) }
        await live.wait(forDisk: wait)
        return result
    }

    func adopt(
        _ call: UnclaimedCall, into campaign: CampaignID, run: RunID, vendor: String,
        asking question: DoNotCallQuestion, at now: Timestamp
    ) async throws(LedgerError) -> Adoption {
        try halt { ledger throws(LedgerError) in
            try await ledger.adopt(call, into: campaign, run: run, vendor: vendor, asking: question, at: now)
        }
    }

    func arrange(_ campaign: CampaignID, _ order: LeadOrder) async throws(LedgerError) {
        try halt { ledger throws(LedgerError) in try await ledger.arrange(campaign, order) }
    }

    func endRun(_ run: RunID, because ending: String, at now: Timestamp) async throws(LedgerError) {
        try halt { ledger throws(LedgerError) in try await ledger.endRun(run, because: ending, at: now) }
    }

    func openAttempts(of campaign: CampaignID) async throws(LedgerError) -> [OpenAttempt] {
        try halt { ledger throws(LedgerError) in try await ledger.openAttempts(of: campaign) }
    }
}
