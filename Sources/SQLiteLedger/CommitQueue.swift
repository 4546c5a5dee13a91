import GRDB
import StoredLedger

/// Gathers the calls that wait for the writer into one transaction, so that they share the cost of making it durable.
///
/// Each call has a savepoint of its own: a call that fails leaves nothing and takes nothing with it.
final class CommitQueue: Sendable {
    /// Runs a transaction on the writer's connection, once.
    typealias Surroundings = @Sendable (Database, _ transaction: () throws -> Void) throws -> Void

    /// A call that waits for the writer.
    struct Call: Sendable {
        /// Whether it needs a transaction of its own; such a call never runs twice.
        var isAlone: Bool
        /// Runs the transaction of a call that is alone, between whatever can only be set on a connection outside of one.
        var around: Surroundings = { _, transaction in try transaction() }
        /// Does the work, and returns what tells the caller, to be run when the work is durable.
        var work: @Sendable (Database) throws -> @Sendable () -> Void
        /// Told whenever the work was done and then undone, before it is done again or the caller hears of it; does
        /// nothing for work that leaves no trace but in the file.
        var undone: @Sendable () -> Void = {}
        /// Tells the caller that nothing was kept.
        var fail: @Sendable (any Error) -> Void
    }

    private let pool: DatabasePool
    private let observer: (@Sendable (WriterEvent) -> Void)?
    private let calls = CallQueue<Call> { $0.isAlone }

    init(pool: DatabasePool, observer: (@Sendable (WriterEvent) -> Void)?) {
        self.pool = pool
        self.observer = observer
    }

    /// Whether no more calls are taken.
    var isClosed: Bool { calls.isClosed }

    /// Takes no more calls; those taken are still carried out.
    func close() {
        calls.close()
    }

    /// Adds a call, and wakes the writer if it rests.
    func add(_ call: Call) {
        let count = calls.add(call) { pool.asyncWriteWithoutTransaction { self.drain($0) } }
        guard let count else { return call.fail(Refusal.closed) }
        observer?(.queued(waiting: count))
    }

    private func drain(_ db: Database) {
        while let calls = calls.next() {
            run(calls, in: db)
        }
    }

    private func run(_ calls: [Call], in db: Database) {
        var hasBegun = false
        var notices: [@Sendable () -> Void] = []
        func transact() throws {
            try db.inTransaction(.immediate) {
                hasBegun = true
                for call in calls {
                    notices.append(try calls.count == 1 ? call.work(db) : step(call, in: db))
                }
                return .commit
            }
        }
        let began = ContinuousClock.now
        do {
            if let first = calls.first, first.isAlone { try first.around(db, transact) } else { try transact() }
            observer?(.committed(calls: calls.count, took: ContinuousClock.now - began))
            for notice in notices { notice() }
        } catch {
            guard hasBegun else { return fail(calls, error) }
            for call in calls { call.undone() }
            guard calls.count > 1 else { return fail(calls, error) }
            // The transaction was lost as a whole, as on a full disk; whoever can still succeed shall.
            for call in calls { run([call], in: db) }
        }
    }

    private func fail(_ calls: [Call], _ error: any Error) {
        for call in calls { call.fail(error) }
    }

    /// Carries out one call of several; throws only if it took the whole transaction with it.
    private func step(_ call: Call, in db: Database) throws -> @Sendable () -> Void {
        var notice: @Sendable () -> Void = {}
        do {
            try db.inSavepoint {
                notice = try call.work(db)
                return .commit
            }
        } catch {
            guard db.isInsideTransaction else { throw error }
            call.undone()
            return { call.fail(error) }
        }
        return notice
    }
}
