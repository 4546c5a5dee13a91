import Testing

@testable import CampaignReport

@Suite("Nothing that is put into a page can change it")
struct MarkupTests {
    @Test("text and values are escaped, and what no document may hold is replaced")
    func escaping() {
        let odd = "<script>alert('&\"')</script>\u{0}\u{1B}\u{202E}\u{FFFE}\t客户"
        let text = "&lt;script&gt;alert(&#39;&amp;&quot;&#39;)&lt;/script&gt;\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\t客户"
        #expect(Markup.text(odd).source == text)
        #expect(Markup.element("p", text: odd).source == "<p>\(text)</p>")
        #expect(Markup.void("br", [Attribute("title", odd)]).source == "<br title=\"\(text)\"/>")
    }

    @Test(
        "lengths are plain decimals whatever they are",
        arguments: [
            (0.5, "0.5"), (12.345, "12.35"), (-0.004, "0"), (-1.05, "-1.05"), (1e-300, "0"), (1e300, "1000000000"),
            (.infinity, "0"), (-.infinity, "0"), (.nan, "0"), (3, "3"),
        ])
    func decimals(_ value: Double, _ text: String) {
        #expect(DecimalText.of(value) == text)
    }

    @Test("the text of the page is told from what is behind it, by day, by night and on paper")
    func contrast() {
        let sheets = "\(Stylesheet.sheet)".components(of: ":root{").dropFirst()
        #expect(sheets.count == 3)
        for sheet in sheets {
            let colours = Colours(sheet)
            for text in ["ink", "soft", "accent", "good", "bad"] {
                #expect(colours.contrast(text, "paper") >= 4.5, "\(text)")
            }
            #expect(colours.contrast("soft", "panel") >= 4.5)
            for level in ["h1", "h2", "h3"] { #expect(colours.contrast("on-light", level) >= 4.5, "\(level)") }
            for level in ["h4", "h5"] { #expect(colours.contrast("on-dark", level) >= 4.5, "\(level)") }
            for series in 1...6 { #expect(colours.contrast("s\(series)", "paper") >= 3, "s\(series)") }
        }
    }

    @Test("the style sheet means the same in HTML and in XML, and loads nothing")
    func sheet() {
        let sheet = "\(Stylesheet.sheet)"
        #expect(!sheet.contains { "<&\\".contains($0) })
        #expect(!sheet.contains("url(") && !sheet.contains("@import") && !sheet.contains("http"))
        #expect(sheet.count { $0 == "{" } == sheet.count { $0 == "}" })
    }
}

extension String {
    /// The pieces between occurrences of a text.
    fileprivate func components(of separator: String) -> [String] {
        split(separator: separator, omittingEmptySubsequences: false).map(String.init)
    }
}

/// The colours of a block of the style sheet, and how they stand out (WCAG 2.2, relative luminance).
private struct Colours {
    private var values: [String: [Double]] = [:]

    init(_ block: String) {
        for rule in block.prefix(while: { $0 != "}" }).split(separator: ";") where rule.hasPrefix("--") {
            let parts = rule.dropFirst(2).split(separator: ":")
            let digits = parts[1].dropFirst().map { Double($0.hexDigitValue ?? 0) }
            values[String(parts[0])] =
                digits.count == 3
                ? digits.map { $0 * 17 } : stride(from: 0, to: 6, by: 2).map { digits[$0] * 16 + digits[$0 + 1] }
        }
    }

    func contrast(_ first: String, _ second: String) -> Double {
        let pair = [luminance(first), luminance(second)].sorted()
        return (pair[1] + 0.05) / (pair[0] + 0.05)
    }

    private func luminance(_ name: String) -> Double {
        let linear = (values[name] ?? [0, 0, 0]).map { channel -> Double in
            let share = channel / 255
            // The power of 2.4 by its square and its fifth root, which needs no library.
            return share <= 0.040_45 ? share / 12.92 : Self.power((share + 0.055) / 1.055)
        }
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    private static func power(_ base: Double) -> Double {
        var root = 1.0
        for _ in 0..<60 { root = (4 * root + base * base / (root * root * root * root)) / 5 }
        return base * base * root
    }
}
