import DialModel
import Dispatch
import GRDB
import Glibc
package import Ledger

/// What can be learnt of a ledger's file without changing it.
package struct LedgerExamination: Hashable, Sendable {
    /// What a look at every page came to.
    package enum Soundness: Hashable, Sendable {
        /// Everything is as it should be.
        case sound
        /// The first thing that is not.
        case damaged(String)
        /// There was not enough time to find out.
        case unfinished
    }

    /// The latest migration that the file has been through.
    package var schema: String
    /// The latest one that there is.
    package var currentSchema: String
    /// Bytes of the file.
    package var bytes: UInt64
    /// Bytes of its log; 0 without one.
    package var logBytes: UInt64
    /// How changes reach the file; `wal` unless something is wrong.
    package var journalMode: String
    /// What a look at every page came to.
    package var soundness: Soundness

    /// Whether the file is of this release.
    package var isCurrent: Bool { schema == currentSchema }
}

extension SQLiteLedger {
    /// Looks at a file without upgrading it; the look at its pages ends after `patience` of real time.
    ///
    /// Throws `.cannotOpen`, `.newerSchema` and `.corrupt` as opening it for reading does.
    package static func examine(
        _ path: String, patience: Duration
    ) async throws(LedgerError) -> LedgerExamination {
        let result: Result<LedgerExamination, LedgerError> = await withCheckedContinuation { continuation in
            DispatchQueue(label: "autodialer.ledger.examine").async {
                let result = Result { try LedgerFile(name: path, options: Options()).examine(patience: patience) }
                continuation.resume(
                    returning: result.mapError { LedgerError($0, operation: "examine", database: path) })
            }
        }
        return try result.get()
    }
}

extension LedgerFile {
    /// Looks at the file; throws `Refusal` or GRDB's errors.
    fileprivate func examine(patience: Duration) throws -> LedgerExamination {
        let reader = try readerOfLedger()
        defer { try? reader.close() }
        let current = LedgerSchema.migrator.migrations.last ?? ""
        var found = try reader.read { db in
            LedgerExamination(
                schema: try String.fetchOne(
                    db, sql: "SELECT identifier FROM grdb_migrations ORDER BY rowid DESC LIMIT 1") ?? "",
                currentSchema: current, bytes: Self.size(of: name), logBytes: Self.size(of: name + "-wal"),
                journalMode: try String.fetchOne(db, sql: "PRAGMA journal_mode") ?? "", soundness: .unfinished)
        }
        found.soundness = try soundness(by: reader, patience: patience)
        return found
    }

    private func soundness(by reader: DatabaseQueue, patience: Duration) throws -> LedgerExamination.Soundness {
        // SQLite looks at a clock of its own accord only when it is interrupted.
        let end = DispatchWorkItem { reader.interrupt() }
        DispatchQueue.global().asyncAfter(deadline: .now() + patience.seconds, execute: end)
        defer { end.cancel() }
        do {
            let words = try reader.read { db in try String.fetchOne(db, sql: "PRAGMA quick_check(1)") }
            return words == "ok" ? .sound : .damaged(words ?? "no answer")
        } catch let error as DatabaseError where error.resultCode == .SQLITE_INTERRUPT {
            return .unfinished
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
            return .damaged(error.message ?? "corrupt")
        }
    }

    private static func size(of path: String) -> UInt64 {
        var status = stat()
        return stat(path, &status) == 0 ? UInt64(max(0, status.st_size)) : 0
    }
}
