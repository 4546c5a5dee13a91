/// A piece of a page that is well-formed whatever is put into it, as HTML and as XML alike.
///
/// Names of elements and attributes are literals of the program; whatever comes from elsewhere is text or a value, and is
/// escaped when it is taken in. There is no other way to make one.
package struct Markup: Hashable, Sendable {
    /// What is written to the file.
    package private(set) var source: String

    /// Nothing.
    package static let empty = Markup(source: "")

    private init(source: String) {
        self.source = source
    }

    /// Text.
    package static func text(_ text: String) -> Markup { Markup(source: escaped(text)) }

    /// The parts, one after the other.
    package static func all(_ parts: [Markup]) -> Markup {
        var source = ""
        for part in parts { source += part.source }
        return Markup(source: source)
    }

    /// An element with what it holds; one that holds nothing is closed as its kind wants it.
    package static func element(
        _ name: StaticString, _ attributes: [Attribute], _ content: [Markup]
    ) -> Markup {
        var source = "<\(name)"
        for attribute in attributes { source += attribute.source }
        source += ">"
        for part in content { source += part.source }
        return Markup(source: source + "</\(name)>")
    }

    /// An element without attributes.
    package static func element(_ name: StaticString, _ content: [Markup]) -> Markup { element(name, [], content) }

    /// An element with text in it.
    package static func element(
        _ name: StaticString, _ attributes: [Attribute] = [], text: String
    ) -> Markup {
        element(name, attributes, [.text(text)])
    }

    /// An element that never holds anything: `meta`, `br`, or a shape of a chart.
    package static func void(_ name: StaticString, _ attributes: [Attribute] = []) -> Markup {
        var source = "<\(name)"
        for attribute in attributes { source += attribute.source }
        return Markup(source: source + "/>")
    }

    /// A style sheet of the program's own.
    package static func style(_ sheet: StaticString) -> Markup {
        Markup(source: "<style>\(sheet)</style>")
    }

    /// What stands before the first element of a page.
    package static let documentType = Markup(source: "<!DOCTYPE html>\n")

    /// A break between elements, for those who read the source.
    package static let line = Markup(source: "\n")

    /// Text as both languages have it; what neither allows is replaced.
    fileprivate static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            case "\t", "\n": result.unicodeScalars.append(scalar)
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
            // What would turn the text that follows around.
            case "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}": result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

/// An attribute of an element.
package struct Attribute: Hashable, Sendable {
    /// What is written to the file, with a space before it.
    fileprivate let source: String

    /// An attribute with any value.
    package init(_ name: StaticString, _ value: String) {
        source = " \(name)=\"\(Markup.escaped(value))\""
    }

    /// An attribute with a number.
    package init(_ name: StaticString, _ value: Int) {
        source = " \(name)=\"\(value)\""
    }

    /// An attribute with a length in pixels.
    package init(_ name: StaticString, pixels value: Double) {
        source = " \(name)=\"\(DecimalText.of(value))\""
    }

    /// An attribute with a length as a share of the whole: 1 is all of it.
    package init(_ name: StaticString, share value: Double) {
        source = " \(name)=\"\(DecimalText.of(value * 100))%\""
    }

    /// The classes of an element.
    package static func classes(_ names: String...) -> Attribute {
        Attribute("class", names.filter { !$0.isEmpty }.joined(separator: " "))
    }
}

/// Numbers as they stand in charts: two decimals at most, never in exponents, never anything but a number.
enum DecimalText {
    /// More than any chart has; what is beyond is cut off.
    private static let largest = 1e9

    static func of(_ value: Double) -> String {
        guard value.isFinite else { return "0" }
        let hundredths = Int((min(max(value, -largest), largest) * 100).rounded())
        let (whole, rest) = abs(hundredths).quotientAndRemainder(dividingBy: 100)
        let sign = hundredths < 0 ? "-" : ""
        guard rest > 0 else { return "\(sign)\(whole)" }
        let digits = rest < 10 ? "0\(rest)" : rest % 10 == 0 ? "\(rest / 10)" : "\(rest)"
        return "\(sign)\(whole).\(digits)"
    }
}
