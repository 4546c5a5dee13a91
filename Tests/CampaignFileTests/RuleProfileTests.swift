import DialModel
import Testing
import Wording

@testable import CampaignFile

private func parse(_ text: String) -> (profile: RuleProfile?, diagnostics: [Diagnostic]) {
    RuleProfile.parse(Array(text.utf8), file: "own.yaml")
}

private func profile(_ name: String) throws -> RuleProfile { try #require(RuleProfiles.profile(named: name)) }

private func hours(_ opens: Int, _ closes: Int) -> [HourSpan] {
    [HourSpan(opens: opens * 3_600, closes: closes * 3_600)].compactMap(\.self)
}

private func days(_ count: Int64) -> Duration { .seconds(count * 86_400) }

@Suite("The rule profiles that are built in")
struct BuiltInRulesTests {
    @Test("Each file is read without a finding, and has the name that campaigns give it")
    func files() throws {
        for (name, source) in zip(RuleProfiles.names, RuleProfiles.sources) {
            let (profile, diagnostics) = RuleProfile.parseBuiltIn(source.bytes, file: source.file)
            #expect(diagnostics.map(\.rendered.english) == [])
            #expect(profile?.name == name && profile == RuleProfiles.profile(named: name))
        }
        #expect(RuleProfiles.profile(named: "eu") == nil)
        #expect(try profile("none") == RuleProfile(name: "none"))
    }

    @Test("United States: 8 to 21, three per cent in successive 30 days, lists of 31 days, five years")
    func us() throws {
        let us = try profile("us")
        #expect(us.outerHours?.value == CallingHours(daily: hours(8, 21)) && us.hours == nil && us.caps == [])
        #expect(us.defaultHours == us.outerHours)
        let rule = try #require(us.abandonment)
        #expect(rule.limitPerMille.value == 30 && rule.window.value == .successive(days(30)))
        #expect(rule.agentWithin.value == .seconds(2) && rule.minimumRing.value == .seconds(15))
        #expect(rule.lockout == nil && rule.machineLockout == nil && rule.zone == nil)
        #expect(us.lists.map(\.list) == ["national"] && us.lists.map(\.maximumAge.value) == [days(31)])
        #expect(us.requirements.map(\.value) == [.message, .callerIDProof, .houseList])
        #expect(us.retention?.value == days(1_827))
        #expect(us.abandonment?.limitPerMille.source.text.contains("16 CFR 310.4(b)(4)") == true)
    }

    private static let overlays: [(String, CallingHours?, cap: Int?, hasHolidays: Bool)] = [
        ("AL", monSat, nil, true), ("CT", CallingHours(daily: hours(9, 20)), nil, false),
        ("FL", CallingHours(daily: hours(8, 20)), 3, false), ("KY", CallingHours(daily: hours(10, 21)), nil, false),
        ("LA", monSat, nil, true), ("MA", CallingHours(daily: hours(8, 20)), nil, false),
        ("MD", CallingHours(daily: hours(8, 20)), 3, false), ("ME", nil, 1, false),
        ("MI", CallingHours(daily: hours(9, 21)), nil, false), ("MN", CallingHours(daily: hours(9, 21)), nil, false),
        ("MS", monSat, nil, true), ("NM", CallingHours(daily: hours(9, 21)), nil, false),
        ("NV", CallingHours(daily: hours(9, 20)), nil, false), ("OK", CallingHours(daily: hours(8, 20)), 3, false),
        ("PA", nil, nil, true),
        ("RI", CallingHours(.init(uniqueKeysWithValues: weekdays.prefix(5).map { ($0, hours(9, 18)) })), nil, true),
        ("UT", nil, nil, true),
    ]
    private static let weekdays: [Weekday] = Weekday.allCases
    private static let monSat: CallingHours = CallingHours(
        .init(uniqueKeysWithValues: weekdays.prefix(6).map { ($0, hours(8, 20)) }))

    @Test("Each state has the hours, caps and holidays of the tables", arguments: Self.overlays)
    func states(name: String, hours: CallingHours?, cap: Int?, hasHolidays: Bool) throws {
        let found = try profile("us").rules(of: [Region(country: "US", province: name, city: "Anywhere")])
        let rules = try #require(found.first)
        #expect(found.count == 1)
        #expect(rules.hours?.value == hours)
        #expect(rules.caps.map(\.value.count) == [cap].compactMap(\.self))
        #expect(rules.caps.allSatisfy { $0.value.source == .named("us \(name)") && $0.value.scope == .number })
        #expect((rules.holidays != nil) == hasHolidays)
    }

    @Test("A state's rules are for that state of that country only")
    func otherRegions() throws {
        let us = try profile("us")
        #expect(us.rules(of: [Region(country: "US"), Region(country: "CA", province: "AL"), Region()]) == [])
        let two = us.rules(of: [Region(country: "US", province: "OK"), Region(country: "US", province: "FL")])
        #expect(two.map(\.region.province) == ["FL", "OK"])
    }

    @Test("Holidays are dated, ascending, and Independence Day of 2026 is kept on the third as well")
    func holidays() throws {
        let found = try #require(try profile("us").holidays?.value)
        #expect(found == found.sorted() && found.count == 39)
        let texts = ["2026-07-03", "2026-07-04", "2026-11-26", "2027-12-31", "2028-11-10"]
        #expect(texts.compactMap(CivilDay.init(iso8601:)).allSatisfy(found.contains))
        // Thanksgiving is a Thursday, and those that are days of the week are Mondays.
        let movable = [
            "2026-01-19", "2026-02-16", "2026-05-25", "2026-09-07", "2026-10-12", "2027-01-18", "2027-02-15",
        ]
        #expect(movable.compactMap(CivilDay.init(iso8601:)).allSatisfy { $0.weekday == .monday })
    }

    @Test("United Kingdom: three per cent of a calendar day, 72 and 24 hours, lists of 28 days")
    func uk() throws {
        let uk = try profile("uk")
        #expect(uk.outerHours == nil && uk.hours?.value == CallingHours(daily: hours(8, 21)))
        let rule = try #require(uk.abandonment)
        #expect(rule.limitPerMille.value == 30 && rule.window.value == .calendarDay)
        #expect(rule.zone == TimeZoneID("Europe/London"))
        #expect(rule.lockout?.value == days(3) && rule.machineLockout?.value == days(1))
        #expect(uk.lists.map(\.list) == ["tps", "ctps"] && uk.lists.allSatisfy { $0.maximumAge.value == days(28) })
        #expect(uk.requires(.message) && uk.requires(.houseList) && !uk.requires(.consent))
    }

    @Test("China: the noon rest, outer hours of the lines, three a day and one in half an hour, consent")
    func cn() throws {
        let cn = try profile("cn")
        #expect(cn.outerHours?.value == CallingHours(daily: hours(8, 21)))
        #expect(cn.defaultHours?.value == CallingHours(daily: hours(9, 12) + hours(14, 20)))
        #expect(
            cn.caps.map(\.value) == [
                AttemptCap(count: 3, period: .rolling(days(1)), scope: .number, source: .named("cn")),
                AttemptCap(count: 1, period: .rolling(.seconds(1_800)), scope: .number, source: .named("cn")),
            ])
        #expect(cn.requires(.consent) && cn.retention?.value == days(30) && cn.abandonment == nil)
    }
}

@Suite("Files of rules")
struct RuleFileTests {
    private static let sourced = "source: law, date: 2026"

    private static let wrong: [(String, String)] = [
        ("outer_hours: { daily: 08:00-21:00 }", "\"outer_hours.source\" is missing"),
        ("outer_hours: { daily: 08:00-21:00 }", "\"outer_hours.date\" is missing"),
        (
            "outer_hours: { daily: 08:00-21:00, source: law, date: May }",
            "must be a day, a month or a year, not \"May\""
        ),
        ("outer_hours: { daily: 08:00-21:00, source: law, date: 2026-13 }", "write 2026, 2026-01 or 2026-01-31"),
        ("outer_hours: { \(sourced) }", "\"outer_hours\" has no hours"),
        ("outer_hour: { \(sourced) }", "did you mean \"outer_hours\"?"),
        ("caps: { limit: 3 per 24h }", "\"caps\" must be a list"),
        ("caps: [{ limit: 3 a day, of: number, \(sourced) }]", "\"caps[1].limit\" holds \"3 a day\""),
        ("caps: [{ limit: 3 per day, of: phone, \(sourced) }]", "known here: number, lead"),
        ("caps: [{ limit: 3 per day, of: lead }]", "\"caps[1].source\" is missing"),
        ("regions: { US: FL }", "\"regions.US\" must hold keys and values"),
        ("regions: { US: { FL: { hour: 3 } } }", "unknown key \"regions.US.FL.hour\""),
        ("regions: { US: { FL: { holidays: { \(sourced) } } } }", "needs the days in \"holidays\" of the file"),
        ("holidays: { \(sourced) }", "\"holidays.days\" is missing"),
        ("abandonment: { zone: Europe/London }", "\"abandonment.limit\" is missing"),
        ("abandonment: { limit: { value: 3, \(sourced) } }", "must be a percentage"),
        ("abandonment: { limit: { value: 0.25%, \(sourced) } }", "whole tenths of a per cent"),
        ("abandonment: { window: { value: daily, \(sourced) } }", "must be a length of time"),
        ("do_not_call: { national: 31d }", "write national: { value: ..., source"),
        ("do_not_call: { national: { value: 31, \(sourced) } }", "add a unit"),
        ("requires: { proof: { \(sourced) } }", "unknown key \"requires.proof\""),
        ("requires: { consent: { source: law } }", "\"requires.consent.date\" is missing"),
        ("retention: { source: law, date: 2026 }", "\"retention.value\" is missing"),
    ]

    @Test("Each mistake is a finding on its line", arguments: Self.wrong)
    func mistakes(text: String, expected: String) {
        let (profile, diagnostics) = parse("name: own\n" + text)
        let found = diagnostics.map(\.rendered.english)
        #expect(found.contains { $0.contains(expected) && $0.hasPrefix("own.yaml:2: error: ") }, "\(found)")
        #expect(profile == nil)
    }

    @Test("Hours may not go beyond the outer ones")
    func widerThanOuter() {
        let text = """
            name: own
            outer_hours: { daily: 08:00-21:00, \(Self.sourced) }
            hours: { daily: 07:00-12:00, \(Self.sourced) }
            """
        #expect(
            parse(text).diagnostics.map(\.rendered.english) == [
                "own.yaml:3: error: \"hours\" goes beyond \"outer_hours\""
            ])
    }

    @Test("A file of one's own needs a name, and not that of built-in rules", arguments: RuleProfiles.names)
    func names(name: String) {
        #expect(parse("name: \(name)").diagnostics.map(\.line) == [1])
        #expect(parse("caps: []").diagnostics.map(\.message.english) == ["\"name\" is missing"])
        #expect(parse("").diagnostics.map(\.message.english) == ["the file is empty"])
    }
}
