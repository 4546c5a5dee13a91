import ArgumentParser
import CallerID
import DialModel
import Foundation
import Ledger
import SQLiteLedger
import StoredLedger
import Wording

/// Why an attempt went through its account and showed its number.
struct Explain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Tells why an attempt went through its account and showed its number, and chooses the number once more to check.",
        discussion: """
            EXAMPLES
              autodialer explain 1204
              autodialer explain 1204 --json

            An attempt's id is in the export of attempts. The choice is made again from what was kept with the attempt; if \
            it comes out otherwise, that is said, and the exit code is 70.
            """)

    @Argument(help: ArgumentHelp("The id of the attempt.", valueName: "attempt"))
    var attempt: Int64

    @OptionGroup var database: DatabaseOptions

    @Flag(help: "Print one JSON object; its keys do not change.")
    var json = false

    @OptionGroup var wording: LanguageOption

    func run() async throws {
        try await reportingFailures(in: wording.language) {
            let ledger = try await database.openExisting()
            guard let record = try await ledger.attempt(AttemptID(attempt)) else {
                throw Failure(.noInput, saying: [ErrorPhrase.noAttempt.filled(attempt)])
            }
            let text = try await ledger.explanation(of: record.id)
            let timeline = try await ledger.timeline(of: record.id)
            await ledger.close()
            // With its first step a timeline says how the call came to the account.
            let report = ExplainReport(
                attempt: record, route: timeline.first?.note, pick: try text.map(Self.read))
            Console.out(json ? report.json : report.text(in: wording.language))
            if report.isContradicted {
                throw Failure(.internalError, saying: [RefusalPhrase.choosesOtherwise.filled(attempt)])
            }
        }
    }

    private static func read(_ text: String) throws(Failure) -> PickExplanation {
        do {
            return try JSONDecoder().decode(PickExplanation.self, from: Data(text.utf8))
        } catch {
            throw Failure(.badInput, saying: [RefusalPhrase.unknownChoice.phrase])
        }
    }
}
