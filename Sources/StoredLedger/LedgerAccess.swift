/// What a command wants of a ledger.
package enum LedgerAccess: Hashable, Sendable {
    /// Reads and writes; makes the ledger when it is missing, a file readable by its owner only.
    case readWriteCreate
    /// Reads and writes a ledger that exists; an older one is upgraded first.
    case readWriteExisting
    /// Reads a ledger that exists, also while a runner writes to it; an older one is upgraded first.
    case readExisting
    /// Reads and writes a ledger into which another is copied; makes it when it is missing.
    ///
    /// Nobody else can open one whose copy is not finished.
    case copyInto
}
