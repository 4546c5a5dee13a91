import CCurl
import DialModel
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
        setSurroundings(&handle, surroundings)
        setVerification(&handle)
        return handle.failure
    }

    private func setTarget(_ handle: inout EasyHandle) {
        let request = job.request
        handle.set(CURLOPT_URL, request.url)
        // Vendors' interfaces do not redirect, and a POST must not be replayed elsewhere.
        handle.set(CURLOPT_FOLLOWLOCATION, 0)
        handle.set(CURLOPT_PROTOCOLS_STR, "http,https")
        handle.set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
        handle.set(CURLOPT_CONNECTTIMEOUT_MS, Self.milliseconds(request.connectTimeout))
        handle.set(CURLOPT_TIMEOUT_MS, Self.milliseconds(request.timeout))
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
            if request.method != "POST" { handle.set(CURLOPT_CUSTOMREQUEST, request.method) }
        } else {
            handle.set(CURLOPT_HTTPGET, 1)
        }
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

    private func setSurroundings(_ handle: inout EasyHandle, _ surroundings: Surroundings) {
        // Empty texts keep libcurl from reading the process's own environment.
        let isSecure = job.origin.scheme == "https"
        handle.set(CURLOPT_PROXY, isSecure ? surroundings.httpsProxy : surroundings.httpProxy)
        handle.set(CURLOPT_NOPROXY, surroundings.noProxy)
        if let file = surroundings.caFile {
            handle.set(CURLOPT_CAINFO, file)
            handle.set(CURLOPT_PROXY_CAINFO, file)
        }
        if let directory = surroundings.caDirectory {
            handle.set(CURLOPT_CAPATH, directory)
            handle.set(CURLOPT_PROXY_CAPATH, directory)
        } else if !surroundings.keepsSystemDirectory {
            // libcurl keeps the authorities of a file for the next connection only where no directory adds to them, and
            // reading Debian's 139 of them took 18 ms of processor time per connection.
            handle.set(CURLOPT_CAPATH, nil as UnsafeMutableRawPointer?)
            handle.set(CURLOPT_PROXY_CAPATH, nil as UnsafeMutableRawPointer?)
        }
    }

    /// States libcurl's defaults, because everything rests on them.
    private func setVerification(_ handle: inout EasyHandle) {
        handle.set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        handle.set(CURLOPT_SSL_VERIFYPEER, 1)
        handle.set(CURLOPT_SSL_VERIFYHOST, 2)
        handle.set(CURLOPT_PROXY_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        handle.set(CURLOPT_PROXY_SSL_VERIFYPEER, 1)
        handle.set(CURLOPT_PROXY_SSL_VERIFYHOST, 2)
    }

    /// Whole milliseconds for libcurl, where zero would mean no limit and more than 32 bits is refused.
    private static func milliseconds(_ duration: Duration) -> Int {
        Int(min(max(duration.milliseconds, 1), Int64(Int32.max)))
    }
}
