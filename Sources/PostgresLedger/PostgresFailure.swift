import CPostgres
import Ledger
import StoredLedger

/// What the server, or libpq, said when something failed.
///
/// Of the server's words only the first message is kept: its details quote keys, which may be telephone numbers.
struct PostgresFailure: Error {
    /// The five characters of the SQL standard; nil where no server said anything.
    var state: String?
    /// The words.
    var message: String
    /// Whether the connection is gone, so that nobody knows what became of what was asked last.
    var isLost = false

    /// Whether the transaction may be tried again: it met another's, and nothing of it was kept.
    var isCollision: Bool { state == "40001" || state == "40P01" }

    /// Whether the database lacks what was named.
    var isMissing: Bool { state == "42P01" || state == "3F000" }
}

extension LedgerError {
    /// Says of any failure below what it is and what to do about it.
    init(postgres error: any Error, operation: String, database: String) {
        switch error {
        case let error as LedgerError:
            self = error
        case let refusal as Refusal:
            self.init(refusal.code, operation: operation, database: database, message: refusal.message)
        case let failure as PostgresFailure:
            let code = Code(failure)
            self.init(
                code, operation: operation, database: database,
                message:
                    "\(code.adviceOnServer) (PostgreSQL: \(failure.message)\(failure.state.map { ", \($0)" } ?? ""))"
            )
        default:
            self.init(.other, operation: operation, database: database, message: "\(type(of: error))")
        }
    }
}

extension LedgerError.Code {
    /// What a failure is, by its class in appendix A of the manual of PostgreSQL.
    fileprivate init(_ failure: PostgresFailure) {
        guard !failure.isLost, let state = failure.state else {
            self = .unreachable
            return
        }
        switch (state, state.prefix(2)) {
        case ("53100", _), ("53200", _): self = .full
        case ("55P03", _), ("53300", _), ("40001", _), ("40P01", _): self = .locked
        case ("42501", _), ("25006", _): self = .readOnly
        case ("57P01", _), ("57P02", _), ("57P03", _), (_, "08"): self = .unreachable
        case (_, "28"), (_, "3D"), (_, "3F"): self = .cannotOpen
        case (_, "23"), (_, "22"): self = .constraint
        case ("XX001", _), ("XX002", _): self = .corrupt
        case (_, "58"): self = .io
        default: self = .other
        }
    }

    /// What an operator can do.
    fileprivate var adviceOnServer: String {
        switch self {
        case .locked: "others are at work on the same rows, or the server has no connection left; try again"
        case .full: "the server's disk or memory is full and nothing of this step was kept; free some and start again"
        case .readOnly:
            "the database may not be written; use the primary server, and grant the user what the guide says"
        case .cannotOpen: "the server does not let us in; check user, password, TLS and the name of the database"
        case .corrupt: "the server finds its database damaged; stop all runs and restore a backup"
        case .constraint: "this would break a rule of the ledger and nothing of it was kept; please report it"
        case .io: "the server's storage failed; check its disk, then start again"
        case .unreachable: "the server cannot be reached or went away; check that it runs and the network to it"
        case .newerSchema: "the database was written by a newer release; use that release"
        case .rejectedBySource: "the list could not be read to its end and nothing of it was kept; mend it and retry"
        case .other, .fenced: "the server reports a failure; nothing of this step was kept"
        }
    }
}
