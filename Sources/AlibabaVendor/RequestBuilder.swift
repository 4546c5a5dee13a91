import DialModel
import Telephony

/// A request with the text that its signature covers.
struct SignedRequest: Sendable {
    var http: HTTPRequest
    var stringToSign: String
}

/// Builds the account's requests: `POST`, every parameter in the form body (`vendors/alibaba-udesk.md`, A1.1 to A1.3).
struct RequestBuilder: Sendable {
    private static let connectTimeout = Duration.seconds(5)
    private static let timeout = Duration.seconds(15)
    /// A run at speed shortens time-outs, but this machine needs its time all the same.
    private static let shortestConnectTimeout = Duration.seconds(1)

    let account: AlibabaAccount
    let random: Locked<SplitMix64>
    /// Makes nonces differ between processes that were started with one seed.
    let entropy: UInt64

    /// Signs one operation, with a nonce of its own.
    func request(
        _ action: String, _ parameters: [String: String], at now: Timestamp, clock: any RunClock,
        connection: HTTPRequest.Connection
    ) -> SignedRequest {
        var all = parameters
        all["Action"] = action
        all["Version"] = "2017-07-05"
        all["Format"] = "JSON"
        all["AccessKeyId"] = account.accessKeyID
        all["SignatureMethod"] = "HMAC-SHA1"
        all["SignatureVersion"] = "1.0"
        all["SignatureNonce"] = nonce()
        all["Timestamp"] = WireTime.text(now)
        let query = RPCSignature.canonicalQuery(all)
        let stringToSign = RPCSignature.stringToSign(method: "POST", query: query)
        let signature = RPCSignature.sign(stringToSign, secret: account.accessKeySecret)
        let body = "\(query)&Signature=\(RPCSignature.percentEncode(signature))"
        let http = HTTPRequest(
            method: "POST", url: url,
            headers: [
                HTTPField("Content-Type", "application/x-www-form-urlencoded"), HTTPField("Accept", "application/json"),
            ],
            body: Array(body.utf8),
            connectTimeout: clock.realTimeout(Self.connectTimeout, atLeast: Self.shortestConnectTimeout),
            timeout: clock.realTimeout(Self.timeout),
            connection: connection)
        return SignedRequest(http: http, stringToSign: stringToSign)
    }

    private var url: String {
        account.endpoint.hasSuffix("/") ? account.endpoint : account.endpoint + "/"
    }

    /// A random UUID, and the process's mark behind it.
    private func nonce() -> String {
        let (high, low) = random.with { ($0.next(), $0.next()) }
        let versioned = high & ~0xF000 | 0x4000
        let variant = low & ~(0xC0 << 56) | (0x80 << 56)
        let digits = Self.hexadecimal(versioned) + Self.hexadecimal(variant)
        let cuts = [0, 8, 12, 16, 20, 32]
        let groups = zip(cuts, cuts.dropFirst()).map { String(digits.dropFirst($0).prefix($1 - $0)) }
        return (groups + [Self.hexadecimal(entropy)]).joined(separator: "-")
    }

    private static func hexadecimal(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

/// The waits before a request is sent again (`vendors/alibaba-udesk.md`, A5).
struct BackOff: Sendable {
    private static let longest = 20_000.0

    let random: Locked<SplitMix64>

    /// Half of the delay fixed and half random, from 500 ms on, doubling.
    func afterThrottling(retry: Int) -> Duration {
        let delay = Self.delay(from: 500, retry: retry)
        return Self.milliseconds(delay / 2 + delay / 2 * random.with { $0.unit() })
    }

    /// The whole delay random, from 100 ms on, doubling.
    func afterFault(retry: Int) -> Duration {
        Self.milliseconds(Self.delay(from: 100, retry: retry) * random.with { $0.unit() })
    }

    private static func delay(from first: Double, retry: Int) -> Double {
        (0..<max(0, min(retry, 16))).reduce(first) { delay, _ in min(longest, delay * 2) }
    }

    private static func milliseconds(_ count: Double) -> Duration {
        .milliseconds(max(1, Int64(count)))
    }
}
