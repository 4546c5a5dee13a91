import DialModel
import Dispatch
import Ledger
import StoredLedger

/// Gathers the calls that wait for a connection that writes into one transaction, so that they share the cost of making it
/// durable.
///
/// Each call has a savepoint of its own. Calls that met another transaction are carried out again; so are those whose
/// connection was lost, once it is known for certain that nothing of them was kept.
/// `@unchecked Sendable`: what changes is only touched on `queue`.
final class PostgresWriter: @unchecked Sendable {
    /// A call that waits.
    struct Call: Sendable {
        /// Whether it needs a transaction of its own; such a call never runs twice.
        var isAlone: Bool
        /// What it has to have for itself.
        var locking: @Sendable (any StoreSession) throws -> [StoreLock]
        /// Does the work, and returns what tells the caller, to be run when the work is durable.
        var work: @Sendable (any StoreSession) throws -> @Sendable () -> Void
        /// Told whenever the work was undone, or may have been.
        var undone: @Sendable () -> Void
        /// Tells the caller that nothing was kept, or that nobody knows.
        var fail: @Sendable (any Error) -> Void
    }

    /// What became of a transaction.
    private enum Fate {
        case kept([@Sendable () -> Void])
        /// Nothing was kept.
        case undone(any Error)
        /// No server could be asked, so that it would be no use to ask once more; what was sent before may have been kept.
        case unreachable(any Error)
    }

    /// How often a transaction is begun that meets others or loses its connection.
    private static let mostTries = 5

    private let queue = DispatchQueue(label: "autodialer.postgres.writer")
    private let door: PostgresDoor
    private let purpose: PostgresWritingLine.Purpose
    private let observer: (@Sendable (WriterEvent) -> Void)?
    private let calls = CallQueue<Call> { $0.isAlone }
    private var line: PostgresWritingLine?
    /// The line that was lost last, as long as it may still have something to say.
    private var lost: PostgresWritingLine.Mark?

    init(
        door: PostgresDoor, for purpose: PostgresWritingLine.Purpose,
        observer: (@Sendable (WriterEvent) -> Void)? = nil
    ) {
        self.observer = observer
        self.door = door
        self.purpose = purpose
    }

    /// Takes no more calls, carries out those that were taken, and hangs up.
    func close() async {
        calls.close()
        await withCheckedContinuation { continuation in
            queue.async {
                self.line?.end()
                self.line = nil
                continuation.resume()
            }
        }
    }

    /// Adds a call, and wakes the writer if it rests.
    func add(_ call: Call) {
        let count = calls.add(call) { queue.async { self.drain() } }
        guard let count else { return call.fail(Refusal.closed) }
        observer?(.queued(waiting: count))
    }

    private func drain() {
        while let calls = calls.next() { run(calls) }
    }

    private func run(_ calls: [Call]) {
        let began = ContinuousClock.now
        var triesLeft = calls.contains(where: \.isAlone) ? 1 : Self.mostTries
        while true {
            triesLeft -= 1
            switch transact(calls) {
            case .kept(let notices):
                observer?(.committed(calls: calls.count, took: ContinuousClock.now - began))
                for notice in notices { notice() }
                return
            case .undone(let error):
                for call in calls { call.undone() }
                if triesLeft > 0, Self.isWorthAnotherTry(error) { continue }
                guard calls.count > 1 else { return calls.forEach { $0.fail(error) } }
                // Whoever can still succeed shall.
                for call in calls { run([call]) }
                return
            case .unreachable(let error):
                for call in calls {
                    call.undone()
                    call.fail(error)
                }
                return
            }
        }
    }

    /// Whether a transaction may be carried out the next time: it met another, or a connection that had died while it rested.
    private static func isWorthAnotherTry(_ error: any Error) -> Bool {
        guard let failure = error as? PostgresFailure else { return false }
        return failure.isCollision || failure.isLost
    }

    // MARK: - One transaction

    private func transact(_ calls: [Call]) -> Fate {
        let line: PostgresWritingLine
        do {
            line = try begun()
        } catch {
            return .unreachable(error)
        }
        var notices: [@Sendable () -> Void] = []
        var hasSentCommit = false
        do {
            let session = PostgresSession(line.connection, locks: door.locks)
            for lock in Set(try calls.flatMap { try $0.locking(session) }).sorted(by: StoreLock.precedes) {
                try session.lock(lock)
            }
            notices = try calls.map { try calls.count == 1 ? $0.work(session) : step($0, session, on: line) }
            try session.finish()
            // A connection that is lost before the end is sent has kept nothing for certain.
            try line.connection.sendAll()
            hasSentCommit = true
            try line.commit()
            return .kept(notices)
        } catch {
            guard line.connection.isLost else {
                line.rollBack()
                return .undone(error)
            }
            self.line = nil
            lost = line.mark
            return hasSentCommit ? resolve(line.mark, error, notices) : .undone(error)
        }
    }

    /// Carries out one call of several; throws only if it took the whole transaction with it.
    private func step(
        _ call: Call, _ session: PostgresSession, on line: PostgresWritingLine
    ) throws -> @Sendable () -> Void {
        let mark = session.mark
        try line.connection.run("SAVEPOINT call")
        do {
            let notice = try call.work(session)
            try line.connection.run("RELEASE SAVEPOINT call")
            return notice
        } catch {
            let isCollision = (error as? PostgresFailure)?.isCollision ?? false
            guard !line.connection.isLost, !isCollision else { throw error }
            try line.connection.rollBack(to: "call")
            session.rewind(to: mark)
            call.undone()
            return { call.fail(error) }
        }
    }

    // MARK: - Lines

    /// A line with a transaction that has begun.
    private func begun() throws -> PostgresWritingLine {
        if let line {
            do {
                try line.begin()
                return line
            } catch  where line.connection.isLost {
                // It died while it rested, and had nothing to say.
                self.line = nil
            }
        }
        let line = try PostgresWritingLine(to: door, for: purpose)
        if let lost { _ = try line.silence(lost) }
        lost = nil
        try line.begin()
        self.line = line
        return line
    }

    /// Finds out whether a transaction was kept whose line was lost after its end was sent.
    private func resolve(
        _ mark: PostgresWritingLine.Mark, _ error: any Error, _ notices: [@Sendable () -> Void]
    ) -> Fate {
        // The caller is told so.
        let unknown = Fate.unreachable(
            PostgresFailure(state: nil, message: "the connection was lost while a step was being kept, or not"))
        do {
            let line = try PostgresWritingLine(to: door, for: purpose)
            let wasKept = try line.silence(mark)
            lost = nil
            self.line = line
            guard let wasKept else { return unknown }
            return wasKept ? .kept(notices) : .undone(error)
        } catch {
            return unknown
        }
    }
}
