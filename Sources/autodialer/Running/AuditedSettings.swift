import CampaignFile
import Compliance
import DialModel
import Ledger

extension CampaignFolder {
    /// By which settings a run goes: the release, the files as they were parsed, the rules, and what somebody overrode.
    func auditedSettings(for accounts: CampaignAccounts, _ wishes: RunSession.Wishes) throws(Failure) -> AuditFacts {
        var facts = AuditFacts()
        facts.add("version", word: Autodialer.version)
        for file in settingFiles {
            let digest = Digest()
            digest.update(try file.content.get())
            facts.add(file.part.rawValue, word: digest.finish())
        }
        facts.add("rules", text: try ruleSet(for: accounts).profile.name)
        if let override = campaign.hours?.override {
            facts.add("hours_override", text: override.reason)
            facts.add("hours_override_of", text: override.profile)
        }
        if let speed = wishes.speed { facts.add("speed", word: String(speed)) }
        if let until = wishes.until { facts.add("until", text: "\(until.hour):\(until.minute)") }
        if let limit = wishes.maxDuration { facts.add("max_duration_ms", limit.milliseconds) }
        if let limit = wishes.maxAttempts { facts.add("max_attempts", limit) }
        return facts
    }
}
