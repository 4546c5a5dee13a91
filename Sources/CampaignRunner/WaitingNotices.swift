import Foundation

/// The notices that have been posted and not taken.
///
/// `@unchecked Sendable`: every access to the state goes through `lock`.
final class WaitingNotices: @unchecked Sendable {
    private let lock = NSLock()
    private var notices: [Inbox.Notice] = []
    private var taker: CheckedContinuation<[Inbox.Notice]?, Never>?
    private var isClosed = false

    func add(_ notice: Inbox.Notice) {
        let taker: CheckedContinuation<[Inbox.Notice]?, Never>? = lock.withLock {
            guard let waiting = self.taker else {
                notices.append(notice)
                return nil
            }
            self.taker = nil
            return waiting
        }
        taker?.resume(returning: [notice])
    }

    func take() async -> [Inbox.Notice]? {
        await withCheckedContinuation { continuation in
            enum Finding { case closed, some([Inbox.Notice]), none }
            let finding: Finding = lock.withLock {
                if isClosed { return .closed }
                if notices.isEmpty {
                    precondition(taker == nil, "two loops take from one inbox")
                    taker = continuation
                    return .none
                }
                defer { notices.removeAll(keepingCapacity: true) }
                return .some(notices)
            }
            switch finding {
            case .closed: continuation.resume(returning: nil)
            case .some(let taken): continuation.resume(returning: taken)
            case .none: break
            }
        }
    }

    func close() {
        let taker: CheckedContinuation<[Inbox.Notice]?, Never>? = lock.withLock {
            isClosed = true
            defer { self.taker = nil }
            return self.taker
        }
        taker?.resume(returning: nil)
    }
}
