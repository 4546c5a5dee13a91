import DialModel
import Ledger

/// What policies that choose numbers have to be told, in the order in which it was committed.
struct CallerIDNewsRows {
    let db: any StoreSession

    /// How far behind a policy may be before a snapshot is cheaper than the events.
    static let mostEvents = 5_000

    /// A line of the news.
    enum Line {
        case claimed(AttemptID, String)
        case closed(AttemptID, String, CallOutcome)
        case changed(String)
        case imported
    }

    /// Appends a line and returns its position.
    @discardableResult
    func append(_ line: Line, account: String) throws -> Int64 {
        let arguments: StoreArguments =
            switch line {
            case .claimed(let attempt, let number): [account, "claimed", number, attempt.value, nil]
            case .closed(let attempt, let number, let outcome):
                [account, "closed", number, attempt.value, outcome.rawValue]
            case .changed(let number): [account, "changed", number, nil, nil]
            case .imported: [account, "imported", nil, nil, nil]
            }
        // What one policy has not heard yet stands behind all that it has only if lines are added one after the other.
        try db.lock(.account(account))
        return try db.insert(LedgerQuery.insertNews, arguments)
    }

    /// What an account's policy that was told up to a position has not heard; nil when that is nothing.
    func news(of account: String, after position: Int64?, at now: Timestamp) throws -> CallerIDNews? {
        guard let position else { return try everything(of: account, at: now) }
        let rows = try db.rows(LedgerQuery.newsAfter, [position, Self.mostEvents + 1])
        guard let last = rows.last else { return nil }
        guard rows.count <= Self.mostEvents else { return try everything(of: account, at: now) }
        let mine = try rows.filter { try $0.required("account") == account }
        return CallerIDNews(content: .events(try mine.compactMap(event)), position: try last.required("sequence"))
    }

    private func everything(of account: String, at now: Timestamp) throws -> CallerIDNews {
        let position = try db.integer("SELECT max(sequence) FROM caller_id_news") ?? 0
        let snapshot = try CallerIDSnapshotQuery(db: db, account: account).snapshot(at: now)
        return CallerIDNews(content: .snapshot(snapshot), position: position)
    }

    /// An event; nil for a change of a number that a later import has taken off the list.
    private func event(_ row: StoreRow) throws -> CallerIDEvent? {
        let account: String = try row.required("account")
        switch try row.required("event") as String {
        case "claimed": return .claimed(try use(row))
        case "closed": return .closed(try use(row), outcome: try row.word("outcome"))
        case "changed":
            return try CallerIDRows(db: db, account: account).listed(try row.required("caller_id")).map { .changed($0) }
        default:
            return .imported(try CallerIDRows(db: db, account: account).listed())
        }
    }

    private func use(_ row: StoreRow) throws -> CallerIDUse {
        CallerIDUse(
            attempt: AttemptID(try row.required("attempt")), callerID: try row.required("caller_id"),
            claimedAt: try row.instant("claimed_at"))
    }
}
