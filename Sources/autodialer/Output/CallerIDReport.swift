import CallerID
import CampaignRunner
import DialModel
import Ledger

/// How the numbers of an account stand.
struct CallerIDReport {
    /// How one number stands.
    struct Row {
        var number: OutboundNumber
        var dialsToday: Int
        var inUse: Int
        /// Of the last 50 attempts that rang.
        var rate: AnswerRate
        var isFlagged: Bool
        var mismatchesToday: Int
        var lastStep: CallerIDHistoryEntry?

        /// A word for its state, and until when it lasts if that is known.
        func state(at now: Timestamp) -> (word: String, until: Timestamp?) {
            switch number.status {
            case .paused: return ("paused", nil)
            case .quarantined(let until) where until > now: return ("quarantined", until)
            case .active, .quarantined: break
            }
            if !number.dialsOut { return ("takes calls only", nil) }
            return (isFlagged ? "flagged" : "active", nil)
        }
    }

    var account: String
    var at: Timestamp
    /// Ascending by number.
    var rows: [(row: Row, state: (word: String, until: Timestamp?))]

    /// Looks at an account's numbers, of which there must be some.
    init(of account: String, in ledger: some CallerIDLedger, withHistory: Bool, at now: Timestamp) async throws {
        _ = try await ledger.existingCallerIDs(of: account)
        let snapshot = try await ledger.callerIDSnapshot(of: account, at: now)
        let today = ShanghaiDay(containing: now)
        let days = try await ledger.callerIDDays(of: account, days: today...today)
        let mismatches = Dictionary(days.map { ($0.callerID, $0.mismatches) }, uniquingKeysWith: +)
        let usages = Dictionary(snapshot.usages.map { ($0.callerID, $0) }) { first, _ in first }
        let held = Dictionary(grouping: snapshot.held, by: \.callerID)
        let health = snapshot.numbers.map { CallerIDHealth(usages[$0.number]?.outcomes ?? []) }
        let all = health.map(\.rate).reduce(AnswerRate(answered: 0, attempts: 0), +)
        self.account = account
        at = now
        rows = []
        for (number, health) in zip(snapshot.numbers, health) {
            // A query for each number, so only where it is shown.
            let history = withHistory ? try await ledger.callerIDHistory(of: number.number, of: account) : []
            let row = Row(
                number: number, dialsToday: usages[number.number]?.dialsToday ?? 0,
                inUse: held[number.number]?.count ?? 0, rate: health.rate,
                isFlagged: health.isFlagged(beside: all - health.rate),
                mismatchesToday: mismatches[number.number] ?? 0, lastStep: history.last)
            rows.append((row, row.state(at: now)))
        }
    }

    /// One object for programs: keys never change, new ones may be added.
    var json: String {
        JSONText.object([
            ("account", .string(account)), ("at", .string(at.iso8601UTC)),
            ("numbers", .array(rows.map { Self.json($0.row, $0.state) })),
        ])
    }

    private static func json(_ step: CallerIDHistoryEntry) -> JSONText {
        .object([
            ("at", .string(step.at.iso8601UTC)), ("step", .string(step.step.rawValue)), ("note", .optional(step.note)),
        ])
    }

    private static func json(_ row: Row, _ state: (word: String, until: Timestamp?)) -> JSONText {
        let number = row.number
        let cap = number.limits.maxPerDay.map { JSONText.integer(Int64($0)) } ?? .null
        return .object(
            [
                ("number", .string(number.number)), ("province", .optional(number.region.province)),
                ("city", .optional(number.region.city)), ("pools", .array(number.pools.map { .string($0) })),
                ("status", .string(state.word.replacing(" ", with: "_"))),
                ("until", .optional(state.until?.iso8601UTC)),
                ("flagged", .bool(row.isFlagged)),
                ("dials_today", .integer(Int64(row.dialsToday))), ("max_per_day", cap),
                ("in_use", .integer(Int64(row.inUse))), ("lines", .integer(Int64(number.lines))),
                ("answered", .integer(Int64(row.rate.answered))),
                ("rated_attempts", .integer(Int64(row.rate.attempts))),
                ("mismatches_today", .integer(Int64(row.mismatchesToday))),
            ] + (row.lastStep.map { [("last_change", json($0))] } ?? []))
    }
}
