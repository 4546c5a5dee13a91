import GRDB
import Ledger
import StoredLedger
import Wording

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
            let words = error.message.map { Phrase(same: $0) } ?? LedgerFilePhrase.saidNothing.phrase
            self.init(
                code, operation: operation, database: database, nativeCode: error.extendedResultCode.rawValue,
                message: LedgerFilePhrase.said.filled(code.advice, words))
        default:
            self.init(.other, operation: operation, database: database, message: Phrase(same: "\(type(of: error))"))
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
    fileprivate var advice: Phrase {
        switch self {
        case .locked: LedgerFilePhrase.busy.phrase
        case .full: LedgerFilePhrase.full.phrase
        case .readOnly: LedgerFilePhrase.forbidden.phrase
        case .cannotOpen: LedgerFilePhrase.cannotOpen.phrase
        case .corrupt: LedgerFilePhrase.damaged.phrase
        case .constraint: StorePhrase.rule.phrase
        case .io: LedgerFilePhrase.device.phrase
        // Lists and schemas tell what is wrong with them by themselves, only servers are out of reach or let nobody in, and only
        // those who share one are fenced.
        case .other, .rejectedBySource, .newerSchema, .denied, .fenced, .unreachable: LedgerFilePhrase.failed.phrase
        }
    }
}
