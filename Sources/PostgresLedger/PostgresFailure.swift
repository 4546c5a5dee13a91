import CPostgres
import Ledger
import StoredLedger
import Wording

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
    /// Why there is no connection, where that is more than a server that cannot be reached.
    var hindrance: PostgresHindrance?

    /// Whether the transaction may be tried again: it met another's, and nothing of it was kept.
    var isCollision: Bool { state == "40001" || state == "40P01" }

    /// Whether the database lacks what was named.
    var isMissing: Bool { state == "42P01" || state == "3F000" }
}

/// What can stand in the way of a connection although a server answers.
package enum PostgresHindrance: Hashable, Sendable {
    /// A password is asked for, and none was found.
    case noPassword
    /// The password is not the user's.
    case wrongPassword
    /// No encryption, or no proof of who the server is, as `sslmode` asks for it; or the server wants such a proof of us.
    case noTrust
    /// Not from here, not for this user, or not like this.
    case refused
    /// The database is not there.
    case noDatabase
    /// The server has all the connections that it takes.
    case noConnectionLeft

    /// Reads what libpq says, which keeps no state for what the server answers to the greeting; nil for one that cannot be
    /// reached, or does not do what it is for just now.
    ///
    /// The server may speak any language, libpq speaks English. What is not known for a refusal is none: a run ends by one,
    /// and a server that fails over may have much to say.
    package init?(words: String, needsPassword: Bool, usedPassword: Bool) {
        // Between quotes are names of hosts, users and files, in which any word may occur.
        let parts = words.split(separator: "\"", omittingEmptySubsequences: false)
        let plain = parts.indices.filter { $0.isMultiple(of: 2) }.map { parts[$0] }.joined(separator: "\"\"")
        func says(_ parts: String...) -> Bool { parts.contains { plain.contains($0) } }
        if says("too many clients", "too many connections", "remaining connection slots") {
            self = .noConnectionLeft
        } else if needsPassword || says("no password supplied") {
            self = .noPassword
        } else if says("certificate", "does not support SSL", "verified SSL", "SSL error:") {
            self = .noTrust
        } else if says("database \"\" does not exist") {
            self = .noDatabase
        } else if says("password authentication failed") || (usedPassword && says("password retrieved from file")) {
            // Without sslmode, libpq tries again without encryption what was rejected with it, and tells both.
            self = .wrongPassword
        } else if says("authentication failed", "pg_hba.conf", "role \"\" does not exist", "not permitted") {
            self = .refused
        } else {
            return nil
        }
    }

    /// What kind of failure it is.
    var code: LedgerError.Code {
        switch self {
        case .noPassword, .wrongPassword, .noTrust, .refused: .denied
        case .noDatabase: .cannotOpen
        case .noConnectionLeft: .locked
        }
    }

    /// What an operator can do; nil for what the kind of failure says already.
    var advice: Phrase? {
        switch self {
        case .noPassword: PostgresPhrase.noPassword.phrase
        case .wrongPassword: PostgresPhrase.wrongPassword.phrase
        case .noTrust: PostgresPhrase.noTrust.phrase
        case .refused, .noDatabase, .noConnectionLeft: nil
        }
    }
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
            let advice = failure.hindrance?.advice ?? code.adviceOnServer
            let words =
                failure.state.map { PostgresPhrase.saidWithState.filled(advice, failure.message, $0) }
                ?? PostgresPhrase.said.filled(advice, failure.message)
            self.init(code, operation: operation, database: database, message: words)
        default:
            self.init(.other, operation: operation, database: database, message: Phrase(same: "\(type(of: error))"))
        }
    }
}

extension LedgerError.Code {
    /// What a failure is, by its class in appendix A of the manual of PostgreSQL.
    fileprivate init(_ failure: PostgresFailure) {
        if let hindrance = failure.hindrance {
            self = hindrance.code
            return
        }
        guard !failure.isLost, let state = failure.state else {
            self = .unreachable
            return
        }
        switch (state, state.prefix(2)) {
        case ("53100", _), ("53200", _): self = .full
        case ("55P03", _), ("53300", _), ("40001", _), ("40P01", _): self = .locked
        case ("42501", _), ("25006", _): self = .readOnly
        case ("57P01", _), ("57P02", _), ("57P03", _), (_, "08"): self = .unreachable
        case (_, "28"): self = .denied
        case (_, "3D"), (_, "3F"): self = .cannotOpen
        case (_, "23"), (_, "22"): self = .constraint
        case ("XX001", _), ("XX002", _): self = .corrupt
        case (_, "58"): self = .io
        default: self = .other
        }
    }

    /// What an operator can do.
    fileprivate var adviceOnServer: Phrase {
        switch self {
        case .locked: PostgresPhrase.busy.phrase
        case .full: PostgresPhrase.full.phrase
        case .readOnly: PostgresPhrase.forbidden.phrase
        case .cannotOpen: PostgresPhrase.noDatabase.phrase
        case .denied: PostgresPhrase.letsNobodyIn.phrase
        case .corrupt: PostgresPhrase.damaged.phrase
        case .constraint: StorePhrase.rule.phrase
        case .io: PostgresPhrase.device.phrase
        case .unreachable: PostgresPhrase.away.phrase
        // What was written by a newer release, and lists, tell by themselves what is wrong.
        case .other, .fenced, .newerSchema, .rejectedBySource: PostgresPhrase.failed.phrase
        }
    }
}
