/// What is said to people, in every language; `{1}`, `{2}` and so on stand for values, in any order.
package struct Phrase: Hashable, Sendable {
    /// The words in each language, with their places still open.
    private let template: Template
    /// What stands in the places of ``filled(_:)``; it is put there when somebody is told, for most are told nothing.
    private let values: [Phrase]

    private struct Template: Hashable {
        let english: String
        let chinese: String

        subscript(language: Language) -> String {
            switch language {
            case .english: english
            case .chinese: chinese
            }
        }
    }

    /// In English.
    package var english: String { text(in: .english) }
    /// In Chinese, with simplified characters.
    package var chinese: String { text(in: .chinese) }

    /// Says one thing in both languages.
    package init(_ english: String, _ chinese: String) {
        template = Template(english: english, chinese: chinese)
        values = []
    }

    /// Words that are the same in every language, such as names and codes.
    package init(same words: String) {
        self.init(words, words)
    }

    /// Phrases one after the other, with a comma between them.
    package init(listing phrases: [Phrase]) {
        self.init(phrases.map(\.english).joined(separator: ", "), phrases.map(\.chinese).joined(separator: "，"))
    }

    private init(_ template: Template, _ values: [Phrase]) {
        self.template = template
        self.values = values
    }

    /// The phrase with values in its places; a value that is a phrase itself is said in the language of each.
    package func filled(_ values: Any...) -> Phrase { filled(values) }

    /// The same with the values in a list.
    func filled(_ values: [Any]) -> Phrase {
        Phrase(template, values.map { $0 as? Phrase ?? Phrase(same: $0 as? String ?? String(describing: $0)) })
    }

    /// The words in one language, with the values in their places.
    ///
    /// A place without a value stays as it is.
    package func text(in language: Language, _ values: [String] = []) -> String {
        let words = template[language]
        let values = values.isEmpty ? self.values.map { $0.text(in: language) } : values
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

    /// The values that stand in the places of the English words in a text; nil if the text is not said with them.
    func values(in text: String) -> [String]? {
        var values: [Int: String] = [:]
        var rest = Substring(text)
        var words = Substring(template.english)
        var number: Int?
        while true {
            let next = Self.firstPlace(in: words)
            let fixed = words[..<(next?.start ?? words.endIndex)]
            if let number {
                guard let found = next == nil ? rest.lastPlace(of: fixed) : rest.place(of: fixed) else { return nil }
                values[number] = String(rest[..<found.lowerBound])
                rest = rest[found.upperBound...]
            } else {
                guard rest.hasPrefix(fixed) else { return nil }
                rest = rest.dropFirst(fixed.count)
            }
            guard let next else { break }
            (number, words) = (next.number, words[next.end...])
        }
        guard rest.isEmpty else { return nil }
        return values.keys.sorted().compactMap { values[$0] }
    }

    /// The numbers of the places in a text, in rising order.
    static func places(in text: String) -> [Int] {
        var numbers: [Int] = []
        var rest = Substring(text)
        while let place = firstPlace(in: rest) {
            numbers.append(place.number)
            rest = rest[place.end...]
        }
        return numbers.sorted()
    }

    /// The first place in a text.
    private static func firstPlace(in text: Substring) -> (number: Int, start: String.Index, end: String.Index)? {
        var rest = text
        while let open = rest.firstIndex(of: "{") {
            if let place = place(at: rest[open...]) { return (place.number, open, place.end) }
            rest = rest[open...].dropFirst()
        }
        return nil
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

extension Substring {
    /// Where words stand first.
    fileprivate func place(of words: Substring) -> Range<Index>? {
        words.isEmpty ? startIndex..<startIndex : firstRange(of: words)
    }

    /// Where words stand at the end; nil if they do not.
    fileprivate func lastPlace(of words: Substring) -> Range<Index>? {
        hasSuffix(words) ? index(endIndex, offsetBy: -words.count)..<endIndex : nil
    }
}
