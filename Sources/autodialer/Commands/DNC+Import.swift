import ArgumentParser
import CampaignFile
import DialModel
import Ledger
import SQLiteLedger
import StoredLedger
import Telephony
import Wording

/// `dnc import`.
struct DNCImport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Loads a file into a do-not-call list, all or nothing of it; doing it again changes nothing.",
        discussion: """
            EXAMPLES
              autodialer dnc import optouts.csv --country CN
              autodialer dnc import us.csv --list national --country US --as-of 2026-11-01
              autodialer dnc import tps.csv --list tps --country GB --replace --hashed

            CSV in UTF-8, UTF-16 or GB18030/GBK with a header, as lists of leads have it. A column named expires or 有效期至 \
            says until when each entry counts, with its last day; empty is for ever. Numbers may be wildcards, +86138* or \
            +1201XXXXXXX. A row that cannot be kept goes to FILE.rejects.csv with its line and the reason. \
            Numbers without a country code are those of --country, or of the campaign that --campaign names; a file with such \
            numbers and neither is refused as a whole, with exit code 65.

            --as-of says of when the file's contents are. Rules may ask for a list that is not older than some days: without \
            --as-of, the list stays as old as it is. Where a number is on the list already, the later end counts; with \
            --replace the file has the last word, and what is not in it is on the list no longer.

            With --hashed a new list, or one that is replaced, keeps numbers as hashes under a key of its own; see dnc add.
            """)

    @Argument(help: "The file, CSV with a header.", completion: .file())
    var file: String

    @OptionGroup var target: DoNotCallTarget
    @OptionGroup var home: CountryOption

    @Option(help: ArgumentHelp("Of when the file is: 2026-11-01, or 2026-11-01T09:00.", valueName: "day"))
    var asOf: DayArgument?

    @Option(help: ArgumentHelp("The header of the column with the numbers (default: recognised).", valueName: "header"))
    var column: String?

    @Option(help: ArgumentHelp("Where the file is from (default: its name).", valueName: "text"))
    var because: String?

    @Flag(help: "List no longer what is not in the file.")
    var replace = false

    @Flag(help: "Keep hashes of numbers, if the list is new or replaced.")
    var hashed = false

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var wording: LanguageOption

    @Flag(help: "Exit with 65 if any row was rejected.")
    var strict = false

    @Flag(name: .shortAndLong, help: "Print nothing but errors.")
    var quiet = false

    func run() async throws {
        var rejected = 0
        try await reportingFailures(in: wording.language) {
            let now = SystemClock().now
            if let asOf, asOf.start > now { throw Failure(.usage, saying: [DoNotCallPhrase.asOfAhead.phrase]) }
            let survey = try ListFile.survey(file, settings: LeadListSettings(file: file, phoneColumn: column))
            let reader = try home.reader(of: target.campaign)
            let source = try DoNotCallFileSource(survey, column: column, patterns: reader, in: wording.language)
            let ledger = try await database.openOrCreate()
            var wish = DoNotCallImport(
                into: try await target.madeName(in: ledger, at: now),
                file: ImportedFile(name: survey.path, digest: survey.digest))
            (wish.source, wish.asOf) = (because, asOf?.start)
            (wish.isReplacing, wish.isHashed) = (replace, hashed)
            let change = try await load(wish, from: source, into: ledger, at: now)
            await ledger.close()
            report(change, survey, source)
            rejected = change.rejected
        }
        if strict, rejected > 0 { throw ExitCode(Failure.Code.badInput.rawValue) }
    }

    private func load(
        _ wish: DoNotCallImport, from source: DoNotCallFileSource, into ledger: any LedgerStore, at now: Timestamp
    ) async throws -> DoNotCallChange {
        do {
            return try await ledger.changingList { try await ledger.importDoNotCall(wish, from: source, at: now) }
        } catch {
            source.rejects.discard()
            throw source.failure ?? error
        }
    }

    private func report(_ change: DoNotCallChange, _ survey: ListFile, _ source: DoNotCallFileSource) {
        guard !quiet else { return }
        let language = wording.language
        Console.out(
            language.say(
                DoNotCallPhrase.imported, target.list, change.added, change.changed, change.unchanged, change.removed,
                change.rejected))
        if source.unreadableEnds > 0 {
            Console.message("  " + language.say(DoNotCallPhrase.endless, source.unreadableEnds))
        }
        for (reason, count) in source.rejects.counts {
            Console.message("  " + language.say(DoNotCallPhrase.counted, count, reason))
        }
        if let path = source.rejects.finishedPath {
            Console.message("  " + language.say(ImportPhrase.rejects, path))
        }
    }
}
