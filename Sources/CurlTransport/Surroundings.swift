/// What the environment says about proxies and authorities, read as users of curl expect.
///
/// libcurl reads the proxy variables of the process by itself; they are read here instead so that they can be handed
/// in. The variables for authorities are the curl tool's own: libcurl ignores them.
struct Surroundings: Hashable, Sendable {
    /// The proxy for `http` URLs; empty for none.
    var httpProxy: String
    /// The proxy for `https` URLs; empty for none.
    var httpsProxy: String
    /// The hosts that are reached directly, in curl's syntax.
    var noProxy: String
    /// A PEM file of authorities; nil for the one that libcurl was built with.
    var caFile: String?
    /// A directory of hashed authorities to trust besides the file; nil for none.
    var caDirectory: String?
    /// Whether the directory that libcurl was built with counts besides the file.
    var keepsSystemDirectory = false

    /// Reads the variables; an empty one counts as unset, and the lower-case spelling goes first.
    init(environment: [String: String], extraCAFile: String?) {
        func first(_ names: String...) -> String? {
            names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        }
        // `HTTP_PROXY` is not read: a CGI server sets it from a request's `Proxy` header.
        httpProxy = first("http_proxy", "all_proxy", "ALL_PROXY") ?? ""
        httpsProxy = first("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY") ?? ""
        noProxy = first("no_proxy", "NO_PROXY") ?? ""
        if let extraCAFile {
            caFile = extraCAFile
            keepsSystemDirectory = true
        } else if let bundle = first("CURL_CA_BUNDLE") {
            caFile = bundle
        } else {
            caFile = first("SSL_CERT_FILE")
            caDirectory = first("SSL_CERT_DIR")
        }
    }
}
