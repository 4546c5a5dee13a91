/// What is said to people, in every language; `{1}`, `{2}` and so on stand for values, in any order.
package struct Phrase: Hashable, Sendable {
    /// In English.
    package let english: String
    /// In Chinese, with simplified characters.
    package let chinese: String

    /// Says one thing in both languages.
    package init(_ english: String, _ chinese: String) {
        self.english = english
        self.chinese = chinese
    }

    /// The words in one language, with the values in their places.
    ///
    /// A place without a value stays as it is.
    package func text(in language: Language, _ values: [String] = []) -> String {
        let words = template(in: language)
        guard !values.isEmpty else { return words }
        var text = ""
        var rest = Substring(words)
        while let open = rest.firstIndex(of: "{") {
            text += rest[..<open]
            rest = rest[open...]
            if let place = Self.place(at: rest), values.indices.contains(place.number - 1) {
                text += values[place.number - 1]
                rest = rest[place.end...]
            } else {
                text += "{"
                rest = rest.dropFirst()
            }
        }
        return text + rest
    }

    /// The words in one language, with their places still open.
    private func template(in language: Language) -> String {
        switch language {
        case .english: english
        case .chinese: chinese
        }
    }

    /// The numbers of the places in a text, in rising order.
    static func places(in text: String) -> [Int] {
        var numbers: [Int] = []
        var rest = Substring(text)
        while let open = rest.firstIndex(of: "{") {
            rest = rest[open...]
            if let place = place(at: rest) { numbers.append(place.number) }
            rest = rest.dropFirst()
        }
        return numbers.sorted()
    }

    /// The place that a text begins with.
    private static func place(at text: Substring) -> (number: Int, end: String.Index)? {
        guard text.first == "{", let close = text.firstIndex(of: "}"), let number = Int(text[..<close].dropFirst())
        else {
            return nil
        }
        return (number, text.index(after: close))
    }
}
