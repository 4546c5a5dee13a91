/// All phrases of one kind, each with its key.
///
/// A table is an enumeration, so that the compiler misses no key; ``findings()`` tells what a compiler cannot see.
package protocol PhraseTable: CaseIterable, Sendable {
    /// What is said for a key.
    var phrase: Phrase { get }
}

extension PhraseTable {
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
