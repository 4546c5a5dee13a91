package import DialModel
package import Ledger

extension LedgerStore {
    package func personalRecords(of number: PhoneNumber) async throws(LedgerError) -> [PersonalRecord] {
        try await read("look for a person") { db in try PrivacyRows(db: db).records(of: number) }
    }

    package func erase(
        _ number: PhoneNumber, keepingCallsSince keptSince: Timestamp, at now: Timestamp
    ) async throws(LedgerError) -> Erasure {
        let erasure = try await write("erase", alone: true) { db in
            try PrivacyRows(db: db).erase(number, keptSince: keptSince, at: now)
        }
        await emptyLog()
        return erasure
    }

    package func eraseKeptNumbers(before keptSince: Timestamp, at now: Timestamp) async throws(LedgerError) -> Int {
        let count = try await write("erase", alone: true) { db in
            try PrivacyRows(db: db).eraseKept(before: keptSince, at: now)
        }
        await emptyLog()
        return count
    }
}
