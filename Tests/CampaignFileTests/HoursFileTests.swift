import CampaignFile
import DialModel
import Testing
import Wording

/// The least that a campaign file must say; what a test adds begins on line 6.
private let least = """
    name: spring
    vendor: shanghai
    leads: { file: leads.csv }
    mode: progressive
    agents: { group: sales }

    """

private func parse(
    _ text: String, rulesReader: Campaign.RulesReader? = nil
) -> (campaign: Campaign?, diagnostics: [Diagnostic]) {
    Campaign.parse(Array((least + text).utf8), file: "c.yaml", rulesReader: rulesReader)
}

private func day(_ text: String) throws -> CivilDay { try #require(CivilDay(iso8601: text)) }

/// Spans of whole hours.
private func spans(_ hours: (Int, Int)...) -> [HourSpan] {
    hours.compactMap { HourSpan(opens: $0.0 * 3_600, closes: $0.1 * 3_600) }
}

private let workdays: [Weekday] = [.monday, .tuesday, .wednesday, .thursday, .friday]

@Suite("Hours, limits, consent and lists in campaign files")
struct HoursFileTests {
    private func hours(_ text: String) throws -> CallingHours {
        let (campaign, diagnostics) = parse(text)
        #expect(diagnostics == [])
        return try #require(campaign?.hours?.hours)
    }

    @Test("Hours may be written in the full width of Chinese text")
    func fullWidth() throws {
        let plain = try hours("hours: { rules: none, weekdays: \"09:00-12:00, 14:00-20:00\" }")
        for text in ["09:00-12:00，14:00-20:00", "09：00－12：00，14：00～20：00"] {
            #expect(try hours("hours: { rules: none, weekdays: \"\(text)\" }") == plain)
        }
    }

    @Test("Everything that can be said is heard")
    func everything() throws {
        let text = """
            hours:
              rules: cn
              weekdays: 09:00-12:00, 14:00-20:00
              saturday: 10:00-16:00
              holidays: [2026-10-02, 2026-10-01]
              zone: Asia/Shanghai
              guard: 45s
            limits: { per_number: [3 per 24h, 1 per 30m], per_lead: 10 in all }
            consent: { column: 同意书 }
            dnc: { lists: [national, house], max_age: 31d }
            """
        let (campaign, diagnostics) = parse(text)
        #expect(diagnostics == [])
        var week: [Weekday: [HourSpan]] = [.saturday: spans((10, 16))]
        for day in workdays { week[day] = spans((9, 12), (14, 20)) }
        let profile = try #require(RuleProfiles.profile(named: "cn"))
        #expect(
            try campaign?.hours
                == HoursSettings(
                    rules: .builtIn(profile), hours: CallingHours(week),
                    holidays: [day("2026-10-01"), day("2026-10-02")], zone: TimeZoneID("Asia/Shanghai"),
                    guardTime: .seconds(45)))
        #expect(
            campaign?.limits == [
                AttemptCap(count: 3, period: .rolling(.seconds(86_400)), scope: .number, source: .campaign),
                AttemptCap(count: 1, period: .rolling(.seconds(1_800)), scope: .number, source: .campaign),
                AttemptCap(count: 10, period: .lifetime, scope: .lead, source: .campaign),
            ])
        #expect(campaign?.consent == .column("同意书"))
        #expect(
            campaign?.doNotCall
                == DoNotCallSettings(lists: ["national", "house"], maximumAge: .seconds(31 * 86_400)))
    }

    @Test("A campaign that says nothing of them has none")
    func nothing() throws {
        let campaign = try #require(parse("").campaign)
        #expect(campaign.hours == nil && campaign.limits == [] && campaign.consent == nil && campaign.doNotCall == nil)
    }

    @Test("Without hours of its own a campaign has those of the rules, and guards as long as phones ring")
    func defaults() throws {
        let hours = try #require(parse("hours: { rules: us }\ndial: { ring_timeout: 25s }").campaign?.hours)
        #expect(hours.hours == nil && hours.holidays == [] && hours.zone == nil && hours.override == nil)
        #expect(hours.guardTime == .seconds(25))
        #expect(hours.profile?.name == "us")
    }

    @Test("Rules go with the country of the list", arguments: [("CN", "cn"), ("GB", "uk"), ("US", "us"), ("DE", nil)])
    func rulesOfTheCountry(country: String, name: String?) {
        let text = least.replacing("leads.csv }", with: "leads.csv, country: \(country) }")
        let (campaign, diagnostics) = Campaign.parse(
            Array((text + "hours: { daily: 10:00-12:00 }").utf8), file: "c.yaml")
        #expect(campaign?.hours?.profile?.name == name)
        #expect(diagnostics.isEmpty == (name != nil))
    }

    @Test("A day's key wins over that of its group, and a group's over daily")
    func precedence() throws {
        let hours = try hours(
            "hours: { rules: none, daily: 01:00-02:00, weekend: closed, weekdays: 03:00-04:00, friday: 9:00-24:00 }")
        for day in workdays.dropLast() { #expect(hours[day] == spans((3, 4))) }
        #expect(hours[.friday] == spans((9, 24)) && hours[.saturday] == [] && hours[.sunday] == [])
    }

    @Test("Spans over midnight go on on the next weekday, from Sunday to Monday too")
    func overMidnight() throws {
        let friday = try hours("hours: { rules: none, friday: 22:00-02:00 }")
        #expect(friday[.friday] == spans((22, 24)) && friday[.saturday] == spans((0, 2)) && friday[.sunday] == [])
        let sunday = try hours("hours: { rules: none, sunday: 20:00-00:00, monday: 09:00-10:00 }")
        #expect(sunday[.sunday] == spans((20, 24)) && sunday[.monday] == spans((9, 10)))
        let daily = try hours("hours: { rules: none, daily: [\"22:00-02:00\", \"10:00-11:00\"] }")
        #expect(Weekday.allCases.allSatisfy { daily[$0] == spans((0, 2), (10, 11), (22, 24)) })
        let wrapped = try hours("hours: { rules: none, sunday: 23:00-01:00 }")
        #expect(wrapped[.monday] == spans((0, 1)))
    }

    private static let wrong: [(String, String)] = [
        ("hours: { rules: usa }", "\"hours.rules\" cannot be \"usa\" (did you mean \"us\"?)"),
        ("hours: { rules: strict }", "known here: us, uk, cn, none, or a file that ends in .yaml"),
        ("hours: { weekdays: 09:00-12:00 }", "\"hours.rules\" is missing"),
        ("hours: weekdays", "\"hours\" must hold keys and values (write hours: { rules: cn })"),
        ("hours: { rules: none, weekday: 09:00-12:00 }", "did you mean \"weekdays\"?"),
        ("hours: { rules: none, weekdays: 09:00-12:00, 14:00-20:00 }", "quote hours that have a comma"),
        ("hours: { rules: none, daily: 9-17 }", "\"hours.daily\" holds \"9-17\", which is no span of hours"),
        ("hours: { rules: none, daily: 9-17 }", "(write 09:00-17:00)"),
        ("hours: { rules: none, daily: 09:00–17:00 }", "(write 09:00-17:00)"),
        ("hours: { rules: none, daily: 25:00-26:00 }", "write 09:00-12:00, 14:00-20:00, or closed"),
        ("hours: { rules: none, daily: 09:60-10:00 }", "no span of hours"),
        ("hours: { rules: none, daily: 24:00-02:00 }", "no span of hours"),
        ("hours: { rules: none, daily: 09:00 }", "no span of hours"),
        ("hours: { rules: none, daily: 09:00-09:00 }", "is empty (write 00:00-24:00 for all day)"),
        ("hours: { rules: none, daily: [] }", "holds no hours"),
        ("hours: { rules: none, holidays: 2026-10-01 }", "must be a list (write [2026-10-01, 2026-10-02])"),
        ("hours: { rules: none, holidays: [2026-02-30] }", "holds \"2026-02-30\", which is no day"),
        ("hours: { rules: none, holidays: [2026-10-01, 2026-10-01] }", "holds 2026-10-01 twice"),
        ("hours: { rules: none, zone: Beijing }", "must be the name of a time zone, not \"Beijing\""),
        ("hours: { rules: none, zone: Asia/Shang hai }", "write for example Asia/Shanghai"),
        ("hours: { rules: none, guard: 10s }", "is shorter than phones ring, 30s"),
        ("hours: { rules: none, guard: 2h }", "must be 0ms to 1h"),
        ("hours: { rules: us, override: {} }", "\"hours.override.reason\" is missing"),
        ("hours: { rules: us, override: lawyers }", "write override: { reason"),
        ("limits: { per_number: 3 per 24 hours }", "no limit (write 3 per 24h)"),
        ("limits: { per_number: 3/day }", "write 3 per 24h, 2 per day or 10 in all"),
        ("limits: { per_number: 0 per 24h }", "no limit"), ("limits: { per_number: 3 per 0s }", "no limit"),
        ("limits: { per_number: 1001 in all }", "no limit"), ("limits: { per_number: [] }", "holds no limit"),
        ("limits: { per_phone: 3 per 24h }", "unknown key \"limits.per_phone\""),
        ("consent: {}", "\"consent\" says nothing"),
        ("consent: { reference: form 7, column: a }", "cannot be given beside \"consent.reference\""),
        ("consent: { ref: form 7 }", "unknown key \"consent.ref\""),
        ("dnc: { max_age: 31d }", "\"dnc.lists\" is missing"), ("dnc: { lists: house }", "must be a list"),
        ("dnc: { lists: [] }", "holds no list"), ("dnc: { lists: [house, house] }", "holds \"house\" twice"),
        ("dnc: { lists: [house], max_age: 31 }", "add a unit"),
    ]

    @Test("Each mistake is a finding on its line", arguments: Self.wrong)
    func mistakes(text: String, expected: String) {
        let (campaign, diagnostics) = parse(text)
        let found = diagnostics.map(\.rendered.english)
        #expect(found.contains { $0.contains(expected) && $0.hasPrefix("c.yaml:6: error: ") }, "\(found)")
        #expect(campaign == nil)
    }

    private static let wide = [
        "hours: { rules: us, saturday: 07:00-12:00 }", "hours: { rules: us, saturday: 20:00-21:30 }",
        "hours: { rules: us, daily: 09:00-12:00, saturday: 22:00-02:00 }",
        "hours: { rules: us, weekdays: 09:00-12:00, saturday: \"09:00-12:00, 20:59-21:01\" }",
    ]

    @Test("A campaign may only narrow the hours of the law, which the finding names", arguments: Self.wide)
    func widening(text: String) {
        let found = parse(text).diagnostics.map(\.rendered.english)
        #expect(found.count == 1)
        let expected =
            "c.yaml:6: error: \"hours.saturday\" goes beyond the hours of \"us\", 08:00-21:00 (Telemarketing "
        #expect(found.first?.hasPrefix(expected) == true, "\(found)")
        #expect(found.first?.contains("16 CFR 310.4(c)") == true && found.first?.contains("as of 2024") == true)
    }

    @Test("With a reason it may go beyond them, and the reason is kept; one that is not needed is told")
    func overriding() throws {
        let text = "hours: { rules: us, daily: 07:00-12:00, override: { reason: \"callees asked for it in writing\" } }"
        let (campaign, diagnostics) = parse(text)
        #expect(diagnostics == [])
        let override = try #require(campaign?.hours?.override)
        #expect(override.reason == "callees asked for it in writing" && override.profile == "us")
        #expect(override.law.text.contains("16 CFR 310.4(c)"))
        let (kept, warnings) = parse("hours: { rules: us, daily: 08:00-21:00, override: { reason: none } }")
        #expect(kept?.hours?.override == nil)
        #expect(
            warnings.map(\.rendered.english) == [
                "c.yaml:6: warning: \"hours.override\" is not needed: the hours are within those of \"us\" (remove it)"
            ])
    }

    @Test("Rules of one's own are read from their file, and what is wrong there is told with its name and line")
    func ownRules() throws {
        let text = "hours: { rules: own.yaml, daily: 09:00-12:00 }"
        let own = """
            name: own
            outer_hours: { daily: 10:00-12:00, source: our lawyer, date: 2026-01-31 }
            """
        #expect(parse(text).campaign?.hours?.rules == .file("own.yaml", nil))
        let found = parse(text) { $0 == "own.yaml" ? Array(own.utf8) : nil }.diagnostics.map(\.rendered.english)
        #expect(
            found.count == 1 && found[0].contains("goes beyond the hours of \"own\", 10:00-12:00 (our lawyer, as of"))
        let narrow = parse(text) { _ in Array(own.replacing("10:00", with: "09:00").utf8) }
        #expect(narrow.campaign?.hours?.profile?.name == "own" && narrow.diagnostics == [])
        let missing = parse(text) { _ in nil }.diagnostics.map(\.rendered.english)
        #expect(missing == ["c.yaml:6: error: \"hours.rules\" names a file that cannot be read: own.yaml"])
        let wrong = parse(text + "\nlimts: 3") { _ in Array("name: own\nhour: 3".utf8) }.diagnostics
        #expect(wrong.map(\.file) == ["c.yaml", "own.yaml"] && wrong.map(\.line) == [7, 2])
    }
}
