import Foundation
import Synchronization
import Telephony

/// The messages that a channel has received, between the loop that brings them and the tasks that take them.
///
/// `@unchecked Sendable`: everything that changes is touched under `lock`.
final class ChannelInbox: @unchecked Sendable {
    /// What a receiver gets: a message, nil after a proper end, or the failure.
    typealias Delivery = Result<String?, TransportError>

    /// The most messages that are kept for nobody.
    static let maxMessages = 1_024

    private let maxBytes: Int
    private let lock = NSLock()
    private var messages = FirstInFirstOut<String>()
    private var count = 0
    private var bytes = 0
    private var receivers: [(ticket: Ticket, continuation: CheckedContinuation<Delivery, Never>)] = []
    private var end: Delivery?
    /// Whether the loop was told that there is no room, and waits to hear of some.
    private var isPaused = false

    /// An empty inbox; it is full with `maxBytes` in it.
    init(maxBytes: Int) {
        self.maxBytes = maxBytes
    }

    /// Adds a message or hands it to whoever waits; false once there is no room for more.
    func append(_ message: String) -> Bool {
        let (receiver, hasRoom): (CheckedContinuation<Delivery, Never>?, Bool) = lock.withLock {
            if !receivers.isEmpty { return (receivers.removeFirst().continuation, true) }
            messages.append(message)
            count += 1
            bytes += message.utf8.count
            isPaused = count >= Self.maxMessages || bytes >= maxBytes
            return (nil, !isPaused)
        }
        receiver?.resume(returning: .success(message))
        return hasRoom
    }

    /// Lets receivers have what is left and then `end`; only the first end counts.
    func finish(_ end: Delivery) {
        let waiting = lock.withLock {
            guard self.end == nil else { return [] as [CheckedContinuation<Delivery, Never>] }
            self.end = end
            defer { receivers.removeAll() }
            return receivers.map(\.continuation)
        }
        for receiver in waiting { receiver.resume(returning: end) }
    }

    /// Hands the next message to `continuation`, now or later; true if the loop has to hear that there is room again.
    func receive(
        _ ticket: Ticket, from origin: Origin, _ continuation: CheckedContinuation<Delivery, Never>
    ) -> Bool {
        let (delivery, needsResuming): (Delivery?, Bool) = lock.withLock {
            if let message = messages.popFirst() { return (.success(message), took(message)) }
            if let end { return (end, false) }
            if ticket.isCancelled.load(ordering: .acquiring) { return (.failure(.receivingCancelled(origin)), false) }
            receivers.append((ticket, continuation))
            return (nil, false)
        }
        if let delivery { continuation.resume(returning: delivery) }
        return needsResuming
    }

    /// Gives up a receiver that waits; one that has been handed a message keeps it.
    func cancel(_ ticket: Ticket, from origin: Origin) {
        let receiver: CheckedContinuation<Delivery, Never>? = lock.withLock {
            ticket.isCancelled.store(true, ordering: .releasing)
            guard let index = receivers.firstIndex(where: { $0.ticket === ticket }) else { return nil }
            return receivers.remove(at: index).continuation
        }
        receiver?.resume(returning: .failure(.receivingCancelled(origin)))
    }

    /// Counts a message that was taken; true at the moment at which half of a full inbox is empty again.
    private func took(_ message: String) -> Bool {
        count -= 1
        bytes -= message.utf8.count
        guard isPaused, count <= Self.maxMessages / 2, bytes <= maxBytes / 2 else { return false }
        isPaused = false
        return true
    }
}
