import DialModel
import Ledger
import StoredLedger
import Wording

/// Finds the ledger of a database, makes it, or brings it up to date.
struct PostgresMigration {
    private let address: PostgresAddress
    private let access: LedgerAccess

    init(to address: PostgresAddress, _ access: LedgerAccess) {
        self.address = address
        self.access = access
    }

    /// Says how the ledger is reached; throws `Refusal` or `PostgresFailure`.
    func run() throws -> PostgresDoor {
        let connection = try PostgresConnection(to: address)
        guard connection.serverVersion >= PostgresSchema.oldestServer else {
            throw Refusal(.cannotOpen, PostgresPhrase.tooOld.phrase)
        }
        let answer = try connection.execute(
            """
            SELECT CAST(coalesce(
                (SELECT relnamespace FROM pg_class WHERE oid = to_regclass('ledger_schema')),
                (SELECT oid FROM pg_namespace WHERE nspname = current_schema())) AS BIGINT) AS schema
            """, [])
        guard answer.count == 1, case .integer(let schema) = try answer.value(0, 0) else {
            throw Refusal(.cannotOpen, PostgresPhrase.noSchema.phrase)
        }
        let door = PostgresDoor(address: address, locks: PostgresLocks(schema: schema))
        let current = PostgresSchema.migrations.count
        var version = try Self.version(on: connection)
        // A ledger that is up to date is the usual case, and one that only reads need not be able to write.
        if version != current {
            try connection.run("BEGIN")
            _ = try connection.execute("SELECT pg_advisory_xact_lock(?)", [door.locks.key(of: "schema")])
            version = try Self.version(on: connection)
            try migrate(from: version, on: connection, door)
            try connection.run("COMMIT")
        }
        if access != .copyInto { try CopyMark(db: PostgresSession(connection, locks: door.locks)).expectNone() }
        return door
    }

    /// How many migrations the ledger has been through; nil if there is none.
    static func version(on connection: PostgresConnection) throws -> Int? {
        let exists = try connection.execute("SELECT to_regclass('ledger_schema') IS NOT NULL", [])
        guard try exists.value(0, 0) == .integer(1) else { return nil }
        let answer = try connection.execute("SELECT max(version) FROM ledger_schema", [])
        guard case .integer(let version) = try answer.value(0, 0) else { throw Refusal.impossible("version") }
        return Int(version)
    }

    private func migrate(from version: Int?, on connection: PostgresConnection, _ door: PostgresDoor) throws {
        let current = PostgresSchema.migrations.count
        guard (version ?? 0) <= current else {
            throw Refusal(.newerSchema, PostgresPhrase.newer.phrase)
        }
        guard version != nil || access == .readWriteCreate || access == .copyInto else {
            throw Refusal(.cannotOpen, PostgresPhrase.noLedger.phrase)
        }
        if version == nil { try connection.run("CREATE TABLE ledger_schema (version BIGINT PRIMARY KEY)") }
        let session = PostgresSession(connection, locks: door.locks)
        for number in (version ?? 0)..<current {
            try connection.run(PostgresSchema.migrations[number])
            _ = try connection.execute("INSERT INTO ledger_schema (version) VALUES (?)", [number + 1])
        }
        if version == nil {
            try AuditRows(db: session).begin(at: RunnerRows(db: session).now())
            try session.finish()
        }
    }
}
