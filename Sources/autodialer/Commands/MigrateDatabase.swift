import ArgumentParser
import DialModel
import Glibc
import Ledger
import SQLiteLedger
import StoredLedger
import Wording

/// `migrate-database`.
struct MigrateDatabase: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate-database",
        abstract: "Copies a database: from a file to a PostgreSQL server, back, or between two of a kind.",
        discussion: """
            EXAMPLES
              autodialer migrate-database autodialer.sqlite postgresql://dialer@db/calls
              autodialer migrate-database postgresql://dialer@db/calls autodialer.sqlite

            The destination has to be empty and gets every row as it is, with its id. Both sides are then compared by the \
            number of rows and a checksum of each table, and audit verify finds the same digest in both. No campaign may \
            be running, and the source is left as it was.

            If the copy breaks off, repeat the command: it goes on where it stopped. Until it is done no other command \
            opens the destination. From then on name the destination with --database, and run nothing more on the source: \
            it does not know of later calls.
            """)

    @Argument(
        help: ArgumentHelp("The database to copy: a file, or an address postgresql://…", valueName: "from"),
        completion: .file())
    var from: String

    @Argument(
        help: ArgumentHelp("Where it is copied to: a new file, or an empty database on a server.", valueName: "to"),
        completion: .file())
    var to: String

    @Flag(help: "Print one JSON object; its keys do not change.")
    var json = false

    @Flag(name: .shortAndLong, help: "Print nothing but errors.")
    var quiet = false

    @OptionGroup var wording: LanguageOption

    func validate() throws {
        try DatabasePlace(text: from).expectNoSecret(in: "FROM")
        try DatabasePlace(text: to).expectNoSecret(in: "TO")
    }

    func run() async throws {
        try await reportingFailures(in: wording.language) {
            let (source, destination) = (DatabasePlace(text: from), DatabasePlace(text: to))
            let ledger = try await source.open(.readExisting)
            try await ledger.leave {
                let locks = try await locks(on: source, ledger)
                defer { for lock in locks { lock.close() } }
                let other = try await destination.openOrCreate(.copyInto)
                try await other.leave {
                    let report = CopyReport(
                        source: source, destination: destination, language: wording.language,
                        contents: try await copy(ledger, to: other))
                    if !quiet { Console.out(json ? report.json : report.text) }
                    return nil
                }
                return nil
            }
        }
    }

    /// The right to run each campaign of a file, so that nobody does meanwhile; a server tells who runs on it.
    private func locks(on source: DatabasePlace, _ ledger: any LedgerStore) async throws -> [RunLock] {
        guard !source.isOnServer else { return [] }
        var locks: [RunLock] = []
        for campaign in try await LedgerCopy.campaigns(of: ledger) {
            do {
                locks.append(try RunLock.acquire(database: source.text, campaign: campaign))
            } catch {
                for lock in locks { lock.close() }
                throw error
            }
        }
        return locks
    }

    private func copy(_ ledger: any LedgerStore, to other: any LedgerStore) async throws -> [TableContents] {
        let line = ProgressLine(terminal: Terminal(STDERR_FILENO))
        let (language, isQuiet) = (wording.language, quiet)
        defer { line.clear() }
        do {
            return try await LedgerCopy(from: ledger, to: other).run { progress in
                guard !isQuiet else { return }
                switch progress {
                case .copied(let rows, let all): line.show(language.say(CopyPhrase.copying, rows, all))
                case .comparing: line.show(language.say(CopyPhrase.comparing))
                }
            }
        } catch let refused as LedgerCopy.Refused {
            line.clear()
            throw Failure(refused, from: DatabasePlace(text: from), to: DatabasePlace(text: to))
        }
    }
}

extension Failure {
    /// Why a database was not copied.
    fileprivate init(_ refused: LedgerCopy.Refused, from source: DatabasePlace, to destination: DatabasePlace) {
        switch refused {
        case .sameDatabase:
            self.init(.usage, saying: [CopyPhrase.sameDatabase.filled(source.name, destination.name)])
        case .isRunning(let campaign):
            self.init(.tryLater, saying: [CopyPhrase.isRunning.filled(source.name, campaign)])
        case .occupied:
            self.init(.cannotCreate, saying: [CopyPhrase.occupied.filled(destination.name)])
        case .ofAnother:
            self.init(
                .cannotCreate,
                saying: [CopyPhrase.ofAnother.filled(destination.name, source.name), CopyPhrase.beginAnew.phrase])
        case .differs(let tables):
            self.init(
                .badInput,
                saying: [
                    CopyPhrase.differs.filled(source.name, destination.name, tables.joined(separator: ", ")),
                    CopyPhrase.beginAnew.phrase,
                ])
        }
    }
}
