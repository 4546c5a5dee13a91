import CCurl
import Telephony

extension TransportError {
    /// The task that waited for a message was cancelled.
    static func receivingCancelled(_ origin: Origin) -> TransportError {
        TransportError(
            .outcomeUnknown, code: "cancelled", message: "Waiting for a message of \(origin.name) was cancelled")
    }

    /// Opening or sending was cancelled, or the transport shut down meanwhile.
    static func channelCancelled(_ delivery: Delivery, _ origin: Origin) -> TransportError {
        TransportError(delivery, code: "cancelled", message: "The channel to \(origin.name) was cancelled")
    }

    /// A message for a channel that is closed.
    static func channelClosed(_ origin: Origin) -> TransportError {
        TransportError(
            .notSent, code: CURLE_SEND_ERROR.symbol, message: "The channel to \(origin.name) is closed")
    }

    /// libcurl could not connect.
    static func notConnected(_ code: CURLcode, _ origin: Origin, because reason: String) -> TransportError {
        let message =
            code == CURLE_OPERATION_TIMEDOUT
            ? "No connection to \(origin.name) in time" : "No connection to \(origin.name): \(reason)"
        return TransportError(.notSent, code: code.symbol, message: message)
    }

    /// The answer to the opening handshake does not open a channel.
    static func handshakeRefused(_ refusal: WebSocketHandshake.Refusal, _ origin: Origin) -> TransportError {
        let code = refusal.status == nil ? CURLE_WEIRD_SERVER_REPLY : CURLE_HTTP_RETURNED_ERROR
        return TransportError(
            .outcomeUnknown, code: code.symbol, message: "\(origin.name) opened no channel: it \(refusal.reason)")
    }

    /// Connecting or the handshake took too long.
    static func openingTimedOut(_ delivery: Delivery, _ origin: Origin) -> TransportError {
        let what = delivery == .notSent ? "No connection to \(origin.name)" : "No answer from \(origin.name)"
        return TransportError(delivery, code: CURLE_OPERATION_TIMEDOUT.symbol, message: "\(what) in time")
    }

    /// Nothing came for too long, not even the answer to a ping.
    static func channelSilent(_ origin: Origin) -> TransportError {
        TransportError(
            .outcomeUnknown, code: CURLE_OPERATION_TIMEDOUT.symbol,
            message: "The channel to \(origin.name) has gone silent")
    }

    /// The connection under a channel broke, or ended without a word.
    static func channelBroken(_ code: CURLcode, _ origin: Origin) -> TransportError {
        let reason = code == CURLE_GOT_NOTHING ? "it ended unannounced" : String(cString: curl_easy_strerror(code))
        return TransportError(
            .outcomeUnknown, code: code.symbol, message: "The channel to \(origin.name) broke: \(reason)")
    }

    /// The other side broke the protocol.
    static func channelViolated(_ violation: WebSocketViolation, _ origin: Origin) -> TransportError {
        TransportError(
            .outcomeUnknown, code: "WEBSOCKET_\(violation.code)",
            message: "The channel to \(origin.name) was closed, since the other side \(violation.reason)")
    }

    /// The other side closed the channel because of something that went wrong.
    static func channelClosed(_ origin: Origin, withCode code: UInt16) -> TransportError {
        TransportError(
            .outcomeUnknown, code: "WEBSOCKET_\(code)", message: "\(origin.name) closed the channel with code \(code)")
    }
}
