import ArgumentParser
import DialModel
import Ledger
import SQLiteLedger
import StoredLedger
import Telephony
import Wording

/// `audit`.
struct Audit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Proves that the audit log is whole, and removes what need not be kept any more.",
        discussion: """
            EXAMPLES
              autodialer audit verify
              autodialer audit prune --yes

            Runs, dials, lists, do-not-call edits, numbers to show, orders to running campaigns, exports and erasures are \
            kept in a log whose entries each hold the digest of the one before. export audit writes it out.
            """,
        subcommands: [AuditVerify.self, AuditPrune.self])
}

/// `audit verify`.
struct AuditVerify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Walks the whole audit log and names the first entry that is not sound.",
        discussion: """
            EXAMPLES
              autodialer audit verify
              autodialer audit verify --json
              autodialer audit verify --expect 5e1f…

            Every entry is held against the one before, and every dial in it against the attempt in the database; every \
            attempt has to have its entry. Exit code 65 at the first fault.

            Note the last digest where whoever can write the database cannot: with --expect it has to be in the log still, \
            which shows whether the end was cut off, or everything since written anew.
            """)

    @OptionGroup var database: DatabaseOptions

    @Option(help: ArgumentHelp("A digest that was noted earlier.", valueName: "digest"))
    var expect: String?

    @Flag(help: "Print one JSON object; its keys do not change.")
    var json = false

    @OptionGroup var wording: LanguageOption

    func validate() throws {
        guard expect.map({ AuditDigest(hexadecimal: $0) != nil }) ?? true else {
            throw ValidationError(.digest)
        }
    }

    func run() async throws {
        try await reportingFailures(in: wording.language) {
            let ledger = try await database.openExisting()
            let report = try await ledger.verifyAudit(expecting: expect.flatMap(AuditDigest.init(hexadecimal:)))
            await ledger.close()
            if json { Console.out(report.json) }
            if let fault = report.fault { throw Failure(.badInput, saying: [fault.error(in: database.name)]) }
            if !json { Console.out(report.text(in: wording.language)) }
        }
    }
}

/// `audit prune`.
struct AuditPrune: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune",
        abstract: "Removes entries of the audit log that need not be kept any more; the rest stays provable.",
        discussion: """
            EXAMPLES
              autodialer audit prune --yes
              autodialer audit prune --keep-days 3653 --yes

            Entries are kept for five years, as records of calls are (16 CFR 310.5), unless --keep-days says otherwise. \
            An entry tells what was removed and holds the digest of the last one, so that audit verify still holds. A log \
            that is not sound is not pruned: exit code 65.
            """)

    @OptionGroup var database: DatabaseOptions

    @Option(help: ArgumentHelp("How long entries are kept, in days.", valueName: "days"))
    var keepDays = 1_826

    @Flag(help: "Do it.")
    var yes = false

    @OptionGroup var wording: LanguageOption

    func validate() throws {
        guard (30...36_525).contains(keepDays) else { throw ValidationError(.range, "--keep-days", 30, 36_525) }
        guard yes else { throw ValidationError(.forGood) }
    }

    func run() async throws {
        try await reportingFailures(in: wording.language) {
            let now = SystemClock().now
            let ledger = try await database.openExistingToRecord()
            if let fault = try await ledger.verifyAudit(expecting: nil).fault {
                throw Failure(
                    .badInput, saying: [fault.error(in: database.name), AuditPhrase.nothingRemoved.phrase])
            }
            let count = try await ledger.pruneAudit(before: now - .seconds(keepDays * 86_400), at: now)
            await ledger.close()
            Console.out(wording.language.say(AuditPhrase.pruned, count))
        }
    }
}
