import Synchronization
import Telephony

/// An open channel, as its users hold it.
///
/// It holds the transport, which so lives as long as its channels.
final class CurlChannel: EventChannel {
    private let id: UInt64
    private let origin: Origin
    private let inbox: ChannelInbox
    private let transport: CurlTransport

    /// The channel `id` of `transport`.
    init(id: UInt64, origin: Origin, inbox: ChannelInbox, transport: CurlTransport) {
        self.id = id
        self.origin = origin
        self.inbox = inbox
        self.transport = transport
    }

    /// Closes a channel that was let go of.
    deinit {
        _ = transport.mailbox.post(.closeChannel(id, nil))
    }

    func send(_ text: String) async throws(TransportError) {
        let ticket = transport.ticket()
        let mailbox = transport.mailbox
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let send = ChannelSend(ticket: ticket, text: text, continuation: continuation)
                if !mailbox.post(.sendOnChannel(id, send, origin)) {
                    continuation.resume(returning: .failure(.channelClosed(origin)))
                }
            }
        } onCancel: {
            ticket.isCancelled.store(true, ordering: .releasing)
            _ = mailbox.post(.cancelSend(ticket, channel: id))
        }
        try result.get()
    }

    func receive() async throws(TransportError) -> String? {
        let ticket = transport.ticket()
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if inbox.receive(ticket, from: origin, continuation) {
                    _ = transport.mailbox.post(.resumeChannel(id))
                }
            }
        } onCancel: {
            inbox.cancel(ticket, from: origin)
        }
        return try result.get()
    }

    func close() async {
        await withCheckedContinuation { continuation in
            if !transport.mailbox.post(.closeChannel(id, continuation)) { continuation.resume() }
        }
    }
}
