import DialModel
import Ledger

/// What a commit has to have for itself before it begins, so that two of them never wait for each other.
struct CommitLocks: Sendable {
    let changes: [AttemptChange]
    /// The account that will place the calls which are claimed; nil without a claim.
    let account: String?

    /// The accounts whose news it adds to or reads, each once.
    func accounts(in db: any StoreSession) throws -> [StoreLock] {
        var accounts = Set(account.map { [$0] } ?? [])
        let closed = changes.compactMap { change in
            if case .closed(let attempt, _) = change { attempt.value } else { nil }
        }
        if !closed.isEmpty {
            let sql = "SELECT DISTINCT vendor FROM attempts WHERE id IN (\(LedgerQuery.places(closed.count, from: 1)))"
            accounts.formUnion(try db.texts(sql, StoreArguments(closed.map { .integer($0) })))
        }
        return accounts.sorted().map { .account($0) }
    }
}
