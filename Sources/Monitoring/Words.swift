package import Wording

/// Something to be said, in a language that is chosen when it is said.
package struct Words<Key: PhraseTable & Hashable>: Hashable, Sendable {
    /// What is said.
    package var key: Key
    /// What stands in its places.
    package var values: [Phrase]

    /// Says something with values in its places.
    package init(_ key: Key, _ values: String...) {
        self.init(key, saying: values.map { Phrase(same: $0) })
    }

    /// Says something with other phrases in its places.
    package init(_ key: Key, saying values: [Phrase]) {
        self.key = key
        self.values = values
    }

    /// The text in a language.
    package func text(in language: Language) -> String {
        key.phrase.text(in: language, values.map { $0.text(in: language) })
    }
}
