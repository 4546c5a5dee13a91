import CCurl

/// One of libcurl's easy handles while it is being set up; remembers the first option that was refused.
///
/// No option may be lost silently: one of them could be the verification of certificates.
struct EasyHandle {
    let pointer: UnsafeMutableRawPointer
    private(set) var failure: CURLcode = CURLE_OK

    /// Wraps a handle that is new or reset.
    init(_ pointer: UnsafeMutableRawPointer) {
        self.pointer = pointer
    }

    /// Sets a number or a switch.
    mutating func set(_ option: CURLoption, _ value: Int) {
        note(ccurl_set_long(pointer, option, value))
    }

    /// Sets a size in bytes.
    mutating func set(_ option: CURLoption, size: Int) {
        note(ccurl_set_offset(pointer, option, curl_off_t(size)))
    }

    /// Sets a text, which libcurl copies.
    mutating func set(_ option: CURLoption, _ value: String) {
        note(ccurl_set_string(pointer, option, value))
    }

    /// Sets a pointer, which must stay valid until the handle is reset.
    mutating func set(_ option: CURLoption, _ value: UnsafeMutableRawPointer?) {
        note(ccurl_set_pointer(pointer, option, value))
    }

    /// Sets a list, which must stay valid until the handle is reset.
    mutating func set(_ option: CURLoption, _ value: UnsafeMutablePointer<curl_slist>?) {
        note(ccurl_set_list(pointer, option, value))
    }

    /// Sets the receiver of header or body bytes.
    mutating func set(_ option: CURLoption, receiver: ccurl_data_callback) {
        note(ccurl_set_data_callback(pointer, option, receiver))
    }

    /// Sets what is asked on a ready connection before the request's first byte is sent.
    mutating func set(beforeRequest: ccurl_prereq_callback) {
        note(ccurl_set_prereq_callback(pointer, CURLOPT_PREREQFUNCTION, beforeRequest))
    }

    private mutating func note(_ code: CURLcode) {
        if failure == CURLE_OK { failure = code }
    }
}
