import DialModel
import Wording

extension Campaign {
    /// Reads a file of rules by its name; nil if there is none.
    package typealias RulesReader = (String) -> [UInt8]?

    /// Reads the rules that the campaign keeps and its hours; nil if it states none, or after recording what is wrong.
    static func readHours(
        _ section: Section, country: String?, ringTimeout: Duration, _ reader: RulesReader?
    ) -> HoursSettings? {
        let keys = ["rules", "holidays", "zone", "guard", "override"] + WeekText.keys
        guard let field = section["hours"],
            let hours = Section(
                field.node, path: "hours", keys: keys, shape: "hours: { rules: cn }", findings: field.findings,
                hint: spanHint)
        else { return nil }
        let rules = readRules(hours, country: country, reader)
        let week = WeekText.read(hours)
        let holidays = hours["holidays"]?.civilDays() ?? []
        let zone = hours["zone"].flatMap(readZone)
        let guardTime = readGuard(hours, ringTimeout)
        let reason = readReason(hours)
        guard let rules else { return nil }
        var settings = HoursSettings(
            rules: rules, hours: week?.hours(), holidays: holidays, zone: zone, guardTime: guardTime)
        settings.override = settings.profile.flatMap { readOverride(hours, week, reason, $0) }
        return settings
    }

    /// Braces cut `09:00-12:00, 14:00-20:00` in two.
    private static func spanHint(_ key: String) -> Phrase? {
        key.contains(":") ? FixPhrase.quoteComma.phrase : nil
    }

    private static func readRules(
        _ hours: Section, country: String?, _ reader: RulesReader?
    ) -> HoursSettings.Rules? {
        guard let field = hours["rules"] else {
            if let profile = country.flatMap(RuleProfiles.usual) { return .builtIn(profile) }
            hours.findings.error(
                RulesPhrase.noRules.phrase, line: hours.line,
                hint: FixPhrase.rulesOrFile.filled(RuleProfiles.names.joined(separator: ", ")))
            return nil
        }
        guard let name = field.text() else { return nil }
        if let profile = RuleProfiles.profile(named: name) { return .builtIn(profile) }
        guard name.hasSuffix(".yaml") else {
            return field.reject(
                FormPhrase.unfit.filled(name),
                hint: Suggestion.hint(for: name, among: RuleProfiles.names, orElse: .knownOrFile))
        }
        guard let reader else { return .file(name, nil) }
        guard let bytes = reader(name) else { return field.reject(RulesPhrase.unreadable.filled(name)) }
        let (profile, diagnostics) = RuleProfile.parse(bytes, file: name)
        diagnostics.forEach(field.findings.add)
        return profile.map { .file(name, $0) }
    }

    private static func readZone(_ field: Field) -> TimeZoneID? {
        let hint = FixPhrase.writeExample.filled("Asia/Shanghai")
        guard let name = field.text(hint: hint) else { return nil }
        let isName = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
        return isName && (name.contains("/") || name == "UTC")
            ? TimeZoneID(name) : field.reject(RulesPhrase.zone.filled(name), hint: hint)
    }

    private static func readGuard(_ hours: Section, _ ringTimeout: Duration) -> Duration {
        guard let field = hours["guard"], let time = field.duration(in: .zero...(.seconds(3_600))) else {
            return ringTimeout
        }
        guard time >= ringTimeout else {
            let ring = DurationText.shown(ringTimeout)
            let _: String? = field.reject(
                RulesPhrase.shortGuard.filled(ring),
                hint: FixPhrase.longerGuard.filled(ring))
            return ringTimeout
        }
        return time
    }

    private static func readReason(_ hours: Section) -> String? {
        hours.section("override", keys: ["reason"], shape: "override: { reason: \"...\" }")?.required("reason")?.text()
    }

    /// Compares the hours with those of the law, which a campaign may only narrow unless somebody gives their word.
    private static func readOverride(
        _ hours: Section, _ week: WeekText?, _ reason: String?, _ profile: RuleProfile
    ) -> HoursOverride? {
        let law = profile.outerHours
        let wide = law.flatMap { law in week?.fields(outside: law.value) } ?? []
        guard let law, !wide.isEmpty else {
            if reason != nil, let field = hours["override"] {
                field.findings.warning(
                    RulesPhrase.needlessOverride.filled(profile.name),
                    line: field.line, hint: FixPhrase.remove.phrase)
            }
            return nil
        }
        if let reason { return HoursOverride(reason: reason, profile: profile.name, law: law.source) }
        // An override without a reason has been reported.
        guard hours["override"] == nil else { return nil }
        for field in wide {
            let _: String? = field.reject(
                RulesPhrase.beyondHours.filled(profile.name, law.value.shown, law.source.shown),
                hint: FixPhrase.narrow.phrase)
        }
        return nil
    }

    /// Reads the campaign's own limits of attempts; all of them apply beside those of the rules.
    static func readLimits(_ section: Section, source: RuleOrigin = .campaign) -> [AttemptCap] {
        let shape = "limits: { per_number: 3 per 24h }"
        guard let limits = section.section("limits", keys: ["per_number", "per_lead"], shape: shape) else { return [] }
        let scopes: [(String, AttemptCap.Scope)] = [("per_number", .number), ("per_lead", .lead)]
        return scopes.flatMap { key, scope in
            limits[key].map { LimitText.read($0, scope: scope, source: source) } ?? []
        }
    }

    /// Reads what shows that callees agreed.
    static func readConsent(_ section: Section) -> ConsentSettings? {
        let shape = "consent: { reference: \"...\" }, or consent: { column: ... }"
        guard let consent = section.section("consent", keys: ["reference", "column"], shape: shape) else { return nil }
        switch (consent["reference"], consent["column"]) {
        case (let reference?, nil): return reference.text().map { .reference($0) }
        case (nil, let column?): return column.text().map { .column($0) }
        case (_?, let column?):
            return column.reject(FormPhrase.beside.filled("consent.reference"), hint: FixPhrase.removeOne.phrase)
        case (nil, nil):
            consent.findings.error(
                FormPhrase.saysNothing.filled("consent"), line: consent.line, hint: FixPhrase.write.filled(shape))
            return nil
        }
    }

    /// Reads what the campaign has of what rules may ask for.
    static func readCompliance(_ section: Section) -> ComplianceSettings {
        let shape = "compliance: { caller_id_proof: \"...\" }"
        let keys = ["message", "caller_id_proof", "vendor_rules_proof"]
        guard let compliance = section.section("compliance", keys: keys, shape: shape) else {
            return ComplianceSettings()
        }
        return ComplianceSettings(
            message: compliance["message"]?.text(), callerIDProof: compliance["caller_id_proof"]?.text(),
            vendorRulesProof: compliance["vendor_rules_proof"]?.text())
    }

    /// Reads which do-not-call lists are asked.
    static func readDoNotCall(_ section: Section) -> DoNotCallSettings? {
        let shape = "dnc: { lists: [national, house] }"
        guard let lists = section.section("dnc", keys: ["lists", "max_age"], shape: shape) else { return nil }
        let age = lists["max_age"]?.duration(in: .seconds(3_600)...(.seconds(366 * 86_400)))
        guard let field = lists.required("lists"), let names = field.texts(hint: FixPhrase.write.filled(shape)) else {
            return nil
        }
        guard !names.isEmpty else {
            return field.reject(RulesPhrase.noList.phrase, hint: FixPhrase.write.filled(shape))
        }
        for (index, name) in names.enumerated() where names[..<index].contains(name) {
            let _: String? = field.reject(FormPhrase.quotedTwice.filled(name))
        }
        return DoNotCallSettings(lists: names, maximumAge: age)
    }
}

extension CallingHours {
    /// The hours for people to read: `08:00-21:00`, or by days where these differ, `mon 08:00-20:00 · sun closed`.
    package var shown: String {
        let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        let days = Weekday.allCases.map { Self.shown(self[$0]) }
        if days.allSatisfy({ $0 == days[0] }) { return days[0] }
        var groups: [(first: Int, last: Int)] = []
        for index in days.indices {
            if let group = groups.last, days[group.first] == days[index] {
                groups[groups.count - 1].last = index
            } else {
                groups.append((index, index))
            }
        }
        return groups.map { group in
            let span = group.first == group.last ? names[group.first] : "\(names[group.first])-\(names[group.last])"
            return "\(span) \(days[group.first])"
        }.joined(separator: " · ")
    }

    /// The hours of a weekday, as campaign files have them.
    func shown(on weekday: Weekday) -> String { Self.shown(self[weekday]) }

    private static func shown(_ spans: [HourSpan]) -> String {
        guard !spans.isEmpty else { return "closed" }
        return spans.map { "\(shown($0.opens))-\(shown($0.closes))" }.joined(separator: ", ")
    }

    private static func shown(_ second: Int) -> String {
        let hour = second / 3_600
        let minute = second / 60 % 60
        return "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
    }
}
