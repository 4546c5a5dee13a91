package import DialModel
import Foundation
import Telephony

/// A clock that stands still until a test moves it, and lets the test wait until code has asked for a timer.
///
/// `@unchecked Sendable`: every access to the state goes through `lock`.
package final class ManualClock: RunClock, @unchecked Sendable {
    private struct Sleeper {
        var deadline: Timestamp
        var id: UInt64
        var continuation: CheckedContinuation<Bool, Never>
    }

    private let lock = NSLock()
    private var time: Timestamp
    private var sleepers: [Sleeper] = []
    private var cancelled: Set<UInt64> = []
    private var nextID: UInt64 = 0
    private var watchers: [(deadline: Timestamp, id: UInt64, continuation: CheckedContinuation<Void, Never>)] = []

    package let speed = 1.0
    package let origin: ClockOrigin? = nil

    /// A clock that shows `start`.
    package init(at start: Timestamp = Timestamp(milliseconds: 1_767_319_384_000)) {
        time = start
    }

    package var now: Timestamp { lock.withLock { time } }

    /// When the first of those who sleep is due; nil while nobody sleeps.
    package var nextDeadline: Timestamp? { lock.withLock { sleepers.map(\.deadline).min() } }

    package func sleep(until deadline: Timestamp) async throws(CancellationError) {
        let id = lock.withLock {
            nextID += 1
            return nextID
        }
        let finished = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in enter(deadline, id, continuation) }
        } onCancel: {
            cancel(id)
        }
        guard finished else { throw CancellationError() }
    }

    /// Moves the time forward and wakes whoever is due, earliest first.
    package func advance(by duration: Duration) {
        let due: [Sleeper] = lock.withLock {
            time = time + duration
            let due = sleepers.filter { $0.deadline <= time }.sorted { ($0.deadline, $0.id) < ($1.deadline, $1.id) }
            sleepers.removeAll { $0.deadline <= time }
            return due
        }
        for sleeper in due { sleeper.continuation.resume(returning: true) }
    }

    /// Returns once somebody sleeps whose deadline is at or before `deadline`, or the task is cancelled.
    package func sleeper(before deadline: Timestamp) async {
        let id = lock.withLock {
            nextID += 1
            return nextID
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let ready = lock.withLock {
                    if cancelled.remove(id) != nil || sleepers.contains(where: { $0.deadline <= deadline }) {
                        return true
                    }
                    watchers.append((deadline, id, continuation))
                    return false
                }
                if ready { continuation.resume() }
            }
        } onCancel: {
            stopWatching(id)
        }
    }

    /// Moves the time from sleeper to sleeper while `work` goes on, and returns what it returns.
    package func advancing<Answer: Sendable>(
        during work: @escaping @Sendable () async throws -> Answer
    ) async throws -> Answer {
        try await withThrowingTaskGroup(of: Answer?.self) { group in
            group.addTask { try await work() }
            group.addTask {
                while !Task.isCancelled { await self.advanceToNextSleeper() }
                return nil
            }
            while let answer = try await group.next() {
                if let answer {
                    group.cancelAll()
                    return answer
                }
            }
            throw CancellationError()
        }
    }

    /// Waits for a sleeper within `limit`, then moves the time to its deadline: one step of a run.
    package func advanceToNextSleeper(within limit: Duration = .seconds(86_400)) async {
        await sleeper(before: now + limit)
        let step = lock.withLock { (sleepers.map(\.deadline).min() ?? time) - time }
        advance(by: max(step, .zero))
    }

    private func enter(_ deadline: Timestamp, _ id: UInt64, _ continuation: CheckedContinuation<Bool, Never>) {
        enum Entry { case due, gone, waiting([CheckedContinuation<Void, Never>]) }
        let entry: Entry = lock.withLock {
            if cancelled.remove(id) != nil { return .gone }
            if deadline <= time { return .due }
            sleepers.append(Sleeper(deadline: deadline, id: id, continuation: continuation))
            let woken = watchers.filter { deadline <= $0.deadline }.map(\.continuation)
            watchers.removeAll { deadline <= $0.deadline }
            return .waiting(woken)
        }
        switch entry {
        case .due: continuation.resume(returning: true)
        case .gone: continuation.resume(returning: false)
        case .waiting(let woken): for watcher in woken { watcher.resume() }
        }
    }

    private func stopWatching(_ id: UInt64) {
        let continuation: CheckedContinuation<Void, Never>? = lock.withLock {
            guard let index = watchers.firstIndex(where: { $0.id == id }) else {
                cancelled.insert(id)
                return nil
            }
            return watchers.remove(at: index).continuation
        }
        continuation?.resume()
    }

    private func cancel(_ id: UInt64) {
        let sleeper: Sleeper? = lock.withLock {
            guard let index = sleepers.firstIndex(where: { $0.id == id }) else {
                cancelled.insert(id)
                return nil
            }
            return sleepers.remove(at: index)
        }
        sleeper?.continuation.resume(returning: false)
    }
}
