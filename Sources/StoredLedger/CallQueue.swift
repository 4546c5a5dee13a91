import Foundation

/// The calls that wait for a connection that writes.
///
/// While one transaction is under way the next calls pile up, and the following one takes them all, but for those that need one
/// of their own.
/// `@unchecked Sendable`: everything is only touched under `lock`.
package final class CallQueue<Call: Sendable>: @unchecked Sendable {
    /// The most calls in one transaction, so that no caller waits for ever behind newcomers.
    private static var callsPerTransaction: Int { 256 }

    private let lock = NSLock()
    private let isAlone: @Sendable (Call) -> Bool
    private var waiting: [Call] = []
    private var isDraining = false
    private var closed = false

    /// A queue of calls of which some need a transaction of their own.
    package init(isAlone: @escaping @Sendable (Call) -> Bool) {
        self.isAlone = isAlone
    }

    /// Whether no more calls are taken.
    package var isClosed: Bool { lock.withLock { closed } }

    /// Takes no more calls; those taken are still handed out.
    package func close() {
        lock.withLock { closed = true }
    }

    /// Adds a call, and wakes the writer if it rests; how many now wait, nil if the call was not taken.
    ///
    /// The writer is woken under the lock, so that a close which follows finds the work already in its queue.
    package func add(_ call: Call, waking wake: () -> Void) -> Int? {
        lock.withLock {
            guard !closed else { return nil }
            waiting.append(call)
            if !isDraining {
                isDraining = true
                wake()
            }
            return waiting.count
        }
    }

    /// The calls of the next transaction, or nil when none waits and the writer may rest.
    package func next() -> [Call]? {
        lock.withLock {
            guard let first = waiting.first else {
                isDraining = false
                return nil
            }
            let together = isAlone(first) ? waiting.prefix(1) : waiting.prefix { !isAlone($0) }
            let calls = Array(together.prefix(Self.callsPerTransaction))
            waiting.removeFirst(calls.count)
            return calls
        }
    }
}
