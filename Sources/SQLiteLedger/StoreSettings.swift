import GRDB
package import Ledger

/// What is in force on the connection that writes, asked of SQLite itself.
package struct StoreSettings: Hashable, Sendable {
    /// How changes reach the file, `wal`.
    package var journalMode: String
    /// How durable a commit is; 2 is FULL, which a power cut cannot undo.
    package var synchronous: Int
    /// Where temporary tables live; 2 is memory.
    package var temporaryStore: Int
    /// Whether references between tables are enforced.
    package var foreignKeys: Bool
}

extension SQLiteLedger {
    /// The settings in force on the writer; throws `.readOnly` for a ledger that was opened for reading.
    package func settings() async throws(LedgerError) -> StoreSettings {
        try await writeFile("read settings") { db in
            StoreSettings(
                journalMode: try String.fetchOne(db, sql: "PRAGMA journal_mode") ?? "",
                synchronous: try Int.fetchOne(db, sql: "PRAGMA synchronous") ?? 0,
                temporaryStore: try Int.fetchOne(db, sql: "PRAGMA temp_store") ?? 0,
                foreignKeys: try Bool.fetchOne(db, sql: "PRAGMA foreign_keys") ?? false)
        }
    }
}
