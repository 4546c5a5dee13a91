import CallerID
import Compliance
import DialModel
import Ledger
import SQLiteLedger
import StoredLedger
import Wording

/// When the first of the waiting leads is due, and what it waits for.
struct NextDue {
    let at: Timestamp
    /// Why it is held back, as it is kept with it; nil where it waits its turn.
    var reason: String?

    /// Whether it is held back by the hours in which people may be called.
    var isOutsideHours: Bool { reason?.hasPrefix(Gate.callingHours.rawValue + ":") == true }

    /// The words for a person: a lead that no time will free is only asked about again then.
    var phrase: Phrase {
        guard let reason else { return Phrase(same: at.dayAndTime) }
        let isParked = CallerIDPhrase.lasts(kept: reason)
        return (isParked ? SummaryPhrase.askedAgain : .dueBecause).filled(at.dayAndTime, HoldWords.sentence(reason))
    }
}

extension LedgerStore {
    /// When the next lead of a campaign is due, while none is.
    func nextDue(of campaign: CampaignID, by figures: CampaignFigures) async throws -> NextDue? {
        guard figures.due == 0, let at = figures.nextDueAt else { return nil }
        return NextDue(at: at, reason: try await reasonOfWaiting(of: campaign, until: at))
    }
}
