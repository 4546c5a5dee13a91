import DialModel
import Ledger
import StoredLedger

/// Where the ledger is, and how connections to it are made alike.
struct PostgresDoor: Sendable {
    /// The address.
    var address: PostgresAddress
    /// The numbers of its locks.
    var locks: PostgresLocks

    /// A connection whose waiting is bounded, and which the server gives up when its machine has vanished.
    ///
    /// In seconds: how long it waits for a lock, and how long the server waits for whoever has stalled within a transaction,
    /// 0 for as long as it takes.
    func connect(_ haste: PostgresConnection.Haste = .usual, lockLimit: Int = 8, idleLimit: Int) throws
        -> PostgresConnection
    {
        let connection = try PostgresConnection(to: address, haste)
        try connection.run(
            """
            SET lock_timeout = '\(lockLimit)s';
            SET idle_in_transaction_session_timeout = '\(idleLimit)s';
            SET default_transaction_isolation = 'read committed';
            SET tcp_keepalives_idle = 5;
            SET tcp_keepalives_interval = 3;
            SET tcp_keepalives_count = 3;
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

    /// What a connection is for.
    enum Purpose {
        /// Steps of runs, within which nobody waits for anything but the server.
        case steps
        /// Leases, which are spent before long.
        case leases
        /// Calls that take long, as when a list is read.
        case long
    }

    /// For how long the rows of lines are kept that did not end as they should.
    private static let remembrance = Duration.seconds(7 * 86_400)

    /// The connection.
    let connection: PostgresConnection
    private let writer: Int64
    private var sequence: Int64 = 0

    /// Connects, and takes a slot for its counts that no other connection has.
    init(to door: PostgresDoor, for purpose: Purpose) throws {
        connection =
            switch purpose {
            case .steps: try door.connect(idleLimit: 5)
            case .leases: try door.connect(.great, lockLimit: 2, idleLimit: 2)
            case .long: try door.connect(idleLimit: 60)
            }
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
        try connection.run(
            """
            UPDATE ledger_writers SET sequence = \(sequence),
                begun_at = floor(extract(epoch FROM clock_timestamp()) * 1000)
            WHERE id = \(writer);
            COMMIT
            """)
    }

    /// Undoes the transaction.
    func rollBack() {
        try? connection.rollBack()
    }

    /// Has a line that was lost keep nothing more, and tells whether it kept the transaction that it was in; nil where its row
    /// is gone, and nobody knows.
    ///
    /// Waits for as long as the server is still at work on the end of that transaction.
    func silence(_ lost: Mark) throws -> Bool? {
        let answer = try connection.execute(
            "UPDATE ledger_writers SET last_allowed = sequence WHERE id = ? RETURNING sequence", [lost.writer])
        guard answer.count == 1, case .integer(let sequence) = try answer.value(0, 0) else { return nil }
        return sequence == lost.sequence
    }

    /// Hangs up.
    func end() {
        _ = try? connection.execute("DELETE FROM ledger_writers WHERE id = ?", [writer])
    }
}
