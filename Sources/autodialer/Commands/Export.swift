import ArgumentParser
import CampaignFile
import CampaignRunner
import Compliance
import DialModel
import Ledger
import SQLiteLedger
import StoredLedger
import Telephony
import Wording

/// Results out.
struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes a campaign's results, or what an account's numbers did, as CSV or JSON lines.",
        discussion: """
            EXAMPLES
              autodialer export attempts campaigns/demo -o attempts.csv
              autodialer export leads campaigns/demo --reveal --excel -o leads.csv
              autodialer export attempts campaigns/demo --since-id 12000
              autodialer export abandonment campaigns/demo --rules us
              autodialer export caller-ids --account shanghai --days 7 -o numbers.csv
              autodialer export audit campaigns/demo -o audit.csv

            UTF-8, CRLF, a header, columns that never change; times with offset and in UTC, durations in milliseconds. \
            Numbers are masked unless --reveal is given; then +8613800138000 stands there as it is, which a spreadsheet \
            takes for a sum. --excel writes a byte order mark and puts an apostrophe before every text that a spreadsheet \
            would take for a formula, a number or a date; import takes it off again. With -o the file appears only when it \
            is whole. That a table was written out, and by whom, is kept in the audit log.
            """,
        subcommands: [
            ExportAttempts.self, ExportLeads.self, ExportAgents.self, ExportAbandonment.self, ExportFunnel.self,
            ExportCallerIDs.self, ExportAudit.self,
        ])
}

/// What the exports of one campaign take.
struct ExportOptions: ParsableArguments {
    @OptionGroup var target: CampaignArgument
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var format: ExportFormat

    /// Rows fetched at a time: memory does not grow with the campaign.
    static let pageSize = 2000

    /// Opens everything for `body`, and closes it.
    func open(_ body: (any LedgerStore, CampaignID, CampaignFolder) async throws -> Void) async throws {
        let folder = try CampaignFolder.open(target.campaign)
        let ledger = try await database.openExistingToRecord()
        let id = try await ledger.existingCampaign(named: folder.campaign.name)
        try await body(ledger, id, folder)
        await ledger.close()
    }
}

/// `export attempts`.
struct ExportAttempts: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attempts",
        abstract: "Writes every attempt: when, whom, with which number shown, and what came of it.",
        discussion: """
            EXAMPLES
              autodialer export attempts campaigns/demo -o attempts.csv
              autodialer export attempts campaigns/demo --since-id 0 -o first-night.csv
              autodialer export attempts campaigns/demo --since-id 12000 --lang zh --excel

            With --since-id the file ends before the first attempt that is still open, so that every attempt in it is final. \
            Begin with 0, and go on from the last attempt_id of the file before: no attempt is missed and none comes twice, \
            also while a run goes on. Without it, attempts that are open are shown as they stand.
            """)

    @OptionGroup var options: ExportOptions

    @Option(help: ArgumentHelp("Only attempts after this one, up to the first that is open.", valueName: "id"))
    var sinceId: Int64?

    @Flag(help: "Write whole telephone numbers.")
    var reveal = false

    func run() async throws {
        try await reportingFailures {
            try await options.open { ledger, id, folder in
                let output = try await ExportOutput(
                    ExportedTable("attempts", of: id, isRevealed: reveal),
                    AttemptColumns(campaign: folder.campaign, reveal: reveal).all, options.format, in: ledger)
                let column = try await consentColumn(of: folder.campaign, id, ledger)
                try await ledger.eachAttempt(of: id, after: sinceId.map { AttemptID($0) }, quoting: column) { attempt in
                    guard sinceId == nil || attempt.outcome != nil else { return false }
                    try output.write(attempt)
                    return true
                }
                try await output.finish()
            }
        }
    }

    /// The list's column with the proof of consent, as the lists spell it.
    private func consentColumn(of campaign: Campaign, _ id: CampaignID, _ ledger: any LedgerStore) async throws
        -> String?
    {
        guard case .column(let name) = campaign.consent else { return nil }
        return ListColumnName.find(name, among: try await ledger.listColumns(of: id).flatMap(\.self))
    }
}

/// `export leads`.
struct ExportLeads: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "leads", abstract: "Writes every lead with its state, last outcome and the columns of its list.",
        discussion: """
            EXAMPLES
              autodialer export leads campaigns/demo --reveal -o leads.csv
              autodialer export leads campaigns/demo --lang zh --excel -o leads.csv
              autodialer export leads campaigns/demo --json

            The columns of the lists follow ours under their own headers; one that has the name of one of ours is called \
            list.NAME. A cell is empty where a lead's list has no such column. Written with --reveal, the file is a list \
            that import takes back with every lead as it was.
            """)

    @OptionGroup var options: ExportOptions

    @Option(help: ArgumentHelp("Only leads after this one, such as have been added since.", valueName: "id"))
    var sinceId: Int64?

    @Flag(help: "Write whole telephone numbers.")
    var reveal = false

    func run() async throws {
        try await reportingFailures {
            try await options.open { ledger, id, folder in
                let lists = try await ledger.listColumns(of: id)
                let columns = LeadColumns(
                    campaign: folder.campaign.name, reveal: reveal, lists: lists,
                    language: options.format.json ? .english : options.format.wording.language)
                let output = try await ExportOutput(
                    ExportedTable("leads", of: id, isRevealed: reveal), columns.all, options.format, in: ledger)
                try await output.writePages(after: sinceId.map { LeadID($0) }, by: \.id) { last in
                    try await ledger.leads(of: id, after: last, limit: ExportOptions.pageSize)
                }
                try await output.finish()
            }
        }
    }
}

/// `export agents`.
struct ExportAgents: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agents", abstract: "Writes what each agent did: calls, time on the line, first and last call.",
        discussion: """
            EXAMPLE
              autodialer export agents campaigns/demo -o agents.csv

            Calls are attempts that were placed for an agent, offered to one or joined to one; missed are those that the \
            agent did not take, short ones those whose conversation was shorter than agents.short_call of the campaign.
            """)

    @OptionGroup var options: ExportOptions

    func run() async throws {
        try await reportingFailures {
            try await options.open { ledger, id, folder in
                let output = try await ExportOutput(
                    ExportedTable("agents", of: id), AgentColumns(campaign: folder.campaign.name).all, options.format,
                    in: ledger)
                let figures = try await ledger.agentFigures(of: id, shortCall: folder.campaign.agents.shortCall)
                for agent in figures { try output.write(agent) }
                try await output.finish()
            }
        }
    }
}

/// `export funnel`.
struct ExportFunnel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "funnel", abstract: "Writes how many leads each gate holds back now, in the numbers of plan.",
        discussion: """
            EXAMPLE
              autodialer export funnel campaigns/demo --json

            A row for each gate, also for those that hold nobody back. Every lead is counted once: all is the sum of the \
            other rows.
            """)

    @OptionGroup var options: ExportOptions

    func run() async throws {
        try await reportingFailures {
            try await options.open { ledger, id, folder in
                let now = SystemClock().now
                let plan = try await folder.planner(in: ledger, at: now).plan(at: now, dials: 0)
                let output = try await ExportOutput(
                    ExportedTable("funnel", of: id), FunnelColumns(campaign: folder.campaign.name, at: now).all,
                    options.format, in: ledger)
                for step in FunnelStep.steps(of: plan) { try output.write(step) }
                try await output.finish()
            }
        }
    }
}

extension LedgerStore {
    /// Hands every attempt to `take`, in order of id, until that has enough.
    func eachAttempt(
        of campaign: CampaignID, after: AttemptID? = nil, quoting column: String? = nil,
        _ take: (AttemptRecord) throws -> Bool
    ) async throws {
        var last = after
        while true {
            let page = try await attempts(of: campaign, after: last, limit: ExportOptions.pageSize, quoting: column)
            guard let end = page.last else { return }
            for attempt in page {
                guard try take(attempt) else { return }
            }
            last = end.id
        }
    }
}
