package import DialModel
package import Ledger

/// One commit: the changes that a run makes, and then its claim.
package struct CommitStep: Sendable {
    private let changes: [AttemptChange]
    private let request: ClaimRequest?

    /// Memberwise.
    package init(_ changes: [AttemptChange], claiming request: ClaimRequest?) {
        self.changes = changes
        self.request = request
    }

    /// What it has to have for itself before it begins: the accounts whose news it adds to or reads, each once.
    package func locks(in db: any StoreSession) throws -> [StoreLock] {
        var accounts = Set(request.map { [$0.vendor] } ?? [])
        let closed = changes.compactMap { change in
            if case .closed(let attempt, _) = change { attempt.value } else { nil }
        }
        if !closed.isEmpty {
            let sql = "SELECT DISTINCT vendor FROM attempts WHERE id IN (\(LedgerQuery.places(closed.count, from: 1)))"
            accounts.formUnion(try db.texts(sql, StoreArguments(closed.map { .integer($0) })))
        }
        return accounts.sorted().map { .account($0) }
    }

    /// Makes the changes and the claim.
    package func run(in db: any StoreSession) throws -> ClaimResult {
        let attempts = AttemptRows(db: db)
        for change in changes { try attempts.apply(change) }
        guard let request else { return ClaimResult(claims: [], nextDueAt: nil) }
        return try ClaimStep(db: db, request: request, chooser: request.policy.chooser).run()
    }

    /// Has the policy that chooses numbers forget what it was told in a transaction that was undone.
    package func forget() {
        request?.policy.chooser?.forget()
    }
}
