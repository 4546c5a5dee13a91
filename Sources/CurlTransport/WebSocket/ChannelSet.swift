import CCurl
import Synchronization
import Telephony

/// All channels of a transport, driven by the loop on its thread.
final class ChannelSet {
    /// The most channels at a time, the opening ones included.
    static let maxChannels = 4_096

    private let settings: CurlSettings
    private let surroundings: Surroundings
    private let multi: UnsafeMutableRawPointer
    private var connections: [UInt64: ChannelConnection] = [:]
    /// What the last poll watched: sockets, and the channels that they belong to.
    private var watched: [curl_waitfd] = []
    private var watchedConnections: [ChannelConnection] = []
    private let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)

    /// No channels yet; those to come live in `multi`.
    init(settings: CurlSettings, surroundings: Surroundings, multi: UnsafeMutableRawPointer) {
        self.settings = settings
        self.surroundings = surroundings
        self.multi = multi
    }

    deinit {
        scratch.deallocate()
    }

    /// How many connections are channels', and beyond the limits of requests.
    var count: Int { connections.count }

    /// Begins to connect.
    func open(_ job: ChannelJob) {
        let origin = job.target.origin
        let refuse = { (error: TransportError) in job.continuation.resume(returning: .failure(error)) }
        guard !job.ticket.isCancelled.load(ordering: .acquiring) else {
            return refuse(.channelCancelled(.notSent, origin))
        }
        guard connections.count < Self.maxChannels, let easy = curl_easy_init() else {
            return refuse(.notConnected(CURLE_OUT_OF_MEMORY, origin, because: "there are too many channels"))
        }
        let connection = ChannelConnection(job: job, easy: easy, userAgent: settings.userAgent)
        let code = connection.configure(surroundings: surroundings)
        guard code == CURLE_OK, curl_multi_add_handle(multi, easy) == CURLM_OK else {
            curl_easy_cleanup(easy)
            let failure = code == CURLE_OK ? CURLE_FAILED_INIT : code
            return refuse(.notConnected(failure, origin, because: "libcurl refused to be set up for it"))
        }
        connections[job.ticket.id] = connection
    }

    /// libcurl is done with connecting a channel; false if `id` names none.
    func connected(_ id: UInt64, _ code: CURLcode) -> Bool {
        connections[id]?.connected(code)
        return connections[id] != nil
    }

    /// Queues a message on a channel.
    func send(_ send: ChannelSend, on id: UInt64, to origin: Origin) {
        if send.ticket.isCancelled.load(ordering: .acquiring) {
            send.continuation.resume(returning: .failure(.channelCancelled(.notSent, origin)))
        } else if let connection = connections[id], connection.phase == .open {
            connection.outbox.append(send)
        } else {
            send.continuation.resume(returning: .failure(.channelClosed(origin)))
        }
    }

    /// Gives up the opening of a channel.
    func cancelOpening(_ id: UInt64) {
        guard let connection = connections[id], connection.isOpening else { return }
        connection.close(nil)
    }

    /// Gives up waiting until a message has left.
    func cancelSend(_ ticket: Ticket, on id: UInt64) {
        guard let connection = connections[id], let (send, isUnsent) = connection.outbox.cancel(ticket.id) else {
            return
        }
        let delivery: TransportError.Delivery = isUnsent ? .notSent : .outcomeUnknown
        send.continuation.resume(returning: .failure(.channelCancelled(delivery, connection.origin)))
    }

    /// Closes a channel in good order.
    func close(_ id: UInt64, _ closer: CheckedContinuation<Void, Never>?) {
        if let connection = connections[id] {
            connection.close(closer)
        } else {
            closer?.resume()
        }
    }

    /// Goes on reading a channel whose inbox was full.
    func resume(_ id: UInt64) {
        connections[id]?.resume()
    }

    /// Fails all channels and closes their connections.
    func shutDown() {
        for connection in connections.values {
            connection.fail(.channelCancelled(connection.hasSent ? .outcomeUnknown : .notSent, connection.origin))
        }
        removeEnded()
    }

    /// Does what is due, and what the last poll found to be possible.
    func work() {
        guard !connections.isEmpty else { return }
        let now = ContinuousClock.now
        for connection in connections.values {
            connection.expire(now)
            if connection.isDue { connection.work(scratch: scratch) }
        }
        removeEnded()
    }

    /// Waits until something happens on `multi` or on a channel, for at most so long; false if libcurl cannot.
    func poll(atMost idleMilliseconds: Int32) -> Bool {
        watched.removeAll(keepingCapacity: true)
        watchedConnections.removeAll(keepingCapacity: true)
        var timeout = Int64(idleMilliseconds)
        let now = ContinuousClock.now
        for connection in connections.values {
            if connection.isDue { timeout = 0 }
            if let next = connection.timing.next { timeout = min(timeout, Self.milliseconds(until: next, from: now)) }
            guard connection.interest != 0 else { continue }
            watched.append(curl_waitfd(fd: connection.socket, events: Int16(connection.interest), revents: 0))
            watchedConnections.append(connection)
        }
        let count = UInt32(watched.count)
        guard curl_multi_poll(multi, &watched, count, Int32(timeout), nil) == CURLM_OK else { return false }
        for (entry, connection) in zip(watched, watchedConnections) {
            connection.socketIsReady(Int32(entry.revents))
        }
        return true
    }

    /// Rounded up, so that what is waited for has come.
    private static func milliseconds(until next: ContinuousClock.Instant, from now: ContinuousClock.Instant) -> Int64 {
        let (seconds, attoseconds) = (next - now).components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        return min(seconds, 3_600) * 1_000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
    }

    private func removeEnded() {
        for (id, connection) in connections where connection.phase == .ended {
            connections[id] = nil
            curl_multi_remove_handle(multi, connection.easy)
            curl_easy_cleanup(connection.easy)
        }
    }
}
