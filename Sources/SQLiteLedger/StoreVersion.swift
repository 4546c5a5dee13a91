import GRDBSQLite

/// The SQLite that ledgers are kept by, as it is on this machine.
package enum StoreVersion {
    /// Its version, `3.40.1`.
    package static var text: String { String(cString: sqlite3_libversion()) }
}
