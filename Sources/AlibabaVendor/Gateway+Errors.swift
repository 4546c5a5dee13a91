import DialModel
import EventWire
import Telephony

extension Gateway {
    /// An error of this account, its words cleaned.
    func error(
        _ meaning: VendorError.Meaning, _ action: String, code: String, _ message: String
    ) -> VendorError {
        VendorError(
            meaning, vendor: account.name, operation: action,
            code: Redaction.clean(code, secret: account.accessKeySecret),
            message: Redaction.clean(message, secret: account.accessKeySecret))
    }

    func error(_ meaning: VendorError.Meaning, _ action: String, _ failure: GatewayFailure) -> VendorError {
        var message = failure.message
        if message.isEmpty { message = "the gateway answered with HTTP status \(failure.status)" }
        return error(meaning, action, code: failure.code, message)
    }

    func error(_ meaning: VendorError.Meaning, _ action: String, _ failure: TransportError) -> VendorError {
        error(meaning, action, code: failure.code, failure.message)
    }

    func cancelled(_ action: String) -> VendorError {
        error(.unavailable, action, code: "cancelled", "the run stopped before the request was sent")
    }

    /// An answer whose complaint about signature or clock says what an operator can do about it.
    ///
    /// The server repeats the whole text that it signed, numbers and all; only whether it equals ours is kept.
    func explained(_ answer: GatewayAnswer, _ request: SignedRequest) -> GatewayAnswer {
        guard case .failure(var failure) = answer else { return answer }
        switch failure.treatment {
        case .signature:
            let agrees = failure.message.contains(request.stringToSign)
            let hint =
                agrees
                ? "the server signed the same text, so the access key secret is wrong"
                : "check the access key secret, and for a proxy that changes requests"
            let words = Redaction.beforeStringToSign(failure.message).trimmingBlanks()
            failure.message = words.isEmpty ? hint : "\(words) (\(hint))"
        case .clockSkew:
            failure.message += " (\(clockHint(failure.serverTime)))"
        case .throttled, .transient, .nonceUsed, .misconfigured, .suspended, .refused, .otherParty, .badFormat, nil:
            break
        }
        return .failure(failure)
    }

    private func clockHint(_ serverTime: Timestamp?) -> String {
        guard let serverTime else { return "compare this machine's clock with the vendor's" }
        let seconds = Int64((clock.now - serverTime).seconds)
        switch seconds {
        case 1...: return "this machine's clock is \(seconds) s ahead of the vendor's"
        case ..<0: return "this machine's clock is \(-seconds) s behind the vendor's"
        default: return "this machine's clock agrees with the vendor's"
        }
    }
}
