import Foundation

/// A list of names as one text, a JSON array; most inventories repeat few lists, and none of them is long.
package struct NameListText {
    private var known: [String: [String]] = ["[]": []]

    /// The text of names.
    package static func encode(_ names: [String]) -> String {
        guard !names.isEmpty else { return "[]" }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        guard let text = try? encoder.encode(names) else { return "[]" }
        return String(decoding: text, as: UTF8.self)
    }

    /// The names of a text that `encode` made, remembered for the next row; nil for anything else.
    mutating func decode(_ text: String) -> [String]? {
        if let names = known[text] { return names }
        let names = try? JSONDecoder().decode([String].self, from: Data(text.utf8))
        known[text] = names
        return names
    }
}
