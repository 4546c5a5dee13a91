import DialEngine
import Telephony

/// The runner's one door in: anybody posts, the loop takes everything that has arrived at once.
struct Inbox: Sendable {
    /// Something for the loop.
    enum Notice: Sendable {
        /// A fact for the engine.
        case event(DialEvent)
        /// A fact that the vendor client observed.
        case vendor(VendorEvent)
        /// A fact for the engine that somebody waits to have taken effect; they are told whether it has.
        case order(DialEvent, CheckedContinuation<Bool, Never>)
        /// A timer may be due.
        case wake

        /// Tells whoever waits that it has taken effect.
        func confirm() {
            if case .order(_, let giver) = self { giver.resume(returning: true) }
        }
    }

    private let waiting = WaitingNotices()

    func post(_ event: DialEvent) { waiting.add(.event(event)) }
    func post(_ event: VendorEvent) { waiting.add(.vendor(event)) }
    func post(_ notice: Notice) { waiting.add(notice) }

    /// Posts an order and waits until it has taken effect; false when nobody takes notices any more.
    func give(_ order: DialEvent) async -> Bool {
        await withCheckedContinuation { waiting.add(.order(order, $0)) }
    }

    /// How many notices wait to be taken.
    var count: Int { waiting.count }

    /// Takes no more notices, and tells those whose orders are waiting.
    func close() { waiting.close() }

    /// Waits for notices and takes them all, in the order of arrival; nil when the task is cancelled.
    func next() async -> [Notice]? {
        await withTaskCancellationHandler {
            await waiting.take()
        } onCancel: {
            waiting.close()
        }
    }
}
