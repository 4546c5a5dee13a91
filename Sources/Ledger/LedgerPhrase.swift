package import Wording

/// How a failure of storage is told.
package enum LedgerPhrase: CaseIterable, PhraseTable {
    case failure

    /// The database, and what is wrong with it.
    package var phrase: Phrase { Phrase("{1}: {2}", "{1}：{2}") }
}
