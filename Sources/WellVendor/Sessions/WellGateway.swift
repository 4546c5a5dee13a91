import DialModel
import EventWire
import Telephony

/// Sends the requests of one account, each of them once.
struct WellGateway: Sendable {
    private static let connectTimeout = Duration.seconds(5)
    private static let timeout = Duration.seconds(15)
    private static let shortestConnectTimeout = Duration.seconds(1)
    /// How many requests may be under way at a time that have to do with no call: half of what a transport carries to
    /// one server.
    private static let housekeepers = 4

    let account: WellAccount
    let transport: any HTTPTransport
    let clock: any RunClock
    private let turnstile = Turnstile(places: Self.housekeepers)

    init(account: WellAccount, transport: any HTTPTransport, clock: any RunClock) {
        self.account = account
        self.transport = transport
        self.clock = clock
    }

    /// Sends an operation under a session and answers with the body of a success (A.3.1).
    func send(_ operation: WellOperation, session: Secret) async throws(WellFailure) -> [UInt8] {
        var headers = [HTTPField("sessionId", session.revealed), HTTPField("Accept", "application/json")]
        var body: [UInt8] = []
        if let value = operation.body {
            headers.append(HTTPField("Content-Type", "application/json; charset=UTF-8"))
            body = Array(value.serialized.utf8)
        }
        let request = request(
            operation.method, account.endpoint + operation.path, headers, body, operation.connection)
        if operation.isUrgent { return try await send(request, operation.name) }
        return try await sendInTurn(request, operation.name)
    }

    /// Trades an agent's password for a session (A.4, step 1).
    func session(of login: AgentLogin) async throws(WellFailure) -> Secret {
        let headers = [
            HTTPField("Content-Type", "application/x-www-form-urlencoded"), HTTPField("Accept", "application/json"),
        ]
        let body = LoginService.body(login, domain: account.domain)
        let answer = try await sendInTurn(
            request("POST", account.loginURL, headers, body, .reusable), LoginService.operation)
        guard let session = LoginService.session(in: answer) else {
            throw WellFailure(LoginService.operation, .malformed)
        }
        return session
    }

    /// Sends what can wait for a moment, so that whatever concerns a call finds a connection free.
    private func sendInTurn(_ request: HTTPRequest, _ operation: String) async throws(WellFailure) -> [UInt8] {
        try await turnstile.pass(for: operation) { () async throws(WellFailure) in try await send(request, operation) }
    }

    private func send(_ request: HTTPRequest, _ operation: String) async throws(WellFailure) -> [UInt8] {
        let response: HTTPResponse
        do {
            response = try await transport.send(request)
        } catch {
            throw WellFailure(operation, .transport(error))
        }
        guard (200..<300).contains(response.status) else {
            throw WellFailure(operation, .status(response.status), holder: Self.holder(in: response.body))
        }
        return response.body
    }

    private func request(
        _ method: String, _ url: String, _ headers: [HTTPField], _ body: [UInt8],
        _ connection: HTTPRequest.Connection
    ) -> HTTPRequest {
        HTTPRequest(
            method: method, url: url, headers: headers, body: body,
            connectTimeout: clock.realTimeout(Self.connectTimeout, atLeast: Self.shortestConnectTimeout),
            timeout: clock.realTimeout(Self.timeout), connection: connection)
    }

    /// Who holds the phone, or where the agent is; the documents and the vendor's own program differ in the name (A.8).
    private static func holder(in body: [UInt8]) -> String? {
        guard let answer = JSONValue(parsing: body) else { return nil }
        return ["agentId", "agent", "deviceId"].lazy.compactMap { answer[$0]?.text }.first
    }
}

/// The waits before something is tried again: half of each fixed and half random, doubling.
struct BackOff: Sendable {
    private let random: Locked<SplitMix64>

    init(seed: UInt64) {
        random = Locked(SplitMix64(seed: seed))
    }

    /// The wait before the next try after so many failures in a row, from `first` up to `longest`.
    func wait(afterFailures count: Int, first: Duration, longest: Duration) -> Duration {
        let full = min(longest.seconds, first.seconds * Double(1 << max(0, min(count - 1, 16))))
        return .milliseconds(Int64(full * 500 + full * 500 * random.with { $0.unit() }))
    }
}
