/// A chart with its words, and the table that says the same.
struct Figure {
    /// What the ids of its parts begin with; unique on a page.
    let id: String
    /// What it shows, in a line.
    let title: String
    /// What there is to see, for whoever does not.
    let description: String
    /// How high it is, in pixels; its width is the page's.
    let height: Double
    /// The shapes.
    let shapes: [Markup]
    /// What the colours mean; empty where there is one.
    var legend: [Markup] = []
    /// The same figures.
    let table: Table
    /// The words that open the table.
    let tableTitle: String
    /// The class of a chart that is drawn otherwise than others; empty for most.
    var style = ""

    /// The figure as it stands on the page; the table is folded on a screen, and open on paper.
    var markup: Markup {
        let chart = Markup.element(
            "svg",
            [
                Attribute("xmlns", "http://www.w3.org/2000/svg"), Attribute("width", "100%"),
                Attribute("height", pixels: height), Attribute("role", "img"),
                Attribute("aria-labelledby", "\(id)-title \(id)-about"), .classes("chart", style),
            ],
            [
                .element("title", [Attribute("id", "\(id)-title")], text: title),
                .element("desc", [Attribute("id", "\(id)-about")], text: description),
            ] + shapes)
        let caption = Markup.element("figcaption", text: title)
        let key = legend.isEmpty ? [] : [Markup.element("p", [.classes("legend")], legend)]
        let details = Markup.element(
            "details", [Attribute("id", "\(id)-table")], [.element("summary", text: tableTitle), table.markup])
        return .all([.element("figure", [Attribute("id", id)], [caption] + key + [chart]), details, .line])
    }
}

/// A table of a report.
struct Table {
    /// A column.
    struct Column {
        /// Its header.
        var header: String
        /// Whether its cells are figures, which stand below each other by their last digits.
        var isFigure = true
    }

    /// What it shows, for whoever comes to it without the chart.
    let caption: String
    /// The columns; the cells of the first head their rows.
    let columns: [Column]
    /// The rows.
    var rows: [[String]]

    /// A table whose first column has names and whose others have figures.
    init(_ caption: String, name: String, figures: [String], rows: [[String]]) {
        self.caption = caption
        columns = [Column(header: name, isFigure: false)] + figures.map { Column(header: $0) }
        self.rows = rows
    }

    /// A table of any columns.
    init(_ caption: String, columns: [Column], rows: [[String]]) {
        self.caption = caption
        self.columns = columns
        self.rows = rows
    }

    /// The table as it stands on the page; where it is too wide it is moved by itself, and the page stays.
    var markup: Markup {
        let head = columns.map { column in
            Markup.element("th", [Attribute("scope", "col"), style(column)], text: column.header)
        }
        let body = rows.map { row in
            Markup.element(
                "tr",
                zip(columns, row).enumerated().map { index, cell in
                    index == 0
                        ? .element("th", [Attribute("scope", "row"), style(cell.0)], text: cell.1)
                        : .element("td", [style(cell.0)], text: cell.1)
                })
        }
        let table = Markup.element(
            "table",
            [
                .element("caption", text: caption), .element("thead", [.element("tr", head)]),
                .element("tbody", body),
            ])
        return .element(
            "div",
            [
                .classes("scroll"), Attribute("role", "region"), Attribute("aria-label", caption),
                Attribute("tabindex", "0"),
            ], [table])
    }

    private func style(_ column: Column) -> Attribute { .classes(column.isFigure ? "n" : "w") }
}

/// The shapes that charts are made of; what is not said is said by the style sheet.
enum Shape {
    /// A rectangle, measured across in shares of the width and down in pixels.
    ///
    /// Its `title` is shown when it is pointed at.
    static func box(
        x: Double, y: Double, width: Double, height: Double, style: String, title: String? = nil, radius: Double = 0
    ) -> Markup {
        var attributes = [
            Attribute("x", share: x), Attribute("y", pixels: y), Attribute("width", share: max(0, width)),
            Attribute("height", pixels: max(0, height)), .classes(style),
        ]
        if radius > 0 { attributes.append(Attribute("rx", pixels: radius)) }
        guard let title else { return .void("rect", attributes) }
        return .element("rect", attributes, [.element("title", text: title)])
    }

    /// A straight line.
    static func line(x1: Double, y1: Double, x2: Double, y2: Double, style: String) -> Markup {
        .void(
            "line",
            [
                Attribute("x1", share: x1), Attribute("y1", pixels: y1), Attribute("x2", share: x2),
                Attribute("y2", pixels: y2), .classes(style),
            ])
    }

    /// Where a text has its place.
    enum Anchor: String {
        case start, middle, end
    }

    /// A text on its base line.
    static func text(
        _ text: String, x: Double, y: Double, anchor: Anchor = .start, style: String = ""
    ) -> Markup {
        .element(
            "text",
            [
                Attribute("x", share: x), Attribute("y", pixels: y), Attribute("text-anchor", anchor.rawValue),
                .classes("t", style),
            ], text: text)
    }

    /// A colour with its meaning, for legends.
    static func key(_ style: String, _ text: String) -> Markup {
        let swatch = Markup.element(
            "svg",
            [
                Attribute("xmlns", "http://www.w3.org/2000/svg"), Attribute("width", 12), Attribute("height", 12),
                Attribute("aria-hidden", "true"),
            ], [.void("rect", [Attribute("width", 12), Attribute("height", 12), Attribute("rx", 2), .classes(style)])])
        return .element("span", [.classes("key")], [swatch, .text(" " + text)])
    }
}
