package import Ledger
package import Wording

/// A reason of our own for leaving a database as it is; becomes a `LedgerError` where operation and database are known.
package struct Refusal: Error {
    /// What kind of failure it is.
    package var code: LedgerError.Code
    /// What to do about it.
    package var message: Phrase

    /// Memberwise.
    package init(_ code: LedgerError.Code, _ message: Phrase) {
        self.code = code
        self.message = message
    }

    /// A call after `close()`.
    package static let closed = Refusal(.cannotOpen, StorePhrase.closed.phrase)

    /// A column holds what the schema forbids.
    package static func impossible(_ column: String) -> Refusal {
        Refusal(.corrupt, StorePhrase.impossible.filled(column))
    }
}
