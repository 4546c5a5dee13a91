import ArgumentParser
import CampaignFile
import Glibc
import Wording

@main
struct Autodialer: AsyncParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "autodialer",
        abstract: "Runs outbound calling campaigns: reads a list, places the calls, keeps every result.",
        usage: "autodialer <command> [options]",
        discussion: """
            EXAMPLES
              autodialer check campaigns/demo
              autodialer run campaigns/demo --speed 60 --max-duration 8h
              autodialer status campaigns/demo
              autodialer export attempts campaigns/demo -o attempts.csv

            A campaign is a folder with a campaign.yaml and a list of leads. Everything that happens is kept in one \
            database, autodialer.sqlite in the working directory unless --database or AUTODIALER_DATABASE name another.

            EXIT CODES
               0  done                      73  cannot write output
              64  wrong usage               74  input/output error
              65  bad campaign, list, log   75  busy, try again later
              66  no such file or run       77  refused by the vendor or a rule
              69  vendor unavailable        78  bad configuration
              70  internal error            130, 143  stopped by a signal
            """,
        version: version,
        subcommands: [
            Init.self, Check.self, Plan.self, ForecastCampaign.self, Import.self, Run.self, Recover.self, Status.self,
            Watch.self, Doctor.self, Agents.self, Calls.self, Pause.self, Resume.self, Drain.self, Why.self,
            Explain.self, Export.self, ReportCampaign.self, Dispositions.self, CallerIDs.self, DNC.self, Privacy.self,
            Audit.self, MigrateDatabase.self, Vendor.self, Simulator.self, ReplayRecording.self, Manual.self,
        ])

    static func main() async {
        // A dump of the memory would hold secrets and whole numbers.
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
        let arguments = CommandLine.arguments.dropFirst()
        do {
            if let wrong = wrongCommand(among: arguments) { throw wrong }
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch  where exitCode(for: error) == .validationFailure {
            Console.write(UsagePhrase.said(error, in: language(of: arguments)) + "\n", to: STDERR_FILENO)
            Glibc.exit(ExitCode.validationFailure.rawValue)
        } catch {
            exit(withError: error)
        }
    }

    /// The language that `--lang` asks for in arguments that may be wrong, else that of the locale.
    private static func language(of arguments: ArraySlice<String>) -> Language {
        let place = arguments.lastIndex { $0 == "--lang" || $0.hasPrefix("--lang=") }
        let asked = place.map { arguments[$0].contains("=") ? arguments[$0] : arguments.dropFirst($0).first ?? "" }
        return asked.flatMap { Language(named: String($0.split(separator: "=").last ?? "")) } ?? .ofLocale
    }

    /// What is wrong with the name of the command, if something is; the parser would speak of too many arguments.
    private static func wrongCommand(among arguments: ArraySlice<String>) -> ValidationError? {
        var command: any ParsableCommand.Type = Autodialer.self
        for word in arguments {
            let known = command.configuration.subcommands
            guard !known.isEmpty, command.configuration.defaultSubcommand == nil, !word.hasPrefix("-"), word != "help"
            else { return nil }
            guard let next = known.first(where: { $0._commandName == word }) else {
                let nearest = Suggestion.nearest(to: word, among: known.map { $0._commandName })
                return nearest.map { ValidationError(.noCommandNear, word, $0) } ?? ValidationError(.noCommand, word)
            }
            command = next
        }
        return nil
    }
}
