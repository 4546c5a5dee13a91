import CampaignFile
import CampaignRunner
import DialEngine
import DialModel
import Ledger
import SQLiteLedger
import Telephony

/// One campaign of an `autodialer run`.
struct CampaignRun: Sendable {
    let campaign: Campaign
    let plan: RunPlan
    let runner: CampaignRunner
    let clock: SystemClock
}

/// What has to be settled before a campaign runs.
struct RunPreparation {
    let folder: CampaignFolder
    let account: Account
    let ledger: SQLiteLedger
    let wishes: RunSession.Wishes

    /// Checks the campaign against vendor and rules, imports its list if that is new, and begins a run.
    func plan(for vendor: any TelephonyVendor, by clock: SystemClock) async throws -> RunPlan {
        let campaign = folder.campaign
        let warnings = try Abilities.check(campaign, against: vendor.abilities, file: folder.file)
        Console.error(warnings.map(\.rendered))
        try await preflight(at: clock.now)
        let id = try await ledger.openCampaign(named: campaign.name, at: clock.now)
        try await ListImport(folder: folder, isQuiet: wishes.isQuiet).importIfNew(into: id, of: ledger, at: clock.now)
        let regions = try folder.regionFinder()
        let campaignPolicy = CampaignPolicy(folder: folder, account: account, ledger: ledger, regions: regions)
        let (policy, callerIDs) = try await campaignPolicy.made(at: clock.now)
        try await vendor.prepare(callerIDs: callerIDs)

        try await ledger.takeUp(policy: try folder.policyWord(), of: id, at: clock.now)
        let run = try await ledger.beginRun(of: id, vendor: account.name, at: clock.now)
        return RunPlan(
            campaign: id, run: run, vendorName: account.name, prefix: campaign.dial.prefixes(by: regions),
            classifiesAnswers: campaign.dial.analysis.isWanted,
            engine: try await engineSettings(for: id, of: vendor.abilities, by: clock), policy: policy,
            order: campaign.order)
    }

    /// Refuses to call anybody as long as something is missing that the rules ask for; a rehearsal only says so.
    private func preflight(at now: Timestamp) async throws {
        let lists = try await folder.listRefusals(for: account, in: ledger, at: now)
        let refusals = try folder.refusals(for: account) + lists
        guard !refusals.isEmpty else { return }
        guard account.isSimulated else {
            var failure = Failure(.notPermitted)
            failure.lines = refusals + ["error: nobody is called before this is there"]
            throw failure
        }
        guard !wishes.isQuiet else { return }
        for refusal in refusals { Console.message("\(refusal); this is a rehearsal, and goes on") }
    }

    private func engineSettings(
        for id: CampaignID, of abilities: VendorAbilities, by clock: SystemClock
    ) async throws -> EngineSettings {
        let now = clock.now
        let ends = [wishes.maxDuration.map { now + $0 }, wishes.until.map { $0.today(at: now) }].compactMap(\.self)
        let engine = CampaignEngine(folder: folder, account: account, ledger: ledger)
        var settings = try await engine.settings(for: id, of: abilities, from: now)
        settings.maxAttempts = wishes.maxAttempts
        settings.stopDialingAt = ends.min()
        settings.staysForRetries = !ends.isEmpty
        if clock.speed > 1 {
            // In a rehearsal the moments that this machine takes for a request last longer in the time of the run.
            let slack = Duration.seconds(5 * clock.speed)
            settings.placeLimit += slack
            settings.answerLimit += slack
        }
        return settings
    }
}

extension CampaignFolder {
    /// What the campaign gets of agents that it shares with others.
    var claimant: AgentClaimant {
        AgentClaimant(priority: campaign.agents.priority, share: campaign.agents.share)
    }

    /// The one account of campaigns that are to be run together; refuses those that have no agents to share.
    static func sharedAccount(of folders: [CampaignFolder]) throws(Failure) -> Account {
        let first = folders[0]
        for other in folders.dropFirst() {
            let isOfOneGroup =
                other.campaign.vendor == first.campaign.vendor && other.campaign.agentGroup == first.campaign.agentGroup
            guard isOfOneGroup else {
                throw Failure(
                    .badInput,
                    "\(other.file): error: campaigns that are run together share their agents, and this one has vendor "
                        + "\(other.campaign.vendor) and group \(other.campaign.agentGroup) where \(first.file) has "
                        + "\(first.campaign.vendor) and \(first.campaign.agentGroup)",
                    "Run it by itself, beside the others.")
            }
        }
        return try first.account()
    }
}
