import DialModel
import Foundation
import Ledger
import Testing
import Wording

@testable import CampaignReport

@Suite("A report's page")
struct PageTests {
    /// Reports from nothing to everything, each with its name.
    private static var samples: [(String, Report)] {
        let empty = SampleReport.report(SampleReport.figures(of: ReportTally()))
        var one = ReportTally()
        one.moments = [.init(quarter: 1_963_000, outcome: .noAnswer, attempts: 1, live: 0)]
        one.tries = [.init(ordinal: 1, dials: DialTally(attempts: 1, dials: 1))]
        one.callerIDs = [.init(account: "a", callerID: nil, dials: DialTally(attempts: 1, dials: 1))]
        (one.callerIDCount, one.leads.tried) = (1, 1)
        var huge = SampleReport.full(named: "<&\"'>]]>\u{1}--><script>alert(1)</script> 春季活动 🎉")
        huge.figures.tally.moments.append(
            .init(quarter: 9_000_000, outcome: .connected, attempts: 1 << 40, live: 1 << 40))
        huge.figures.tally.talk = .milliseconds(Int64.max / 4)
        var compared = SampleReport.full()
        compared.earlier = .init(side: .campaign("<autumn>"), figures: compared.figures)
        var before = SampleReport.full()
        (before.from, before.until, before.isRehearsal) = (SampleReport.start, SampleReport.start + .seconds(9), true)
        before.earlier = .init(
            side: .before(from: SampleReport.start, until: SampleReport.start), figures: empty.figures)
        return [
            ("empty", empty), ("one", SampleReport.report(SampleReport.figures(of: one))), ("huge", huge),
            ("full", SampleReport.full()), ("compared", compared), ("before", before),
        ]
    }

    private static func pages() -> [(name: String, language: Language, source: String)] {
        samples.flatMap { name, report in
            Language.allCases.map { ("\(name) \($0)", $0, ReportPage(report, in: $0).source) }
        }
    }

    @Test("is well-formed XML whatever is in it, and each of its ids is there once")
    func wellFormed() throws {
        for (name, _, source) in Self.pages() {
            let page = ReadPage(source)
            #expect(page.error == nil, "\(name)")
            let ids = page.root.all.compactMap { $0.attributes["id"] }
            #expect(Set(ids).count == ids.count, "\(name)")
            for reference in page.root.all.compactMap({ $0.attributes["aria-labelledby"] }) {
                #expect(
                    reference.split(separator: " ").allSatisfy { ids.contains(String($0)) }, "\(name): \(reference)")
            }
        }
    }

    @Test("loads nothing, runs nothing and leads nowhere")
    func selfContained() throws {
        let loading: Set = ["src", "href", "srcset", "data", "action", "background", "xlink:href", "style", "poster"]
        for (name, _, source) in Self.pages() {
            let page = ReadPage(source)
            for element in page.root.all {
                #expect(loading.isDisjoint(with: element.attributes.keys), "\(name): \(element.name)")
                #expect(!element.attributes.keys.contains { $0.hasPrefix("on") }, "\(name): \(element.name)")
            }
            let foreign: Set = ["script", "link", "img", "iframe", "object", "embed", "image", "use", "base", "form"]
            #expect(foreign.isDisjoint(with: page.root.all.map(\.name)), "\(name)")
            let policy = page.root.every("meta").first { $0.attributes["http-equiv"] == "Content-Security-Policy" }
            #expect(policy?.attributes["content"]?.hasPrefix("default-src 'none'; style-src 'unsafe-inline'") == true)
            #expect(!page.root.every("style").contains { $0.text.contains("url(") }, "\(name)")
        }
    }

    @Test("draws nothing but finite lengths within the charts, and says what each chart shows")
    func charts() throws {
        let lengths: Set = ["x", "y", "x1", "x2", "y1", "y2", "width", "height", "rx"]
        for (name, _, source) in Self.pages() {
            let charts = ReadPage(source).root.every("svg")
            for chart in charts where chart.attributes["role"] == "img" {
                #expect(chart.children.first?.name == "title" && chart.children[1].name == "desc", "\(name)")
                #expect(!chart.children[0].text.isEmpty && !chart.children[1].text.isEmpty, "\(name)")
            }
            for shape in charts.flatMap(\.all) {
                for (key, value) in shape.attributes where lengths.contains(key) {
                    let number = try #require(Double(value.replacing("%", with: "")), "\(name): \(key)=\(value)")
                    #expect(!value.hasSuffix("%") || (-0.01...100.01).contains(number), "\(name): \(key)=\(value)")
                    #expect(value.hasSuffix("%") || (-20...10_000).contains(number), "\(name): \(key)=\(value)")
                }
            }
        }
    }

    @Test("every chart has its figures in a table, in the same words")
    func tables() throws {
        for language in Language.allCases {
            let page = ReadPage(ReportPage(SampleReport.full(), in: language).source)
            let figures = page.root.every("figure")
            #expect(figures.count == 11)
            for figure in figures {
                let id = try #require(figure.attributes["id"])
                let table = try #require(page.element("\(id)-table"), "\(id)")
                let rows = table.every("tr").map { $0.children.map(\.text) }
                let marks = Set(figure.every("rect").flatMap { $0.every("title") }.map(\.text))
                #expect(!marks.isEmpty, "\(id)")
                for mark in marks {
                    let row = try #require(rows.first { Self.isRow($0, of: mark) }, "\(id): \(mark)")
                    // Each figure of the mark is a cell of its row.
                    let said = Self.figures(in: mark)
                    let own = Self.figures(in: row[0])
                    let missing = said.filter { figure in
                        !own.contains(figure) && !row.dropFirst().contains(figure)
                    }
                    #expect(missing == [], "\(id): \(mark): \(rows)")
                }
            }
        }
    }

    /// Whether a row of a table is about what a mark of a chart says.
    private static func isRow(_ row: [String], of mark: String) -> Bool {
        guard let name = row.first else { return false }
        return mark.hasPrefix(name + ":") || mark.hasPrefix(name + "：")
    }

    /// The counts and shares that are told in words.
    private static func figures(in text: String) -> [String] {
        var figures: [String] = []
        for match in text.matches(of: /[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?(?:\u{A0}?%)?/) {
            figures.append(String(match.output))
        }
        return figures
    }

    @Test("says what happened in a sentence")
    func headline() {
        func headline(_ report: Report, _ language: Language) -> String { ReportPage(report, in: language).headline }
        let full = SampleReport.full()
        #expect(
            headline(full, .english).hasPrefix(
                "380 of 700 leads reached in 8\u{A0}h\u{A0}53\u{A0}min of dialling. Abandonment 3.3\u{A0}%, limit 3\u{A0}%."
            ))
        #expect(
            headline(full, .chinese).hasPrefix(
                "外呼历时 8\u{A0}小时\u{A0}53\u{A0}分，共拨打 700 条线索，接通 380 条。呼损率 3.3%，上限 3%。"))
        let empty = SampleReport.report(SampleReport.figures(of: ReportTally()))
        #expect(headline(empty, .english) == "Nothing was dialled." && headline(empty, .chinese) == "此期间没有外呼。")
        var none = full
        none.figures.tally.leads.reached = 0
        none.figures.abandonment.limit = nil
        #expect(
            headline(none, .english).hasPrefix(
                "None of 700 leads reached in 8\u{A0}h\u{A0}53\u{A0}min of dialling. Abandonment 3.3\u{A0}%. "))
    }

    @Test("compares exactly with a limit, however the rate is rounded")
    func limits() {
        var report = SampleReport.full()
        report.figures.abandonment.count = .init(live: 10_000, abandoned: 301)
        #expect(report.figures.abandonment.isExceeded)
        report.figures.abandonment.count = .init(live: 10_000, abandoned: 300)
        #expect(!report.figures.abandonment.isExceeded)
        report.figures.abandonment.limit = 0.28 / 100
        report.figures.abandonment.count = .init(live: 10_000, abandoned: 28)
        #expect(!report.figures.abandonment.isExceeded)
        report.figures.abandonment.count = .init(live: 10_000, abandoned: 29)
        let words = ReadPage(ReportPage(report, in: .english).source).element("findings")?.text
        #expect(words?.contains("Abandonment is 0.3\u{A0}%, above the limit of 0.28\u{A0}%") == true)
        let text = FigureText(language: .chinese, clocks: .utc)
        #expect([0.000_4, 0.025, 0.03, 0.1, 0, 1].map(text.limit) == ["0.04%", "2.5%", "3%", "10%", "0%", "100%"])
        let page = ReadPage(ReportPage(SampleReport.full(), in: .english).source)
        let verdicts = page.root.every("p").filter { $0.attributes["class"]?.hasPrefix("verdict") == true }.map(\.text)
        #expect(verdicts == ["16 of 40 windows above the line."], "and none by the rules of another country")
    }

    @Test("names what stands out with what to do about it, the most pressing first")
    func findings() throws {
        let page = ReadPage(ReportPage(SampleReport.full(), in: .english).source)
        let items = try #require(page.element("findings")).every("li")
        let weights = items.map { $0.children[0].text }
        #expect(weights == ["Act", "Look", "Note"].flatMap { weight in weights.filter { $0 == weight } })
        #expect(Set(weights).count == 3)
        let words = items.map(\.text).joined(separator: "\n")
        for part in [
            "Abandonment is 3.3\u{A0}%, above the limit of 3\u{A0}%", "3 calls have no outcome", "autodialer recover",
            "057180000003 (→ 2026-01-05 09:00), 4001", "In 3 calls the vendor showed another number",
            "<客户>.csv: 9 rows of 813 could not be used", "outside calling hours × 70, a gate of tomorrow × 2",
            "503: no lines & no hope × 40", "30 dials went to numbers that may be in several time zones",
        ] { #expect(words.contains(part), "\(part)") }
        #expect(page.root.text.contains("and 30 only once something is changed."), "nobody dials who is on a list")
        #expect(!page.root.text.contains("/srv/lists"), "folders are nobody's business")
        let chinese = ReadPage(ReportPage(SampleReport.full(), in: .chinese).source).root.text
        for part in ["各省（州）真人应答率，中国", "未能在 2\u{A0}秒内接入坐席"] { #expect(chinese.contains(part), "\(part)") }
        let quiet = ReadPage(
            ReportPage(SampleReport.report(SampleReport.figures(of: ReportTally())), in: .chinese).source)
        #expect(quiet.element("findings")?.text.contains("未发现异常。") == true)
    }

    @Test("sets both sides beside each other, with their difference")
    func comparison() throws {
        var report = SampleReport.full()
        var earlier = report.figures
        earlier.tally.leads.reached = 300
        report.earlier = .init(side: .campaign("autumn"), figures: earlier)
        let page = ReadPage(ReportPage(report, in: .english).source)
        let section = try #require(page.element("comparison"))
        #expect(section.text.contains("Compared with the campaign “autumn”"))
        let rows = section.every("tr").map { $0.children.map(\.text) }
        #expect(rows.contains(["leads reached", "380", "300", "+80"]))
        #expect(rows.contains(["reached of leads tried", "54.3\u{A0}%", "42.9\u{A0}%", "+11.4\u{A0}points"]))
        #expect(page.root.text.contains("+80 against 300"))
    }

    @Test("a number that is clearly answered less often than the others is named")
    func callerIDs() throws {
        let page = ReadPage(ReportPage(SampleReport.full(), in: .english).source)
        let says = try #require(page.element("caller-ids")).every("p").first?.text ?? ""
        #expect(says.hasPrefix("057180000002 · a is answered less often than the others together: 6.7\u{A0}% against"))
    }
}
