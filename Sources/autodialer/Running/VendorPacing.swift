import CampaignFile
import DialModel
import Regions

/// What is to be said wherever a campaign's calls are chosen by the vendor.
enum VendorPacing {
    /// What it means, in words for a person.
    static let notice =
        "mode vendor_paced: the vendor chooses whom to call and when, so do-not-call lists, hours, limits and caller IDs are "
        + "not enforced by autodialer, and only answered calls are seen"
    /// What to do about it.
    static let advice = "have the vendor's project keep the rules: its table, its hours and its numbers"

    /// Says so on stderr where a campaign is of that mode.
    static func say(for campaign: Campaign) {
        if campaign.mode.project != nil { Console.message(notice) }
    }
}

extension Campaign {
    /// Reads numbers of callees whom the vendor called by itself: like a list's, with or without the campaign's prefix.
    var calleeReader: @Sendable (String) -> PhoneNumber? {
        let reader = NumberReader(country: leads.country)
        let prefix = dial.prefix
        return { text in
            if case .number(let number) = reader.read(text) { return number }
            guard !prefix.isEmpty, text.hasPrefix(prefix),
                case .number(let number) = reader.read(String(text.dropFirst(prefix.count)))
            else { return nil }
            return number
        }
    }
}
