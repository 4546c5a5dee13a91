/// The limits and the identity of a `CurlTransport`; proxies and authorities come from the environment.
///
/// Nothing here turns the verification of certificates or host names off, and nothing else does.
package struct CurlSettings: Hashable, Sendable {
    /// The most requests under way to one scheme, host and port at a time; more wait in order.
    package var maxConnectionsPerHost: Int
    /// The most requests under way altogether.
    package var maxInFlight: Int
    /// The most requests waiting for their turn; more are refused unsent.
    package var maxWaiting: Int
    /// The longest body that is accepted, in bytes after content codings are removed.
    package var maxResponseBytes: Int
    /// What `User-Agent` says unless the request has one of its own.
    package var userAgent: String
    /// A PEM file of authorities to trust besides the system's directory of them, as curl's `--cacert`.
    ///
    /// It takes the place of what `CURL_CA_BUNDLE` and `SSL_CERT_FILE` name.
    package var extraCAFile: String?
    /// The path of a local socket that takes all requests, whatever host their URLs name; nil for the network.
    ///
    /// The address of a socket holds 107 bytes; a longer path fails every request.
    package var unixSocket: String?

    /// Memberwise, with limits that suit one vendor account; limits below one count as one.
    package init(
        maxConnectionsPerHost: Int = 8, maxInFlight: Int = 256, maxWaiting: Int = 10_000,
        maxResponseBytes: Int = 16 << 20, userAgent: String = "autodialer", extraCAFile: String? = nil,
        unixSocket: String? = nil
    ) {
        self.maxConnectionsPerHost = max(1, maxConnectionsPerHost)
        self.maxInFlight = max(1, maxInFlight)
        self.maxWaiting = max(1, maxWaiting)
        self.maxResponseBytes = max(1, maxResponseBytes)
        self.userAgent = userAgent
        self.extraCAFile = extraCAFile
        self.unixSocket = unixSocket
    }
}
