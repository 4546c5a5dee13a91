import CampaignFile
import Compliance
import DialEngine
import DialModel
import Ledger
import Pacing
import Regions
import SQLiteLedger
import StoredLedger
import Telephony

/// What decides on the engine's settings of a campaign, for a run and for a rehearsal of it.
struct CampaignEngine {
    /// Where neither campaign nor rules set a limit, and agents are dialled for.
    private static let usualLimit = 0.03
    /// More windows than there are days in any run or forecast.
    private static let windowCount = 100

    let folder: CampaignFolder
    let accounts: CampaignAccounts
    let ledger: any LedgerStore

    /// What the campaign says, what its rules ask for, and what the vendor can do, of a run that begins at `start`.
    func settings(
        for id: CampaignID, of abilities: VendorAbilities, from start: Timestamp
    ) async throws -> EngineSettings {
        let campaign = folder.campaign
        let rule = try folder.ruleSet(for: accounts).profile.abandonment
        let style = DialingStyle(campaign.mode)
        let dialsAhead = style != .agentFirst && style != .vendorPaced
        let linesAhead = dialsAhead ? abilities.linesAhead : nil
        let maxLines = [campaign.dial.maxLines, linesAhead].compactMap(\.self).min() ?? 1_000
        var settings = EngineSettings(style: style, retry: campaign.retry, maxLines: maxLines)
        settings.handOff = abilities.givesCallsToAgents ? .byEngine : .byVendor
        settings.control = CallControl(hangsUp: abilities.hangsUp, playsMessage: abilities.playsMessages)
        settings.routes = campaign.dial.analysis.routes
        settings.skill = campaign.agents.skill
        settings.rhythm = abilities.rhythm
        settings.pickUpLimit = campaign.agents.pickUpLimit
        settings.ringTimeout = campaign.dial.ringTimeout
        if let rule {
            settings.answerPatience = rule.agentWithin.value
            settings.minimumRing = rule.minimumRing.value
        }
        settings.abandonment = try await allowances(for: id, by: rule, from: start, within: settings.answerPatience)
        return settings
    }

    /// How many callees may be abandoned: the campaign's word or its rules', over the window that the rules measure.
    private func allowances(
        for id: CampaignID, by rule: AbandonmentRule?, from start: Timestamp, within patience: Duration
    ) async throws -> [AbandonmentAllowance] {
        guard let limit = limit(by: rule) else { return [] }
        let firstCall = try await ledger.firstAttempt(of: id) ?? start
        let windows = windows(by: rule, firstCall: firstCall)
        let since = windows.start(of: start)
        let count = try await ledger.liveAnswers(of: id, since: since, agentWithin: patience)
        // Several accounts are paced each by itself. If each keeps to the limit with its part of what has been, all do.
        let parts = accounts.all.count
        return [
            AbandonmentAllowance(
                limit: limit, live: count.live / parts, abandoned: (count.abandoned + parts - 1) / parts,
                since: since, nextWindows: windows.starts(after: start, upTo: Self.windowCount))
        ]
    }

    /// How the campaign's abandoned calls are counted at `now`, and how many there may be.
    func abandonmentLook(of id: CampaignID, at now: Timestamp) async throws -> AbandonmentLook {
        let rule = try folder.ruleSet(for: accounts).profile.abandonment
        let firstCall = try await ledger.firstAttempt(of: id) ?? now
        return AbandonmentLook(
            limit: limit(by: rule), windows: windows(by: rule, firstCall: firstCall),
            agentWithin: rule?.agentWithin.value ?? EngineSettings(style: .agentFirst).answerPatience)
    }

    private func windows(by rule: AbandonmentRule?, firstCall: Timestamp) -> AbandonmentWindows {
        AbandonmentWindows(
            window: rule?.window.value ?? .calendarDay, firstCall: firstCall,
            clocks: ZoneClocks().rules(of: rule?.zone ?? TimeZoneID("UTC")))
    }

    private func limit(by rule: AbandonmentRule?) -> Double? {
        let ceiling = rule.map { Double($0.limitPerMille.value) / 1_000 }
        let target = rule.map { Double(($0.targetPerMille ?? $0.limitPerMille).value) / 1_000 }
        if let own = folder.campaign.abandonmentLimit { return min(own, ceiling ?? own) }
        if let target { return target }
        // Without any rules a fixed ratio is the operator's own affair.
        return folder.campaign.mode == .predictive ? Self.usualLimit : nil
    }
}

extension DialingStyle {
    /// The style of a campaign's mode.
    fileprivate init(_ mode: DialingMode) {
        switch mode {
        case .progressive: self = .agentFirst
        case .power(let ratio): self = .customerFirst(.power(ratio: ratio))
        case .predictive: self = .customerFirst(.predictive)
        case .vendorPaced: self = .vendorPaced
        case .broadcast(let callsPerMinute): self = .customerFirst(.broadcast(callsPerMinute: callsPerMinute))
        }
    }
}
