import ArgumentParser
import CampaignFile
import DialModel
import Glibc
import Ledger
import Monitoring
import SQLiteLedger
import StoredLedger
import Telephony
import Wording

/// Figures now.
struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows where a campaign stands: leads, attempts, outcomes; for monitors with --check.",
        discussion: """
            EXAMPLES
              autodialer status campaigns/demo
              autodialer status campaigns/demo --json
              for Nagios, Icinga and the like:
                autodialer status campaigns/demo --check --stalled 5m:15m

            With --check it prints one line with performance data, and its exit code is that of a monitoring plugin: 0 ok, \
            1 warning, 2 critical, 3 cannot be looked at. What nobody can help at the moment alarms nobody: closed hours, a \
            pause, agents who are signed out or busy, a list that is finished.
            """)

    @OptionGroup var target: CampaignArgument
    @OptionGroup var database: DatabaseOptions

    @Flag(help: "Print one JSON object; its keys are listed in the guide and do not change.")
    var json = false

    @Flag(help: "Print one line for a monitor, and leave with its exit code.")
    var check = false

    @OptionGroup var limits: CheckOptions
    @OptionGroup var wording: LanguageOption

    func validate() throws {
        if json, check { throw ValidationError(.either, "--json", "--check") }
    }

    func run() async throws {
        guard !check else { return try await runCheck() }
        try await reportingFailures(in: wording.language) {
            let campaign = try CampaignFolder.open(target.campaign).campaign
            let name = campaign.name
            let ledger = try await database.openExisting()
            let id = try await ledger.existingCampaign(named: name)
            let now = SystemClock().now
            let figures = try await ledger.figures(of: id, at: now)
            let imports = try await ledger.imports(of: id)
            let accounts = try await ledger.accountFigures(of: id)
            let onHold = LeadsOnHold(counts: try await ledger.leadsOnHold(of: id))
            let nextDue = try await ledger.nextDue(of: id, by: figures)
            let runners = try await RunnerList(of: id, in: ledger)
            await ledger.close()
            if json {
                Console.out(
                    StatusJSON.text(
                        campaign: name, figures: figures, onHold: onHold, accounts: accounts, imports: imports,
                        runners: runners, at: now))
            } else {
                let isOne = accounts.count <= 1 && campaign.routing.accounts.count == 1
                let rows = accounts.map { Summary.AccountRow(name: $0.account, carried: $0.attempts) }
                Console.out(
                    Summary(
                        campaign: name, figures: figures, onHold: onHold, ending: nil, accounts: isOne ? [] : rows,
                        nextDue: nextDue, lastRun: figures.lastRun
                    ).text(in: wording.language, columns: Terminal(STDOUT_FILENO).lineWidth))
                for line in runners.lines(in: wording.language) { Console.out(line) }
            }
        }
    }

    /// A monitor reads the line on stdout and the exit code, whatever happens.
    private func runCheck() async throws {
        do {
            let thresholds = try limits.thresholds()
            let facts = try await CheckSurvey(folder: target.campaign, database: database).facts()
            let check = CampaignCheck(facts, by: thresholds, at: SystemClock().now)
            Console.out(check.line(in: wording.language))
            throw ExitCode(check.state.rawValue)
        } catch let code as ExitCode {
            throw code
        } catch {
            Console.out(CampaignCheck.unknown(target.campaign, because: "\(error)", in: wording.language))
            throw ExitCode(CheckState.unknown.rawValue)
        }
    }
}

extension Ledger {
    /// A campaign that must be there.
    func existingCampaign(named name: String) async throws -> CampaignID {
        guard let id = try await campaign(named: name) else {
            throw Failure(.noInput, saying: [ErrorPhrase.noCampaign.filled(name)])
        }
        return id
    }
}
