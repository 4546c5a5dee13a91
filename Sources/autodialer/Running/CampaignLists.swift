import CampaignFile
import Compliance
import DialModel
import Ledger
import SQLiteLedger
import StoredLedger
import Wording

extension CampaignFolder {
    /// Which do-not-call lists the campaign's runs ask, by its own word and by that of its rules.
    ///
    /// Where no telephone can ring, a list that is missing or too old stands in nobody's way.
    func doNotCallQuestion(for accounts: CampaignAccounts) throws(Failure) -> DoNotCallQuestion {
        let rules = try ruleSet(for: accounts)
        var names: [String] = []
        for name in (campaign.doNotCall?.lists ?? []) + rules.profile.lists.map(\.list) where !names.contains(name) {
            names.append(name)
        }
        let demands = names.map { name in
            DoNotCallQuestion.Demand(
                name, maximumAge: rules.maximumAge(of: name, limit: campaign.doNotCall?.maximumAge))
        }
        return DoNotCallQuestion(demands, isStrict: !accounts.isSimulated)
    }

    /// The do-not-call lists that the campaign asks and that are missing or too old, a line each; nobody may be called
    /// before they are imported.
    func listRefusals(
        for accounts: CampaignAccounts, in ledger: any LedgerStore, at now: Timestamp
    ) async throws -> [Phrase] {
        let question = try doNotCallQuestion(for: accounts)
        let id = try await ledger.campaign(named: campaign.name)
        return try await ledger.doNotCallGaps(in: question, of: id, at: now).map {
            CampaignPhrase.inFile.filled(file, $0.phrase)
        }
    }

    /// What can be said of the campaign's do-not-call lists without looking whether they are there; nil if it asks none
    /// but those that are always asked.
    func listNotice(for accounts: CampaignAccounts) throws(Failure) -> Phrase? {
        let demands = try doNotCallQuestion(for: accounts).demands
        guard !demands.isEmpty else { return nil }
        let names = demands.map { demand in
            guard demand.list != DoNotCallListName.house, let age = demand.maximumAge else {
                return Phrase(same: demand.list)
            }
            return DoNotCallPhrase.noOlder.filled(demand.list, age.phrase)
        }
        return DoNotCallPhrase.asked.filled(Phrase(listing: names))
    }
}

extension Duration {
    /// Whole days, or else hours.
    fileprivate var phrase: Phrase {
        let hours = milliseconds / 3_600_000
        guard hours % 24 == 0 else { return DoNotCallPhrase.hours.filled(hours) }
        return hours == 24 ? DoNotCallPhrase.aDay.phrase : DoNotCallPhrase.days.filled(hours / 24)
    }
}
