import Foundation
import FoundationXML

/// A page as an XML parser reads it, which forgives nothing.
final class ReadPage: NSObject, XMLParserDelegate {
    /// An element with all that is in it.
    final class Element {
        let name: String
        let attributes: [String: String]
        var children: [Element] = []
        var words = ""

        init(_ name: String, _ attributes: [String: String]) {
            self.name = name
            self.attributes = attributes
        }

        /// All text in it, in order of the elements.
        var text: String { words + children.map(\.text).joined() }
        /// It and all elements in it.
        var all: [Element] { [self] + children.flatMap(\.all) }

        /// The elements in it of a name.
        func every(_ name: String) -> [Element] { all.filter { $0.name == name } }
    }

    private(set) var root = Element("none", [:])
    private(set) var error: String?
    private var open: [Element] = []

    init(_ source: String) {
        super.init()
        let parser = XMLParser(data: Data(source.utf8))
        parser.delegate = self
        if !parser.parse() { error = "line \(parser.lineNumber), column \(parser.columnNumber)" }
    }

    /// The element of an id.
    func element(_ id: String) -> Element? { root.all.first { $0.attributes["id"] == id } }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        let element = Element(name, attributes)
        if let last = open.last { last.children.append(element) } else { root = element }
        open.append(element)
    }

    func parser(_ parser: XMLParser, didEndElement: String, namespaceURI: String?, qualifiedName: String?) {
        open.removeLast()
    }

    func parser(_ parser: XMLParser, foundCharacters characters: String) {
        open.last?.words += characters
    }
}
