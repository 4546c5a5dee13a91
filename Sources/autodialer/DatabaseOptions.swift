import ArgumentParser
import DialModel
import Foundation
import Ledger
import PostgresLedger
import SQLiteLedger
import StoredLedger
import Wording

/// Where the database is.
struct DatabaseOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The database: a file, or the address of a PostgreSQL server, postgresql://user@host/name "
                + "(default: AUTODIALER_DATABASE, else autodialer.sqlite in the working directory).",
            valueName: "file or address"), completion: .file())
    var database: String?

    // Few need it, and the guide tells them.
    @Option(
        help: ArgumentHelp(
            "With a server: the name of this machine's run, of which there may be several (default: AUTODIALER_RUNNER, "
                + "else the machine's name).", valueName: "name", visibility: .hidden))
    var runner: String?

    /// The file that is taken unless something else is said, in the working directory.
    static let usual = "autodialer.sqlite"

    func validate() throws {
        if let database { try DatabasePlace(text: database).expectNoSecret(in: "--database") }
    }

    /// The database that the user named.
    var place: DatabasePlace {
        if let database { return DatabasePlace(text: database) }
        if let value = Environment.text("AUTODIALER_DATABASE"), !value.isEmpty { return DatabasePlace(text: value) }
        return DatabasePlace(text: Self.usual)
    }

    /// What the user said: a path or an address.
    var text: String { place.text }

    /// Whether it is on a server.
    var isOnServer: Bool { place.isOnServer }

    /// Whether the address of a server holds a password.
    var hasPassword: Bool { isOnServer && (try? PostgresAddress(text).hasPassword) == true }

    /// The name by which runs of one campaign on one server are told apart.
    var runnerName: String {
        if let runner { return runner }
        if let value = Environment.text("AUTODIALER_RUNNER"), !value.isEmpty { return value }
        return ProcessInfo.processInfo.hostName
    }

    /// What messages call it.
    var name: String { place.name }

    /// The path of the file; for a database on a server, what the paths begin with of whatever its runs on this machine
    /// keep beside it.
    var path: String {
        guard isOnServer else { return text }
        let identity = (try? PostgresAddress(text).identity) ?? ""
        return "\(Self.stateFolder)/\(RunLock.digest(of: identity)).\(RunLock.slug(of: runnerName))"
    }

    /// Where a user's programs keep what is to last longer than a login (XDG Base Directory Specification).
    private static var stateFolder: String {
        let state = Environment.text("XDG_STATE_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
        return (state ?? NSHomeDirectory() + "/.local/state") + "/autodialer"
    }

    /// Opens the database, making it if need be.
    func openOrCreate(observer: (@Sendable (WriterEvent) -> Void)? = nil) async throws -> any LedgerStore {
        try makeStateFolder()
        return try await place.openOrCreate(.readWriteCreate, observer: observer)
    }

    /// Opens the database, which has to be there, to look at it and to write to it.
    func openExistingToRecord() async throws -> any LedgerStore {
        try makeStateFolder()
        return try await place.open(.readWriteExisting)
    }

    /// Opens the database to look at it.
    func openExisting() async throws -> any LedgerStore {
        try await place.open(.readExisting)
    }

    /// Makes the folder for what runs on this machine keep beside a database on a server.
    func makeStateFolder() throws(Failure) {
        guard isOnServer else { return }
        do {
            try FileManager.default.createDirectory(
                atPath: Self.stateFolder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw Failure(
                .cannotCreate,
                saying: [RefusalPhrase.noStateFolder.filled(Self.stateFolder), RefusalPhrase.checkOwner.phrase])
        }
    }
}
