import DialModel
import Ledger

/// What was made of an account's numbers, each figure counted from rows in the same snapshot.
///
/// The cost grows with the numbers that were ever shown, and not with the attempts that showed them.
struct CallerIDSnapshotQuery {
    let db: any StoreSession
    let account: String

    func snapshot(at now: Timestamp) throws -> CallerIDSnapshot {
        CallerIDSnapshot(
            at: now, numbers: try CallerIDRows(db: db, account: account).listed(), held: try held(at: now),
            usages: try shownNumbers().map { try usage(of: $0, at: now) })
    }

    /// What each number did on each of these days, ascending by number and day.
    func days(_ days: ClosedRange<ShanghaiDay>) throws -> [CallerIDDay] {
        let (from, to) = (days.lowerBound.start.milliseconds, days.upperBound.end.milliseconds)
        return try shownNumbers().flatMap { number in
            try db.rows(LedgerQuery.daysOfNumber, [account, number, from, to]).map { row in
                let day = ShanghaiDay(containing: days.lowerBound.start)
                var record = CallerIDDay(callerID: number, day: day)
                record.day.number = try row.required("day")
                record.dials = try row.required("dials")
                record.answered = try row.required("answered")
                record.connected = try row.required("connected")
                record.refused = try row.required("refused")
                record.mismatches = try row.required("mismatches")
                return record
            }
        }
    }

    private func held(at now: Timestamp) throws -> [CallerIDUse] {
        let arguments: StoreArguments = [account, (now - CallerIDUse.longestHold).milliseconds]
        return try db.rows(LedgerQuery.heldLines, arguments).map { row in
            CallerIDUse(
                attempt: AttemptID(try row.required("id")), callerID: try row.required("caller_id"),
                claimedAt: try row.instant("claimed_at"))
        }
    }

    private func shownNumbers() throws -> [String] {
        try db.texts(LedgerQuery.shownNumbers, [account])
    }

    private func usage(of number: String, at now: Timestamp) throws -> CallerIDUsage {
        let today = ShanghaiDay(containing: now)
        let dials = LedgerQuery.dialCount
        let last = LedgerQuery.lastDial
        let minute = LedgerQuery.dialTimes
        let outcomes = LedgerQuery.lastOutcomes
        let since = now - .seconds(60)
        return CallerIDUsage(
            callerID: number,
            dialsToday: try db.count(dials, [account, number, today.start.milliseconds, today.end.milliseconds]) ?? 0,
            lastDialAt: try db.integer(last, [account, number]).map(Timestamp.init(milliseconds:)),
            lastMinute: try db.integers(minute, [account, number, since.milliseconds])
                .map(Timestamp.init(milliseconds:)),
            outcomes: try db.rows(outcomes, [account, number, CallerIDUsage.outcomeLimit])
                .reversed().map { try $0.word("outcome") })
    }
}
