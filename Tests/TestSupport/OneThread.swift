import Foundation

/// Runs jobs one after the other, in the order in which they became ready, on whichever thread asks it to.
///
/// `@unchecked Sendable`: every access to the state goes through `lock`.
package final class OneThread: TaskExecutor, @unchecked Sendable {
    private let lock = NSLock()
    private var ready: [UnownedJob] = []

    /// Nothing is to be run yet.
    package init() {}

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        lock.withLock { ready.append(job) }
    }

    /// Runs what is ready, and what becomes ready by that, until nothing is.
    package func runUntilIdle() {
        while let job = lock.withLock({ ready.isEmpty ? nil : ready.removeFirst() }) {
            job.runSynchronously(on: asUnownedTaskExecutor())
        }
    }
}
