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
        /// A timer may be due.
        case wake
    }

    private let waiting = WaitingNotices()

    func post(_ event: DialEvent) { waiting.add(.event(event)) }
    func post(_ event: VendorEvent) { waiting.add(.vendor(event)) }
    func post(_ notice: Notice) { waiting.add(notice) }

    /// Waits for notices and takes them all, in the order of arrival; nil when the task is cancelled.
    func next() async -> [Notice]? {
        await withTaskCancellationHandler {
            await waiting.take()
        } onCancel: {
            waiting.close()
        }
    }
}
