import CampaignFile
import DialModel
import Foundation
import Testing
import Wording

/// The least that a campaign file must say.
private let least = """
    name: spring
    vendor: shanghai
    leads: { file: leads.csv }
    mode: progressive
    agents: { group: sales }
    """

private func parse(_ text: String) -> (campaign: Campaign?, diagnostics: [Diagnostic]) {
    Campaign.parse(Array(text.utf8), file: "c.yaml")
}

/// The findings of the least campaign with more lines at its end; the first added line is 6.
private func findings(adding text: String) -> [String] {
    parse(least + "\n" + text).diagnostics.map(\.rendered.english)
}

@Suite("Campaign files")
struct CampaignTests {
    @Test("The least campaign has the defaults")
    func defaults() throws {
        let (campaign, diagnostics) = parse(least)
        #expect(diagnostics == [])
        #expect(
            campaign
                == Campaign(
                    name: "spring", vendor: "shanghai", leads: LeadListSettings(file: "leads.csv"), mode: .progressive,
                    agentGroup: "sales",
                    dial: DialSettings(prefix: "", ringTimeout: .seconds(30), maxLines: nil),
                    callerID: CallerIDSettings(.vendor),
                    retry: .standard, simulator: nil, regionsFile: nil))
    }

    @Test("Everything that can be said is heard")
    func everything() throws {
        let text = """
            # A comment, and a byte order mark before it.
            name: 春季 2026
            vendor: simulator.alibaba
            leads:
              file: lists/leads.csv
              columns: { phone: 手机号, name: 姓名 }
              country: NO
              encoding: gb18030
              separator: semicolon
            mode: power
            agents:
              group: "1001"
              skill: english
              level: 3
              pick_up: 8s
              short_call: 10s
            dial: { prefix: 09, ring_timeout: 1.5m, max_lines: 40, ratio: 1.5, cpa: { machine: message, fax: agent } }
            caller_id: { numbers: [02161234567, "+86 10 6123 4567"] }
            order: { by: random, seed: 9, retries: last, mix: { gold.csv: 70%, silver.csv: 30% } }
            retry:
              busy: { after: 90s, attempts: 5 }
              no_answer: { attempts: 4, backoff: 1.5, longest: 3h }
              day_parts: "09:00-12:00, 12:00-20:00"
              machine: never
              abandoned: { after: 1d, attempts: 2 }
              unknown: { after: 500m }
            simulator: { agents: 12, seed: 7, answer: 35.5%, talk: 60s, wrap_up: 0s }
            """
        let (campaign, diagnostics) = Campaign.parse([0xEF, 0xBB, 0xBF] + Array(text.utf8), file: "c.yaml")
        #expect(diagnostics == [])
        var retry = RetryPolicy.standard
        retry[.busy] = RetryRule(after: .seconds(90), attempts: 5)
        retry[.noAnswer] = RetryRule(
            after: .seconds(7200), attempts: 4, backoff: 1.5, longest: .seconds(3 * 3_600))
        retry[.machine] = nil
        retry[.abandoned] = RetryRule(after: .seconds(86_400), attempts: 2)
        retry[.unknown] = RetryRule(after: .seconds(30_000), attempts: 2)
        let expected = Campaign(
            name: "春季 2026", vendor: "simulator.alibaba",
            leads: LeadListSettings(
                file: "lists/leads.csv", phoneColumn: "手机号", nameColumn: "姓名", country: "NO", encoding: .gb18030,
                separator: .semicolon),
            mode: .power(ratio: 1.5), agentGroup: "1001",
            agents: AgentSettings(
                skill: AgentSkill("english", level: 3), skillLine: 13, pickUpLimit: .seconds(8),
                shortCall: .seconds(10)),
            dial: DialSettings(
                prefix: "09", ringTimeout: .seconds(90),
                analysis: AnswerAnalysis(
                    routes: AnswerRoutes(machine: .message, fax: .agent), choosesRoutes: true, line: 17),
                maxLines: 40),
            callerID: CallerIDSettings(.numbers(["02161234567", "+86 10 6123 4567"])), retry: retry,
            dayParts: [(9, 12), (12, 20)].compactMap { HourSpan(opens: $0 * 3_600, closes: $1 * 3_600) },
            order: LeadOrder(
                sequence: .drawn(seed: 9), retries: .last,
                shares: [
                    LeadOrder.Share(list: "gold.csv", percent: 70), LeadOrder.Share(list: "silver.csv", percent: 30),
                ]),
            simulator: SimulatorSection(agents: 12, seed: 7, answer: 0.355, talk: .seconds(60), wrapUp: .zero))
        #expect(campaign == expected)
    }

    @Test("Every finding comes at once, in the order of the file")
    func allAtOnce() {
        let text = """
            nmae: spring
            vendor: simulator.acme
            leads:
              country: uk
              encodng: gbk
            mode: preview
            agents: sales
            dial:
              ring_timeout: 25
              ratio: 9
            budget: { calls: 100 }
            retry:
              busy: { after: 15 min, attempts: 0 }
            """
        let (campaign, diagnostics) = parse(text)
        #expect(campaign == nil)
        #expect(
            diagnostics.map(\.rendered.english) == [
                "c.yaml:1: error: unknown key \"nmae\" (did you mean \"name\"?)",
                "c.yaml:1: error: \"name\" is missing",
                "c.yaml:2: error: \"vendor\" names no simulator of this version (did you mean \"simulator.well\"?)",
                "c.yaml:4: error: \"leads.file\" is missing",
                "c.yaml:4: error: \"leads.country\" must be a country's two letters, not \"uk\" (write GB)",
                "c.yaml:5: error: unknown key \"leads.encodng\" (did you mean \"encoding\"?)",
                "c.yaml:6: error: \"mode\" cannot be \"preview\" (known here: progressive, power, predictive, broadcast, "
                    + "vendor_paced)",
                "c.yaml:7: error: \"agents\" must hold keys and values (write agents: { group: ... })",
                "c.yaml:9: error: \"dial.ring_timeout\" must be a length of time, not \"25\" (add a unit: 25s, 25m or 25h)",
                "c.yaml:10: error: \"dial.ratio\" must be 1.0 to 5.0",
                "c.yaml:11: error: unknown key \"budget\" (known here: name, vendor, vendors, leads, mode, agents, "
                    + "dial, pacing, caller_id, retry, order, simulator, regions, hours, limits, consent, compliance, dnc, records)",
                "c.yaml:13: error: \"retry.busy.after\" must be a length of time, not \"15 min\" (write 15m)",
                "c.yaml:13: error: \"retry.busy.attempts\" must be 1 to 100",
            ])
    }

    private static let wrong: [(String, String)] = [
        ("dial: { ring_timeout: 25 sec }", "write 25s"), ("dial: { ring_timeout: 2minutes }", "write 2m"),
        ("dial: { ring_timeout: soon }", "write a number and a unit"),
        ("dial: { ring_timeout: -5s }", "write a number"),
        ("dial: { ring_timeout: 14999ms }", "must be 15s to 3m, not 14999ms"),
        ("dial: { ring_timeout: 1h }", "15s to 3m"),
        ("dial: { ring_timeout: [30s] }", "must be a single value"), ("dial: { ring_timeout: 1.s }", "write a number"),
        ("dial: { ring_timeout: 30w }", "units are ms, s, m, h and d"), ("dial: [1]", "must hold keys and values"),
        ("dial: { ring_timeout: 99999999999999s }", "must be a length of time"),
        ("dial: { prefix: 9a }", "must be at most ten digits"), ("dial: { max_lines: 0 }", "must be 1 to 100000"),
        ("dial: { max_lines: 1.5 }", "must be a whole number"), ("dial: { ratio: 1.5 }", "goes only with mode power"),
        ("dial: { ratio: nan }", "must be 1.0 to 5.0"),
        ("retry: { connected: never }", "unknown key \"retry.connected\""),
        ("retry: { buzy: never }", "did you mean \"busy\"?"),
        ("retry: { busy: always }", "write busy: { after: 15m, attempts: 3 }, or busy: never"),
        ("retry: { rejected: { attempts: 2 } }", "\"retry.rejected.after\" is missing"),
        ("retry: { abandoned: { after: 1h } }", "\"retry.abandoned.attempts\" is missing"),
        ("order: { by: rank }", "known here: listed, newest, random"),
        ("order: { by: newest, seed: 3 }", "goes only with order.by random"),
        ("order: { retries: frist }", "did you mean \"first\"?"),
        ("order: { mix: { a.csv: 50%, b.csv: 40% } }", "adds up to 90%, not 100%"),
        ("order: { mix: { a.csv: 100% } }", "needs two lists at least"),
        ("order: { mix: { a.csv: 99.5%, b.csv: 0.5% } }", "must be a whole percentage"),
        ("retry: { busy: { backoff: 0.5 } }", "must be 1.0 to 10.0"),
        ("retry: { busy: { after: 2h, longest: 1h } }", "is shorter than the first wait (write 2h)"),
        ("retry: { day_parts: 09:00-20:00 }", "needs two parts of the day at least"),
        ("retry: { day_parts: [09:00-13:00, 12:00-20:00] }", "has parts that overlap"),
        ("retry: { day_parts: [09:00-13:00, 22:00-02:00] }", "has a part that goes on after midnight"),
        ("retry: { busy: { after: 0s } }", "must be 30s to 90d"),
        ("simulator: { agents: 3 }", "goes only with a simulated vendor, and the vendor is shanghai"),
        ("dial: { cpa: yes }", "\"dial.cpa\" must be true, false, or what is done with whom"),
        ("dial: { cpa: { machine: hangup } }", "did you mean \"hang_up\"?"),
        ("dial: { cpa: { fax: message } }", "known here: hang_up, agent"),
        ("dial: { cpa: { unknown: hang_up } }", "who cannot be told from a person may be one"),
        ("dial: { cpa: { machin: agent } }", "did you mean \"machine\"?"),
        ("pacing: { max_abandonment: 3 }", "must be a percentage, not \"3\""),
        ("pacing: { max_abandonment: 0% }", "must be above 0% and at most 20%"),
        ("pacing: { max_abandonment: 25% }", "must be above 0% and at most 20%"),
        ("pacing: { calls_per_minute: 60 }", "goes only with mode broadcast, and the mode is progressive"),
        ("pacing: { limit: 3% }", "unknown key \"pacing.limit\""), ("name: other", "is given more than once"),
    ]

    @Test("Each mistake is a finding on its line", arguments: Self.wrong)
    func mistakes(text: String, expected: String) {
        let found = findings(adding: text)
        let line = expected.contains("more than once") ? 1 : 6
        #expect(found.contains { $0.contains(expected) && $0.hasPrefix("c.yaml:\(line): error: ") }, "\(found)")
        #expect(parse(least + "\n" + text).campaign == nil)
    }

    private static let replaced: [(String, String, String)] = [
        ("progressive", "power", "power needs a ratio"),
        ("progressive", "broadcast", "broadcast needs a rate"),
        ("progressive", "progresive", "did you mean \"progressive\"?"), ("progressive", "", "\"mode\" is missing"),
        ("spring", "\"\"", "must not be empty"), ("spring", "\"a\\nb\"", "must be one line of text"),
        ("spring", "[a]", "must be a single value"), ("spring", "~", "\"name\" is missing"),
        ("{ group: sales }", "{}", "\"agents.group\" is missing"),
        ("{ group: sales }", "{ group: sales, level: 2 }", "goes only with a skill"),
        ("{ group: sales }", "{ group: sales, pick_up: 90s }", "\"agents.pick_up\" must be 1s to"),
        ("{ group: sales }", "{ group: sales, short_call: 5 }", "must be a length of time"),
        ("{ file: leads.csv }", "leads.csv", "write leads: { file"),
        ("leads.csv }", "a.csv, columns: { phone: A_b, name: ab } }", "names the same column"),
        ("leads.csv }", "a.csv, encoding: latin1 }", "cannot be \"latin1\""),
        ("leads.csv }", "a.csv, encoding: gbk18030 }", "did you mean \"gb18030\"?"),
        ("leads.csv }", "a.csv, separator: ';' }", "known here: auto, comma, semicolon, tab, pipe"),
        ("leads.csv }", "a.csv, country: cn }", "write CN"),
        ("leads.csv }", "a.csv, country: China }", "for example CN"),
    ]

    @Test("Each wrong value is a finding", arguments: Self.replaced)
    func values(old: String, new: String, expected: String) throws {
        let range = try #require(least.firstRange(of: old))
        let text = least.replacingCharacters(in: range, with: new)
        let found = parse(text).diagnostics.map(\.rendered.english)
        #expect(found.contains { $0.contains(expected) }, "\(found)")
    }

    @Test("cpa alone says whether the vendor is asked; machines are hung up on unless it is not")
    func analysis() {
        let asked = parse(least + "\ndial: { cpa: true }").campaign?.dial.analysis
        #expect(asked == AnswerAnalysis(line: 6))
        let unasked = parse(least + "\ndial: { cpa: false }").campaign?.dial.analysis
        #expect(unasked?.isWanted == false && unasked?.routes == AnswerRoutes(machine: .agent, fax: .agent))
        #expect(parse(least).campaign?.dial.analysis.routes == AnswerRoutes(machine: .hangUp, fax: .hangUp))
    }

    @Test("auto is what it is without the key")
    func automatic() {
        let text = least.replacing("leads.csv }", with: "leads.csv, encoding: auto, separator: auto }")
        #expect(parse(text).campaign == parse(least).campaign)
    }

    private static let malformed: [(String, Int?)] = [
        ("name: [1, 2", 2), ("name: \"open", 1), ("a: b: c", 1), ("name: x\n\tvendor: y", 2), ("name: x\n- y", 2),
        ("", nil),
        ("# only a comment", nil), ("- a\n- b", 1), ("just text", 1), ("a: 1\n---\nb: 2", 2), ("a: *b", 1),
        ("? [a]\n: b", 1),
        (String(repeating: "[", count: 5000), 1), ("a: " + String(repeating: "- ", count: 5000), 1),
    ]

    @Test("What is not YAML, or not a campaign, is a finding with its line", arguments: Self.malformed)
    func notACampaign(text: String, line: Int?) {
        let (campaign, diagnostics) = parse(text)
        #expect(campaign == nil)
        #expect(diagnostics.first?.line == line, "\(diagnostics.map(\.rendered.english))")
        #expect(diagnostics.allSatisfy { $0.severity == .error })
    }

    @Test("A file that is not UTF-8 is a finding with its line")
    func notUTF8() {
        let (_, diagnostics) = Campaign.parse(Array("name: x\nvendor: ".utf8) + [0xD0, 0xD5], file: "c.yaml")
        #expect(diagnostics.map(\.rendered.english) == ["c.yaml:2: error: the file is not UTF-8 (save it as UTF-8)"])
    }
}
