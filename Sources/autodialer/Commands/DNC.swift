import ArgumentParser
import CampaignFile
import DialModel
import Ledger
import SQLiteLedger
import StoredLedger
import Telephony
import Wording

/// Whom nobody may call.
struct DNC: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dnc",
        abstract: "Keeps do-not-call lists: whom no campaign may call, or not this one.",
        discussion: """
            EXAMPLES
              autodialer dnc add +8613800138000 --because "asked on the phone"
              autodialer dnc import us.csv --list national --country US --as-of 2026-11-01
              autodialer dnc check +8613800138000 campaigns/demo
              autodialer dnc list

            The list "house" is your own: every campaign asks it. Other lists are asked by the campaigns that name them \
            (dnc: { lists: [national, house] }) or whose rules do, and nobody is called while such a list is missing or \
            older than it may be. Lists of one campaign are asked by that campaign.

            Runs that are under way ask before each call, so a number that is added is not called again.
            """,
        subcommands: [
            DNCAdd.self, DNCRemove.self, DNCImport.self, DNCCheck.self,
            DNCList.self, DNCDrop.self,
        ])
}

/// `dnc add`.
struct DNCAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Puts numbers on a do-not-call list; runs that are under way keep to it from their next call on.",
        discussion: """
            EXAMPLES
              autodialer dnc add +8613800138000 +8613800138001
              autodialer dnc add 13800138000 --country CN --expires 90d
              autodialer dnc add "+86138*" "+1201XXXXXXX" --list areas
              autodialer dnc add 13800138000 --campaign campaigns/demo
              autodialer dnc add - < numbers.txt

            A wildcard forbids every number that begins with its digits: * stands for any further digits, each X for one. \
            Wildcards of China and North America may be written as at home, 138* or 201XXXXXXX, with --country. Where a \
            number is on the list already, the later end counts.

            With --hashed a new list keeps numbers as hashes under a key of its own, which is in the database: nobody reads \
            a number there, but who has the file can try numbers out. Wildcards cannot be hashed.
            """)

    @Argument(help: ArgumentHelp("Numbers or wildcards; - reads them from stdin, one a line.", valueName: "number"))
    var numbers: [String]

    @OptionGroup var target: DoNotCallTarget
    @OptionGroup var home: CountryOption

    @Option(help: ArgumentHelp("The last day on which it counts, 2026-12-31, or for how long, 90d.", valueName: "when"))
    var expires: ExpiryArgument?

    @Option(help: ArgumentHelp("Why, or where the numbers are from.", valueName: "text"))
    var because: String?

    @Flag(help: "Keep hashes of numbers, if the list is new.")
    var hashed = false

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var wording: LanguageOption

    func run() async throws {
        try await reportingFailures(in: wording.language) {
            let now = SystemClock().now
            let patterns = try home.reader(of: target.campaign).patterns(TypedNumbers.texts(numbers))
            let end = expires?.instant(at: now)
            if let end, end <= now { throw Failure(.usage, saying: [DoNotCallPhrase.over.phrase]) }
            if hashed, patterns.contains(where: \.isWildcard) {
                throw Failure(.badInput, saying: [DoNotCallPhrase.hashedWildcard.phrase])
            }
            let ledger = try await database.openOrCreate()
            let list = try await target.madeName(in: ledger, at: now)
            let change = try await ledger.changingList {
                try await ledger.addDoNotCall(
                    patterns.map { DoNotCallEntry($0, expiresAt: end) }, to: list, hashed: hashed,
                    because: because ?? wording.language.say(DoNotCallPhrase.handAdded), at: now)
            }
            await ledger.close()
            Console.out(
                wording.language.say(
                    DoNotCallPhrase.added, list.name, change.added, change.changed, change.unchanged))
        }
    }
}

/// `dnc remove`.
struct DNCRemove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Takes numbers off a do-not-call list; leads that waited because of it may be called again.",
        discussion: """
            EXAMPLES
              autodialer dnc remove +8613800138000
              autodialer dnc remove "+86138*" --list areas

            An entry is taken off as it was put on: a number does not leave a wildcard, nor a wildcard its numbers. Exit \
            code 65, and nothing else, if none of them was on the list.
            """)

    @Argument(help: ArgumentHelp("Numbers or wildcards; - reads them from stdin, one a line.", valueName: "number"))
    var numbers: [String]

    @OptionGroup var target: DoNotCallTarget
    @OptionGroup var home: CountryOption
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var wording: LanguageOption

    func run() async throws {
        try await reportingFailures(in: wording.language) {
            let patterns = try home.reader(of: target.campaign).patterns(TypedNumbers.texts(numbers))
            // A database that does not exist is not made for this.
            let reading = try await database.openExisting()
            let list = try await target.existingName(in: reading)
            try await reading.expectList(list)
            await reading.close()
            let ledger = try await database.openOrCreate()
            let change = try await ledger.removeDoNotCall(patterns, from: list, at: SystemClock().now)
            await ledger.close()
            guard change.removed > 0 else {
                throw Failure(
                    .badInput,
                    saying: [DoNotCallPhrase.nothingListed.filled(list.name), DoNotCallPhrase.seeCheck.phrase])
            }
            Console.out(wording.language.say(DoNotCallPhrase.removed, list.name, change.removed, change.unchanged))
        }
    }
}

/// `dnc list`.
struct DNCList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Shows the do-not-call lists: whose they are, how old, how long, and how they keep numbers.",
        discussion: """
            EXAMPLES
              autodialer dnc list
              autodialer dnc list --json
            """)

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var wording: LanguageOption

    @Flag(help: "Print one JSON object; its keys do not change.")
    var json = false

    func run() async throws {
        try await reportingFailures(in: wording.language) {
            let now = SystemClock().now
            let ledger = try await database.openExisting()
            let report = DoNotCallReport(lists: try await ledger.doNotCallLists(at: now), at: now)
            await ledger.close()
            if report.lists.isEmpty, !json {
                return Console.message(wording.language.say(DoNotCallPhrase.noList))
            }
            Console.out(json ? report.json : report.text(in: wording.language))
        }
    }
}

/// `dnc drop`.
struct DNCDrop: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drop",
        abstract: "Removes a whole do-not-call list; leads that waited because of it may be called again.",
        discussion: """
            EXAMPLE
              autodialer dnc drop national --yes

            Without --yes nothing is removed, and it is said how much would be. A campaign that asks for the list calls \
            nobody until it is imported again.
            """)

    @Argument(help: "The list.")
    var list: String

    @Option(
        help: ArgumentHelp("The list of this campaign alone, instead of that of all.", valueName: "campaign"),
        completion: .directory)
    var campaign: String?

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var wording: LanguageOption

    @Flag(help: "Do it.")
    var yes = false

    func run() async throws {
        try await reportingFailures(in: wording.language) {
            let now = SystemClock().now
            var target = DoNotCallTarget()
            (target.list, target.campaign) = (list, campaign)
            let reading = try await database.openExisting()
            let name = try await target.existingName(in: reading)
            let standing = try await reading.expectList(name)
            await reading.close()
            guard yes else {
                throw Failure(
                    .usage,
                    saying: [
                        DoNotCallPhrase.confirm.filled(standing.entries, list), DoNotCallPhrase.sayYes.phrase,
                    ])
            }
            let ledger = try await database.openOrCreate()
            let removed = try await ledger.dropDoNotCall(name, at: now)
            await ledger.close()
            Console.out(wording.language.say(DoNotCallPhrase.dropped, list, removed ?? 0))
        }
    }
}

extension LedgerStore {
    /// A list that is there, or a failure that says which are.
    @discardableResult
    func expectList(_ name: DoNotCallListName) async throws -> DoNotCallList {
        let lists = try await doNotCallLists(at: SystemClock().now)
        if let list = lists.first(where: { $0.name == name }) { return list }
        let names = lists.map { list in
            list.campaign.map { DoNotCallPhrase.ofCampaign.filled(list.name.name, $0) }
                ?? Phrase("\"\(list.name.name)\"", "“\(list.name.name)”")
        }
        throw Failure(
            .noInput,
            saying: [
                DoNotCallPhrase.absent.filled(name.name),
                names.isEmpty
                    ? DoNotCallPhrase.noneAtAll.phrase : DoNotCallPhrase.thereAre.filled(Phrase(listing: names)),
            ])
    }

    /// Changes a list; what it refuses is the operator's to mend.
    func changingList<Value>(_ work: () async throws -> Value) async throws -> Value {
        do {
            return try await work()
        } catch let error as LedgerError where error.code == .constraint {
            throw Failure(.badInput, saying: [ErrorPhrase.plain.filled("\(error)")])
        }
    }
}
