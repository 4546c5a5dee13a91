import CampaignFile
import DialModel
import Regions
import Wording

/// What is to be said wherever a campaign's calls are chosen by the vendor.
enum VendorPacing {
    /// Says so on stderr where a campaign is of that mode.
    static func say(for campaign: Campaign, in language: Language) {
        if campaign.mode.project != nil { Console.message(language.say(AbilityPhrase.vendorPaced)) }
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
