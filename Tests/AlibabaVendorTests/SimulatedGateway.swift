import DialModel
import Foundation
import Telephony
import TestSupport

@testable import AlibabaVendor

/// The vendor's gateway as a participant: it checks signatures, nonces and clocks, and has groups, agents and calls.
///
/// `@unchecked Sendable`: every access to the state goes through `lock`.
final class SimulatedGateway: HTTPTransport, @unchecked Sendable {
    /// What goes wrong with a request, once.
    enum Fault: Sendable {
        /// The gateway turns the request away before anything is done.
        case gateway(status: Int, code: String, message: String = "")
        /// The product behind the gateway declines, in its own envelope.
        case business(status: Int, code: String, message: String = "")
        /// Some other body instead of the answer; the request is carried out all the same.
        case body(status: Int, text: String)
        /// No byte leaves.
        case notSent
        /// The request is carried out and its answer is lost.
        case answerLost
    }

    /// A request as it arrived.
    struct Received: Sendable {
        var action: String
        var parameters: [String: String]
        var at: Timestamp
        var connection: HTTPRequest.Connection
    }

    struct Agent: Sendable {
        var id: WireText
        var name: String
        var state: String
        var seconds: Int64 = 7
    }

    struct State: Sendable {
        var faults: [String: [Fault]] = [:]
        var outage: Fault?
        var received: [Received] = []
        var raw: [HTTPRequest] = []
        var nonces: Set<String> = []
        var groups: [WireText] = [SimulatedGateway.group("sg-1", "sales", queue: "sales_queue")]
        /// What `ListPhoneNumbers` lists, for outbound calls or not.
        var numbers: [WireText] = []
        var tags: [WireText] = []
        /// The longest page of tags, whatever is asked for.
        var longestTagPage = 100
        var agents: [Agent] = []
        var scripts: [String: SimulatedCall.Script] = [:]
        var calls: [SimulatedCall] = []
        var picked: WireText = "01080000001"
        var dialAnswer: WireText?
    }

    static let secret = Secret("s3cr3t-of-the-test")
    private let lock = NSLock()
    private var state = State()
    private let clock: ManualClock
    /// How far the vendor's clock is ahead of ours.
    private let skew: Duration

    init(clock: ManualClock, skew: Duration = .zero) {
        self.clock = clock
        self.skew = skew
    }

    /// Gives exclusive access to the vendor's state.
    func with<Result>(_ body: (inout State) -> Result) -> Result {
        lock.withLock { body(&state) }
    }

    func received(_ action: String) -> [Received] {
        with { $0.received.filter { $0.action == action } }
    }

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        let outcome: Result<HTTPResponse, TransportError> = with { state in
            state.raw.append(request)
            do throws(TransportError) {
                return .success(try answer(request, &state))
            } catch {
                return .failure(error)
            }
        }
        return try outcome.get()
    }

    private func answer(_ request: HTTPRequest, _ state: inout State) throws(TransportError) -> HTTPResponse {
        let parameters = Self.form(request.body)
        let action = parameters["Action"] ?? ""
        let fault = state.outage ?? Self.takeFault(action, &state)
        if case .notSent = fault {
            throw TransportError(.notSent, code: "CURLE_COULDNT_CONNECT", message: "could not connect to 127.0.0.1:1")
        }
        state.received.append(
            Received(action: action, parameters: parameters, at: clock.now, connection: request.connection))
        switch fault {
        case .gateway(let status, let code, let message): return refusal(status, code, message)
        case .business(let status, let code, let message):
            let body: WireText = [
                "RequestId": "r", "Success": false, "Code": .string(code), "Message": .string(message),
                "HttpStatusCode": .integer(Int64(status)),
            ]
            return response(status, body.text)
        case .body, .answerLost, .notSent, nil: break
        }
        let genuine = verify(request, parameters, &state) ?? perform(action, parameters, &state)
        switch fault {
        case .body(let status, let text): return response(status, text)
        case .answerLost:
            throw TransportError(
                .outcomeUnknown, code: "CURLE_RECV_ERROR", message: "127.0.0.1:1 closed the connection")
        case .gateway, .business, .notSent, nil: return genuine
        }
    }

    private static func takeFault(_ action: String, _ state: inout State) -> Fault? {
        guard let faults = state.faults[action], let first = faults.first else { return nil }
        state.faults[action] = Array(faults.dropFirst())
        return first
    }

    /// The gateway's own checks, in its order; nil when the request may pass.
    private func verify(_ request: HTTPRequest, _ parameters: [String: String], _ state: inout State) -> HTTPResponse? {
        guard parameters["Version"] == "2017-07-05", parameters["Format"] == "JSON" else {
            return refusal(400, "NoSuchVersion", "Specified parameter Version is not valid.")
        }
        let query = RPCSignature.canonicalQuery(parameters)
        let text = RPCSignature.stringToSign(method: request.method, query: query)
        guard RPCSignature.sign(text, secret: Self.secret) == parameters["Signature"] else {
            return refusal(
                400, "SignatureDoesNotMatch",
                "Specified signature is not matched with our calculation. server string to sign is:\(text)")
        }
        guard let sent = parameters["Timestamp"], abs((moment - Self.instant(sent)).seconds) <= 900 else {
            return refusal(400, "InvalidTimeStamp.Expired", "Specified time stamp or date value is expired.")
        }
        guard let nonce = parameters["SignatureNonce"], state.nonces.insert(nonce).inserted else {
            return refusal(400, "SignatureNonceUsed", "Specified signature nonce was used already.")
        }
        return nil
    }

    /// The vendor's time.
    var moment: Timestamp { clock.now + skew }

    func refusal(_ status: Int, _ code: String, _ message: String) -> HTTPResponse {
        let body: WireText = [
            "RequestId": "7CEFB5F1-0000-4000-8000-000000000002", "HostId": "ccc.cn-shanghai.aliyuncs.com",
            "Code": .string(code), "Message": .string(message),
        ]
        return response(status, body.text)
    }

    func response(_ status: Int, _ text: String) -> HTTPResponse {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(identifier: "GMT")
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        let date = formatter.string(from: Date(timeIntervalSince1970: Double(moment.milliseconds) / 1000))
        return HTTPResponse(status: status, headers: [HTTPField("Date", date)], body: Array(text.utf8))
    }

    private static func instant(_ text: String) -> Timestamp {
        let date = ISO8601DateFormatter().date(from: text) ?? .distantPast
        return Timestamp(milliseconds: Int64(date.timeIntervalSince1970 * 1000))
    }

    static func form(_ body: [UInt8]) -> [String: String] {
        var parameters: [String: String] = [:]
        for pair in String(decoding: body, as: UTF8.self).split(separator: "&") {
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard sides.count == 2, let name = String(sides[0]).removingPercentEncoding else { continue }
            parameters[name] = String(sides[1]).removingPercentEncoding
        }
        return parameters
    }
}
