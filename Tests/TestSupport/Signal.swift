import Foundation

/// Something that happens once, awaited by tasks and by the threads of simulated servers.
///
/// `@unchecked Sendable`: all state is touched while `condition` is locked.
package final class Signal: @unchecked Sendable {
    private let condition = NSCondition()
    private var hasFired = false
    private var waiters: [CheckedContinuation<Void, Never>] = []

    /// Not fired yet.
    package init() {}

    /// Lets everyone pass, now and later.
    package func fire() {
        condition.lock()
        hasFired = true
        let woken = waiters
        waiters.removeAll()
        condition.broadcast()
        condition.unlock()
        for waiter in woken { waiter.resume() }
    }

    /// Waits in a task.
    package func wait() async {
        await withCheckedContinuation { waiter in
            if !enter(waiter) { waiter.resume() }
        }
    }

    /// Waits on a thread of one's own, never on the shared pool.
    package func block() {
        condition.lock()
        while !hasFired { condition.wait() }
        condition.unlock()
    }

    private func enter(_ waiter: CheckedContinuation<Void, Never>) -> Bool {
        condition.lock()
        defer { condition.unlock() }
        if !hasFired { waiters.append(waiter) }
        return !hasFired
    }
}
