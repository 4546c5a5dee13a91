import DialModel
import Telephony

/// What the client does about a vendor's code (`vendors/alibaba-udesk.md`, A5).
enum Treatment: Hashable, Sendable {
    /// Turned away unread for the rate.
    case throttled
    /// A fault on the vendor's side: a question is asked again, a dial may have been carried out.
    case transient
    /// The nonce was used before; the request was not read any further.
    case nonceUsed
    /// The two clocks disagree.
    case clockSkew
    /// The secret is wrong, or the two sides signed different texts.
    case signature
    /// An operator or a programmer has to change something.
    case misconfigured
    /// The account is out of service for a time.
    case suspended
    /// The one request was declined before any phone rang.
    case refused
    /// The agent is not free after all, or the number shown is not the account's; the callee has nothing to do with it.
    case otherParty
    /// A parameter's form was declined; of a callee it means that the number cannot be dialled.
    case badFormat
}

/// The vendor's codes and what they mean, the first row that matches deciding.
struct ErrorTable: Sendable {
    /// One row; a code that ends in `*` stands for everything that starts with the rest.
    struct Row: Sendable {
        let code: String
        let treatment: Treatment

        init(_ code: String, _ treatment: Treatment) {
            self.code = code
            self.treatment = treatment
        }

        func matches(_ other: String) -> Bool {
            code.hasSuffix("*") ? other.hasPrefix(code.dropLast()) : other == code
        }
    }

    /// The rows of A5.
    static let rows: [Row] = [
        Row("Throttling*", .throttled),
        Row("HTTP 429", .throttled),
        Row("ServiceUnavailable*", .transient),
        Row("InternalError*", .transient),
        Row("InternalService*", .transient),
        Row("UnknownError", .transient),
        Row(GatewayAnswer.malformed, .transient),
        Row("SignatureNonceUsed", .nonceUsed),
        Row("InvalidTimeStamp*", .clockSkew),
        Row("IllegalTimestamp*", .clockSkew),
        Row("SignatureDoesNotMatch", .signature),
        Row("IncompleteSignature", .signature),
        Row("InvalidAccessKeyId*", .misconfigured),
        Row("Forbidden*", .misconfigured),
        Row("Missing*", .misconfigured),
        Row("InvalidParameter*", .misconfigured),
        Row("InvalidApi*", .misconfigured),
        Row("NoSuchVersion", .misconfigured),
        Row("UnsupportedHTTPMethod", .misconfigured),
        Row("UnsupportedFormat", .misconfigured),
        Row("InvalidProtocol*", .misconfigured),
        Row("InsufficientBalance", .suspended),
        Row("AbnormalService*", .suspended),
        Row("NotExists.Number", .otherParty),
        Row("NotExists*", .misconfigured),
        Row("Parameter.Format", .badFormat),
        Row("Parameter.Invalid", .refused),
        Row("Parameter*", .misconfigured),
        Row("Permission*", .misconfigured),
        Row("UserBusy", .otherParty),
    ]

    /// The treatment of a code; nil when the table does not have it.
    static func treatment(of code: String, status: Int) -> Treatment? {
        if let row = rows.first(where: { $0.matches(code) }) { return row.treatment }
        return status >= 500 ? .transient : nil
    }

    /// What a failed `DialEx` means for its attempt: whatever does not prove that nothing happened is unknown.
    static func meaningForDial(of failure: GatewayFailure, retryAfter: Duration) -> VendorError.Meaning {
        switch failure.treatment {
        case .throttled: .throttled(after: retryAfter)
        // A used nonce means that the request came in before, by a way that is not ours, and may have been carried out.
        case .transient, .nonceUsed, nil: .outcomeUnknown
        case .suspended: .unavailable
        case .clockSkew, .signature, .misconfigured: .misconfigured
        case .refused: .refused(.refused)
        case .otherParty: .refused(.notPlaced)
        case .badFormat: .refused(failure.message.lowercased().contains("callee") ? .invalidNumber : .refused)
        }
    }

    /// What a failed question means; a question never has effects, so nothing about it is unknown.
    static func meaningForQuestion(of failure: GatewayFailure, retryAfter: Duration) -> VendorError.Meaning {
        switch failure.treatment {
        case .throttled: .throttled(after: retryAfter)
        case .transient, .nonceUsed, .suspended, nil: .unavailable
        case .clockSkew, .signature, .misconfigured, .refused, .otherParty, .badFormat: .misconfigured
        }
    }
}
