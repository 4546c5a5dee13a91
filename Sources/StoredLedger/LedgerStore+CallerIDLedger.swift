package import DialModel
package import Ledger

extension LedgerStore {
    package func callerIDs(of account: String) async throws(LedgerError) -> [OutboundNumber] {
        try await read("list numbers") { db in try CallerIDRows(db: db, account: account).listed() }
    }

    package func importCallerIDs(
        _ numbers: [OutboundNumber], into account: String, replacing: Bool, at now: Timestamp
    ) async throws(LedgerError) -> CallerIDImport {
        try await write("import numbers", locking: [.account(account)]) { db in
            try CallerIDInventory(rows: CallerIDRows(db: db, account: account), now: now)
                .take(numbers, replacing: replacing)
        }
    }

    package func pauseCallerID(
        _ number: String, of account: String, because note: String, at now: Timestamp
    ) async throws(LedgerError) {
        try await write("pause number", locking: [.account(account)]) { db in
            try CallerIDRows(db: db, account: account).pause(number, because: note, at: now)
        }
    }

    package func resumeCallerID(
        _ number: String, of account: String, because note: String, at now: Timestamp
    ) async throws(LedgerError) {
        try await write("resume number", locking: [.account(account)]) { db in
            try CallerIDRows(db: db, account: account).resume(number, because: note, at: now)
        }
    }

    package func callerIDHistory(
        of number: String, of account: String
    ) async throws(LedgerError) -> [CallerIDHistoryEntry] {
        try await read("read history of number") { db in
            try CallerIDRows(db: db, account: account).history(of: number)
        }
    }

    package func callerIDDays(
        of account: String, days: ClosedRange<ShanghaiDay>
    ) async throws(LedgerError) -> [CallerIDDay] {
        try await read("count days of numbers") { db in
            try CallerIDSnapshotQuery(db: db, account: account).days(days)
        }
    }

    package func callerIDSnapshot(
        of account: String, at now: Timestamp
    ) async throws(LedgerError) -> CallerIDSnapshot {
        try await read("look at numbers") { db in
            try CallerIDSnapshotQuery(db: db, account: account).snapshot(at: now)
        }
    }

    package func dials(to number: PhoneNumber, since: Timestamp) async throws(LedgerError) -> [CalleeDial] {
        try await read("look at dials") { db in try AttemptRows(db: db).dials(to: number, since: since) }
    }

    package func attempt(_ id: AttemptID) async throws(LedgerError) -> AttemptRecord? {
        try await read("read attempt") { db in
            try db.row(LedgerQuery.oneAttempt, [id.value]).map { try AttemptRecord($0) }
        }
    }

    package func explanation(of attempt: AttemptID) async throws(LedgerError) -> String? {
        try await read("read explanation") { db in
            let sql = "SELECT explanation FROM attempt_explanations WHERE attempt = ?"
            return try db.text(sql, [attempt.value])
        }
    }
}
