/// Where a number belongs, as far as that is known: country, province or state, city.
///
/// Sources mix `北京` with `北京市` and `大理` with `大理白族自治州`; names are compared in `normalised` form only
/// (`vendors/alibaba-udesk.md`, C2).
package struct Region: Hashable, Sendable {
    /// The country as an ISO 3166 code; nil when unknown, or when the number belongs to none.
    package var country: String?
    /// The province, the municipality, or the state as its postal code, `CA`; nil when unknown.
    package var province: String?
    /// The city; nil when unknown.
    package var city: String?

    /// Memberwise; unknown without arguments.
    package init(country: String? = nil, province: String? = nil, city: String? = nil) {
        self.country = country
        self.province = province
        self.city = city
    }

    /// The region with names in short form; empty names become unknown, and a municipality is its own city.
    package var normalised: Region {
        var province = Self.shortened(self.province)
        var city = Self.shortened(self.city)
        if let name = province, MainlandNames.municipalities.contains(name) {
            city = name
        } else if province == nil, let name = city, MainlandNames.municipalities.contains(name) {
            province = name
        }
        return Region(country: country, province: province, city: city)
    }

    private static func shortened(_ name: String?) -> String? {
        name.flatMap { $0.isEmpty ? nil : MainlandNames.shortened($0) }
    }
}
