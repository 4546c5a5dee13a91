import CallModel
import CampaignFile
import CampaignRunner
import Compliance
import DialEngine
import DialModel
import Forecast
import Foundation
import Ledger
import Regions
import SQLiteLedger
import StoredLedger
import Telephony
import Wording

/// What one way of running a campaign came to, run by run.
struct RehearsalOutcome {
    var whatIf: WhatIf
    var agents: Int
    var mode: DialingMode
    /// The share of the answered calls that may be abandoned at most; nil where nobody sets a limit.
    var limit: Double?
    /// Whether the vendor chooses the number that a callee is shown, so that nobody knows how often each is.
    var isVendorChoosing: Bool
    /// How many dials a day each number may make, of those that have a limit.
    var dailyLimits: [String: Int]
    /// At least one.
    var runs: [RunFigures]
}

/// A campaign read from the database, to be rehearsed in several ways.
struct Rehearsal {
    let folder: CampaignFolder
    let id: CampaignID
    let accounts: CampaignAccounts
    let ledger: any LedgerStore
    let regions: RegionFinder
    let agents: Int
    let start: Timestamp
    /// The campaign's leads as they stand.
    let leads: CampaignLeads
    /// What forecasts rest on.
    let basis: [CampaignHistory.Basis]
    private let model: CallModelSettings
    private let shares: AnswerShares?
    private let rule: AbandonmentRule?
    private let evidence: AbandonmentEvidence?

    /// Reads everything that a forecast from `start` on needs.
    static func prepare(
        _ folder: CampaignFolder, in ledger: any LedgerStore, agents: Int, at start: Timestamp
    ) async throws -> Rehearsal {
        let id = try await ledger.existingCampaign(named: folder.campaign.name)
        // A forecast has all agents work through the account that is named first.
        let accounts = CampaignAccounts(all: [try folder.accounts().first])
        let regions = try folder.regionFinder()
        let policy = CampaignPolicy(
            folder: folder, accounts: accounts, account: accounts.first, ledger: ledger, regions: regions)
        let leads = try await CampaignLeads.read(
            id, in: ledger, account: accounts.first.name, policy: try await policy.made(at: start).policy,
            order: folder.campaign.order, at: start)
        let rule = try folder.ruleSet(for: accounts).profile.abandonment
        let clocks = ZoneClocks()
        let shared = rule?.zone.flatMap { clocks.rules(of: $0) }
        var history = CampaignHistory(
            clocks: folder.clocks, setUpDelay: CentreSettings(agents: agents).setUpDelay,
            isAgentFirst: folder.campaign.mode == .progressive)
        var evidence: AbandonmentEvidence?
        try await ledger.eachAttempt(of: id) { attempt in
            history.add(attempt, list: leads.list(of: attempt.lead) ?? 0)
            if let rule, evidence == nil {
                evidence = AbandonmentEvidence(rule: rule, firstCall: attempt.claimedAt, clocks: shared)
            }
            if let call = AnsweredCall(attempt) { evidence?.add(attempt.id, call, calleeClocks: folder.clocks) }
            return true
        }
        let (model, shares, basis) = history.learnt(over: CallModelSettings(folder.campaign))
        return Rehearsal(
            folder: folder, id: id, accounts: accounts, ledger: ledger, regions: regions, agents: agents, start: start,
            leads: leads, basis: basis, model: model, shares: shares, rule: rule,
            evidence: evidence ?? rule.map { AbandonmentEvidence(rule: $0, firstCall: start, clocks: shared) })
    }

    /// Rehearses each way so many times, and tells `progress` of each run that is done.
    func outcomes(
        of ways: [WhatIf], runs: Int, seed: UInt64, progress: ProgressLine, in language: Language
    ) async throws -> [RehearsalOutcome] {
        var outcomes: [RehearsalOutcome] = []
        defer { progress.clear() }
        for (place, way) in ways.enumerated() {
            outcomes.append(
                try await outcome(of: way, runs: runs, seed: seed) { done in
                    progress.show(language.say(ForecastPhrase.progress, place * runs + done, ways.count * runs))
                })
        }
        return outcomes
    }

    private func outcome(
        of way: WhatIf, runs: Int, seed: UInt64, _ tell: (Int) -> Void
    ) async throws -> RehearsalOutcome {
        var changed = folder
        if let mode = way.mode { changed.campaign.mode = mode }
        if let lines = way.maxLines { changed.campaign.dial.maxLines = lines }
        if let limit = way.limit { changed.campaign.abandonmentLimit = limit }
        let engine = try await CampaignEngine(folder: changed, accounts: accounts, ledger: ledger)
            .settings(for: id, of: accounts.first.abilities(for: changed.campaign), from: start)
        let (scenario, start, leads) = (scenario(engine, agents: way.agents ?? agents), start, leads)
        let policy = CampaignPolicy(
            folder: changed, accounts: accounts, account: accounts.first, ledger: ledger, regions: regions,
            memory: CalleeMemory())
        // Each run has a policy of its own, because the choice of numbers remembers.
        var policies: [GatePolicy] = []
        for _ in 0..<runs { policies.append(try await policy.made(at: start).policy) }
        let figures = await withTaskGroup(of: (Int, RunFigures).self) { group in
            var figures = [RunFigures?](repeating: nil, count: runs)
            tell(0)
            for (ordinal, policy) in policies.enumerated() {
                if ordinal >= ProcessInfo.processInfo.activeProcessorCount, let (done, run) = await group.next() {
                    figures[done] = run
                    tell(figures.count { $0 != nil })
                }
                group.addTask {
                    let seed = Scenario.seed(ofRun: ordinal, seed: seed)
                    return (ordinal, scenario.run(leads, policy: policy, start: start, seed: seed))
                }
            }
            for await (done, run) in group {
                figures[done] = run
                tell(figures.count { $0 != nil })
            }
            return figures.compactMap(\.self)
        }
        let limits = (leads.callerIDs?.numbers ?? []).compactMap { number in
            number.limits.maxPerDay.map { (number.number, $0) }
        }
        return RehearsalOutcome(
            whatIf: way, agents: way.agents ?? agents, mode: changed.campaign.mode,
            limit: limit(of: changed.campaign, engine),
            isVendorChoosing: changed.campaign.callerID.choice == .vendor,
            dailyLimits: Dictionary(limits) { first, _ in first }, runs: figures)
    }

    /// The limit that abandoned calls are held against: the way's or the campaign's own, its rules', or what it is paced by.
    private func limit(of campaign: Campaign, _ engine: EngineSettings) -> Double? {
        if campaign.abandonmentLimit == nil, let rule { return Double(rule.limitPerMille.value) / 1_000 }
        return campaign.abandonmentLimit ?? engine.abandonment.first?.limit
    }

    private func scenario(_ engine: EngineSettings, agents: Int) -> Scenario {
        return Scenario(
            engine: engine,
            centre: accounts.first.service(for: folder.campaign).centre(agents: agents),
            model: model, shares: shares,
            abandonment: AbandonmentMeasure(
                evidence: evidence, within: rule?.agentWithin.value ?? .seconds(2), calleeClocks: folder.clocks))
    }
}

extension CampaignFolder {
    /// How many agents the campaign's file says there are, which it does of a simulator inside this program; nil otherwise.
    func agentCount() throws(Failure) -> Int? {
        switch try accounts().first {
        case .builtIn: (campaign.simulator ?? SimulatorSection()).agents
        case .configured: nil
        }
    }
}
