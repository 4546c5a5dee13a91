import DialModel
import Telephony

/// Wakes the one task that waits for something to happen.
final class Doorbell: Sendable {
    private struct State {
        var isRung = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Locked(State())

    /// Wakes whoever waits, or whoever waits next.
    func ring() {
        let waiter = state.with { state in
            defer { state.waiter = nil }
            state.isRung = state.waiter == nil
            return state.waiter
        }
        waiter?.resume()
    }

    /// Returns once it was rung since the last wait, or the task is cancelled.
    func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isRung = state.with { state in
                    defer { state.isRung = false }
                    if !state.isRung, !Task.isCancelled { state.waiter = continuation }
                    return state.waiter == nil
                }
                if isRung { continuation.resume() }
            }
        } onCancel: {
            state.with { state in
                defer { state.waiter = nil }
                return state.waiter
            }?.resume()
        }
    }

    /// Returns once it was rung, `deadline` has come, or the task is cancelled.
    func wait(until deadline: Timestamp, by clock: any RunClock) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.wait() }
            group.addTask { try? await clock.sleep(until: deadline) }
            await group.next()
            group.cancelAll()
        }
    }
}
