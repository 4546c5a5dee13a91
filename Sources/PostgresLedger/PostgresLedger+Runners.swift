package import DialModel
package import Ledger
import StoredLedger
import Wording

extension PostgresLedger: RunnerLedger {
    package func join(
        _ run: RunID, named name: String, reporting report: RunnerReport
    ) async throws(LedgerError) -> LeaseAnswer {
        try await writeLease("join") { db in try RunnerRows(db: db).join(run, named: name, reporting: report) }
    }

    package func renew(_ run: RunID, reporting report: RunnerReport) async throws(LedgerError) -> LeaseAnswer {
        try await writeLease("renew lease") { db in try RunnerRows(db: db).renew(run, reporting: report) }
    }

    package func takeOver(by run: RunID) async throws(LedgerError) -> [OpenAttempt] {
        try await writeLease("take over") { db in try RunnerRows(db: db).takeOver(by: run) }
    }

    package func commit(
        _ changes: [AttemptChange], claiming request: ClaimRequest?, as stamp: CommitStamp
    ) async throws(LedgerError) -> ClaimResult {
        let step = CommitStep(changes, claiming: request)
        return try await write("commit", alone: false, undone: step.forget, locking: step.locks) { db in
            let rows = RunnerRows(db: db)
            let last = try rows.lastCommit(of: stamp.run)
            if stamp.number == last.number { return try rows.repeated(last, by: stamp.run, request) }
            guard stamp.number == last.number + 1, try rows.holds(changes, stamp.run) else {
                throw Refusal(.constraint, PostgresPhrase.outOfTurn.filled(stamp.run.value))
            }
            let result = try step.run(in: db)
            try rows.note(stamp, result.claims)
            return result
        }
    }

    package func publish(_ publication: SharePublication, by run: RunID) async throws(LedgerError) {
        try await writeLease("publish shares") { db in try RunnerRows(db: db).publish(publication, by: run) }
    }

    package func give(
        _ order: RunnerOrder.Kind, to campaign: CampaignID?, by giver: String
    ) async throws(LedgerError) {
        try await write("give order") { db in try RunnerRows(db: db).give(order, to: campaign, by: giver) }
    }

    package func runners(of campaign: CampaignID) async throws(LedgerError) -> [RunnerRecord] {
        try await read("look at runners") { db in try RunnerRows(db: db).all(of: campaign) }
    }

    package func wakes(of campaign: CampaignID) -> AsyncStream<Void> {
        listener.wakes(of: campaign)
    }
}

extension RunnerRows {
    /// The answer to a commit that was kept already: it claims nothing more.
    fileprivate func repeated(
        _ commit: LastCommit, by run: RunID, _ request: ClaimRequest?
    ) throws -> ClaimResult {
        guard var request else { return ClaimResult(claims: [], nextDueAt: nil) }
        request.count = 0
        var result = try CommitStep([], claiming: request).run(in: db)
        result.claims = try claims(of: commit, by: run)
        result.isCutShort = true
        return result
    }
}
