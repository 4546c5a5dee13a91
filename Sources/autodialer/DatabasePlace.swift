import ArgumentParser
import Ledger
import PostgresLedger
import SQLiteLedger
import StoredLedger

/// A database as a user named it: the path of a file, or the address of a PostgreSQL server.
struct DatabasePlace {
    /// What the user said.
    let text: String

    /// Whether it is on a server.
    var isOnServer: Bool { PostgresAddress.isAddress(text) }

    /// What messages call it.
    var name: String { isOnServer ? (try? PostgresAddress(text).name) ?? "postgresql://…" : text }

    /// The address of the server; nil for a file.
    ///
    /// Throws `.cannotOpen` for one that cannot be read.
    func address() throws(LedgerError) -> PostgresAddress? {
        isOnServer ? try PostgresAddress(text) : nil
    }

    /// Throws for what was given in `argument` if it cannot be read, or if it holds a password.
    func expectNoSecret(in argument: String) throws(ValidationError) {
        let address: PostgresAddress?
        do throws(LedgerError) {
            address = try self.address()
        } catch {
            throw ValidationError(.noAddress, argument)
        }
        guard address?.hasPassword != true else {
            throw ValidationError(.password, argument)
        }
    }

    /// Opens the database.
    func open(
        _ access: LedgerAccess, observer: (@Sendable (WriterEvent) -> Void)? = nil
    ) async throws(LedgerError) -> any LedgerStore {
        guard let address = try address() else {
            return try await SQLiteLedger.open(
                at: text, access: access, options: SQLiteLedger.Options(observer: observer))
        }
        return try await PostgresLedger.open(at: address, access: access, observer: observer)
    }

    /// Opens the database in a way that makes it if need be.
    func openOrCreate(
        _ access: LedgerAccess, observer: (@Sendable (WriterEvent) -> Void)? = nil
    ) async throws(Failure) -> any LedgerStore {
        do throws(LedgerError) {
            return try await open(access, observer: observer)
        } catch {
            // A file that cannot be opened for writing cannot be created either.
            var failure = Failure(error)
            if error.code == .cannotOpen, !isOnServer { failure.code = .cannotCreate }
            throw failure
        }
    }
}
