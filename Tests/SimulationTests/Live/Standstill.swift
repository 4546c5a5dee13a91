import Foundation
import Ledger
import TestSupport

extension OneThread {
    /// Does something on a thread of its own, which may stand still.
    static func ofItsOwn<Answer: Sendable>(
        _ work: @escaping @Sendable () throws(LedgerError) -> Answer
    ) async throws(LedgerError) -> Answer {
        let result: Result<Answer, LedgerError> = await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                do throws(LedgerError) {
                    continuation.resume(returning: .success(try work()))
                } catch {
                    continuation.resume(returning: .failure(error))
                }
            }
        }
        return try result.get()
    }
}

/// Stops the thread until work on other threads is done, as if it took no time.
///
/// `@unchecked Sendable`: every access to the state goes through `condition`.
final class Standstill<Answer: Sendable>: @unchecked Sendable {
    private let condition = NSCondition()
    private var answer: Answer?

    private init() {}

    static func during(_ work: @escaping @Sendable () async -> Answer) -> Answer {
        let standstill = Standstill()
        Task.detached { standstill.end(with: await work()) }
        return standstill.wait()
    }

    private func end(with answer: Answer) {
        condition.withLock {
            self.answer = answer
            condition.signal()
        }
    }

    private func wait() -> Answer {
        condition.withLock {
            while true {
                if let answer { return answer }
                condition.wait()
            }
        }
    }
}
