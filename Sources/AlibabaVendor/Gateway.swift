import DialModel
import EventWire
import Telephony

/// Signs, paces and sends the requests of one account, and repeats those that may be repeated.
struct Gateway: Sendable {
    /// A question's answer.
    struct Reply: Sendable {
        var answer: GatewayAnswer
        /// When the question left, after any wait for the rate.
        var sentAt: Timestamp
    }

    /// How often a question is asked again after a failure that time may heal.
    static let questionRetries = 3
    /// How long to place no calls when our own rate lets no more through.
    private static let pauseForOwnRate = Duration.seconds(2)

    let account: AlibabaAccount
    let transport: any HTTPTransport
    let clock: any RunClock
    let rate: RequestRate
    let requests: RequestBuilder
    let backOff: BackOff

    init(
        account: AlibabaAccount, transport: any HTTPTransport, clock: any RunClock, rate: RequestRate, seed: UInt64,
        entropy: UInt64
    ) {
        self.account = account
        self.transport = transport
        self.clock = clock
        self.rate = rate
        let random = Locked(SplitMix64(seed: seed))
        requests = RequestBuilder(account: account, random: random, entropy: entropy)
        backOff = BackOff(random: random)
    }

    /// Asks a question and answers with its payload, or throws what its failure means.
    func ask(
        _ action: String, _ parameters: [String: String], priority: RequestRate.Priority = .question
    ) async throws(VendorError) -> (payload: JSONValue, sentAt: Timestamp) {
        let reply = try await put(action, parameters, priority: priority)
        switch reply.answer {
        case .payload(let payload): return (payload, reply.sentAt)
        case .failure(let failure):
            let meaning = ErrorTable.meaningForQuestion(of: failure, retryAfter: backOff.afterThrottling(retry: 0))
            throw error(meaning, action, failure)
        }
    }

    /// Asks a question, again where time may heal its failure, and answers with whatever the vendor said last.
    ///
    /// Throws `.unavailable` when the vendor cannot be reached.
    func put(
        _ action: String, _ parameters: [String: String], priority: RequestRate.Priority = .question
    ) async throws(VendorError) -> Reply {
        var retries = 0
        while true {
            try await admit(action, priority)
            let sentAt = clock.now
            let request = requests.request(action, parameters, at: sentAt, clock: clock, connection: .reusable)
            var delay: Duration?
            do {
                let answer = GatewayAnswer(try await transport.send(request.http))
                if case .failure(let failure) = answer { delay = self.delay(beforeRetry: retries, of: failure) }
                guard let delay, retries < Self.questionRetries else {
                    return Reply(answer: explained(answer, request), sentAt: sentAt)
                }
                try await pause(delay, action)
            } catch let error as TransportError {
                guard retries < Self.questionRetries, !Task.isCancelled else {
                    throw self.error(.unavailable, action, error)
                }
                try await pause(backOff.afterFault(retry: retries), action)
            } catch let error as VendorError {
                throw error
            } catch {
                throw cancelled(action)
            }
            retries += 1
        }
    }

    /// Sends a request that has effects, once, and not after `notAfter`.
    func dial(
        _ action: String, _ parameters: [String: String], notAfter: Timestamp
    ) async throws(VendorError) -> JSONValue {
        try await admit(action, .dial, notAfter: notAfter)
        let request = requests.request(action, parameters, at: clock.now, clock: clock, connection: .fresh)
        let response: HTTPResponse
        do {
            response = try await transport.send(request.http)
        } catch {
            throw self.error(error.delivery == .notSent ? .unavailable : .outcomeUnknown, action, error)
        }
        switch explained(GatewayAnswer(response), request) {
        case .payload(let payload): return payload
        case .failure(let failure):
            if failure.treatment == .throttled { rate.slowDown() }
            let meaning = ErrorTable.meaningForDial(of: failure, retryAfter: backOff.afterThrottling(retry: 0))
            throw error(meaning, action, failure)
        }
    }

    private func delay(beforeRetry retry: Int, of failure: GatewayFailure) -> Duration? {
        switch failure.treatment {
        case .throttled:
            rate.slowDown()
            return backOff.afterThrottling(retry: retry)
        case .transient: return backOff.afterFault(retry: retry)
        case .nonceUsed: return retry == 0 ? .zero : nil
        case .clockSkew, .signature, .misconfigured, .suspended, .refused, .otherParty, .badFormat, nil: return nil
        }
    }

    private func admit(
        _ action: String, _ priority: RequestRate.Priority, notAfter: Timestamp? = nil
    ) async throws(VendorError) {
        let isAdmitted: Bool
        do {
            isAdmitted = try await rate.admit(priority, notAfter: notAfter)
        } catch {
            throw cancelled(action)
        }
        guard isAdmitted, notAfter.map({ clock.now <= $0 }) ?? true else {
            throw error(
                .throttled(after: Self.pauseForOwnRate), action, code: "OwnRateLimit",
                "the account's requests_per_second let no more through in time; nothing was sent")
        }
    }

    private func pause(_ delay: Duration, _ action: String) async throws(VendorError) {
        do {
            try await clock.sleep(for: delay)
        } catch {
            throw cancelled(action)
        }
    }
}
