import StoredLedger

extension CopyDialect {
    /// What PostgreSQL wants to be told.
    static let postgres = CopyDialect(
        // Two servers do not start within the same microsecond.
        identity: """
            SELECT CAST(pg_postmaster_start_time() AS TEXT) || ' ' || current_database() || ' ' || current_schema()
            """,
        hasTable: "SELECT to_regclass(?1) IS NOT NULL",
        entryKey: { value in
            guard case .text(var text) = value, text.utf8.first == UInt8(ascii: "\\"),
                let bytes = text.withUTF8({ PostgresText.bytes(hexadecimal: UnsafeRawBufferPointer($0)) })
            else { return value }
            return .blob(bytes)
        },
        emptyAuditLog: { db in
            // What keeps entries from being removed is asked about each row that is deleted.
            try db.execute("TRUNCATE audit", [])
            try db.execute("UPDATE audit_head SET given = 0", [])
        },
        lastGivenID: { table in
            table.name == "audit"
                ? "SELECT given FROM audit_head"
                : "SELECT pg_sequence_last_value(CAST(\(sequence(of: table)) AS regclass))"
        },
        giveIDsAfter: { db, table, id in
            if table.name == "audit" {
                try db.execute("UPDATE audit_head SET given = ?", [id])
            } else {
                _ = try db.value("SELECT setval(CAST(\(sequence(of: table)) AS regclass), ?)", [id])
            }
        },
        // Who claims next should not have to guess how many rows there are.
        afterwards: LedgerTable.all.map { "ANALYZE \($0.name)" })

    private static func sequence(of table: LedgerTable) -> String {
        "pg_get_serial_sequence('\(table.name)', '\(table.ids ?? "")')"
    }
}
