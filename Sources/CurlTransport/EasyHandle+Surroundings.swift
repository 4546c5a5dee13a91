import CCurl
import DialModel

extension EasyHandle {
    /// Sets proxies and authorities.
    mutating func set(_ surroundings: Surroundings, for origin: Origin) {
        // Empty texts keep libcurl from reading the process's own environment.
        let isSecure = origin.scheme == "https"
        set(CURLOPT_PROXY, isSecure ? surroundings.httpsProxy : surroundings.httpProxy)
        set(CURLOPT_NOPROXY, surroundings.noProxy)
        if let file = surroundings.caFile {
            set(CURLOPT_CAINFO, file)
            set(CURLOPT_PROXY_CAINFO, file)
        }
        if let directory = surroundings.caDirectory {
            set(CURLOPT_CAPATH, directory)
            set(CURLOPT_PROXY_CAPATH, directory)
        } else if !surroundings.keepsSystemDirectory {
            // libcurl keeps the authorities of a file for the next connection only where no directory adds to them, and
            // reading Debian's 139 of them took 18 ms of processor time per connection.
            set(CURLOPT_CAPATH, nil as UnsafeMutableRawPointer?)
            set(CURLOPT_PROXY_CAPATH, nil as UnsafeMutableRawPointer?)
        }
    }

    /// States libcurl's defaults, because everything rests on them.
    mutating func verifyCertificates() {
        set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        set(CURLOPT_SSL_VERIFYPEER, 1)
        set(CURLOPT_SSL_VERIFYHOST, 2)
        set(CURLOPT_PROXY_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        set(CURLOPT_PROXY_SSL_VERIFYPEER, 1)
        set(CURLOPT_PROXY_SSL_VERIFYHOST, 2)
    }

    /// Whole milliseconds for libcurl, where zero would mean no limit and more than 32 bits is refused.
    static func milliseconds(_ duration: Duration) -> Int {
        Int(min(max(duration.milliseconds, 1), Int64(Int32.max)))
    }
}
