import ArgumentParser
import CampaignFile
import DialModel
import Foundation
import Glibc
import Monitoring
import Regions
import SQLiteLedger
import Wording

/// A first campaign.
struct Init: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes a first campaign by asking, or prints what has a campaign run by itself.",
        discussion: """
            EXAMPLES
              autodialer init
              without a terminal, where nothing is ever asked:
                autodialer init campaigns/spring --list leads.csv --country CN --yes
              lines for crontab, or units for systemd:
                autodialer init campaigns/spring --cron
                autodialer init campaigns/spring --systemd

            What is written passes check, and rings no telephone until an account takes the place of the simulator. No file \
            is ever overwritten. Without a terminal it says which options are missing and leaves with exit code 64.
            """)

    @Argument(
        help: ArgumentHelp("The campaign's folder, which is made; its name is the campaign's.", valueName: "folder"),
        completion: .directory)
    var folder: String?

    @Option(help: ArgumentHelp("The file with the leads.", valueName: "file"), completion: .file())
    var list: String?

    @Option(
        help: ArgumentHelp("The header of the column with the numbers, if it is not recognised.", valueName: "header"))
    var phoneColumn: String?

    @Option(help: ArgumentHelp("The country of numbers without +: CN, US, GB.", valueName: "code"))
    var country: String?

    @Option(help: ArgumentHelp("The vendor account (default: simulator.alibaba).", valueName: "name"))
    var vendor: String?

    @Option(help: ArgumentHelp("progressive, power or predictive (default: progressive).", valueName: "mode"))
    var mode: String?

    @Option(help: ArgumentHelp("The agents' group (default: sales).", valueName: "name"))
    var group: String?

    @Option(help: ArgumentHelp("The number that callees see (default: the vendor chooses).", valueName: "number"))
    var callerID: String?

    @Option(help: ArgumentHelp("Whose rules are kept: us, uk, cn, none (default: by country).", valueName: "rules"))
    var rules: String?

    @Option(help: ArgumentHelp("Hours on weekdays: 09:00-12:00, 14:00-20:00.", valueName: "hours"))
    var weekdays: String?

    @Flag(help: "Ask nothing, and take the usual answer for what is not said.")
    var yes = false

    @Flag(help: "Print lines for crontab for a campaign that is there, and write nothing.")
    var cron = false

    @Flag(help: "Print units for systemd for a campaign that is there, and write nothing.")
    var systemd = false

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var wording: LanguageOption

    func validate() throws {
        if cron, systemd { throw ValidationError(.either, "--cron", "--systemd") }
        if cron || systemd, folder == nil { throw ValidationError(.folder) }
        if let mode, !FirstCampaign.modes.contains(mode) {
            throw ValidationError(.oneOfWords, "--mode", FirstCampaign.modes.joined(separator: ", "))
        }
        if let rules, !RuleProfiles.names.contains(rules) {
            throw ValidationError(.oneOfWords, "--rules", RuleProfiles.names.joined(separator: ", "))
        }
    }

    func run() async throws {
        try await reportingFailures(in: wording.language) {
            if cron || systemd {
                let schedule = try schedule(of: folder ?? "")
                Console.out(cron ? schedule.crontab : schedule.systemd)
                return
            }
            let maker = CampaignMaker(wishes: self, language: wording.language)
            try maker.make()
        }
    }

    /// What has a campaign run by itself on this machine.
    private func schedule(of path: String) throws(Failure) -> ScheduleText {
        let campaign = try CampaignFolder.open(path).campaign.name
        let here = FileManager.default.currentDirectoryPath
        let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().path
        // A schedule knows nothing of this shell's environment, and a run without its database would begin with an empty one.
        guard !database.hasPassword else {
            throw Failure(
                .usage, saying: [InitPhrase.showsPassword.phrase, InitPhrase.intoPasswordFile.phrase])
        }
        let isWhole = database.isOnServer || database.path.hasPrefix("/")
        let file = isWhole ? database.text : "\(here)/\(database.path)"
        guard !"\(path)\(here)\(program)\(file)".unicodeScalars.contains("\n") else {
            throw Failure(.usage, saying: [InitPhrase.lineBreak.phrase])
        }
        return ScheduleText(
            campaign: campaign, unitName: RunLock.slug(of: campaign), path: path, folder: here, program: program,
            database: file == "\(here)/\(DatabaseOptions.usual)" ? nil : file, user: ProcessInfo.processInfo.userName,
            language: wording.language)
    }
}
