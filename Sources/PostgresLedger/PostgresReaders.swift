import Dispatch
import Foundation
import Ledger
import StoredLedger

/// The connections that only read, each question in a snapshot of its own.
///
/// `@unchecked Sendable`: everything is only touched under `lock`, but for the connection of a line that is at work.
final class PostgresReaders: @unchecked Sendable {
    /// A question, and what is to be done where no connection can be had.
    private struct Job {
        var ask: @Sendable (PostgresSession) -> Void
        var fail: @Sendable (any Error) -> Void
    }

    /// A connection and the queue that it is used on.
    private final class Line: @unchecked Sendable {
        let queue = DispatchQueue(label: "autodialer.postgres.reader")
        var connection: PostgresConnection?
    }

    /// The most connections.
    private static let mostLines = 4

    private let door: PostgresDoor
    private let lock = NSLock()
    private var idle: [Line] = []
    private var lines = 0
    private var waiting: [Job] = []
    private var closed = false

    init(door: PostgresDoor) {
        self.door = door
    }

    /// Takes no more questions; connections are closed as those that were taken are answered.
    func close() {
        lock.withLock {
            closed = true
            idle = []
        }
    }

    /// Puts a question.
    func ask<Value: Sendable>(
        _ body: @escaping @Sendable (any StoreSession) throws -> Value,
        answer: @escaping @Sendable (Result<Value, any Error>) -> Void
    ) {
        let job = Job(
            ask: { session in answer(Result { try body(session) }) }, fail: { answer(.failure($0)) })
        lock.lock()
        guard !closed else {
            lock.unlock()
            return answer(.failure(Refusal.closed))
        }
        if let line = idle.popLast() {
            start(job, on: line)
        } else if lines < Self.mostLines {
            lines += 1
            start(job, on: Line())
        } else {
            waiting.append(job)
        }
        lock.unlock()
    }

    private func start(_ job: Job, on line: Line) {
        line.queue.async { self.run(job, on: line) }
    }

    private func run(_ job: Job, on line: Line) {
        var job = job
        while true {
            carryOut(job, on: line)
            lock.lock()
            guard let next = waiting.first else {
                if closed { lines -= 1 } else { idle.append(line) }
                lock.unlock()
                return
            }
            waiting.removeFirst()
            lock.unlock()
            job = next
        }
    }

    private func carryOut(_ job: Job, on line: Line) {
        let connection: PostgresConnection
        do {
            connection = try begun(line)
        } catch {
            return job.fail(error)
        }
        job.ask(PostgresSession(connection, locks: door.locks))
        try? connection.rollBack()
        // A cancellation that comes late may have met the end of the snapshot.
        if connection.isLost || connection.isInTransaction { line.connection = nil }
    }

    /// A connection in a snapshot; one that died while it rested is replaced.
    private func begun(_ line: Line) throws -> PostgresConnection {
        let snapshot = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        if let connection = line.connection {
            do {
                try connection.run(snapshot)
                return connection
            } catch  where connection.isLost {
                line.connection = nil
            }
        }
        // A report may take as long as it takes.
        let connection = try door.connect(idleLimit: 0)
        try connection.run(snapshot)
        line.connection = connection
        return connection
    }
}
