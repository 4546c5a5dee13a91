import ArgumentParser
import DialModel
import Ledger
import SQLiteLedger
import StoredLedger
import Telephony
import Wording

/// The numbers that callees are shown.
struct CallerIDs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "caller-ids",
        abstract: "Keeps the numbers that callees are shown: what there is, how it fares, which is chosen and why.",
        discussion: """
            EXAMPLES
              autodialer caller-ids import numbers.csv --account shanghai
              autodialer caller-ids list --campaign campaigns/demo
              autodialer caller-ids pick 13800138000 --campaign campaigns/demo --at 10:30
              autodialer caller-ids pause 051488880001 --account shanghai

            Numbers belong to a vendor account, and all campaigns that call through it share their limits. An account is \
            named itself or by one of its campaigns.
            """,
        subcommands: [
            CallerIDsImport.self, CallerIDsList.self, CallerIDsPick.self, CallerIDsHealth.self, CallerIDsPause.self,
            CallerIDsResume.self,
        ])
}

/// `caller-ids list`.
struct CallerIDsList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Shows an account's numbers: region, pools, use of today, answers, state.",
        discussion: """
            EXAMPLES
              autodialer caller-ids list --account shanghai
              autodialer caller-ids list --campaign campaigns/demo --json

            Today is the day in Shanghai. Answers are those of the last 50 attempts that rang; a mismatch is an attempt \
            in which the vendor says that it showed another number than was chosen.
            """)

    @OptionGroup var view: CallerIDView

    func run() async throws {
        try await reportingFailures(in: view.wording.language) {
            try await view.show(CallerIDColumns.list, withHistory: false)
        }
    }
}

/// `caller-ids health`.
struct CallerIDsHealth: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "health",
        abstract: "Shows how an account's numbers fare: answers, quarantines, and what was done with them last.",
        discussion: """
            EXAMPLES
              autodialer caller-ids health --account shanghai
              autodialer caller-ids health --campaign campaigns/demo --json

            The fewest answers come first. A number is flagged, which halves its weight, when fewer than 5 % of its last \
            50 attempts were answered and more than 15 % of those with the other numbers.
            """)

    @OptionGroup var view: CallerIDView

    func run() async throws {
        try await reportingFailures(in: view.wording.language) {
            try await view.show(CallerIDColumns.health, withHistory: true)
        }
    }
}

/// What looking at an account's numbers takes.
struct CallerIDView: ParsableArguments {
    @OptionGroup var target: AccountOptions
    @OptionGroup var database: DatabaseOptions

    @Flag(help: "Print one JSON object; its keys do not change.")
    var json = false

    @OptionGroup var wording: LanguageOption

    /// Prints the numbers in the columns of a command, or as JSON.
    func show(_ columns: ([CallerIDColumns.Entry], Language) -> String, withHistory: Bool) async throws {
        let account = try target.name()
        let ledger = try await database.openExisting()
        let report = try await CallerIDReport(of: account, in: ledger, withHistory: withHistory, at: SystemClock().now)
        await ledger.close()
        Console.out(json ? report.json : columns(report.rows, wording.language))
    }
}

/// What pausing and resuming take.
struct CallerIDChange: ParsableArguments {
    @Argument(help: "The number, as the vendor lists it.")
    var number: String

    @OptionGroup var target: AccountOptions
    @OptionGroup var database: DatabaseOptions

    @Option(help: ArgumentHelp("Why, for the number's history.", valueName: "text"))
    var because: String?

    @OptionGroup var wording: LanguageOption

    /// Carries out a change on the number, which must be listed.
    func carryOut(
        _ result: CallerIDsPhrase, _ change: (any LedgerStore, OutboundNumber, String) async throws -> Void
    ) async throws {
        let account = try target.name()
        // A database that does not exist is not made for this.
        let reading = try await database.openExisting()
        let number = try await reading.existingCallerID(number, of: account)
        await reading.close()
        let ledger = try await database.openOrCreate()
        try await change(ledger, number, account)
        await ledger.close()
        Console.out(wording.language.say(result, account, number.number))
    }
}

/// `caller-ids pause`.
struct CallerIDsPause: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause",
        abstract: "Takes a number out until it is resumed; runs that are under way notice before their next call.",
        discussion: """
            EXAMPLE
              autodialer caller-ids pause 051488880001 --account shanghai --because spam
            """)

    @OptionGroup var options: CallerIDChange

    func run() async throws {
        try await reportingFailures(in: options.wording.language) {
            try await options.carryOut(.isPaused) { ledger, number, account in
                try await ledger.pauseCallerID(
                    number.number, of: account, because: options.because ?? CallerIDsPhrase.pausedByHand.phrase.english,
                    at: SystemClock().now)
            }
        }
    }
}

/// `caller-ids resume`.
struct CallerIDsResume: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "Puts a number back, out of a pause or a quarantine.",
        discussion: """
            EXAMPLE
              autodialer caller-ids resume 051488880001 --account shanghai
            """)

    @OptionGroup var options: CallerIDChange

    func run() async throws {
        try await reportingFailures(in: options.wording.language) {
            try await options.carryOut(.isResumed) { ledger, number, account in
                try await ledger.resumeCallerID(
                    number.number, of: account,
                    because: options.because ?? CallerIDsPhrase.resumedByHand.phrase.english, at: SystemClock().now)
            }
        }
    }
}
