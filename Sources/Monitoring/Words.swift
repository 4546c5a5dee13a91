package import Wording

/// Something to be said, in a language that is chosen when it is said.
package struct Words<Key: PhraseTable & Hashable>: Hashable, Sendable {
    /// What is said.
    package var key: Key
    /// What stands in its places.
    package var values: [String]

    /// Says something with values in its places.
    package init(_ key: Key, _ values: String...) {
        self.key = key
        self.values = values
    }

    /// The text in a language.
    package func text(in language: Language) -> String { key.phrase.text(in: language, values) }
}
