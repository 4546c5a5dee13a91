import CCurl
import Telephony

/// One request in libcurl's hands, and what has come of it; the loop's thread alone touches it.
final class Exchange {
    /// Why receiving was broken off by us rather than by libcurl.
    enum Refusal: Equatable {
        case bodyTooLong
        case headTooLong
        case sentBefore
    }

    let job: Job
    let easy: UnsafeMutableRawPointer
    /// How often a connection stood ready and the request was about to be written to it.
    private(set) var sendings = 0
    private(set) var refusal: Refusal?
    private var head = ResponseHead()
    private var body: [UInt8] = []
    private let maxBodyBytes: Int
    private let reason: UnsafeMutablePointer<CChar>
    private var headerList: UnsafeMutablePointer<curl_slist>?

    /// Prepares `easy`, new or reset, for a request.
    init(job: Job, easy: UnsafeMutableRawPointer, maxBodyBytes: Int) {
        self.job = job
        self.easy = easy
        self.maxBodyBytes = maxBodyBytes
        reason = .allocate(capacity: Int(CURL_ERROR_SIZE))
        reason.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    deinit {
        reason.deallocate()
        curl_slist_free_all(headerList)
    }

    /// What can be said for certain: whether a byte of the request may have reached the other side.
    ///
    /// libcurl asks before it writes a request to a connection that is ready: proxy, TLS and all. Before that question
    /// nothing can have left, and a write that failed may still have left something.
    var delivery: TransportError.Delivery { sendings == 0 ? .notSent : .outcomeUnknown }

    /// libcurl's own words about a failure; empty if it had none.
    var failureText: String { String(cString: reason) }

    /// The response, once libcurl has reported success.
    var response: HTTPResponse {
        var status = 0
        _ = ccurl_get_long(easy, CURLINFO_RESPONSE_CODE, &status)
        return HTTPResponse(status: status, headers: head.fields, body: body)
    }

    /// Connects the handle's callbacks with this exchange, which must outlive its stay in the multi handle.
    func attach(to handle: inout EasyHandle) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        handle.set(CURLOPT_PRIVATE, UnsafeMutableRawPointer(bitPattern: UInt(job.ticket.id)))
        handle.set(CURLOPT_ERRORBUFFER, UnsafeMutableRawPointer(reason))
        handle.set(CURLOPT_WRITEDATA, context)
        handle.set(CURLOPT_WRITEFUNCTION, receiver: receiveBody)
        handle.set(CURLOPT_HEADERDATA, context)
        handle.set(CURLOPT_HEADERFUNCTION, receiver: receiveHeader)
        handle.set(CURLOPT_PREREQDATA, context)
        handle.set(beforeRequest: aboutToSend)
    }

    /// Adds a line to the request's header list, which lives as long as the exchange.
    func addHeader(_ line: String) {
        guard let longer = curl_slist_append(headerList, line) else { return }
        headerList = longer
    }

    /// The request's header list.
    var headers: UnsafeMutablePointer<curl_slist>? { headerList }

    fileprivate func receive(body bytes: UnsafeRawBufferPointer) -> Bool {
        guard body.count + bytes.count <= maxBodyBytes else {
            refusal = .bodyTooLong
            return false
        }
        body.append(contentsOf: bytes)
        return true
    }

    fileprivate func receive(header line: UnsafeRawBufferPointer) -> Bool {
        let accepted = head.receive(line)
        if !accepted { refusal = .headTooLong }
        return accepted
    }

    /// Whether the request may be written to the connection that stands ready.
    ///
    /// A fresh connection keeps libcurl from repeating a request that got no answer, but not one whose HTTP/2 stream was
    /// refused or one that is told to use HTTP/1.1. What must not happen twice is not written twice, whatever the reason.
    fileprivate func beginSending() -> Bool {
        if sendings > 0, job.request.connection == .fresh {
            refusal = .sentBefore
            return false
        }
        sendings += 1
        // Whatever an earlier connection began to answer is void.
        head = ResponseHead()
        body.removeAll()
        return true
    }
}

private func receiveBody(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let bytes, let context else { return 0 }
    let exchange = Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue()
    return exchange.receive(body: UnsafeRawBufferPointer(start: bytes, count: size * count)) ? size * count : 0
}

private func receiveHeader(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let bytes, let context else { return 0 }
    let exchange = Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue()
    return exchange.receive(header: UnsafeRawBufferPointer(start: bytes, count: size * count)) ? size * count : 0
}

private func aboutToSend(
    _ context: UnsafeMutableRawPointer?, _ remoteIP: UnsafeMutablePointer<CChar>?,
    _ localIP: UnsafeMutablePointer<CChar>?, _ remotePort: Int32, _ localPort: Int32
) -> Int32 {
    guard let context else { return CURL_PREREQFUNC_ABORT }
    let exchange = Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue()
    return exchange.beginSending() ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
}
