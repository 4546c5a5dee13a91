import DialModel
import EventWire
import Telephony

/// Signs, paces and sends the requests of one account (`vendors/alibaba-udesk.md`, B1, F4).
struct Gateway: Sendable {
    /// How long nothing is sent to an operation that turned a request away for its rate.
    static let pauseAfterThrottling = Duration.seconds(10)
    /// How long to place no calls when our own pace lets no more through.
    private static let pauseForOwnPace = Duration.seconds(2)
    private static let connectTimeout = Duration.seconds(5)
    private static let timeout = Duration.seconds(15)

    let account: UdeskAccount
    let transport: any HTTPTransport
    let clock: any RunClock
    let pace: RequestPace
    /// Where nonces come from.
    let random: Locked<SplitMix64>

    /// Asks a question; once more, signed anew, if the vendor does not accept the signature.
    func ask(_ path: String, _ parameters: [(String, String)]) async throws(VendorError) -> JSONValue {
        for isLast in [false, true] {
            try await admit(path, notAfter: nil)
            let request = request("GET", path, parameters, body: [], connection: .reusable)
            let response: HTTPResponse
            do {
                response = try await transport.send(request)
            } catch {
                throw self.error(.unavailable, path, code: error.code, error.message)
            }
            switch OpenAPIAnswer(response) {
            case .members(let members): return members
            case .failure(let failure):
                let treatment = note(failure, path)
                guard treatment == .notAllowed, !isLast else {
                    throw error(
                        treatment.meaningForQuestion(retryAfter: Self.pauseAfterThrottling), path, failure, treatment)
                }
            }
        }
        throw error(.unavailable, path, code: "NoAnswer", "")
    }

    /// Sends a request that has effects, once, and not after `notAfter`.
    func act(_ path: String, body: [UInt8], notAfter: Timestamp) async throws(VendorError) {
        try await admit(path, notAfter: notAfter)
        let request = request("POST", path, [], body: body, connection: .fresh)
        let response: HTTPResponse
        do {
            response = try await transport.send(request)
        } catch {
            let meaning: VendorError.Meaning = error.delivery == .notSent ? .unavailable : .outcomeUnknown
            throw self.error(meaning, path, code: error.code, error.message)
        }
        guard case .failure(let failure) = OpenAPIAnswer(response) else { return }
        let treatment = note(failure, path)
        throw error(treatment.meaningForCallback(retryAfter: Self.pauseAfterThrottling), path, failure, treatment)
    }

    /// An error of this account, its words cleaned.
    func error(
        _ meaning: VendorError.Meaning, _ path: String, code: String, _ message: String
    ) -> VendorError {
        VendorError(
            meaning, vendor: account.name, operation: path, code: Redaction.clean(code, secret: account.token),
            message: Redaction.clean(message, secret: account.token))
    }

    private func error(
        _ meaning: VendorError.Meaning, _ path: String, _ failure: OpenAPIFailure, _ treatment: Treatment
    ) -> VendorError {
        var message = failure.message
        if message.isEmpty { message = "the vendor answered with HTTP status \(failure.status)" }
        if treatment == .notAllowed {
            message += " (check email, token and this machine's clock, and whether the tenant may use the Open API)"
        }
        return error(meaning, path, code: failure.code, message)
    }

    private func note(_ failure: OpenAPIFailure, _ path: String) -> Treatment {
        let treatment = failure.treatment(refusalCodes: account.refusalCodes)
        if treatment == .throttled { pace.pause(path, for: Self.pauseAfterThrottling) }
        return treatment
    }

    private func admit(_ path: String, notAfter: Timestamp?) async throws(VendorError) {
        let isAdmitted: Bool
        do {
            isAdmitted = try await pace.admit(path, notAfter: notAfter)
        } catch {
            throw self.error(.unavailable, path, code: "cancelled", "the run stopped before the request was sent")
        }
        guard isAdmitted else {
            throw error(
                .throttled(after: Self.pauseForOwnPace), path, code: "OwnRateLimit",
                "the account's requests_per_minute let no more through in time; nothing was sent")
        }
    }

    /// A request with a signature of its own: every nonce may be used once.
    private func request(
        _ method: String, _ path: String, _ parameters: [(String, String)], body: [UInt8],
        connection: HTTPRequest.Connection
    ) -> HTTPRequest {
        let timestamp = clock.now.milliseconds / 1000
        let nonce = nonce()
        let sign = OpenAPISignature.sign(
            email: account.email, token: account.token, timestamp: timestamp, nonce: nonce)
        let query = URLQuery.text(
            parameters + [
                ("email", account.email), ("timestamp", String(timestamp)), ("sign", sign), ("nonce", nonce),
                ("sign_version", OpenAPISignature.version),
            ])
        let type = body.isEmpty ? [] : [HTTPField("Content-Type", "application/json")]
        return HTTPRequest(
            method: method, url: "\(account.endpoint)/open_api_v1/\(path)?\(query)",
            headers: type + [HTTPField("Accept", "application/json")], body: body,
            connectTimeout: clock.realTimeout(Self.connectTimeout),
            timeout: clock.realTimeout(Self.timeout), connection: connection)
    }

    private func nonce() -> String {
        let digits = random.with { Self.hexadecimal($0.next()) + Self.hexadecimal($0.next()) }
        let cuts = [0, 8, 12, 16, 20, 32]
        return zip(cuts, cuts.dropFirst()).map { String(digits.dropFirst($0).prefix($1 - $0)) }.joined(separator: "-")
    }

    private static func hexadecimal(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
