import ArgumentParser
import CampaignFile
import DialModel
import Ledger
import Monitoring
import SQLiteLedger
import StoredLedger
import Telephony
import Wording

/// What is amiss on this machine.
struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Looks for what is amiss: machine, clock, files, database, lists, accounts; says how to mend it.",
        discussion: """
            EXAMPLES
              autodialer doctor
              autodialer doctor campaigns/spring
              autodialer doctor campaigns/spring --offline --json

            Each finding has its fix on the line below. Nothing is changed and no call is placed; the accounts of the \
            campaigns are asked as vendor test does, unless --offline is given.

            Exit code 0 if nothing stands in the way, warnings or not; 78 if something does.
            """)

    @Argument(
        help: ArgumentHelp("Campaigns whose lists and accounts are looked at, too.", valueName: "campaign"),
        completion: .directory)
    var campaigns: [String] = []

    @OptionGroup var database: DatabaseOptions

    @Flag(help: "Ask no vendor.")
    var offline = false

    @Option(
        help: ArgumentHelp("How long an account may take to answer (default: 30s).", valueName: "duration"),
        transform: DurationArgument.read)
    var accountTimeout = DurationArgument(.seconds(30))

    @Option(
        help: ArgumentHelp("How long the look at the database's pages may take (default: 20s).", valueName: "duration"),
        transform: DurationArgument.read)
    var databaseCheck = DurationArgument(.seconds(20))

    @Flag(help: "Print one JSON object; its keys do not change.")
    var json = false

    @OptionGroup var wording: LanguageOption

    func run() async throws {
        try await reportingFailures(in: wording.language) {
            let findings = await findings()
            let language = wording.language
            Console.out(json ? FindingJSON.text(findings, in: language) : FindingReport.text(findings, in: language))
            if findings.contains(where: { $0.severity == .problem }) {
                throw ExitCode(Failure.Code.badConfiguration.rawValue)
            }
        }
    }

    private func findings() async -> [Finding] {
        let now = SystemClock().now
        var findings = MachineExamination(database: database.path, now: now).findings()
        let (ofDatabase, isReadable) =
            if database.isOnServer {
                await ServerExamination(database: database, now: now).findings()
            } else {
                await DatabaseExamination(database: database.path, patience: databaseCheck.duration).findings()
            }
        findings += ofDatabase
        var secrets: [String] = []
        for path in campaigns {
            let examination = CampaignExamination(path: path, database: database, now: now)
            let (ofFile, folder) = examination.open()
            findings += ofFile
            guard let folder else { continue }
            secrets += folder.secretFiles.filter { !secrets.contains($0) }
            if isReadable { findings += await stored(folder, examination) }
            findings += await AccountExamination(
                folder: folder, database: database.path, patience: accountTimeout.duration, isOffline: offline
            ).findings()
        }
        return findings + FileExamination(database: database.path, secrets: secrets).findings()
    }

    private func stored(_ folder: CampaignFolder, _ examination: CampaignExamination) async -> [Finding] {
        guard let ledger = try? await database.openExisting() else { return [] }
        let findings = await examination.findings(of: folder, in: ledger)
        await ledger.close()
        return findings
    }
}

/// Findings, for programs.
enum FindingJSON {
    /// One object, whose keys do not change.
    static func text(_ findings: [Finding], in language: Language) -> String {
        func count(_ severity: Finding.Severity) -> JSONText {
            .integer(Int64(findings.count { $0.severity == severity }))
        }
        return JSONText.object([
            ("problems", count(.problem)), ("warnings", count(.warning)), ("ok", count(.ok)),
            (
                "findings",
                .array(
                    findings.map { finding in
                        .object([
                            ("area", .string(finding.area.rawValue)), ("severity", .string(finding.severity.rawValue)),
                            ("code", .string(finding.code)), ("finding", .string(finding.what.text(in: language))),
                            ("fix", .optional(finding.fix?.text(in: language))),
                        ])
                    })
            ),
        ])
    }
}
