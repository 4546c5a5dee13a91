import CCurl
import Telephony

/// A channel that was asked for, and the caller who waits for it.
struct ChannelJob: Sendable {
    var ticket: Ticket
    var request: ChannelRequest
    var target: ChannelTarget
    var inbox: ChannelInbox
    var continuation: CheckedContinuation<Result<Void, TransportError>, Never>
}

/// One channel and the connection under it; the loop's thread alone touches it.
final class ChannelConnection {
    /// What the connection is at.
    enum Phase: Equatable {
        /// libcurl connects: proxy, TLS and all. Goes on to `handshaking`.
        case connecting
        /// The opening handshake is under way. Goes on to `open`.
        case handshaking
        /// Messages go both ways. Goes on to `closing` or `lingering`.
        case open
        /// We have closed it and wait for the other side's close frame. Goes on to `lingering`.
        case closing
        /// Nothing more is to be heard: our close frame leaves, then the other side ends the connection, or we do.
        case lingering
        /// There is no connection any more; from every other phase.
        case ended
    }

    /// The longest that the other side may take over closing.
    static let closeLimit: Duration = .seconds(2)

    let job: ChannelJob
    let easy: UnsafeMutableRawPointer
    var phase = Phase.connecting
    var handshake: WebSocketHandshake
    var decoder: WebSocketFrameDecoder
    var assembler: MessageAssembler
    var outbox: ChannelOutbox
    var timing: ChannelTiming
    var socket: curl_socket_t = -1
    /// Whether something may be there to read; the socket alone does not tell, since TLS keeps what it has decrypted.
    var mayRead = false
    /// Whether the system took no more at the last attempt.
    var isBlocked = false
    /// Whether the inbox has no room, so that nothing is read.
    var isPaused = false
    /// Whether a byte of ours may have left.
    var hasSent = false
    /// Those who wait until the channel is closed.
    var closers: [CheckedContinuation<Void, Never>] = []
    /// Whether the caller was given the channel.
    private var isOpened = false
    private let reason: UnsafeMutablePointer<CChar>

    /// A connection that is about to be made.
    init(job: ChannelJob, easy: UnsafeMutableRawPointer, userAgent: String) {
        self.job = job
        self.easy = easy
        handshake = job.target.handshake(for: job.request, userAgent: userAgent)
        decoder = WebSocketFrameDecoder(maxPayloadBytes: job.request.maxMessageBytes)
        assembler = MessageAssembler(maxMessageBytes: job.request.maxMessageBytes)
        outbox = ChannelOutbox(handshake: handshake.request)
        timing = ChannelTiming(job.request, now: .now)
        reason = .allocate(capacity: Int(CURL_ERROR_SIZE))
        reason.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    deinit {
        reason.deallocate()
    }

    /// Where the channel leads to.
    var origin: Origin { job.target.origin }

    /// Whether its caller still waits for it.
    var isOpening: Bool { phase == .connecting || phase == .handshaking }

    /// Sets every option of the connection; what it returns is not `CURLE_OK` if libcurl refused one.
    func configure(surroundings: Surroundings) -> CURLcode {
        var handle = EasyHandle(easy)
        handle.set(CURLOPT_PRIVATE, UnsafeMutableRawPointer(bitPattern: UInt(job.ticket.id)))
        handle.set(CURLOPT_ERRORBUFFER, UnsafeMutableRawPointer(reason))
        handle.set(CURLOPT_URL, job.target.url)
        handle.set(CURLOPT_PROTOCOLS_STR, "http,https")
        handle.set(CURLOPT_CONNECT_ONLY, 1)
        handle.set(CURLOPT_FRESH_CONNECT, 1)
        // A proxy would take the bytes for requests, were it not told to pass them on.
        handle.set(CURLOPT_HTTPPROXYTUNNEL, 1)
        // Keeps TLS from offering HTTP/2.
        handle.set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        handle.set(CURLOPT_CONNECTTIMEOUT_MS, EasyHandle.milliseconds(job.request.openTimeout))
        handle.set(CURLOPT_NOSIGNAL, 1)
        handle.set(CURLOPT_QUICK_EXIT, 1)
        handle.set(surroundings, for: origin)
        handle.verifyCertificates()
        return handle.failure
    }

    /// libcurl has connected, or could not.
    func connected(_ code: CURLcode) {
        guard phase == .connecting else { return }
        guard code == CURLE_OK, ccurl_get_socket(easy, CURLINFO_ACTIVESOCKET, &socket) == CURLE_OK, socket >= 0 else {
            let failure = code == CURLE_OK ? CURLE_COULDNT_CONNECT : code
            fail(.notConnected(failure, origin, because: failure.sentence(String(cString: reason))))
            return
        }
        phase = .handshaking
        mayRead = true
    }

    /// The handshake has succeeded: the caller gets the channel.
    func opened() {
        phase = .open
        isOpened = true
        timing.opened(now: .now)
        job.continuation.resume(returning: .success(()))
    }

    /// Ends the connection, and whatever waits for it, with `error`.
    func fail(_ error: TransportError) {
        guard phase != .ended else { return }
        phase = .ended
        if !isOpened { job.continuation.resume(returning: .failure(error)) }
        job.inbox.finish(.failure(error))
        for (send, isUnsent) in outbox.abandon() {
            var own = error
            own.delivery = isUnsent ? .notSent : .outcomeUnknown
            send.continuation.resume(returning: .failure(own))
        }
        closed()
    }

    /// Tells those who wait for the end of the channel.
    func closed() {
        for closer in closers { closer.resume() }
        closers.removeAll()
    }
}
