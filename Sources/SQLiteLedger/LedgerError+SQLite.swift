import GRDB
import Ledger
import StoredLedger

extension LedgerError {
    /// Says of any failure below what it is and what to do about it.
    ///
    /// SQLite's own words name tables, columns and constraints; the SQL and its arguments are left out, since they may
    /// hold telephone numbers.
    init(_ error: any Error, operation: String, database: String) {
        switch error {
        case let error as LedgerError:
            self = error
        case let refusal as Refusal:
            self.init(refusal.code, operation: operation, database: database, message: refusal.message)
        case let error as DatabaseError:
            let code = Code(error.resultCode)
            let words = error.message ?? "no further words"
            self.init(
                code, operation: operation, database: database, nativeCode: error.extendedResultCode.rawValue,
                message: "\(code.advice) (SQLite: \(words))")
        default:
            self.init(.other, operation: operation, database: database, message: "\(type(of: error))")
        }
    }
}

extension LedgerError.Code {
    fileprivate init(_ code: ResultCode) {
        switch code {
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .locked
        case .SQLITE_FULL: self = .full
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH: self = .readOnly
        case .SQLITE_CANTOPEN: self = .cannotOpen
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .corrupt
        case .SQLITE_CONSTRAINT: self = .constraint
        case .SQLITE_IOERR: self = .io
        default: self = .other
        }
    }

    /// What an operator can do.
    fileprivate var advice: String {
        switch self {
        case .locked: "another process is writing to the database; try again, or wait until it has ended"
        case .full: "the disk is full and nothing of this step was kept; free some space and start again"
        case .readOnly: "the file or its folder may not be written; check owner and permissions of both"
        case .cannotOpen: "the file cannot be opened; check that it and its folder exist and may be read and written"
        case .corrupt:
            "the file is damaged or is no database; stop all runs, keep a copy of it and restore a backup, or salvage "
                + "its rows with `sqlite3 FILE .recover`"
        case .newerSchema: "the file was written by a newer release; use that release"
        case .constraint: "this would break a rule of the ledger and nothing of it was kept; please report it"
        case .io: "the storage device failed; check the disk and its cables or network, then start again"
        case .rejectedBySource: "the list could not be read to its end and nothing of it was kept; mend it and retry"
        // Only servers are out of reach or let nobody in, and only those who share one are fenced.
        case .other, .denied, .fenced, .unreachable: "the database reports a failure; nothing of this step was kept"
        }
    }
}
