import DialModel
import Ledger
import StoredLedger

/// Where the ledger is, and how connections to it are made alike.
struct PostgresDoor: Sendable {
    /// The address.
    var address: PostgresAddress
    /// The numbers of its locks.
    var locks: PostgresLocks

    /// A connection that commits durably, and whose waiting is bounded: longer than the server waits for one that has stalled
    /// within a transaction.
    func connect(idleLimit: Int) throws -> PostgresConnection {
        let connection = try PostgresConnection(to: address)
        try connection.run(
            """
            SET lock_timeout = '8s';
            SET idle_in_transaction_session_timeout = '\(idleLimit)s';
            SET default_transaction_isolation = 'read committed';
            """)
        return connection
    }
}

/// A connection that writes, whose transactions are numbered so that it can be found out which were kept.
final class PostgresWritingLine {
    /// What is to be known of a line when it is lost.
    struct Mark {
        /// Its row.
        var writer: Int64
        /// The number of the transaction that it was in.
        var sequence: Int64
    }

    /// How long whoever has stalled within a transaction is waited for, in seconds: within one of ours nobody waits for
    /// anything but the server, except for a list that is being read.
    private static let idleLimit = 5

    /// For how long the rows of lines are kept that did not end as they should.
    private static let remembrance = Duration.seconds(7 * 86_400)

    /// The connection.
    let connection: PostgresConnection
    private let writer: Int64
    private var sequence: Int64 = 0

    /// Connects, and takes a slot for its counts that no other connection has.
    init(to door: PostgresDoor, forLongCalls isForLongCalls: Bool) throws {
        connection = try door.connect(idleLimit: isForLongCalls ? 0 : Self.idleLimit)
        let slotLocks = door.locks.key(of: "slots")
        _ = try connection.execute(
            """
            SELECT set_config('autodialer.slot', coalesce((
                SELECT slot FROM generate_series(1, 255) AS slot WHERE pg_try_advisory_lock(CAST(?1 AS BIGINT) + slot)
                LIMIT 1), 0)::text, false),
            set_config('synchronous_commit',
                CASE WHEN current_setting('synchronous_commit') IN ('off', 'local') THEN 'on'
                    ELSE current_setting('synchronous_commit') END, false)
            """, [slotLocks])
        let now = try RunnerRows(db: PostgresSession(connection, locks: door.locks)).now()
        _ = try connection.execute(
            "DELETE FROM ledger_writers WHERE begun_at < ?", [(now - Self.remembrance).milliseconds])
        let row = try connection.execute(
            "INSERT INTO ledger_writers (begun_at, sequence) VALUES (?, 0) RETURNING id",
            [now.milliseconds])
        guard case .integer(let id) = try row.value(0, 0) else { throw Refusal.impossible("id") }
        writer = id
    }

    /// What is to be known when it is lost.
    var mark: Mark { Mark(writer: writer, sequence: sequence) }

    /// Begins a transaction.
    func begin() throws {
        sequence += 1
        try connection.run("BEGIN")
    }

    /// Makes the transaction durable; if the connection is lost meanwhile, only its number tells whether it was kept.
    func commit() throws {
        try connection.run("UPDATE ledger_writers SET sequence = \(sequence) WHERE id = \(writer); COMMIT")
    }

    /// Undoes the transaction.
    func rollBack() {
        try? connection.run("ROLLBACK")
    }

    /// Has a line that was lost keep nothing more, and tells whether it kept the transaction that it was in.
    ///
    /// Waits for as long as the server is still at work on the end of that transaction.
    func silence(_ lost: Mark) throws -> Bool {
        let answer = try connection.execute(
            "UPDATE ledger_writers SET last_allowed = sequence WHERE id = ? RETURNING sequence", [lost.writer])
        guard answer.count == 1, case .integer(let sequence) = try answer.value(0, 0) else { return false }
        return sequence == lost.sequence
    }

    /// Hangs up.
    func end() {
        _ = try? connection.execute("DELETE FROM ledger_writers WHERE id = ?", [writer])
    }
}
