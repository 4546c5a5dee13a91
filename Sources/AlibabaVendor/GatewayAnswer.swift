import DialModel
import EventWire
import Telephony

/// What came back for one request: the business payload, or why there is none.
enum GatewayAnswer: Hashable, Sendable {
    case payload(JSONValue)
    case failure(GatewayFailure)
}

/// A refusal or failure as the gateway or the product behind it spelled it.
struct GatewayFailure: Hashable, Sendable {
    /// The HTTP status.
    var status: Int
    /// The vendor's code; `HTTP 502` or `MalformedAnswer` where the answer has none.
    var code: String
    /// The vendor's words, verbatim: not fit for printing.
    var message: String
    /// The server's time, from the `Date` header.
    var serverTime: Timestamp?

    /// What to do about it; nil for a code that no document names.
    var treatment: Treatment? { ErrorTable.treatment(of: code, status: status) }
}

extension GatewayAnswer {
    /// The code of an answer that cannot be read as the gateway's.
    static let malformed = "MalformedAnswer"

    /// Reads a response by the rule of A1.5.
    ///
    /// A call succeeded if and only if the status is 2xx, `Success` is not false, and `Code` is absent or `OK`.
    init(_ response: HTTPResponse) {
        let isGoodStatus = (200..<300).contains(response.status)
        var failure = GatewayFailure(
            status: response.status, code: isGoodStatus ? Self.malformed : "HTTP \(response.status)", message: "",
            serverTime: response.date)
        guard let body = JSONValue(parsing: response.body), case .object = body else {
            if let code = Self.element("Code", of: response.body) {
                failure.code = code
                failure.message = Self.element("Message", of: response.body) ?? ""
            }
            self = .failure(failure)
            return
        }
        let code = body["Code"]?.text
        if isGoodStatus, body["Success"]?.flag != false, code == nil || code == "OK" {
            self = .payload(body)
            return
        }
        failure.message = body["Message"]?.text ?? ""
        if let code, code != "OK" { failure.code = code }
        self = .failure(failure)
    }

    /// The text of an XML element, for errors that were found before `Format` was read.
    private static func element(_ name: String, of body: [UInt8]) -> String? {
        let text = String(decoding: body.prefix(16_384), as: UTF8.self)
        guard let start = text.firstRange(of: "<\(name)>"), let end = text.firstRange(of: "</\(name)>"),
            start.upperBound <= end.lowerBound
        else { return nil }
        let content = String(text[start.upperBound..<end.lowerBound]).trimmingBlanks()
        return content.isEmpty || content.contains("<") ? nil : content
    }
}
