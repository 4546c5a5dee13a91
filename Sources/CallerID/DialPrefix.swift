/// Digits that a line wants in front of a number, such as the 9 for an outside line (`vendors/alibaba-udesk.md`, A3.1).
///
/// The prefix is part of what is dialled only: regions, lists and vendors' choices look at the bare number.
package struct DialPrefix: Hashable, Sendable {
    /// Up to 16 of `0`–`9`, `*`, `#` and `,`; nothing for no prefix.
    package let text: String

    /// Nil for anything that cannot be dialled.
    package init?(_ text: String) {
        guard text.utf8.count <= 16, text.allSatisfy("0123456789*#,".contains) else { return nil }
        self.text = text
    }
}

/// The prefixes of one place where they can be set: a vendor, a trunk or a campaign.
package struct DialPrefixes: Hashable, Sendable {
    /// For numbers of any country; nil leaves it to the next place.
    package var general: DialPrefix?
    /// For numbers of some countries, by their ISO code.
    package var countries: [String: DialPrefix]

    /// Memberwise.
    package init(general: DialPrefix? = nil, countries: [String: DialPrefix] = [:]) {
        self.general = general
        self.countries = countries
    }
}

/// What is dialled to reach a number.
package enum DialString {
    /// The number behind the prefix that applies.
    ///
    /// The campaign's goes before the trunk's, and that before the vendor's; in each place the country's goes before the
    /// general one. An empty prefix applies too, and hides those after it.
    package static func compose(
        _ number: String, country: String? = nil, campaign: DialPrefixes = DialPrefixes(),
        trunk: DialPrefixes = DialPrefixes(), vendor: DialPrefixes = DialPrefixes()
    ) -> String {
        for place in [campaign, trunk, vendor] {
            let special = country.flatMap { place.countries[$0] }
            if let prefix = special ?? place.general { return prefix.text + number }
        }
        return number
    }
}
