import CCurl
import Synchronization
import Telephony

/// The owner of libcurl's multi handle, of every easy handle, of the queue and of channels: all of it on one thread.
final class CurlLoop {
    private let settings: CurlSettings
    private let surroundings: Surroundings
    private let mailbox: Mailbox
    private let multi: UnsafeMutableRawPointer
    private let channels: ChannelSet
    /// The number of channels that libcurl's limits make room for.
    private var channelsAllowedFor = -1
    private var queue: RequestQueue
    private var waiting: [UInt64: Job] = [:]
    private var inFlight: [UInt64: Exchange] = [:]
    /// Handles to use again; connections do not live in them but in the multi handle.
    private var spareHandles: [UnsafeMutableRawPointer] = []
    private var stopWaiters: [CheckedContinuation<Void, Never>] = []
    private var isStopping = false

    /// The longest sleep while nothing happens: libcurl closes connections that were idle for too long after it.
    private static let idleMilliseconds: Int32 = 30_000

    /// A loop that serves `mailbox`, whose multi handle is `multi`.
    init(settings: CurlSettings, surroundings: Surroundings, mailbox: Mailbox, multi: UnsafeMutableRawPointer) {
        self.settings = settings
        self.surroundings = surroundings
        self.mailbox = mailbox
        self.multi = multi
        queue = RequestQueue(maxPerOrigin: settings.maxConnectionsPerHost, maxInFlight: settings.maxInFlight)
        channels = ChannelSet(settings: settings, surroundings: surroundings, multi: multi)
        limitConnections()
    }

    /// Works until told to stop, or until libcurl cannot go on, then fails whatever is left.
    func run() {
        while true {
            for command in mailbox.take() { obey(command) }
            if isStopping { break }
            startWaiting()
            limitConnections()
            var running: Int32 = 0
            guard curl_multi_perform(multi, &running) == CURLM_OK else { break }
            collectFinished()
            // Handles that are added here make the poll return at once.
            startWaiting()
            channels.work()
            guard channels.poll(atMost: Self.idleMilliseconds) else { break }
        }
        end()
    }

    private func obey(_ command: Command) {
        switch command {
        case .start(let job):
            enqueue(job)
        case .cancel(let ticket):
            cancel(ticket.id)
        case .openChannel(let job):
            channels.open(job)
        case .sendOnChannel(let id, let send, let origin):
            channels.send(send, on: id, to: origin)
        case .cancelSend(let ticket, let channel):
            channels.cancelSend(ticket, on: channel)
        case .resumeChannel(let id):
            channels.resume(id)
        case .closeChannel(let id, let closer):
            channels.close(id, closer)
        case .stop(let waiter):
            isStopping = true
            if let waiter { stopWaiters.append(waiter) }
        }
    }

    private func enqueue(_ job: Job) {
        if job.ticket.isCancelled.load(ordering: .acquiring) {
            job.continuation.resume(returning: .failure(.cancelled(.notSent, job.origin)))
        } else if waiting.count >= settings.maxWaiting {
            let error = TransportError.refused(CURLE_AGAIN, job.origin, because: "too many requests are waiting")
            job.continuation.resume(returning: .failure(error))
        } else {
            waiting[job.ticket.id] = job
            queue.append(job.ticket.id, to: job.origin)
        }
    }

    private func cancel(_ id: UInt64) {
        if let job = waiting.removeValue(forKey: id) {
            job.continuation.resume(returning: .failure(.cancelled(.notSent, job.origin)))
        } else if let exchange = inFlight[id] {
            finish(exchange, .failure(.cancelled(exchange.delivery, exchange.job.origin)))
        } else {
            channels.cancelOpening(id)
        }
    }

    /// The queue keeps these limits already; libcurl's close idle connections in favour of new ones.
    ///
    /// libcurl counts channels as well, which must not take away from what requests may have.
    private func limitConnections() {
        let count = channels.count
        guard count != channelsAllowedFor else { return }
        channelsAllowedFor = count
        _ = ccurl_multi_set_long(multi, CURLMOPT_MAX_HOST_CONNECTIONS, settings.maxConnectionsPerHost + count)
        _ = ccurl_multi_set_long(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, settings.maxInFlight + count)
        _ = ccurl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, settings.maxInFlight + count)
    }

    private func startWaiting() {
        while let id = queue.next(where: { waiting[$0] != nil }) {
            if let job = waiting.removeValue(forKey: id) { start(job) }
        }
    }

    private func start(_ job: Job) {
        guard let easy = spareHandles.popLast() ?? curl_easy_init() else {
            queue.finished(job.origin)
            let error = TransportError.refused(CURLE_OUT_OF_MEMORY, job.origin, because: "libcurl has no handle left")
            job.continuation.resume(returning: .failure(error))
            return
        }
        let exchange = Exchange(job: job, easy: easy, maxBodyBytes: settings.maxResponseBytes)
        inFlight[job.ticket.id] = exchange
        let code = exchange.configure(settings: settings, surroundings: surroundings)
        guard code == CURLE_OK, curl_multi_add_handle(multi, easy) == CURLM_OK else {
            let failure = code == CURLE_OK ? CURLE_FAILED_INIT : code
            let reason = "libcurl refused to be set up for it"
            finish(exchange, .failure(.refused(failure, job.origin, because: reason)))
            return
        }
    }

    private func collectFinished() {
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else { continue }
            let code = message.pointee.data.result
            var id: UnsafeMutableRawPointer?
            _ = ccurl_get_pointer(easy, CURLINFO_PRIVATE, &id)
            let ticketID = UInt64(UInt(bitPattern: id))
            guard !channels.connected(ticketID, code), let exchange = inFlight[ticketID] else { continue }
            if code == CURLE_OK {
                finish(exchange, .success(exchange.response))
            } else {
                let error = TransportError.failed(exchange, with: code, maxBodyBytes: settings.maxResponseBytes)
                finish(exchange, .failure(error))
            }
        }
    }

    /// Takes an exchange out of libcurl's hands and tells its caller.
    private func finish(_ exchange: Exchange, _ result: Result<HTTPResponse, TransportError>) {
        inFlight[exchange.job.ticket.id] = nil
        queue.finished(exchange.job.origin)
        curl_multi_remove_handle(multi, exchange.easy)
        curl_easy_reset(exchange.easy)
        spareHandles.append(exchange.easy)
        exchange.job.continuation.resume(returning: result)
    }

    private func end() {
        for command in mailbox.close() { obey(command) }
        for job in waiting.values {
            job.continuation.resume(returning: .failure(.shutDown(.notSent, job.origin)))
        }
        waiting.removeAll()
        for exchange in Array(inFlight.values) {
            finish(exchange, .failure(.shutDown(exchange.delivery, exchange.job.origin)))
        }
        channels.shutDown()
        for easy in spareHandles { curl_easy_cleanup(easy) }
        curl_multi_cleanup(multi)
        for waiter in stopWaiters { waiter.resume() }
    }
}
