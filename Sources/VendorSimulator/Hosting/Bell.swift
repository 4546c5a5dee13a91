import Foundation

/// Wakes one waiter; a ring that nobody waits for is kept for the next to come.
///
/// `@unchecked Sendable`: every access to the state goes through `lock`.
final class Bell: @unchecked Sendable {
    private let lock = NSLock()
    private var hasRung = false
    private var waiter: CheckedContinuation<Void, Never>?

    /// Rings.
    func ring() {
        let woken = lock.withLock {
            defer { waiter = nil }
            hasRung = waiter == nil
            return waiter
        }
        woken?.resume()
    }

    /// Returns at the next ring, or when the task is cancelled.
    func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = lock.withLock {
                    // A cancellation that comes after this look finds the waiter.
                    guard !hasRung, !Task.isCancelled else {
                        hasRung = false
                        return true
                    }
                    waiter = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            let woken = lock.withLock {
                defer { waiter = nil }
                return waiter
            }
            woken?.resume()
        }
    }
}
