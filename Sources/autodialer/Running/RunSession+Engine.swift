import CampaignFile
import Compliance
import DialEngine
import DialModel
import Telephony

extension RunSession {
    /// The engine's settings: what the campaign says, what its rules ask for, and what the vendor can do.
    func engineSettings(by clock: SystemClock, of abilities: VendorAbilities) throws -> EngineSettings {
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
        if clock.speed > 1 {
            // In a rehearsal the moments that this machine takes for a request last longer in the time of the run.
            let slack = Duration.seconds(5 * clock.speed)
            settings.placeLimit += slack
            settings.answerLimit += slack
        }
        return settings
    }
}

extension DialingStyle {
    /// The style of a campaign's mode.
    fileprivate init(_ mode: DialingMode) {
        switch mode {
        case .progressive: self = .agentFirst
        case .power(let ratio): self = .customerFirst(ratio: ratio)
        }
    }
}
