import DialModel
package import Wording

/// What somebody says of their first campaign, and the file that it makes.
package struct FirstCampaign: Hashable, Sendable {
    /// The modes that a first campaign can have, in the order in which they are offered.
    package static let modes = ["progressive", "power", "predictive"]

    /// Its name.
    package var name: String
    /// The list, as the campaign file is to name it.
    package var list: String
    /// The header of the column with the numbers; nil where it is recognised.
    package var phoneColumn: String?
    /// The country of national numbers, as an ISO 3166 code.
    package var country: String
    /// The vendor account.
    package var vendor = "simulator.alibaba"
    /// One of `modes`.
    package var mode = "progressive"
    /// The agents' group.
    package var group = "sales"
    /// The number to show; nil leaves it to the vendor.
    package var callerID: String?
    /// The name of rules that are built in.
    package var rules: String
    /// When calls are placed on weekdays; nil for whenever the rules let.
    package var weekdays: String?

    /// A campaign of which no more than this has to be said; it keeps the rules of its country.
    package init(name: String, list: String, country: String, vendor: String = "simulator.alibaba") {
        self.name = name
        self.list = list
        self.country = country
        self.vendor = vendor
        rules = RuleProfiles.usual(of: country)?.name ?? "none"
    }

    /// When calls are usually placed on weekdays under its rules.
    package var usualWeekdays: String { profile?.hours?.value.shown(on: .monday) ?? "09:00-20:00" }

    /// What is wrong with its rules and hours, which the file of a rehearsal only notes down; nil if they can be kept.
    package var fault: Diagnostic? {
        var called = self
        called.vendor = "account"
        let (_, diagnostics) = Campaign.parse(Array(called.text(in: .english).utf8), file: "")
        return diagnostics.first { $0.severity == .error }
    }

    /// Whether no telephone can ring yet.
    private var isRehearsal: Bool { VendorAccounts.isSimulator(vendor) }

    private var profile: RuleProfile? { RuleProfiles.profile(named: rules) }

    /// The campaign file, each key explained in the language.
    package func text(in language: Language) -> String {
        func note(_ key: FirstCampaignPhrase) -> String { "# " + language.say(key) }
        var lines = [
            note(.title), "name: \(Self.scalar(name))", "", note(.vendor), "vendor: \(Self.scalar(vendor))", "",
        ]
        lines += [note(.leads), "leads:", "  file: \(Self.scalar(list))"]
        if let phoneColumn { lines.append("  columns: { phone: \(Self.quoted(phoneColumn)) }") }
        lines += ["  \(note(.country))", "  country: \(Self.scalar(country))", ""]
        lines += [note(.mode), "mode: \(mode)", "", note(.agents), "agents: { group: \(Self.quoted(group)) }", ""]
        lines += [note(.dial), "dial:"] + (mode == "power" ? ["  ratio: 1.5"] : []) + ["  ring_timeout: 30s", ""]
        if let callerID {
            lines += [note(.callerID), "caller_id: { numbers: [\(Self.quoted(callerID))] }", ""]
        } else if country == "CN" {
            lines += [note(.callerIDOpen), "# caller_id: { numbers: [\"057100000000\"] }", ""]
        }
        lines += hours(note) + [""] + proofs(note)
        lines += [
            note(.retry), "retry:", "  busy:      { after: 15m, attempts: 3 }",
            "  no_answer: { after: 2h, attempts: 3 }",
            "", note(.limits), "limits: { per_number: 3 per 24h }",
        ]
        if isRehearsal {
            lines += [
                "", note(.simulator), "simulator:", "  agents: 6", "  answer: 35%", "  talk: 60s", "  wrap_up: 15s",
            ]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The hours and the rules; set aside while it rehearses, which is to be possible at any time.
    private func hours(_ note: (FirstCampaignPhrase) -> String) -> [String] {
        let lines = ["hours:", "  rules: \(rules)"] + (weekdays.map { ["  weekdays: \($0)"] } ?? [])
        return isRehearsal ? [note(.hours), note(.hoursOpen)] + lines.map { "# " + $0 } : [note(.hours)] + lines
    }

    /// What the rules ask for before anybody is called, to be filled in by those who know.
    private func proofs(_ note: (FirstCampaignPhrase) -> String) -> [String] {
        guard let profile else { return [] }
        var lines: [String] = []
        if profile.requires(.consent) { lines.append("consent: { reference: \"...\" }") }
        var compliance: [String] = []
        if profile.requires(.message), mode != "progressive" { compliance.append("message: \"...\"") }
        if profile.requires(.callerIDProof) { compliance.append("caller_id_proof: \"...\"") }
        if !compliance.isEmpty { lines.append("compliance: { \(compliance.joined(separator: ", ")) }") }
        let lists = profile.lists.map(\.list) + (profile.requires(.houseList) ? ["house"] : [])
        if !lists.isEmpty { lines.append("dnc: { lists: [\(lists.joined(separator: ", "))] }") }
        return lines.isEmpty ? [] : [note(.proofs)] + lines.map { "# " + $0 } + [""]
    }

    /// A text that needs no quotation marks, or has them.
    private static func scalar(_ text: String) -> String {
        let isPlain =
            text.first?.isLetter == true
            && text.unicodeScalars.allSatisfy { scalar in
                scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                    || "-_./".unicodeScalars.contains(scalar)
            }
        // YAML takes some words for something else.
        let words = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"]
        return isPlain && !words.contains(text.lowercased()) ? text : quoted(text)
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\\(scalar)"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
