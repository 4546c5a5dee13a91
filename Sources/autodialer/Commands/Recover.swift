import ArgumentParser
import CampaignFile
import DialModel
import Ledger
import SQLiteLedger
import StoredLedger
import Wording

/// What a run that died left open, settled without a further call.
struct Recover: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Settles the calls that a run which died left open; places none.",
        discussion: """
            EXAMPLES
              after a power cut, out of hours:
                autodialer recover campaigns/spring

            Every run does this by itself when it begins; the command is for those who want to know where they stand \
            before the next one. The vendor is asked what became of each call, also of those that may never have been \
            placed; a conversation that goes on is waited for. Agents are signed in for that where the vendor tells of \
            calls only to agents who are. What nobody can tell yet stays open, its lead is not dialled, and the exit code \
            is 75: try again later.
            """)

    @OptionGroup var target: CampaignArgument
    @OptionGroup var database: DatabaseOptions

    @OptionGroup var pace: SpeedOption
    @OptionGroup var wording: LanguageOption

    @Flag(name: .shortAndLong, help: "Log every call on stderr.")
    var verbose = false

    func run() async throws {
        try await reportingFailures(in: wording.language) {
            let folder = try CampaignFolder.open(target.campaign)
            let accounts = try CampaignFolder.sharedAccounts(of: [folder])
            let ledger = try await database.openExistingToRecord()
            var wishes = RunSession.Wishes(speed: pace.speed, isQuiet: true, isVerbose: verbose, onlyRecovers: true)
            wishes.language = wording.language
            let recovery = Recovery(
                session: RunSession(
                    folders: [folder], accounts: accounts, ledger: ledger, database: database, wishes: wishes),
                language: wording.language)
            try await ledger.leave { try await recovery.run() }
        }
    }
}

/// One `autodialer recover`.
private struct Recovery {
    /// A run that only recovers.
    let session: RunSession
    let language: Language

    /// Settles what can be settled, and says what came of it; the answer is the exit code.
    func run() async throws -> Failure.Code? {
        let name = session.folders[0].campaign.name
        guard let campaign = try await session.ledger.campaign(named: name) else {
            throw Failure(.noInput, saying: [RecoverPhrase.noCampaign.filled(name)])
        }
        let left = try await session.ledger.openAttempts(of: campaign)
        guard !left.isEmpty else {
            Console.out(language.say(RecoverPhrase.nothingOpen, name))
            return nil
        }
        Console.message(language.say(RecoverPhrase.asking, name, left.count))
        let code = try await session.run()
        let open = Set(try await session.ledger.openAttempts(of: campaign).map(\.claim.attempt))
        var counts = OutcomeCounts()
        for attempt in left.map(\.claim.attempt) where !open.contains(attempt) {
            if let outcome = try await session.ledger.attempt(attempt)?.outcome { counts[outcome] += 1 }
        }
        let outcomes = CallOutcome.allCases.filter { counts[$0] > 0 }
        let words = Phrase(listing: outcomes.map { RecoverPhrase.outcome.filled(counts[$0], $0.phrase) })
        Console.out(
            language.say(
                (outcomes.isEmpty ? RecoverPhrase.settled : .settledAs).filled(
                    name, counts.total, open.count, words)))
        return code ?? (open.isEmpty ? nil : .tryLater)
    }
}
