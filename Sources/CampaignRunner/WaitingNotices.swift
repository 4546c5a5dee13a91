import Foundation

/// The notices that have been posted and not taken.
///
/// `@unchecked Sendable`: every access to the state goes through `lock`.
final class WaitingNotices: @unchecked Sendable {
    private let lock = NSLock()
    private var notices: [Inbox.Notice] = []
    private var taker: CheckedContinuation<[Inbox.Notice]?, Never>?
    private var isClosed = false

    /// How many there are.
    var count: Int { lock.withLock { notices.count } }

    func add(_ notice: Inbox.Notice) {
        enum Fate { case refused, kept, taken(CheckedContinuation<[Inbox.Notice]?, Never>) }
        let fate: Fate = lock.withLock {
            if isClosed { return .refused }
            guard let waiting = self.taker else {
                notices.append(notice)
                return .kept
            }
            self.taker = nil
            return .taken(waiting)
        }
        switch fate {
        case .refused: notice.refuse()
        case .kept: break
        case .taken(let taker): taker.resume(returning: [notice])
        }
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
        let (taker, left): (CheckedContinuation<[Inbox.Notice]?, Never>?, [Inbox.Notice]) = lock.withLock {
            isClosed = true
            defer {
                self.taker = nil
                notices = []
            }
            return (self.taker, notices)
        }
        taker?.resume(returning: nil)
        for notice in left { notice.refuse() }
    }
}

extension Inbox.Notice {
    /// Tells whoever waits for it to take effect that it will not.
    fileprivate func refuse() {
        if case .order(_, let giver) = self { giver.resume(returning: false) }
    }
}
