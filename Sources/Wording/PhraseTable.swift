/// All phrases of one kind, each with its key.
///
/// A table is an enumeration, so that the compiler misses no key; ``findings(sameInBoth:)`` tells what a compiler
/// cannot see.
package protocol PhraseTable: CaseIterable, Sendable {
    /// What is said for a key.
    var phrase: Phrase { get }
}

extension PhraseTable {
    /// The key's phrase with values in its places; a value that is a phrase itself is said in the language of each.
    package func filled(_ values: Any...) -> Phrase { phrase.filled(values) }

    /// What was said in English with this table, in every language; nil if it was not said with it.
    ///
    /// The first key counts whose words it is. Values are read in the same way, so that a phrase may stand in another.
    package static func reading(_ english: String) -> Phrase? {
        for key in allCases {
            guard let values = key.phrase.values(in: english) else { continue }
            return key.phrase.filled(values.map { reading($0) ?? Phrase(same: $0) })
        }
        return nil
    }

    /// Finds what is wrong with the table.
    ///
    /// - Parameter sameInBoth: keys whose words are the same in both languages, such as names and units.
    /// - Returns: a line for each phrase that is empty, has no Chinese character in its Chinese, or has other places there.
    package static func findings(sameInBoth: [Self] = []) -> [String] where Self: Equatable {
        allCases.flatMap { key -> [String] in
            let phrase = key.phrase
            var findings: [String] = []
            if phrase.english.isEmpty || phrase.chinese.isEmpty { findings.append("\(key): nothing is said") }
            if !sameInBoth.contains(key), !phrase.chinese.unicodeScalars.contains(where: \.properties.isIdeographic) {
                findings.append("\(key): \"\(phrase.chinese)\" is not Chinese")
            }
            if Phrase.places(in: phrase.english) != Phrase.places(in: phrase.chinese) {
                findings.append("\(key): the languages differ in their places")
            }
            return findings
        }
    }
}
