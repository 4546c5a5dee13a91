import CampaignFile
import CampaignRunner
import DialEngine
import DialModel
import Ledger
import Regions
import SQLiteLedger
import StoredLedger
import Telephony
import Wording

/// One campaign of an `autodialer run`.
struct CampaignRun: Sendable {
    /// What one of its accounts carries.
    struct Part: Sendable {
        let account: String
        let plan: RunPlan
        let runner: CampaignRunner
        /// What its engine is told.
        let recording: EventLogFile
    }

    let campaign: Campaign
    let id: CampaignID
    /// At least one, in the order of the campaign file.
    let parts: [Part]
    /// Where they learn whose turn it is; nil for one account.
    let desk: RouteDesk?
    let clock: SystemClock
    let startedAt: Timestamp
    /// The leads that waited until something is changed before the run.
    let onHoldBefore: LeadsOnHold

    /// What each of several accounts did and how it ended; empty for one account.
    func accountRows(_ endings: [RunEnding], leaving onHold: LeadsOnHold, inCalls: Int) -> [Summary.AccountRow] {
        guard let desk else { return [] }
        return zip(parts, zip(desk.carried, endings)).map { part, end in
            Summary.AccountRow(
                name: part.account, carried: end.0, ending: end.1.sentence(leaving: onHold, inCalls: inCalls))
        }
    }

    /// How the engine of each account stands.
    func snapshots() async -> [EngineSnapshot] {
        var snapshots: [EngineSnapshot] = []
        for part in parts { snapshots.append(await part.runner.snapshot()) }
        return snapshots
    }
}

/// What has to be settled before a campaign runs.
struct RunPreparation {
    let folder: CampaignFolder
    let accounts: CampaignAccounts
    let ledger: any LedgerStore
    let wishes: RunSession.Wishes

    /// Checks the campaign against vendors and rules, and imports its list if that is new.
    func begin(with vendors: [any TelephonyVendor], by clock: SystemClock) async throws -> CampaignID {
        let campaign = folder.campaign
        try folder.checkPrices(of: accounts)
        for (vendor, account) in zip(vendors, accounts.all) {
            let warnings = try Abilities.check(
                campaign, against: vendor.abilities, file: folder.file, account: vendors.count > 1 ? account.name : nil)
            // What `check` says of a campaign need not be said every minute.
            if !wishes.isQuiet { Console.error(warnings.map(\.rendered), in: wishes.language) }
        }
        if !wishes.onlyRecovers { try await preflight(at: clock.now) }
        let id = try await ledger.openCampaign(named: campaign.name, at: clock.now)
        if wishes.onlyRecovers { return id }
        try await ListImport(folder: folder, isQuiet: wishes.isQuiet, language: wishes.language).importIfNew(
            into: id, of: ledger, at: clock.now)
        return id
    }

    /// Where the runners of several accounts learn whose turn it is; nil for one account.
    var desk: RouteDesk? {
        guard accounts.all.count > 1 else { return nil }
        return RouteDesk(
            accounts.all.map { RoutedAccount($0.name, price: $0.price ?? CallPrice()) },
            by: folder.campaign.routing.rule, maxLines: folder.campaign.dial.maxLines, maxAttempts: wishes.maxAttempts)
    }

    /// Decides on the gate and the numbers of an account, and proves that it can carry the campaign's calls.
    ///
    /// One of several that cannot be reached is no reason not to begin: the failure is handed back, and it is tried as the run
    /// goes on.
    func policy(
        of account: Account, over vendor: any TelephonyVendor, route: RunRoute?, _ regions: RegionFinder,
        by clock: SystemClock
    ) async throws -> (GatePolicy, failure: VendorError?) {
        var policy = CampaignPolicy(
            folder: folder, accounts: accounts, account: account, ledger: ledger, regions: regions)
        policy.route = route
        let (made, callerIDs) = try await policy.made(at: clock.now)
        do throws(VendorError) {
            try await vendor.prepare(callerIDs: wishes.onlyRecovers ? [] : callerIDs)
        } catch {
            guard route != nil, error.meaning == .unavailable else { throw error }
            return (made, error)
        }
        return (made, nil)
    }

    /// Begins a run of a campaign through an account.
    func plan(
        _ id: CampaignID, through account: Account, _ abilities: VendorAbilities, policy: GatePolicy, route: RunRoute?,
        _ regions: RegionFinder, by clock: SystemClock, from now: Timestamp
    ) async throws -> RunPlan {
        let campaign = folder.campaign
        let run = try await ledger.beginRun(
            of: id, vendor: account.name, under: try folder.auditedSettings(for: accounts, wishes), by: clock.origin,
            at: now)
        var plan = RunPlan(
            campaign: id, run: run, vendorName: account.name,
            prefix: campaign.dial.prefixes(by: regions), readCallee: campaign.calleeReader,
            classifiesAnswers: campaign.dial.analysis.isWanted,
            engine: try await engineSettings(for: id, of: abilities, by: clock), policy: policy,
            order: campaign.order, limits: account.capacity, route: route)
        if case .builtIn = account { plan.isVendorNew = true }
        return plan
    }

    /// Refuses to call anybody as long as something is missing that the rules ask for; a rehearsal only says so.
    private func preflight(at now: Timestamp) async throws {
        let lists = try await folder.listRefusals(for: accounts, in: ledger, at: now)
        let refusals = try folder.refusals(for: accounts) + lists
        guard !refusals.isEmpty else { return }
        guard accounts.isSimulated else { throw Failure(missing: refusals) }
        guard !wishes.isQuiet else { return }
        Console.error(
            refusals.map { CampaignPhrase.rehearsalGoesOn.filled($0) }, in: wishes.language)
    }

    private func engineSettings(
        for id: CampaignID, of abilities: VendorAbilities, by clock: SystemClock
    ) async throws -> EngineSettings {
        let now = clock.now
        let ends = [wishes.maxDuration.map { now + $0 }, wishes.until.map { $0.today(at: now) }].compactMap(\.self)
        let engine = CampaignEngine(folder: folder, accounts: accounts, ledger: ledger)
        var settings = try await engine.settings(for: id, of: abilities, from: now)
        // Those of several accounts are counted together, by the desk.
        settings.maxAttempts = accounts.all.count == 1 ? wishes.maxAttempts : nil
        settings.stopDialingAt = ends.min()
        settings.staysForRetries = !ends.isEmpty
        settings.clock = clock.origin
        if clock.speed > 1 {
            // In a rehearsal the moments that this machine takes for a request last longer in the time of the run.
            let slack = Duration.seconds(5 * clock.speed)
            settings.placeLimit += slack
            settings.answerLimit += slack
        }
        if wishes.onlyRecovers {
            settings.stopDialingAt = now
            settings.drainLimit = settings.placeLimit + settings.reconcileWindow + .seconds(60)
        }
        return settings
    }
}

extension CampaignFolder {
    /// What the campaign gets of agents that it shares with others.
    var claimant: AgentClaimant {
        AgentClaimant(priority: campaign.agents.priority, share: campaign.agents.share)
    }

    /// The accounts of campaigns that are to be run together; refuses those that have no agents to share.
    static func sharedAccounts(of folders: [CampaignFolder]) throws(Failure) -> CampaignAccounts {
        let first = folders[0]
        if folders.count > 1, let own = folders.first(where: { $0.campaign.mode.project != nil }) {
            throw Failure(
                .badInput,
                saying: [JoiningPhrase.projectAlone.filled(own.file), JoiningPhrase.ownAgents.phrase])
        }
        if folders.count > 1, let several = folders.first(where: { $0.campaign.routing.accounts.count > 1 }) {
            throw Failure(
                .badInput,
                saying: [JoiningPhrase.severalAccounts.filled(several.file), JoiningPhrase.byItself.phrase])
        }
        for other in folders.dropFirst() {
            let isOfOneGroup =
                other.campaign.routing == first.campaign.routing
                && other.campaign.agentGroup == first.campaign.agentGroup
            guard isOfOneGroup else {
                throw Failure(
                    .badInput,
                    saying: [
                        JoiningPhrase.otherGroup.filled(
                            other.file, other.campaign.routing.accounts[0], other.campaign.agentGroup, first.file,
                            first.campaign.routing.accounts[0], first.campaign.agentGroup),
                        JoiningPhrase.byItself.phrase,
                    ])
            }
        }
        return try first.accounts()
    }
}
