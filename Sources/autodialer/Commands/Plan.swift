import ArgumentParser
import CampaignFile
import CampaignRunner
import DialModel
import SQLiteLedger
import StoredLedger
import Telephony
import Wording

/// What a campaign would do.
struct Plan: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows what holds a campaign's leads back, and whom it would dial next; writes nothing.",
        discussion: """
            EXAMPLES
              autodialer plan campaigns/demo
              autodialer plan campaigns/demo -n 20
              autodialer plan campaigns/demo --at 2026-10-08T09:00

            Each lead is counted once, at the first gate that is shut to it, in the order in which a run asks. The list has \
            to be imported. Numbers are masked unless --reveal is given.
            """)

    @OptionGroup var target: CampaignArgument

    @Option(
        help: ArgumentHelp("A time to come, 10:30 or 2026-01-02T10:30 (default: now).", valueName: "time"))
    var at: MinuteArgument?

    @Option(name: [.customShort("n"), .long], help: "How many of the next dials to show.")
    var count = 10

    @OptionGroup var database: DatabaseOptions

    @Flag(help: "Write whole telephone numbers.")
    var reveal = false

    @Flag(help: "Print one JSON object; its keys do not change.")
    var json = false

    @OptionGroup var wording: LanguageOption

    func validate() throws {
        guard (0...10_000).contains(count) else { throw ValidationError(.range, "--count", 0, 10_000) }
    }

    func run() async throws {
        try await reportingFailures(in: wording.language) {
            let folder = try CampaignFolder.open(target.campaign)
            let now = SystemClock().now
            let instant = at?.instant(at: now) ?? now
            let ledger = try await database.openExisting()
            let planner = try await folder.planner(in: ledger, at: instant)
            let gaps = try await folder.listRefusals(
                for: try folder.accounts(lookingUpSecrets: false), in: ledger, at: instant)
            let isVendorPaced = folder.campaign.mode.project != nil
            let plan = try await planner.plan(at: instant, dials: isVendorPaced ? 0 : count)
            await ledger.close()
            VendorPacing.say(for: folder.campaign, in: wording.language)
            Console.error(gaps.map { ErrorPhrase.warning.filled($0) }, in: wording.language)
            let report = PlanReport(
                campaign: folder.campaign.name, plan: plan, reveal: reveal, isVendorPaced: isVendorPaced)
            Console.out(json ? report.json : report.text(in: wording.language))
        }
    }
}

/// Why a lead is not dialled.
struct Why: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Says why a lead is not dialled, and when it could be; writes nothing.",
        discussion: """
            EXAMPLES
              autodialer why campaigns/demo 17
              autodialer why campaigns/demo 13800138000 --at 20:30

            A lead is named by its id in the export of leads, or by its telephone number.
            """)

    @OptionGroup var target: CampaignArgument

    @Argument(help: "The lead's id, or its number as a list would have it; - reads it from stdin.")
    var lead: String

    @Option(
        help: ArgumentHelp("A time to come, 10:30 or 2026-01-02T10:30 (default: now).", valueName: "time"))
    var at: MinuteArgument?

    @OptionGroup var database: DatabaseOptions

    @Flag(help: "Print one JSON object; its keys do not change.")
    var json = false

    @OptionGroup var wording: LanguageOption

    func run() async throws {
        try await reportingFailures(in: wording.language) {
            let folder = try CampaignFolder.open(target.campaign)
            let now = SystemClock().now
            let instant = at?.instant(at: now) ?? now
            let ledger = try await database.openExisting()
            let id = try await ledger.leadNamed(TypedNumbers.text(lead), of: folder.campaign)
            let planner = try await folder.planner(in: ledger, at: instant)
            let found = try await planner.answer(about: id, at: instant)
            await ledger.close()
            guard let found else { throw Failure(.noInput, saying: [ErrorPhrase.noLead.filled(id.value)]) }
            let report = WhyReport(
                lead: found.lead, answer: found.answer, at: instant,
                isVendorPaced: folder.campaign.mode.project != nil)
            Console.out(json ? report.json : report.text(in: wording.language))
        }
    }
}
