import CCurl
import COpenSSL

/// The C libraries that requests go through, as they are on this machine.
package struct LibraryVersions: Hashable, Sendable {
    /// libcurl's version, `7.88.1`.
    package var curl: String
    /// What libcurl uses for TLS, `OpenSSL/3.0.15`; nil where it has none.
    package var tls: String?
    /// libcrypto's version.
    package var crypto: String

    /// Asks the libraries.
    package static func ofThisMachine() -> LibraryVersions {
        // What is asked for has been there since the first version of the struct.
        let version = curl_version_info(CURLVERSION_FIRST)?.pointee
        return LibraryVersions(
            curl: version?.version.map { String(cString: $0) } ?? "?",
            tls: version?.ssl_version.map { String(cString: $0) },
            crypto: OpenSSL_version(0).map { String(cString: $0) } ?? "?")
    }
}
