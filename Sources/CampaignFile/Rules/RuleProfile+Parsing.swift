package import DialModel
package import Wording

extension RuleProfile {
    private static let keys = [
        "name", "outer_hours", "hours", "holidays", "caps", "regions", "abandonment", "do_not_call", "requires",
        "retention",
    ]

    /// Reads an operator's own file of rules, which is named `file` in findings; there is a profile unless there are errors.
    package static func parse(_ bytes: [UInt8], file: String) -> (profile: RuleProfile?, diagnostics: [Diagnostic]) {
        parse(bytes, file: file, reserved: RuleProfiles.names)
    }

    /// Reads a file of rules that is built in.
    static func parseBuiltIn(_ bytes: [UInt8], file: String) -> (profile: RuleProfile?, diagnostics: [Diagnostic]) {
        parse(bytes, file: file, reserved: [])
    }

    private static func parse(
        _ bytes: [UInt8], file: String, reserved: [String]
    ) -> (profile: RuleProfile?, diagnostics: [Diagnostic]) {
        let findings = Findings(file: file)
        let profile = read(bytes, findings, reserved)
        return (findings.isClean ? profile : nil, findings.inOrder)
    }

    private static func read(_ bytes: [UInt8], _ findings: Findings, _ reserved: [String]) -> RuleProfile? {
        guard let root = Document.root(bytes, findings) else {
            if findings.isClean { findings.error(FilePhrase.empty.phrase, line: nil) }
            return nil
        }
        let shape = "name: ..., outer_hours: ..., and so on"
        guard let section = Section(root, keys: keys, shape: shape, findings: findings) else { return nil }
        let name = section.required("name").flatMap { readName($0, reserved) }
        var profile = RuleProfile(name: name ?? "")
        profile.outerHours = readHours(section, "outer_hours")
        profile.hours = readHours(section, "hours")
        if let hours = profile.hours, let outer = profile.outerHours, !hours.value.isWithin(outer.value) {
            let _: String? = section["hours"]?.reject(RulesPhrase.beyondOuter.phrase)
        }
        profile.holidays = readHolidays(section)
        profile.caps = section["caps"].map { readCaps($0, source: .named(profile.name)) } ?? []
        profile.regions = readRegions(section, profile)
        profile.abandonment = readAbandonment(section)
        profile.lists = readLists(section)
        profile.requirements = readRequirements(section)
        profile.retention = section.section(figure: "retention")?.figure { $0.duration(in: longTimes) }
        return name == nil ? nil : profile
    }

    private static let longTimes: ClosedRange<Duration> = .seconds(3_600)...(.seconds(3_660 * 86_400))
    private static let shortTimes: ClosedRange<Duration> = .zero...(.seconds(366 * 86_400))

    private static func readName(_ field: Field, _ reserved: [String]) -> String? {
        guard let name = field.text() else { return nil }
        guard !reserved.contains(name) else {
            return field.reject(RulesPhrase.builtIn.filled(name), hint: FixPhrase.ownName.phrase)
        }
        return name
    }

    private static func readHours(_ section: Section, _ key: String) -> SourcedFigure<CallingHours>? {
        let shape = "\(key): { daily: 08:00-21:00, source: \"...\", date: 2026-01 }"
        guard let hours = section.section(key, keys: WeekText.keys + SourcedSection.keys, shape: shape) else {
            return nil
        }
        let source = SourcedSection(hours).source
        guard WeekText.keys.contains(where: { hours[$0] != nil }) else {
            hours.findings.error(
                RulesPhrase.hasNoHours.filled(hours.path), line: hours.line, hint: FixPhrase.write.filled(shape))
            return nil
        }
        guard let week = WeekText.read(hours), let source else { return nil }
        return SourcedFigure(week.hours(), source: source)
    }

    private static func readHolidays(_ section: Section) -> SourcedFigure<[CivilDay]>? {
        let shape = "holidays: { days: [2026-01-01], source: \"...\", date: 2026 }"
        guard let holidays = section.section("holidays", keys: ["days"] + SourcedSection.keys, shape: shape) else {
            return nil
        }
        let source = SourcedSection(holidays).source
        guard let days = holidays.required("days")?.civilDays(), let source else { return nil }
        return SourcedFigure(days, source: source)
    }

    /// Reads caps; `source` is who sets them, as it is shown to whoever asks why somebody is not dialled.
    private static func readCaps(_ field: Field, source: RuleOrigin) -> [SourcedFigure<AttemptCap>] {
        let shape = "{ limit: 3 per 24h, of: number, source: \"...\", date: 2026 }"
        guard let items = field.items(hint: FixPhrase.write.filled("- \(shape)")) else { return [] }
        return items.compactMap { item in
            guard
                let cap = Section(
                    item.node, path: item.name, keys: ["limit", "of"] + SourcedSection.keys, shape: shape,
                    findings: item.findings)
            else { return nil }
            let origin = SourcedSection(cap).source
            let scope = cap.required("of")?.word(AttemptCap.Scope.self)
            let limits = cap.required("limit").map { LimitText.read($0, scope: scope ?? .number, source: source) }
            guard let origin, scope != nil, let limit = limits?.first else { return nil }
            return SourcedFigure(limit, source: origin)
        }
    }

    /// Reads what applies in single provinces, which are keys below those of their countries.
    private static func readRegions(_ section: Section, _ profile: RuleProfile) -> [RegionRules] {
        guard let field = section["regions"],
            let countries = Section(
                names: field.node, path: "regions", shape: "regions: { US: { FL: { ... } } }", findings: field.findings)
        else { return [] }
        return countries.fields.flatMap { country -> [RegionRules] in
            let shape = "\(country.key): { FL: { hours: ... } }"
            guard
                let provinces = Section(
                    names: country.node, path: country.name, shape: shape, findings: country.findings)
            else { return [] }
            return provinces.fields.compactMap { readRegion($0, country: country.key, profile) }
        }
    }

    private static func readRegion(_ field: Field, country: String, _ profile: RuleProfile) -> RegionRules? {
        let shape = "\(field.key): { hours: { ... } }"
        guard
            let region = Section(
                field.node, path: field.name, keys: ["hours", "zone", "holidays", "caps"], shape: shape,
                findings: field.findings)
        else { return nil }
        var rules = RegionRules(region: Region(country: country, province: field.key))
        rules.hours = readHours(region, "hours")
        rules.zone = region["zone"]?.text().map { TimeZoneID($0) }
        rules.caps = region["caps"].map { readCaps($0, source: .named("\(profile.name) \(field.key)")) } ?? []
        let holidays = region.section(
            "holidays", keys: SourcedSection.keys, shape: "holidays: { source: \"...\", date: 2026 }")
        rules.holidays = holidays.flatMap { SourcedSection($0).source }
        if rules.holidays != nil, profile.holidays == nil {
            let _: String? = region["holidays"]?.reject(RulesPhrase.needsDays.phrase)
        }
        return rules
    }

    private static func readAbandonment(_ section: Section) -> AbandonmentRule? {
        let required = ["limit", "window", "agent_within", "minimum_ring"]
        let keys = required + ["target", "zone", "lockout", "machine_lockout"]
        let shape = "abandonment: { limit: { value: 3%, source: \"...\", date: 2026 } }"
        guard let rule = section.section("abandonment", keys: keys, shape: shape) else { return nil }
        func duration(_ key: String) -> SourcedFigure<Duration>? {
            rule.section(figure: key)?.figure { $0.duration(in: shortTimes) }
        }
        let missing = required.filter { rule.required($0) == nil }
        let limit = rule.section(figure: "limit")?.figure(readPerMille)
        let target = rule.section(figure: "target")?.figure(readPerMille)
        let window = rule.section(figure: "window")?.figure(readWindow)
        let agentWithin = duration("agent_within")
        let minimumRing = duration("minimum_ring")
        let lockout = duration("lockout")
        let machineLockout = duration("machine_lockout")
        let zone = rule["zone"]?.text().map { TimeZoneID($0) }
        guard missing.isEmpty, let limit, let window, let agentWithin, let minimumRing else { return nil }
        return AbandonmentRule(
            limitPerMille: limit, targetPerMille: target, window: window, zone: zone, agentWithin: agentWithin,
            minimumRing: minimumRing,
            lockout: lockout, machineLockout: machineLockout)
    }

    private static func readPerMille(_ field: Field) -> Int? {
        guard let share = field.share() else { return nil }
        let perMille = (share * 1_000).rounded()
        return abs(share * 1_000 - perMille) < 1e-6 ? Int(perMille) : field.reject(RulesPhrase.tenths.phrase)
    }

    private static func readWindow(_ field: Field) -> AbandonmentWindow? {
        if field.word == "day" { return .calendarDay }
        return field.duration(in: longTimes).map { .successive($0) }
    }

    private static func readLists(_ section: Section) -> [ListRule] {
        guard let field = section["do_not_call"],
            let lists = Section(
                names: field.node, path: field.name,
                shape: "do_not_call: { national: { value: 31d, source: \"...\", date: 2026 } }",
                findings: field.findings)
        else { return [] }
        return lists.fields.compactMap { list in
            lists.section(figure: list.key)?.figure { $0.duration(in: longTimes) }
                .map { ListRule(list: list.key, maximumAge: $0) }
        }
    }

    private static func readRequirements(_ section: Section) -> [SourcedFigure<RuleRequirement>] {
        let words = RuleRequirement.allCases.map(\.rawValue)
        let shape = "requires: { consent: { source: \"...\", date: 2026 } }"
        guard let required = section.section("requires", keys: words, shape: shape) else { return [] }
        return required.fields.compactMap { field in
            guard let requirement = RuleRequirement(rawValue: field.key),
                let source = required.section(field.key, keys: SourcedSection.keys, shape: shape)
                    .flatMap({ SourcedSection($0).source })
            else { return nil }
            return SourcedFigure(requirement, source: source)
        }
    }
}
