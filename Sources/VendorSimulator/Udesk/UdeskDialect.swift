import COpenSSL
import DialModel
import EventWire

/// Udesk's Open API over the shared call centre, as far as web callbacks need it, and the events that it posts
/// (`vendors/alibaba-udesk.md`, B6).
///
/// Answered calls go to whichever agent has been idle longest. Operations that no document describes are those that the
/// client assumes: the log of calls and the members of a relay number.
struct UdeskDialect: PushDialect {
    let vendor = "udesk"
    let tenant: SimulatedUdesk
    /// The numbers that may be shown.
    let relays: [String]
    let blockedCallees: Set<String>
    let timestampTolerance: Duration
    let recordDelay: Duration
    var faults: SimulatorFaults
    var calls: [UdeskCall] = []
    var callsByOrdinal: [Int: Int] = [:]
    var dials = 0
    var random: SplitMix64
    private var nonces = NonceRegister()
    private var requests = 0
    /// When each operation was asked for of late.
    private var admitted: [String: [Timestamp]] = [:]
    private var output: [PushOutput] = []

    init(settings: SimulatorSettings) {
        tenant = settings.udesk
        relays = settings.account.numbers.filter(\.dialsOut).map(\.number)
        blockedCallees = Set(settings.blockedCallees)
        timestampTolerance = settings.timestampTolerance
        recordDelay = settings.recordDelay
        faults = settings.faults
        random = SplitMix64(seed: settings.seed ^ 0x0DE5_0000_0000_0001)
    }

    var nextDueAt: Timestamp? { nil }

    func callID(ofCall ordinal: Int) -> String? { callsByOrdinal[ordinal].map { calls[$0].callID } }

    func pushes(on path: String) -> Bool { false }

    mutating func opened(_ connection: ConnectionID, by request: RawRequest, in world: inout SimulatedCallCentre) {}

    mutating func received(_ text: String, from connection: ConnectionID, in world: inout SimulatedCallCentre) {}

    mutating func closed(_ connection: ConnectionID, in world: inout SimulatedCallCentre) {}

    mutating func timePassed(in world: inout SimulatedCallCentre) {}

    mutating func takeOutput() -> [(ConnectionID, PushOutput)] {
        defer { output = [] }
        return output.map { (.posting, $0) }
    }

    /// Has an event posted.
    mutating func post(_ value: JSON) {
        output.append(.event(String(decoding: faults.style.bytes(of: value), as: UTF8.self)))
    }

    // MARK: Requests

    mutating func answer(_ request: RawRequest, in world: inout SimulatedCallCentre) -> RawAnswer? {
        let root = "/open_api_v1/"
        guard request.path.hasPrefix(root) else { return nil }
        let operation = String(request.path.dropFirst(root.count))
        let form = FormParameters([request.query])
        requests += 1
        if SimulatorFaults.strikes(faults.throttleEvery, requests) { return Self.tooMany }
        if let refusal = authenticate(form, at: world.now) { return refusal }
        guard admit(operation, at: world.now) else { return Self.tooMany }
        switch (request.method, operation) {
        case ("POST", "callcenter/web_callback"): return callBack(request, form, in: &world)
        case ("GET", "callcenter/callout_number_list"): return relayNumbers(form)
        case ("GET", "agent_monitor_infos"): return agentStates(form, world)
        case ("GET", tenant.callLogPath): return callLog(form, world)
        default: return .json(Self.failure("2004", "no such operation"), status: 404)
        }
    }

    private static let tooMany = RawAnswer.json(failure("2005", "too many requests"), status: 429)

    /// The members of a refusal; the vendor lists no codes, these are ours.
    static func failure(_ code: String, _ message: String) -> JSON {
        .object([("code", .number(Int64(code) ?? 0)), ("message", .string(message))])
    }

    /// A refusal for whoever is not the administrator, is not on time, or says a nonce again within a quarter of an hour.
    private mutating func authenticate(_ form: FormParameters, at now: Timestamp) -> RawAnswer? {
        func refused(_ message: String) -> RawAnswer { .json(Self.failure("401", message), status: 401) }
        guard form["email"] == tenant.email, form["sign_version"] == "v2", let nonce = form["nonce"],
            let seconds = form["timestamp"].flatMap(Int64.init)
        else { return refused("email, nonce, timestamp or sign_version is missing or wrong") }
        let time = Timestamp(milliseconds: seconds * 1000)
        guard time >= now - timestampTolerance, time <= now + timestampTolerance else {
            return refused("the timestamp has expired")
        }
        let text = "\(tenant.email)&\(tenant.token.revealed)&\(seconds)&\(nonce)&v2"
        guard AlibabaSignature.matches(form["sign"] ?? "", Self.digest(text)) else {
            return refused("the sign is wrong")
        }
        guard nonces.register(nonce, at: now, keptFor: .seconds(900)) else {
            return refused("the nonce was used before")
        }
        return nil
    }

    /// Whether one more request of an operation keeps to the rate, any minute that ends now counting.
    private mutating func admit(_ operation: String, at now: Timestamp) -> Bool {
        let recent = (admitted[operation] ?? []).filter { $0 + .seconds(60) > now }
        guard recent.count < tenant.requestsPerMinute else {
            admitted[operation] = recent
            return false
        }
        admitted[operation] = recent + [now]
        return true
    }

    private static func digest(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var digest = [UInt8](repeating: 0, count: 32)
        _ = SHA256(bytes, bytes.count, &digest)
        return digest.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}

/// A call that was asked for by a web callback.
struct UdeskCall: Hashable, Sendable {
    /// The vendor's name of it.
    let callID: String
    /// Its place in the world's order.
    let ordinal: Int
    /// The variables of its request, as they came.
    let variables: String
}
