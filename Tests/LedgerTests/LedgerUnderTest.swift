import Foundation
import Ledger
import PostgresLedger
import SQLiteLedger
import StoredLedger
import TestSupport

/// All that the commands need of a ledger.
typealias WholeLedger = LedgerStore

/// The implementations that the conformance suite runs against; a new one needs a case here and nothing else.
enum LedgerUnderTest: String, CaseIterable, Sendable {
    case sqlite
    case postgres

    /// Opens an empty ledger that lives in `folder`, or the one that is there.
    func open(in folder: TemporaryFolder) async throws -> any WholeLedger {
        switch self {
        case .sqlite: try await SQLiteLedger.open(at: folder.file("ledger.sqlite"), access: .readWriteCreate)
        case .postgres: try await folder.postgres()
        }
    }
}

extension TemporaryFolder {
    /// The name of the schema that belongs to the folder.
    var postgresSchema: String {
        let name = path.split(separator: "/").last.map(String.init) ?? ""
        return name.lowercased().replacing("-", with: "_")
    }

    /// The address of that schema.
    func postgresAddress() async throws -> PostgresAddress {
        try PostgresAddress(try await PostgresServer.shared.value.address(of: postgresSchema))
    }

    /// A ledger in that schema.
    func postgres(_ access: LedgerAccess = .readWriteCreate) async throws -> PostgresLedger {
        try await PostgresLedger.open(at: try await postgresAddress(), access: access)
    }
}
