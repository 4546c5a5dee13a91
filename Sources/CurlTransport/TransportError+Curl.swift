import CCurl
import Telephony

extension TransportError {
    /// The caller's task was cancelled.
    static func cancelled(_ delivery: Delivery, _ origin: Origin) -> TransportError {
        TransportError(delivery, code: "cancelled", message: "The request to \(origin.name) was cancelled")
    }

    /// The transport was shut down before or while the request was under way.
    static func shutDown(_ delivery: Delivery, _ origin: Origin) -> TransportError {
        TransportError(
            delivery, code: "cancelled", message: "The request to \(origin.name) was cancelled: the transport shut down"
        )
    }

    /// A request that libcurl was never asked to carry.
    static func refused(_ code: CURLcode, _ origin: Origin, because reason: String) -> TransportError {
        TransportError(.notSent, code: code.symbol, message: "The request to \(origin.name) was not sent: \(reason)")
    }

    /// A request that libcurl gave up, in the light of how far it had come.
    static func failed(_ exchange: Exchange, with code: CURLcode, maxBodyBytes: Int) -> TransportError {
        let name = exchange.job.origin.name
        switch exchange.refusal {
        case .bodyTooLong:
            return TransportError(
                .outcomeUnknown, code: CURLE_FILESIZE_EXCEEDED.symbol,
                message: "The answer of \(name) is longer than \(maxBodyBytes) bytes")
        case .headTooLong:
            return TransportError(
                .outcomeUnknown, code: CURLE_FILESIZE_EXCEEDED.symbol,
                message: "The header of \(name)'s answer is longer than \(ResponseHead.maxBytes) bytes")
        case .sentBefore:
            return TransportError(
                .outcomeUnknown, code: code.symbol,
                message: "\(name) turned the request away after it had been sent once")
        case nil:
            break
        }
        let delivery = exchange.delivery
        let reason = exchange.reason(for: code)
        let message =
            switch (delivery, code) {
            case (.notSent, CURLE_OPERATION_TIMEDOUT): "No connection to \(name) in time"
            case (.notSent, _): "No connection to \(name): \(reason)"
            case (.outcomeUnknown, CURLE_OPERATION_TIMEDOUT): "No answer from \(name) in time"
            case (.outcomeUnknown, _): "No answer from \(name): \(reason)"
            }
        return TransportError(delivery, code: code.symbol, message: message)
    }
}

extension Exchange {
    /// What to say about a failure.
    fileprivate func reason(for code: CURLcode) -> String {
        code.sentence(failureText)
    }
}

extension CURLcode {
    /// What to say about a failure.
    ///
    /// libcurl's own text is used for the kinds of failure where it explains more and names nothing but the host.
    func sentence(_ ownText: String) -> String {
        let explained: [CURLcode] = [
            CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT, CURLE_SSL_CONNECT_ERROR,
            CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CIPHER,
        ]
        return explained.contains(self) && !ownText.isEmpty ? ownText : String(cString: curl_easy_strerror(self))
    }
}
