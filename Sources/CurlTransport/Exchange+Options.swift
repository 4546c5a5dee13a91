import CCurl
import Telephony

extension Exchange {
    /// Header fields that frame a message: libcurl writes them, and a second opinion would break the connection.
    private static let framing: Set<String> = ["content-length", "transfer-encoding", "expect"]

    /// Sets every option of the request; what it returns is not `CURLE_OK` if libcurl refused one.
    func configure(settings: CurlSettings, surroundings: Surroundings) -> CURLcode {
        var handle = EasyHandle(easy)
        attach(to: &handle)
        setTarget(&handle)
        setMessage(&handle, userAgent: settings.userAgent)
        handle.set(surroundings, for: job.origin)
        if let path = settings.unixSocket { handle.set(CURLOPT_UNIX_SOCKET_PATH, path) }
        handle.verifyCertificates()
        return handle.failure
    }

    private func setTarget(_ handle: inout EasyHandle) {
        let request = job.request
        handle.set(CURLOPT_URL, request.url)
        // Vendors' interfaces do not redirect, and a POST must not be replayed elsewhere.
        handle.set(CURLOPT_FOLLOWLOCATION, 0)
        handle.set(CURLOPT_PROTOCOLS_STR, "http,https")
        handle.set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
        handle.set(CURLOPT_CONNECTTIMEOUT_MS, EasyHandle.milliseconds(request.connectTimeout))
        handle.set(CURLOPT_TIMEOUT_MS, EasyHandle.milliseconds(request.timeout))
        // No signals, since this is not the main thread; and no waiting for the resolver's thread, since a name server
        // that is slow must not hold up the requests to other hosts.
        handle.set(CURLOPT_NOSIGNAL, 1)
        handle.set(CURLOPT_QUICK_EXIT, 1)
        if request.connection == .fresh {
            handle.set(CURLOPT_FRESH_CONNECT, 1)
            handle.set(CURLOPT_FORBID_REUSE, 1)
        }
    }

    private func setMessage(_ handle: inout EasyHandle, userAgent: String) {
        let request = job.request
        if request.method == "POST" || !request.body.isEmpty {
            handle.set(CURLOPT_POST, 1)
            handle.set(CURLOPT_POSTFIELDSIZE_LARGE, size: request.body.count)
            // The size comes first: it tells libcurl how much of the body to copy. No body at all would make it ask for one.
            if request.body.isEmpty {
                handle.set(CURLOPT_COPYPOSTFIELDS, "")
            } else {
                request.body.withUnsafeBytes { bytes in
                    handle.set(CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: bytes.baseAddress))
                }
            }
        } else {
            handle.set(CURLOPT_HTTPGET, 1)
        }
        let ownMethod = request.body.isEmpty ? ["GET", "POST"] : ["POST"]
        if !ownMethod.contains(request.method) { handle.set(CURLOPT_CUSTOMREQUEST, request.method) }
        handle.set(CURLOPT_USERAGENT, userAgent)
        // Every content coding that libcurl can undo.
        handle.set(CURLOPT_ACCEPT_ENCODING, "")
        handle.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        var named: Set<String> = []
        for field in request.headers where !Self.framing.contains(field.name.lowercased()) {
            named.insert(field.name.lowercased())
            // libcurl takes `Name:` for a wish to leave the field out, and `Name;` for an empty one.
            addHeader(field.value.isEmpty ? "\(field.name);" : "\(field.name): \(field.value)")
        }
        addHeader("Expect:")
        if !named.contains("content-type") { addHeader("Content-Type:") }
        handle.set(CURLOPT_HTTPHEADER, headers)
    }
}
