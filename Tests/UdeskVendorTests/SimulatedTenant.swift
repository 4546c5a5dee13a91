import DialModel
import EventWire
import Telephony

/// A tenant of Udesk's as far as a client's errors are concerned: each operation answers as it is told to, and everything
/// that was asked is noted.
final class SimulatedTenant: HTTPTransport {
    /// How an operation behaves.
    enum Behaviour: Sendable {
        case answers(Int, String)
        case breaksOff(TransportError.Delivery)
    }

    /// A request, taken apart.
    struct Asked: Sendable {
        var method: String
        var operation: String
        var query: [String: String]
        var body: JSONValue?
        var isFresh: Bool
    }

    static let agents = #"{"code":1000,"data":[{"id":5001,"nick_name":"Chen","call_status":"idle"}]}"#
    static let relays = #"{"code":1000,"items":[{"number":"01086465040"},{"number":"02180000001"}],"meta":{}}"#

    private let behaviours: Locked<[String: [Behaviour]]>
    private let requests = Locked<[Asked]>([])

    /// Operations that are not named have agents, numbers and an empty log; of several answers each is given once, and the
    /// last for ever.
    init(_ behaviours: [String: [Behaviour]] = [:]) {
        self.behaviours = Locked(behaviours)
    }

    var asked: [Asked] { requests.with { $0 } }

    func asked(_ operation: String) -> [Asked] { asked.filter { $0.operation == operation } }

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        let halves = request.url.split(separator: "?", maxSplits: 1)
        let operation = String(halves[0].split(separator: "/open_api_v1/")[1])
        var query: [String: String] = [:]
        for pair in halves[1].split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            query[String(parts[0])] = String(parts[1])
        }
        let asked = Asked(
            method: request.method, operation: operation, query: query, body: JSONValue(parsing: request.body),
            isFresh: request.connection == .fresh)
        requests.with { $0.append(asked) }
        switch next(operation) {
        case .answers(let status, let body):
            return HTTPResponse(status: status, headers: [], body: Array(body.utf8))
        case .breaksOff(let delivery):
            throw TransportError(delivery, code: "CURLE_RECV_ERROR", message: "the connection broke off")
        }
    }

    private func next(_ operation: String) -> Behaviour {
        let own: Behaviour? = behaviours.with { behaviours in
            guard let first = behaviours[operation]?.first else { return nil }
            if behaviours[operation]?.count ?? 0 > 1 { behaviours[operation]?.removeFirst() }
            return first
        }
        if let own { return own }
        switch operation {
        case "agent_monitor_infos": return .answers(200, Self.agents)
        case "callcenter/callout_number_list": return .answers(200, Self.relays)
        case "callcenter/web_callback": return .answers(200, #"{"code":1000}"#)
        default: return .answers(200, #"{"code":1000,"items":[]}"#)
        }
    }
}

/// A listener that brings nothing.
struct SilentListener: PushListening {
    var failure: PushListeningError?

    func open() async throws(PushListeningError) {
        if let failure { throw failure }
    }

    func serve(_ take: @escaping @Sendable ([UInt8]) async -> Bool) async throws(PushListeningError) {}
}
