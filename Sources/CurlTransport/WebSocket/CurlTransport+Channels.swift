import CCurl
import Synchronization
package import Telephony

/// `EventTransport` over libcurl connections that the loop itself reads and writes.
///
/// Proxies, authorities and verification are those of requests; the connection speaks TLS from 1.2 on for `wss`, and is
/// tunnelled through a proxy for `ws` as well. Channels are beyond the limits that requests have, and have real time: no
/// clock that runs faster has any say here.
extension CurlTransport: EventTransport {
    /// Opens a channel; see `EventTransport`.
    ///
    /// Throws `.notSent` while not a byte of the handshake can have left.
    package func open(_ request: ChannelRequest) async throws(TransportError) -> any EventChannel {
        let target = try ChannelTarget(url: request.url)
        guard request.headers.allSatisfy(\.isWritable) else {
            throw .notConnected(
                CURLE_BAD_FUNCTION_ARGUMENT, target.origin, because: "a header field contains a line break")
        }
        let ticket = ticket()
        let inbox = ChannelInbox(maxBytes: request.maxMessageBytes)
        let mailbox = mailbox
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let job = ChannelJob(
                    ticket: ticket, request: request, target: target, inbox: inbox, continuation: continuation)
                if !mailbox.post(.openChannel(job)) {
                    continuation.resume(returning: .failure(.channelCancelled(.notSent, target.origin)))
                }
            }
        } onCancel: {
            ticket.isCancelled.store(true, ordering: .releasing)
            _ = mailbox.post(.cancel(ticket))
        }
        try result.get()
        return CurlChannel(id: ticket.id, origin: target.origin, inbox: inbox, transport: self)
    }
}
