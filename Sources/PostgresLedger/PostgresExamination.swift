package import DialModel
import Dispatch
package import Ledger
import StoredLedger

/// What can be learnt of a server and its ledger without changing it.
package struct PostgresExamination: Hashable, Sendable {
    /// The server's release, as it names it.
    package var version: String
    /// How many migrations the ledger has been through; nil without a ledger.
    package var schema: Int?
    /// How many there are.
    package var currentSchema: Int
    /// Whether it only follows another server, and nothing can be written.
    package var isStandby: Bool
    /// Who could listen, or take the server's place.
    package var secrecy: ConnectionSecrecy
    /// The server's time when it answered.
    package var now: Timestamp
}

/// Who could listen to what is said to a server, or take the server's place.
package enum ConnectionSecrecy: Hashable, Sendable {
    /// Nobody: it is encrypted by this protocol, and the server has proved who it is.
    case proved(String)
    /// Nobody, for it does not leave the machine.
    case local
    /// It is encrypted by this protocol, but to whoever answered.
    case unproved(String)
    /// Everybody on the way.
    case open

    /// Judges by the protocol that encrypts, if one does, by the `sslmode` in force, and by where the server is.
    package init(encryption: String?, mode: String?, isLocal: Bool) {
        self =
            switch encryption {
            case let encryption? where mode == "verify-ca" || mode == "verify-full": .proved(encryption)
            case _ where isLocal: .local
            case let encryption?: .unproved(encryption)
            case nil: .open
            }
    }
}

extension PostgresLedger {
    /// Looks at a server; throws `.unreachable`, and `.denied` and `.cannotOpen` as opening it for reading does.
    package static func examine(_ address: PostgresAddress) async throws(LedgerError) -> PostgresExamination {
        let result: Result<PostgresExamination, LedgerError> = await withCheckedContinuation { continuation in
            DispatchQueue(label: "autodialer.postgres.examine").async {
                continuation.resume(
                    returning: Result { try look(at: address) }.mapError {
                        LedgerError(postgres: $0, operation: "examine", database: address.name)
                    })
            }
        }
        return try result.get()
    }

    private static func look(at address: PostgresAddress) throws -> PostgresExamination {
        let connection = try PostgresConnection(to: address)
        let facts = try connection.execute(
            """
            SELECT current_setting('server_version') AS version, pg_is_in_recovery() AS is_standby,
                CAST(floor(extract(epoch FROM clock_timestamp()) * 1000) AS BIGINT) AS now
            """, [])
        // Nothing is locked here.
        try CopyMark(db: PostgresSession(connection, locks: PostgresLocks(schema: 0))).expectNone()
        let row = try facts.row(0)
        return PostgresExamination(
            version: try row.required("version"), schema: try PostgresMigration.version(on: connection),
            currentSchema: PostgresSchema.migrations.count, isStandby: try row.required("is_standby"),
            secrecy: connection.secrecy, now: Timestamp(milliseconds: try row.required("now")))
    }
}
