import Foundation

/// Lets only a few tests of the tool run at once.
///
/// Each starts several programs, and other targets' tests, which wait for real connections, share the machine with them.
/// `@unchecked Sendable`: every access to the state goes through `lock`.
final class Turns: @unchecked Sendable {
    static let shared = Turns()

    private let lock = NSLock()
    private var free = 2
    private var queue: [CheckedContinuation<Void, Never>] = []

    /// Waits for a turn.
    func begin() async {
        await withCheckedContinuation { continuation in
            let isFree = lock.withLock {
                guard free > 0 else {
                    queue.append(continuation)
                    return false
                }
                free -= 1
                return true
            }
            if isFree { continuation.resume() }
        }
    }

    /// Hands the turn on.
    func end() {
        let next = lock.withLock {
            if queue.isEmpty { free += 1 }
            return queue.isEmpty ? nil : queue.removeFirst()
        }
        next?.resume()
    }
}
