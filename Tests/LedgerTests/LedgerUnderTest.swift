import Ledger
import SQLiteLedger

/// All that the commands need of a ledger.
typealias WholeLedger = CallerIDLedger & DoNotCallLedger & AuditLedger

/// The implementations that the conformance suite runs against; a new one needs a case here and nothing else.
enum LedgerUnderTest: String, CaseIterable, Sendable {
    case sqlite

    /// Opens an empty ledger that lives in `folder`, or the one that is there.
    func open(in folder: TemporaryFolder) async throws -> any WholeLedger {
        switch self {
        case .sqlite: try await SQLiteLedger.open(at: folder.file("ledger.sqlite"), access: .readWriteCreate)
        }
    }
}
