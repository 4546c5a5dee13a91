import ArgumentParser
import CampaignFile
import DialModel
import SQLiteLedger
import StoredLedger
import Telephony
import Wording

/// Vendor accounts.
struct Vendor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vendor", abstract: "Looks at vendor accounts.", subcommands: [VendorTest.self])
}

/// Tries an account.
struct VendorTest: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Tries a vendor account for a campaign, and says what is missing.",
        discussion: """
            EXAMPLES
              autodialer vendor test shanghai --campaign campaigns/demo
              autodialer vendor test shanghai --campaign campaigns/demo --call 13800138000

            Looks at credentials, clock, abilities, agents, numbers and limits, and prints a row for each with the fix \
            for what is missing. It places no call, unless --call names a number: that is called once, by the \
            campaign's rules and do-not-call lists, and kept in the database like any other attempt. Where runs sign \
            agents in, they are signed in for a moment.

            Exit code 0 if the account can be used, 69 if it cannot be reached, 77 if it refuses, or if the number must \
            not be called.
            """)

    @Argument(help: ArgumentHelp("The account, as campaigns name it.", valueName: "name"))
    var name: String

    @Option(
        help: ArgumentHelp("The campaign that the account is to be tried for.", valueName: "campaign"),
        completion: .directory)
    var campaign: String

    @Option(help: ArgumentHelp("Call this number, once.", valueName: "number"))
    var call: String?

    @OptionGroup var database: DatabaseOptions

    @Flag(help: "Print one JSON object; its keys do not change.")
    var json = false

    @OptionGroup var wording: LanguageOption

    func run() async throws {
        try await reportingFailures(in: wording.language) {
            let folder = try CampaignFolder.open(campaign)
            let account = try folder.account(named: name)
            try database.makeStateFolder()
            let lock = try RunLock.acquire(database: database.path, campaign: folder.campaign.name)
            defer { lock.close() }
            let connection = try await VendorConnection.open(account, for: folder.campaign, speed: nil)
            let result: Result<VendorError?, any Error>
            do {
                result = .success(try await probe(account, for: folder, over: connection))
            } catch {
                result = .failure(error)
            }
            await connection.close()
            if let failure = try result.get() { throw ExitCode(Failure(failure).code.rawValue) }
        }
    }

    private func probe(
        _ account: Account, for folder: CampaignFolder, over connection: VendorConnection
    ) async throws -> VendorError? {
        let probe = VendorProbe(account: account, folder: folder, connection: connection)
        let (rows, failure) = await probe.rows()
        Console.out(
            json ? VendorProbe.Row.json(rows, account: account.name) : VendorProbe.Row.table(rows, in: wording.language)
        )
        if failure == nil, let call {
            let ledger = try await database.openOrCreate()
            let trial = TrialCall(account: account, folder: folder, connection: connection, ledger: ledger)
            let result: Result<Phrase, any Error>
            do {
                result = .success(try await trial.place(to: call))
            } catch {
                result = .failure(error)
            }
            await ledger.close()
            Console.out(wording.language.say(try result.get()))
        }
        return failure
    }
}
