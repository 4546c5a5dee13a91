import CampaignFile
import CampaignRunner
import DialModel
import Ledger
import Monitoring
import RunControl
import SQLiteLedger
import StoredLedger
import Telephony

/// Looks at a campaign for a monitor: its ledger, its run if one is going on, and the disk.
struct CheckSurvey {
    /// The campaign's folder or file, as the user named it.
    let folder: String
    let database: DatabaseOptions

    /// How many of the latest attempts are looked at.
    private static let latestAttempts = 200
    /// How far back it is looked since when somebody could have been dialled; longer than that is long enough for anybody.
    private static let lookBack = Duration.seconds(86_400)
    /// How many leads that can be dialled are looked at for the one that could be for longest.
    private static let enoughLeads = 200
    /// How many of the latest entries of the audit log are looked at.
    private static let latestEntries = 1_000

    /// What is known of the campaign.
    func facts() async throws -> CheckFacts {
        let folder = try CampaignFolder.open(folder)
        let sight = try await RunningCampaign(folder: self.folder, database: database).look()
        let ledger = try await database.openExisting()
        let result: Result<CheckFacts, any Error>
        do {
            result = .success(try await facts(of: folder, sight, in: ledger, at: SystemClock().now))
        } catch {
            result = .failure(error)
        }
        await ledger.close()
        return try result.get()
    }

    private func facts(
        of folder: CampaignFolder, _ sight: RunSight, in ledger: any LedgerStore, at now: Timestamp
    ) async throws -> CheckFacts {
        let id = try await ledger.existingCampaign(named: folder.campaign.name)
        let figures = try await ledger.figures(of: id, at: now)
        var facts = CheckFacts(campaign: folder.campaign.name)
        facts.leads = figures.leads
        facts.due = figures.due
        facts.finished = figures.finishedCount
        facts.openAttempts = figures.openAttempts
        let run = sight.glance.map { CheckFacts.Run($0, in: folder.campaign.mode) }
        facts.run = run
        facts.isRunSilent = sight.isSilent
        facts.lastEnding = run == nil ? figures.lastRun.endingPhrase : nil
        let vitals = try await ledger.vitals(of: id, latest: Self.latestAttempts)
        facts.lastProgressAt = vitals.lastProgressAt
        facts.judged = vitals.outcomes.total
        facts.failed = CheckSurvey.failures.reduce(0) { $0 + vitals.outcomes[$1] }
        if figures.due > 0, run == nil || run?.hasNeverMoved == true {
            facts.dialableSince = try await folder.planner(in: ledger, at: now)
                .dialableSince(at: now, lookingBack: Self.lookBack, enough: Self.enoughLeads)
        }
        let accounts = try folder.accounts(lookingUpSecrets: false)
        facts.isRehearsal = accounts.isSimulated
        let engine = CampaignEngine(folder: folder, accounts: accounts, ledger: ledger)
        let look = try await engine.abandonmentLook(of: id, at: now)
        facts.abandonment = try await look.count(of: id, in: ledger, at: now)
        facts.abandonmentLimit = look.limit
        facts.lists = try await folder.listAges(for: accounts, in: ledger, at: now).compactMap { list, age, maximum in
            maximum.map { CheckFacts.ListAge(list: list, age: age, maximum: $0) }
        }
        facts.freeBytes = database.isOnServer ? nil : DiskSpace.free(at: database.path)
        facts.auditFault = try await ledger.auditHeadFault(latest: Self.latestEntries)?.phrase
        return facts
    }

    /// Endings that are no callee's doing.
    private static let failures: [CallOutcome] = [.congestion, .refused, .notPlaced, .unknown]
}

extension CheckFacts.Run {
    /// A run that is going on.
    fileprivate init(_ run: RunGlance, in mode: DialingMode) {
        self.init(
            hold: CheckFacts.Hold(run, in: mode), isVendorDown: run.pause?.reason == .vendorDown,
            stalled: run.stalled, hasNeverMoved: run.isStalledSinceStart, openCalls: run.calls.open,
            signedIn: run.agents.signedIn)
    }
}

extension CheckFacts.Hold {
    /// What holds a run back, where that is as it should be.
    fileprivate init?(_ run: RunGlance, in mode: DialingMode) {
        switch run.pause?.reason {
        case .draining: self = .draining
        case .byOperator: self = .paused(by: run.pause?.by ?? "?")
        case .noAgents: self = .noAgents
        case .nothingDue: self = .nothingDue
        case .noCallerID, .accountFull, .othersTurn, .withoutShare: self = .noCapacity
        case .vendorDown, .throttled, .byVendor: return nil
        case nil:
            if case .broadcast = mode { return nil }
            guard run.agents.idle == 0 else { return nil }
            self = .nobodyFree
        }
    }
}

extension CampaignFolder {
    /// The do-not-call lists that the campaign asks besides those that have no age: how old each is, nil where it is missing
    /// or nobody said, and how old it may be.
    func listAges(
        for accounts: CampaignAccounts, in ledger: any LedgerStore, at now: Timestamp
    ) async throws -> [(list: String, age: Duration?, maximum: Duration?)] {
        let demands = try doNotCallQuestion(for: accounts).demands.filter {
            !DoNotCallListName.always.contains($0.list)
        }
        guard !demands.isEmpty else { return [] }
        let known = try await ledger.doNotCallLists(at: now)
        return demands.map { demand in
            let own = known.filter {
                $0.name.name == demand.list && ($0.campaign == nil || $0.campaign == campaign.name)
            }
            // The youngest of several with one name would hide the one that is too old.
            let oldest = own.map(\.asOf).contains(nil) ? nil : own.compactMap(\.asOf).min()
            return (demand.list, oldest.map { now - $0 }, demand.maximumAge)
        }
    }
}
