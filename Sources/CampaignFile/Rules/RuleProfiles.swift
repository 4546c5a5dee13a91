package import DialModel

/// The rule profiles that are built in.
package enum RuleProfiles {
    /// Their names, as campaign files have them.
    package static let names = ["us", "uk", "cn", "none"]

    /// A profile that is built in; nil if there is none of that name.
    package static func profile(named name: String) -> RuleProfile? {
        all.first { $0.name == name }
    }

    /// The profile that goes with a country, given by its ISO 3166 code; nil if the operator has to choose.
    package static func usual(of country: String) -> RuleProfile? {
        switch country {
        case "CN": profile(named: "cn")
        case "GB": profile(named: "uk")
        case "US": profile(named: "us")
        default: nil
        }
    }

    /// Read once, when one is first asked for.
    private static let all = sources.compactMap { RuleProfile.parseBuiltIn($0.bytes, file: $0.file).profile }

    /// The files as they are built in.
    static let sources: [(file: String, bytes: [UInt8])] = [
        ("us.yaml", PackageResources.us_yaml), ("uk.yaml", PackageResources.uk_yaml),
        ("cn.yaml", PackageResources.cn_yaml), ("none.yaml", PackageResources.none_yaml),
    ]
}
