import ArgumentParser
import CampaignFile
import CampaignReport
import DialModel
import Glibc
import Ledger
import SQLiteLedger
import StoredLedger
import Telephony
import Wording

/// What a campaign came to, on a page.
struct ReportCampaign: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Writes what a campaign came to as one HTML page, to be read, printed or sent.",
        discussion: """
            EXAMPLES
              autodialer report campaigns/demo -o report.html
              autodialer report campaigns/demo --since 2026-10-01 -o october.html
              autodialer report campaigns/demo --since 09:00 --compare previous -o now.html
              autodialer report campaigns/autumn --compare campaigns/spring -o autumn.html
              autodialer report campaigns/demo --lang zh -o report.html

            The page needs nothing else: no script, font, picture or network. It says what was dialled when, what came of it, \
            when, where and to which numbers people answer, how far leads came, which retries paid, how busy agents were, \
            abandonment against each regulator's line with the calls behind it, and what stands out in the data. Every chart \
            is a table too. Numbers of callees are masked.

            Without --since and --until the whole campaign is told, with them the attempts that were begun in that time. \
            --compare previous sets them beside the time of the same length before; --compare with a campaign's folder \
            beside all of that campaign, which has to be in the same database. That a report was written, and by whom, is \
            kept in the audit log.
            """)

    @OptionGroup var target: CampaignArgument

    @Option(name: [.short, .long], help: ArgumentHelp("The file to write (default: stdout).", valueName: "file"))
    var output: String?

    @Option(help: ArgumentHelp("Begin here: 2026-10-01, 2026-10-01T09:00, or 09:00 of today.", valueName: "time"))
    var since: InstantArgument?

    @Option(help: ArgumentHelp("End before this (default: now).", valueName: "time"))
    var until: InstantArgument?

    @Option(
        help: ArgumentHelp("Compare with the time before, or with another campaign.", valueName: "previous|campaign"))
    var compare: String?

    @OptionGroup var wording: LanguageOption
    @OptionGroup var database: DatabaseOptions

    /// The word for the time before.
    private static let previous = "previous"

    func validate() throws {
        guard compare != Self.previous || since != nil else {
            throw ValidationError(.compare)
        }
    }

    func run() async throws {
        try await reportingFailures(in: wording.language) {
            try refuseTerminal()
            let now = SystemClock().now
            let from = since?.instant(at: now)
            let until = until?.instant(at: now)
            if let from, from >= until ?? now {
                throw Failure(.usage, saying: [RefusalPhrase.emptySpan.phrase])
            }
            let folder = try CampaignFolder.open(target.campaign)
            let ledger = try await database.openExistingToRecord()
            let id = try await ledger.existingCampaign(named: folder.campaign.name)
            let file = try path.map { path throws(Failure) in try AtomicFile(path) }
            var facts = ExportedTable("report", of: id).facts
            facts.add("file", file: path)
            try await ledger.record(.exported, facts, of: id, by: nil, at: now)
            let report = try await report(folder, id, in: ledger, from: from, until: until, at: now)
            let page = Array(ReportPage(report, in: wording.language).source.utf8)
            if let file { try file.write(page) } else { try Console.data(page) }
            try await ledger.record(.exportFinished, facts, of: id, by: nil, at: SystemClock().now)
            try file?.commit()
            await ledger.close()
        }
    }

    /// The file's path; nil for stdout.
    private var path: String? { output == "-" ? nil : output }

    /// A page of a hundred thousand characters is nothing that a person reads in a terminal.
    private func refuseTerminal() throws(Failure) {
        guard path == nil, isatty(STDOUT_FILENO) == 1 else { return }
        throw Failure(.usage, saying: [RefusalPhrase.reportInTerminal.phrase])
    }

    private func report(
        _ folder: CampaignFolder, _ id: CampaignID, in ledger: any LedgerStore, from: Timestamp?, until: Timestamp?,
        at now: Timestamp
    ) async throws -> Report {
        let gathering = ReportGathering(folder, in: ledger, at: now)
        var report = Report(
            campaign: folder.campaign.name, accounts: folder.campaign.routing.accounts,
            isRehearsal: try folder.accounts(lookingUpSecrets: false).isSimulated, from: from, until: until,
            madeAt: now,
            clocks: gathering.clocks,
            release: Autodialer.version,
            figures: try await gathering.figures(of: id, from: from, until: until))
        switch (compare, from) {
        case (nil, _): break
        case (Self.previous, let from?):
            let before = from - ((until ?? now) - from)
            report.earlier = .init(
                side: .before(from: before, until: from),
                figures: try await gathering.figures(of: id, from: before, until: from))
        case (let path?, _):
            let other = try CampaignFolder.open(path)
            let otherID = try await ledger.existingCampaign(named: other.campaign.name)
            report.earlier = .init(
                side: .campaign(other.campaign.name),
                figures: try await ReportGathering(other, in: ledger, at: now).figures(of: otherID))
        }
        return report
    }
}

/// An instant in the machine's time zone: a day, `2026-10-01`, a minute of it, `2026-10-01T09:00`, or one of today, `09:00`.
struct InstantArgument: ExpressibleByArgument {
    private var minute: MinuteArgument?
    private var time: TimeOfDayArgument?

    init?(argument: String) {
        if let time = TimeOfDayArgument(argument: argument) {
            self.time = time
        } else if let minute = MinuteArgument(argument: argument.contains("T") ? argument : argument + "T00:00") {
            self.minute = minute
        } else {
            return nil
        }
    }

    /// The instant that is meant at `now`.
    func instant(at now: Timestamp) -> Timestamp {
        time?.today(at: now) ?? minute?.instant(at: now) ?? now
    }
}
