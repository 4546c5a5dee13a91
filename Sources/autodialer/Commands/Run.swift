import ArgumentParser
import DialModel
import Glibc
import Ledger
import SQLiteLedger
import Telephony
import Wording

/// The main job.
struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Runs campaigns: imports their lists if these are new, then places calls until nothing is due.",
        discussion: """
            EXAMPLES
              a rehearsal on the built-in simulator:
                autodialer run campaigns/demo --speed 60 --max-duration 8h
              until six, staying for retries:
                autodialer run campaigns/spring --until 18:00
              from cron, every minute, with a mail whenever something was done:
                autodialer run campaigns/spring --mail --if-locked=skip
              watched by Prometheus:
                autodialer run campaigns/spring --until 18:00 --metrics-port 9477
              two campaigns that share the agents of one group:
                autodialer run campaigns/spring campaigns/renewals --until 18:00

            Without --until and --max-duration the run ends when no lead is due at the moment; the next run goes on where \
            it stopped. Only one run of a campaign works at a time; a second one leaves at once with exit code 75, \
            unless --if-locked says otherwise. \
            Several campaigns get agents by "priority" and "share" of their agents sections.

            Ctrl-C (or SIGTERM) places no more calls and lets those in progress finish; a second one leaves at once. \
            Nothing is lost either way: the next run looks up at the vendor whatever was left open.
            """)

    @Argument(
        help: ArgumentHelp("The campaigns' folders, or their campaign.yaml.", valueName: "campaign"),
        completion: .directory)
    var campaigns: [String]

    @OptionGroup var database: DatabaseOptions

    @Option(help: ArgumentHelp("Place no call after this time of day, and stay until then.", valueName: "HH:MM"))
    var until: TimeOfDayArgument?

    @Option(
        help: ArgumentHelp("Place no call after this long, and stay that long: 90m, 8h.", valueName: "duration"),
        transform: DurationArgument.read)
    var maxDuration: DurationArgument?

    @Option(help: ArgumentHelp("Make at most this many attempts, of each campaign.", valueName: "n"))
    var maxAttempts: Int?

    @OptionGroup var pace: SpeedOption

    @Flag(name: .shortAndLong, help: "Print nothing but errors, and orders from other shells.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Log every call on stderr.")
    var verbose = false

    @Flag(help: "As --quiet, and print a summary fit for a mail at the end, if anything was done or went wrong.")
    var mail = false

    @Option(
        help: ArgumentHelp(
            "While another run has a campaign: fail (exit code 75), skip (leave in silence, 0), wait=10m.",
            valueName: "fail|skip|wait=duration"))
    var ifLocked = IfLocked.fail

    @OptionGroup var watching: WatchOptions
    @OptionGroup var colour: ColourOption
    @OptionGroup var wording: LanguageOption

    func validate() throws {
        if let maxAttempts, maxAttempts < 1 { throw ValidationError(.countFrom, "--max-attempts", 1) }
    }

    func run() async throws {
        try await reportingFailures(in: wording.language) {
            Console.format.with { $0 = watching.logFormat }
            let folders = try campaigns.map { try CampaignFolder.open($0) }
            if !quiet, !mail {
                for folder in folders { Console.error(folder.warnings.map(\.rendered), in: wording.language) }
            }
            let accounts = try CampaignFolder.sharedAccounts(of: folders)
            let wishes = RunSession.Wishes(
                speed: pace.speed, until: until, maxDuration: maxDuration?.duration, maxAttempts: maxAttempts,
                isQuiet: quiet || mail, isVerbose: verbose, terminal: colour.apply(to: Terminal(STDERR_FILENO)),
                language: wording.language, ifLocked: ifLocked, log: watching.log, metrics: watching.metrics,
                remarks: mail ? Notes(limit: 20) : nil)
            let tally = RunTally()
            let ledger = try await database.openOrCreate { tally.note($0) }
            let session = RunSession(
                folders: folders, accounts: accounts, ledger: ledger, database: database, wishes: wishes,
                tally: tally)
            try await ledger.leave { try await session.run() }
        }
    }
}
