import Telephony

/// Lets so many tasks through at a time, first come, first served.
///
/// At the start of a run every agent and every automatic phone is signed in. Requests for calls, and those that give
/// callees to agents, must not stand in line behind all of that; nor must the first agents wait for the last.
final class Turnstile: Sendable {
    private struct State {
        var free: Int
        var nextTicket = 0
        var waiters: [(ticket: Int, continuation: CheckedContinuation<Bool, Never>)] = []
    }

    private let state: Locked<State>

    init(places: Int) {
        precondition(places > 0, "nobody would ever get through")
        state = Locked(State(free: places))
    }

    /// Waits for a place and keeps it while `body` runs; nil if the task is cancelled before it has one.
    func pass<Answer: Sendable>(_ body: () async -> Answer) async -> Answer? {
        guard await enter() else { return nil }
        defer { leave() }
        return await body()
    }

    /// Waits for a place and keeps it while `body` runs, for the sake of `operation`.
    func pass<Answer: Sendable>(
        for operation: String, _ body: () async throws(WellFailure) -> Answer
    ) async throws(WellFailure) -> Answer {
        let result = await pass { () async -> Result<Answer, WellFailure> in
            do throws(WellFailure) {
                return .success(try await body())
            } catch {
                return .failure(error)
            }
        }
        guard let result else { throw WellFailure(operation, .cancelled) }
        return try result.get()
    }

    private func enter() async -> Bool {
        let ticket = state.with { state in
            defer { state.nextTicket += 1 }
            return state.nextTicket
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isIn: Bool? = state.with { state in
                    if Task.isCancelled { return false }
                    guard state.free == 0 else {
                        state.free -= 1
                        return true
                    }
                    state.waiters.append((ticket, continuation))
                    return nil
                }
                if let isIn { continuation.resume(returning: isIn) }
            }
        } onCancel: {
            let waiter = state.with { state in
                state.waiters.firstIndex { $0.ticket == ticket }.map { state.waiters.remove(at: $0) }
            }
            waiter?.continuation.resume(returning: false)
        }
    }

    private func leave() {
        let next = state.with { state in
            guard !state.waiters.isEmpty else {
                state.free += 1
                return nil as CheckedContinuation<Bool, Never>?
            }
            return state.waiters.removeFirst().continuation
        }
        next?.resume(returning: true)
    }
}
