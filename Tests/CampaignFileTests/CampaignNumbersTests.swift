import CampaignFile
import DialModel
import Testing
import Wording

/// The least campaign with more lines at its end; the first added line is 6.
private func parse(adding text: String) -> (campaign: Campaign?, diagnostics: [Diagnostic]) {
    let least = """
        name: spring
        vendor: shanghai
        leads: { file: leads.csv }
        mode: progressive
        agents: { group: sales }

        """
    return Campaign.parse(Array((least + text).utf8), file: "c.yaml")
}

@Suite("Numbers and prefixes of a campaign")
struct CampaignNumbersTests {
    private static let choices: [(String, CallerIDSettings.Choice)] = [
        ("", .vendor), ("caller_id:", .vendor), ("caller_id: {}", .vendor), ("caller_id: { source: vendor }", .vendor),
        ("caller_id: { numbers: [0216] }", .numbers(["0216"])),
        ("caller_id: { source: local, numbers: [(+86) 10-6123] }", .numbers(["(+86) 10-6123"])),
        ("caller_id: { pool: main }", .pool("main", CallerIDRules())),
        ("caller_id: { source: local, pool: 主池 }", .pool("主池", CallerIDRules())),
        (
            "caller_id: { pool: main, region: city_only, strategy: round_robin, hold_for_local: 20s, avoid_repeat: true }",
            .pool(
                "main",
                CallerIDRules(
                    strategy: .roundRobin, regionMode: .cityOnly, holdForLocal: .seconds(20), avoidRepeatCaller: true))
        ),
        ("caller_id: { pool: a, avoid_repeat: false, hold_for_local: 0s }", .pool("a", CallerIDRules())),
    ]

    @Test("Who chooses the number is what the file says", arguments: Self.choices)
    func choice(text: String, expected: CallerIDSettings.Choice) throws {
        let (campaign, diagnostics) = parse(adding: text)
        #expect(diagnostics.map(\.rendered.english) == [])
        #expect(campaign?.callerID == CallerIDSettings(expected))
    }

    @Test("Every word for a region and for a strategy is known")
    func words() {
        for mode in RegionMode.allCases {
            for strategy in CallerIDStrategy.allCases {
                let text = "caller_id: { pool: a, region: \(mode.rawValue), strategy: \(strategy.rawValue) }"
                let rules = CallerIDRules(strategy: strategy, regionMode: mode)
                #expect(parse(adding: text).campaign?.callerID.choice == .pool("a", rules))
            }
        }
    }

    @Test("Only numbers that the file lists are its numbers")
    func numbers() {
        #expect(CallerIDSettings(.numbers(["1", "2"])).numbers == ["1", "2"])
        #expect(CallerIDSettings(.pool("1", CallerIDRules())).numbers == [])
        #expect(CallerIDSettings().numbers == [])
    }

    private static let wrong: [(String, [String])] = [
        ("source: local", ["\"caller_id.source\" is local, and there is no number (add pool: main)"]),
        ("source: Vendor", ["\"caller_id.source\" cannot be \"Vendor\" (did you mean \"vendor\"?)"]),
        (
            "source: vendor, pool: main",
            [
                "\"caller_id.pool\" cannot be given where the vendor chooses (remove it, or set source: local)"
            ]
        ),
        (
            "source: vendor, numbers: [0216]",
            [
                "\"caller_id.numbers\" cannot be given where the vendor chooses (remove it, or set source: local)"
            ]
        ),
        (
            "pool: main, numbers: [0216]",
            ["\"caller_id.numbers\" cannot be given beside \"caller_id.pool\" (remove one of them)"]
        ),
        (
            "numbers: [0216], region: any, strategy: random, hold_for_local: 1s, avoid_repeat: true",
            ["region", "strategy", "hold_for_local", "avoid_repeat"].map {
                "\"caller_id.\($0)\" goes only with a pool (remove it, or add pool: main)"
            }
        ),
        ("strategy: random", ["\"caller_id.strategy\" goes only with a pool (remove it, or add pool: main)"]),
        (
            "pool: a, region: city_onyl, strategy: least-used",
            [
                "\"caller_id.region\" cannot be \"city_onyl\" (did you mean \"city_only\"?)",
                "\"caller_id.strategy\" cannot be \"least-used\" (did you mean \"least_used\"?)",
            ]
        ),
        (
            "pool: a, hold_for_local: 20, avoid_repeat: yes",
            [
                "\"caller_id.hold_for_local\" must be a length of time, not \"20\" (add a unit: 20s, 20m or 20h)",
                "\"caller_id.avoid_repeat\" must be true or false, not \"yes\"",
            ]
        ),
        ("pool: a, hold_for_local: 2d", ["\"caller_id.hold_for_local\" must be 0ms to 1d, not 2d"]),
        ("pool: \"\"", ["\"caller_id.pool\" must not be empty"]),
        ("pol: main", ["unknown key \"caller_id.pol\" (did you mean \"pool\"?)"]),
        ("numbers: []", ["\"caller_id.numbers\" holds no number (remove it to let the vendor choose)"]),
        (
            "numbers: 0216", ["\"caller_id.numbers\" must be a list (write caller_id: { numbers: [\"02161234567\"] })"]
        ),
        ("numbers: [abc]", ["\"caller_id.numbers\" holds \"abc\", which is no telephone number"]),
        ("numbers: [02+16]", ["\"caller_id.numbers\" holds \"02+16\", which is no telephone number"]),
        ("numbers: [12]", ["\"caller_id.numbers\" holds \"12\", which is no telephone number"]),
        ("numbers: [0216, 0216]", ["\"caller_id.numbers\" holds 0216 twice"]),
    ]

    @Test("What contradicts itself is a finding on its line", arguments: Self.wrong)
    func contradictions(text: String, expected: [String]) {
        let (campaign, diagnostics) = parse(adding: "caller_id: { \(text) }")
        #expect(campaign == nil)
        #expect(diagnostics.map(\.rendered.english) == expected.map { "c.yaml:6: error: " + $0 })
    }

    @Test("Each country has its own prefix, in the order of their codes")
    func prefixes() throws {
        let text = "dial: { prefix: 9, prefixes: { US: 902, HK: 901, NO: \"\" } }"
        let (campaign, diagnostics) = parse(adding: text)
        #expect(diagnostics.map(\.rendered.english) == [])
        let dial = try #require(campaign?.dial)
        #expect(dial.prefix == "9")
        #expect(
            dial.prefixes == [
                CountryPrefix(country: "HK", prefix: "901"), CountryPrefix(country: "NO", prefix: ""),
                CountryPrefix(country: "US", prefix: "902"),
            ])
        #expect(parse(adding: "").campaign?.dial.prefixes == [])
    }

    private static let wrongPrefixes: [(String, String)] = [
        ("{ hk: 901 }", "\"dial.prefixes.hk\" must be a country's two letters, not \"hk\" (write HK)"),
        ("{ UK: 901 }", "\"dial.prefixes.UK\" must be a country's two letters, not \"UK\" (write GB)"),
        ("{ HKG: 1 }", "\"dial.prefixes.HKG\" must be a country's two letters, not \"HKG\" (for example CN)"),
        ("{ HK: 9a }", "\"dial.prefixes.HK\" must be at most ten digits, not \"9a\""),
        ("{ HK: }", "\"dial.prefixes.HK\" has no digits (write HK: \"\" for no prefix)"),
        ("901", "\"dial.prefixes\" must hold keys and values (write prefixes: { HK: \"901\" })"),
    ]

    @Test("A prefix that is none is a finding", arguments: Self.wrongPrefixes)
    func noPrefix(text: String, expected: String) {
        let (campaign, diagnostics) = parse(adding: "dial: { prefixes: \(text) }")
        #expect(campaign == nil)
        #expect(diagnostics.map(\.rendered.english) == ["c.yaml:6: error: " + expected])
    }

    @Test("The file of regions is named, or there is none")
    func regions() {
        #expect(parse(adding: "regions: lists/regions.csv").campaign?.regionsFile == "lists/regions.csv")
        #expect(parse(adding: "").campaign?.regionsFile == nil)
        #expect(
            parse(adding: "regions: [a.csv]").diagnostics.map(\.rendered.english) == [
                "c.yaml:6: error: \"regions\" must be a single value (write regions: regions.csv)"
            ])
    }
}
