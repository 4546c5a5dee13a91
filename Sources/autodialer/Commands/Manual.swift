import ArgumentParser
import DialModel
import Glibc
import Telephony
import Wording

/// The manual page, for `make man`.
struct Manual: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes the manual page of all commands, for man.",
        discussion: """
            EXAMPLE
              autodialer manual > autodialer.1

            The page is made from what each command says of itself. SOURCE_DATE_EPOCH is the day that it says it is of, \
            in seconds since 1970; today without it.
            """,
        shouldDisplay: false)

    func run() async throws {
        try await reportingFailures {
            let program = try HelpDump(json: Autodialer._dumpHelp()).command
            let page = ManualPage(program: program, version: Autodialer.version, day: try Self.day())
            Console.write(page.text, to: STDOUT_FILENO)
        }
    }

    private static func day() throws(Failure) -> String {
        guard let text = Environment.text("SOURCE_DATE_EPOCH"), !text.isEmpty else {
            return String(SystemClock().now.iso8601UTC.prefix(10))
        }
        guard let seconds = Int64(text), (0...253_402_300_799).contains(seconds) else {
            throw Failure(.usage, saying: [RefusalPhrase.epoch.filled(text)])
        }
        return String(Timestamp(milliseconds: seconds * 1000).iso8601UTC.prefix(10))
    }
}
