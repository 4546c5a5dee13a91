import DialModel
import EventWire
import Telephony

/// What came back for one request: its members, or why there are none.
enum OpenAPIAnswer: Hashable, Sendable {
    case members(JSONValue)
    case failure(OpenAPIFailure)

    /// Reads a response: a status of 2xx with `code` 1000 is success, whatever else it has (`vendors/alibaba-udesk.md`, B2.2).
    ///
    /// 202 says that the request was taken and will be carried out (B4).
    init(_ response: HTTPResponse) {
        let body = JSONValue(parsing: response.body)
        let isGood = (200..<300).contains(response.status)
        if isGood, let body, case .object = body {
            if body["code"]?.text == Self.success || response.status == 202 {
                self = .members(body)
                return
            }
        }
        let code = body?["code"]?.text ?? (isGood ? OpenAPIFailure.malformed : "HTTP \(response.status)")
        self = .failure(
            OpenAPIFailure(
                status: response.status, code: code,
                message: body?["message"]?.text ?? body?["error"]?.text ?? body?["exception"]?.text ?? ""))
    }

    private static let success = "1000"
}

/// A refusal or failure as the vendor spelt it.
struct OpenAPIFailure: Hashable, Sendable {
    /// The code of an answer that cannot be read.
    static let malformed = "MalformedAnswer"

    /// The HTTP status.
    var status: Int
    /// The vendor's code; `HTTP 502` or `MalformedAnswer` where the answer has none.
    var code: String
    /// The vendor's words, verbatim: not fit for printing.
    var message: String
}

/// What is done about a failure (`vendors/alibaba-udesk.md`, B4).
enum Treatment: Hashable, Sendable {
    /// Turned away for its rate.
    case throttled
    /// Signature, time or rights are not accepted; signed anew once where that can do no harm.
    case notAllowed
    /// There is no such operation, or not any more.
    case noSuchOperation
    /// The request was read and declined.
    case declined
    /// It cannot be known whether it was carried out.
    case doubtful
}

extension OpenAPIFailure {
    /// What is done about it; a code that nobody knows leaves open what happened.
    func treatment(refusalCodes: Set<String>) -> Treatment {
        if status == 429 || Self.limitWords.contains(where: message.lowercased().contains) { return .throttled }
        switch status {
        case 401, 403: return .notAllowed
        case 404, 405, 410: return .noSuchOperation
        case 400..<500: return .declined
        case 200..<300 where code == "401" || code == "403": return .notAllowed
        case 200..<300 where refusalCodes.contains(code): return .declined
        default: return .doubtful
        }
    }

    /// How a limit is spoken of where the status does not say it; assumed.
    private static let limitWords = ["rate limit", "too many requests", "频率", "超过限制"]
}

extension Treatment {
    /// What a failed request for a callback means for its attempt.
    func meaningForCallback(retryAfter pause: Duration) -> VendorError.Meaning {
        switch self {
        case .throttled: .throttled(after: pause)
        case .notAllowed, .noSuchOperation: .misconfigured
        case .declined: .refused(.refused)
        case .doubtful: .outcomeUnknown
        }
    }

    /// What a failed question means, which never has effects.
    func meaningForQuestion(retryAfter pause: Duration) -> VendorError.Meaning {
        switch self {
        case .throttled: .throttled(after: pause)
        case .notAllowed, .noSuchOperation, .declined: .misconfigured
        case .doubtful: .unavailable
        }
    }
}
