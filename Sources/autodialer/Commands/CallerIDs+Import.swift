import ArgumentParser
import CampaignFile
import DialModel
import Ledger
import SQLiteLedger
import StoredLedger
import Telephony
import Wording

/// `caller-ids import`.
struct CallerIDsImport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Takes an account's numbers in from a file or from the vendor, all or none of them.",
        discussion: """
            EXAMPLES
              autodialer caller-ids import numbers.csv --account shanghai
              autodialer caller-ids import numbers.csv --account shanghai --replace
              autodialer caller-ids import --from-vendor campaigns/demo

            A number that is known takes the file's properties; whether it is paused or in quarantine stays, and so does \
            its history. From the vendor, limits stay as well, and pools where the vendor names none. Exit code 65 with \
            every finding if the file is wrong; then nothing is changed.
            """)

    /// Room for some hundred thousand numbers.
    private static let fileLimit = 64 << 20

    @Argument(help: ArgumentHelp("The file, CSV with a header.", valueName: "file"), completion: .file())
    var file: String?

    @Option(help: ArgumentHelp("The vendor account that the file's numbers belong to.", valueName: "name"))
    var account: String?

    @Option(
        help: ArgumentHelp("Ask the vendor of this campaign for the numbers.", valueName: "campaign"),
        completion: .directory)
    var fromVendor: String?

    @OptionGroup var database: DatabaseOptions

    @Flag(help: "List no longer what is not among the numbers.")
    var replace = false

    @OptionGroup var wording: LanguageOption

    func validate() throws {
        if (file == nil) == (fromVendor == nil) { throw ValidationError(.either, "a file", "--from-vendor") }
        if file != nil, account == nil { throw ValidationError(.needs, "a file", "--account") }
    }

    func run() async throws {
        try await reportingFailures(in: wording.language) {
            if let file, let account {
                let numbers = try read(file)
                try await take(numbers, into: account, of: try await database.openOrCreate())
            } else if let fromVendor {
                try await takeFromVendor(of: try CampaignFolder.open(fromVendor))
            }
        }
    }

    private func read(_ file: String) throws -> [OutboundNumber] {
        let bytes = try FileBytes.read(file, called: .numbers, limit: Self.fileLimit)
        let (numbers, diagnostics) = CallerIDList.parse(bytes: bytes, file: file)
        guard let numbers, !diagnostics.contains(where: { $0.severity == .error }) else {
            throw Failure(.badInput, diagnostics: diagnostics)
        }
        Console.error(diagnostics.map(\.rendered), in: wording.language)
        guard !numbers.isEmpty else {
            // With --replace this would take every number away.
            throw Failure(.badInput, saying: [CallerIDsPhrase.emptyFile.filled(file)])
        }
        return numbers
    }

    private func takeFromVendor(of folder: CampaignFolder) async throws {
        let account = try folder.account(among: account)
        let connection = try await VendorConnection.open(account, for: folder.campaign, speed: nil)
        let result: Result<[OutboundNumber], any Error>
        do {
            guard let directory = connection.vendor as? any NumberDirectory else {
                throw Failure(.badInput, saying: [CallerIDsPhrase.cannotList.filled(account.name)])
            }
            result = .success(try await directory.outboundNumbers())
        } catch {
            result = .failure(error)
        }
        await connection.close()
        let listed = try result.get()
        guard !listed.isEmpty else {
            throw Failure(.badInput, saying: [CallerIDsPhrase.listsNone.filled(account.name)])
        }
        let ledger = try await database.openOrCreate()
        let known = Dictionary(try await ledger.callerIDs(of: account.name).map { ($0.number, $0) }) { first, _ in first
        }
        let numbers = listed.map { number in
            guard let own = known[number.number] else { return number }
            var number = number
            number.limits = own.limits
            if number.pools.isEmpty { number.pools = own.pools }
            return number
        }
        try await take(numbers, into: account.name, of: ledger)
    }

    private func take(_ numbers: [OutboundNumber], into account: String, of ledger: any LedgerStore) async throws {
        let done = try await ledger.importCallerIDs(
            numbers, into: account, replacing: replace, at: SystemClock().now)
        await ledger.close()
        Console.out(
            wording.language.say(
                CallerIDsPhrase.imported, account, done.added, done.changed, done.unchanged, done.removed))
    }
}
