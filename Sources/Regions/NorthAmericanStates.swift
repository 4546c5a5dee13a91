import DialModel

/// The states of the United States and the provinces of Canada, by name and postal code.
enum NorthAmericanStates {
    /// Reads `San Francisco, CA`, `Chicago/Evanston, IL` or `California`.
    static func read(_ name: String, country: String) -> (province: String?, cities: [String]) {
        let codes = country == "US" ? states : provinces
        if let comma = name.range(ofLast: ", ") {
            let code = String(name[comma.upperBound...])
            guard codes.values.contains(code) else { return (nil, []) }
            return (code, AreaName.list(String(name[..<comma.lowerBound])))
        }
        guard let code = codes[name] else { return (nil, []) }
        return (code, code == "DC" ? ["Washington"] : [])
    }

    /// The postal code of a state or province that people name by it or in full; nil for any other name.
    static func code(named name: String, country: String) -> String? {
        let codes = country == "US" ? states : provinces
        let upper = name.uppercased()
        if codes.values.contains(upper) { return upper }
        let lower = name.lowercased()
        return codes.first { $0.key.lowercased() == lower }?.value
    }

    /// Whether a country has a state or province of a postal code.
    static func isKnown(_ code: String, country: String) -> Bool {
        (country == "US" ? states : provinces).values.contains(code)
    }

    private static let states = [
        "Alabama": "AL", "Alaska": "AK", "Arizona": "AZ", "Arkansas": "AR", "California": "CA", "Colorado": "CO",
        "Connecticut": "CT", "Delaware": "DE", "Florida": "FL", "Georgia": "GA", "Hawaii": "HI", "Idaho": "ID",
        "Illinois": "IL", "Indiana": "IN", "Iowa": "IA", "Kansas": "KS", "Kentucky": "KY", "Louisiana": "LA",
        "Maine": "ME", "Maryland": "MD", "Massachusetts": "MA", "Michigan": "MI", "Minnesota": "MN",
        "Mississippi": "MS", "Missouri": "MO", "Montana": "MT", "Nebraska": "NE", "Nevada": "NV", "New Hampshire": "NH",
        "New Jersey": "NJ", "New Mexico": "NM", "New York": "NY", "North Carolina": "NC", "North Dakota": "ND",
        "Ohio": "OH", "Oklahoma": "OK", "Oregon": "OR", "Pennsylvania": "PA", "Rhode Island": "RI",
        "South Carolina": "SC", "South Dakota": "SD", "Tennessee": "TN", "Texas": "TX", "Utah": "UT", "Vermont": "VT",
        "Virginia": "VA", "Washington State": "WA", "Washington D.C.": "DC", "West Virginia": "WV", "Wisconsin": "WI",
        "Wyoming": "WY",
    ]

    private static let provinces = [
        "Alberta": "AB", "British Columbia": "BC", "British Colombia": "BC", "Manitoba": "MB", "New Brunswick": "NB",
        "Newfoundland and Labrador": "NL", "Northwest Territories": "NT", "Nova Scotia": "NS", "Nunavut": "NU",
        "Ontario": "ON", "Prince Edward Island": "PE", "Quebec": "QC", "Saskatchewan": "SK", "Yukon": "YT",
    ]
}
