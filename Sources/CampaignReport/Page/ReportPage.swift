import DialModel
import Ledger
package import Wording

/// A report as one HTML file that needs nothing else: no script, no font, no picture, no network.
package struct ReportPage: Sendable {
    let report: Report
    let language: Language
    let text: FigureText

    /// A page in a language.
    package init(_ report: Report, in language: Language) {
        self.report = report
        self.language = language
        text = FigureText(language: language, clocks: report.clocks)
    }

    /// The file, as UTF-8 text that is well-formed both as HTML and as XML.
    package var source: String {
        let body = [top] + sections.map { .all([$0, .line]) } + [footer]
        return Markup.all([
            .documentType,
            .element(
                "html",
                [
                    Attribute("xmlns", "http://www.w3.org/1999/xhtml"), Attribute("lang", language.tag),
                    Attribute("xml:lang", language.tag),
                ],
                [head, .line, .element("body", [.element("main", body)])]),
            .line,
        ]).source
    }

    var figures: ReportFigures { report.figures }
    var tally: ReportTally { report.figures.tally }
    var isEmpty: Bool { tally.moments.isEmpty }

    func say(_ key: some PhraseTable, _ values: String...) -> String {
        key.phrase.text(in: language, values)
    }

    private var head: Markup {
        let policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
        return .element(
            "head",
            [
                .void("meta", [Attribute("charset", "utf-8")]),
                .void("meta", [Attribute("http-equiv", "Content-Security-Policy"), Attribute("content", policy)]),
                .void(
                    "meta",
                    [Attribute("name", "viewport"), Attribute("content", "width=device-width, initial-scale=1")]
                ),
                .void("meta", [Attribute("name", "color-scheme"), Attribute("content", "light dark")]),
                .void("meta", [Attribute("name", "robots"), Attribute("content", "noindex")]),
                .element("title", text: say(PagePhrase.title, report.campaign)), .line,
                .style(Stylesheet.sheet),
            ])
    }

    private var sections: [Markup] {
        guard !isEmpty else { return [findings] }
        let comparison = report.earlier.map { [compared(with: $0)] } ?? []
        return [keyFigures] + comparison + [
            timeLine, outcomes, answerHours, regions, callerIDs, funnel, retries, agents, abandonment, findings,
        ]
    }

    private var footer: Markup {
        .element(
            "footer",
            [
                .element("h2", text: say(PagePhrase.footer)),
                .element("p", text: say(PagePhrase.definitions)),
                .element("p", text: say(PagePhrase.release, report.release)),
            ])
    }

    /// A section with its heading and what it says in a line.
    func section(_ id: StaticString, _ title: String, says takeaway: String?, _ content: [Markup]) -> Markup {
        let heading = Markup.element("h2", [Attribute("id", "\(id)-heading")], text: title)
        let lead = takeaway.map { [Markup.element("p", [.classes("takeaway")], text: $0)] } ?? []
        return .element(
            "section", [Attribute("id", "\(id)"), Attribute("aria-labelledby", "\(id)-heading")],
            [heading] + lead + content)
    }

    /// A paragraph that explains.
    func remark(_ text: String) -> Markup { .element("p", [.classes("remark")], text: text) }

    /// The words that open the table of a chart.
    func asTable(_ title: String) -> String { say(PagePhrase.asTable, title) }

    /// What a word of a table is said as; the word itself if there is no phrase for it.
    func say<Table: PhraseTable & RawRepresentable<String>>(word: String, of table: Table.Type) -> String {
        Table(rawValue: word).map { say($0) } ?? word
    }
}
