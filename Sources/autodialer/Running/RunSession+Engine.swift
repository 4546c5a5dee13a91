import CampaignFile
import Compliance
import DialEngine
import DialModel
import Ledger
import Pacing
import Regions
import SQLiteLedger
import Telephony

extension RunSession {
    /// The engine's settings: what the campaign says, what its rules ask for, and what the vendor can do.
    func engineSettings(
        by clock: SystemClock, of abilities: VendorAbilities, for id: CampaignID
    ) async throws -> EngineSettings {
        let campaign = folder.campaign
        let now = clock.now
        let ends = [wishes.maxDuration.map { now + $0 }, wishes.until.map { $0.today(at: now) }].compactMap(\.self)
        var settings = EngineSettings(
            style: DialingStyle(campaign.mode), retry: campaign.retry, maxLines: campaign.dial.maxLines ?? 1000,
            maxAttempts: wishes.maxAttempts, stopDialingAt: ends.min(), staysForRetries: !ends.isEmpty)
        settings.handOff = abilities.givesCallsToAgents ? .byEngine : .byVendor
        settings.control = CallControl(hangsUp: abilities.hangsUp, playsMessage: abilities.playsMessages)
        settings.routes = campaign.dial.analysis.routes
        settings.skill = campaign.agents.skill
        settings.pickUpLimit = campaign.agents.pickUpLimit
        settings.ringTimeout = campaign.dial.ringTimeout
        if let rule = try folder.ruleSet(for: account).profile.abandonment {
            settings.answerPatience = rule.agentWithin.value
            settings.minimumRing = rule.minimumRing.value
        }
        settings.abandonment = try await abandonmentAllowances(of: id, at: now, within: settings.answerPatience)
        if clock.speed > 1 {
            // In a rehearsal the moments that this machine takes for a request last longer in the time of the run.
            let slack = Duration.seconds(5 * clock.speed)
            settings.placeLimit += slack
            settings.answerLimit += slack
        }
        return settings
    }
}

extension RunSession {
    /// Where neither campaign nor rules set a limit, and agents are dialled for.
    private static let usualLimit = 0.03

    /// How many callees may be abandoned: the campaign's word or its rules', over the window that the rules measure.
    private func abandonmentAllowances(
        of id: CampaignID, at now: Timestamp, within patience: Duration
    ) async throws -> [AbandonmentAllowance] {
        let rule = try folder.ruleSet(for: account).profile.abandonment
        guard let limit = abandonmentLimit(by: rule) else { return [] }
        let firstCall = try await ledger.firstAttempt(of: id) ?? now
        let clocks = ZoneClocks()
        let zone = rule?.zone ?? TimeZoneID("UTC")
        let windows = AbandonmentWindows(
            window: rule?.window.value ?? .calendarDay, firstCall: firstCall, clocks: clocks.rules(of: zone))
        let begun = windows.start(of: now)
        let count = try await ledger.liveAnswers(of: id, since: begun, agentWithin: patience)
        return [
            AbandonmentAllowance(
                limit: limit, live: count.live, abandoned: count.abandoned,
                nextWindows: windows.starts(after: now, upTo: 60))
        ]
    }

    private func abandonmentLimit(by rule: AbandonmentRule?) -> Double? {
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
        case .broadcast(let callsPerMinute): self = .customerFirst(.broadcast(callsPerMinute: callsPerMinute))
        }
    }
}
