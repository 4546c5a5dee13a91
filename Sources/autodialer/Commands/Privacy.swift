import ArgumentParser
import DialModel
import Ledger
import Regions
import SQLiteLedger
import StoredLedger
import Telephony
import Wording

/// `privacy`.
struct Privacy: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Answers people who ask what is kept of them, or who ask to be forgotten.",
        subcommands: [PrivacyExport.self, PrivacyErase.self])
}

/// `privacy export`.
struct PrivacyExport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes everything that is kept of a number as JSON: leads, calls, dispositions, do-not-call lists.",
        discussion: """
            EXAMPLES
              autodialer privacy export +8613800138000
              autodialer privacy export 13800138000 --country CN -o answer.json

            Exit code 66 if nothing is kept of the number.
            """)

    @Argument(help: "The number; - reads it from stdin.")
    var number: String

    @OptionGroup var home: CountryOption
    @OptionGroup var database: DatabaseOptions

    @Option(
        name: [.short, .long], help: ArgumentHelp("The file to write (default: stdout).", valueName: "file"),
        completion: .file())
    var output: String?

    @OptionGroup var wording: LanguageOption

    func run() async throws {
        try await reportingFailures(in: wording.language) {
            let now = SystemClock().now
            let number = try home.number(TypedNumbers.text(number))
            let ledger = try await database.openExistingToRecord()
            let records = try await ledger.personalRecords(of: number)
            let lists = try await ledger.doNotCallAnswers(about: number, for: nil, at: now).filter { $0.match != nil }
            guard !records.isEmpty || !lists.isEmpty else {
                throw Failure(.noInput, saying: [PrivacyPhrase.nothingKept.phrase])
            }
            var facts = AuditFacts()
            facts.add("leads", records.map(\.lead.id.value))
            facts.add("lists", lists.count)
            try await ledger.record(.personExported, facts, of: nil, by: nil, at: now)
            await ledger.close()
            let text = PersonalReport(number: number, records: records, lists: lists, at: now).json + "\n"
            guard let output else {
                Console.out(String(text.dropLast()))
                return
            }
            let file = try AtomicFile(output)
            try file.write(Array(text.utf8))
            try file.commit()
        }
    }
}

/// `privacy erase`.
struct PrivacyErase: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase",
        abstract: "Forgets a number in all campaigns, and sees to it that it is never called again.",
        discussion: """
            EXAMPLES
              autodialer privacy erase +8613800138000 --yes
              autodialer privacy erase --due

            It is about the person: further numbers of theirs go with it. Name, columns and notes go at once, and no lead of the number is dialled any more. Where it was called, its number \
            stays with the records of the calls for as long as these have to be kept: five years (16 CFR 310.5) unless \
            --keep-days says otherwise; 0 keeps none. --due takes out the numbers whose time is over, and may run from \
            cron. A hash of the number goes on the do-not-call list "erased", which every campaign asks.

            Lists, exports and backups outside the database are yours to delete; the lists are named.
            """)

    @Argument(help: "The number; - reads it from stdin.")
    var number: String?

    @OptionGroup var home: CountryOption
    @OptionGroup var database: DatabaseOptions

    @Option(help: ArgumentHelp("How long records of calls are kept, in days.", valueName: "days"))
    var keepDays = 1_826

    @Flag(help: "Take out the numbers whose records need not be kept any more.")
    var due = false

    @Flag(help: "Do it.")
    var yes = false

    @OptionGroup var wording: LanguageOption

    func validate() throws {
        if (number == nil) != due { throw ValidationError(.either, "a number", "--due") }
        guard (0...36_525).contains(keepDays) else { throw ValidationError(.range, "--keep-days", 0, 36_525) }
    }

    func run() async throws {
        try await reportingFailures(in: wording.language) {
            let now = SystemClock().now
            let keptSince = keepDays == 0 ? Timestamp(milliseconds: .max) : now - .seconds(keepDays * 86_400)
            if let number {
                try await erase(try home.number(TypedNumbers.text(number)), keptSince: keptSince, at: now)
            } else {
                let ledger = try await database.openOrCreate()
                let count = try await ledger.eraseKeptNumbers(before: keptSince, at: now)
                await ledger.close()
                Console.out(wording.language.say(PrivacyPhrase.takenOut, count))
            }
        }
    }

    private func erase(_ number: PhoneNumber, keptSince: Timestamp, at now: Timestamp) async throws {
        guard yes else {
            let reading = try await database.openExisting()
            let count = try await reading.personalRecords(of: number).count
            await reading.close()
            throw Failure(
                .usage, saying: [PrivacyPhrase.forgets.filled(count), PrivacyPhrase.keepFirst.phrase])
        }
        let ledger = try await database.openOrCreate()
        // Nobody must be called between the two: the list comes first.
        let list = DoNotCallListName(DoNotCallListName.erased)
        let others = try await ledger.personalRecords(of: number).map(\.lead.number)
        _ = try await ledger.addDoNotCall(
            Set([number] + others).sorted().map { DoNotCallEntry(DoNotCallPattern($0)) }, to: list, hashed: true,
            because: "erased on request", at: now)
        let erasure = try await ledger.erase(number, keepingCallsSince: keptSince, at: now)
        await ledger.close()
        let language = wording.language
        Console.out(language.say(PrivacyPhrase.erased, erasure.erased, erasure.kept))
        for name in erasure.lists { Console.message(language.say(PrivacyPhrase.cameFrom, name)) }
    }
}

extension CountryOption {
    /// The number that an operator names.
    fileprivate func number(_ text: String) throws(Failure) -> PhoneNumber {
        switch NumberReader(country: country).read(text) {
        case .number(let number): return number
        case .rejected:
            throw Failure(.badInput, saying: [PrivacyPhrase.notDiallable.phrase])
        }
    }
}
