import CallModel
import CallerID
import DialModel

/// Alibaba Cloud Call Center, OpenAPI 2017-07-05, over a simulated call centre (`vendors/alibaba-udesk.md`, A7).
///
/// A value: it is handed a request and the time, and gives the answer. It knows neither sockets nor tasks.
struct AlibabaDialect: Sendable {
    let settings: SimulatorSettings
    let inventory: NumberInventory
    var faults: SimulatorFaults
    var centre: SimulatedCallCentre
    /// The task id of each call that this dialect placed, by its ordinal.
    private var taskIDs: [Int: String] = [:]
    private(set) var callsByTask: [String: Int] = [:]
    private(set) var callsByNumber: [String: [Int]] = [:]
    var picks: UInt64 = 0
    private var nonces = NonceRegister()
    private var requests = 0
    private var dials = 0
    private var generator: SplitMix64

    init(settings: SimulatorSettings, start: Timestamp) {
        self.settings = settings
        inventory = settings.account.inventory
        faults = settings.faults
        centre = SimulatedCallCentre(
            settings: settings.centre, model: CallModel(settings: settings.callModel, seed: settings.seed),
            start: start)
        generator = SplitMix64(seed: settings.seed)
    }

    /// Answers one request that arrived at `now`.
    mutating func answer(_ request: WireRequest, at now: Timestamp) -> WireAnswer {
        centre.advance(to: now)
        requests += 1
        do throws(AlibabaRefusal) {
            if SimulatorFaults.strikes(faults.throttleEvery, requests) {
                throw AlibabaRefusal.gateway("Throttling.User", 400, "Request was denied due to user flow control.")
            }
            try authenticate(request, at: now)
            let action = request.parameters["Action"] ?? ""
            guard Self.dialActions.contains(action) else {
                return success(try perform(action, AlibabaParameters(form: request.parameters)))
            }
            return try dial(action, AlibabaParameters(form: request.parameters))
        } catch {
            return refusal(error)
        }
    }

    /// Places a call for the dialect's own bookkeeping, and gives its ordinal.
    mutating func place(caller: String, callee: String, destination: SimulatedCall.Destination) -> Int {
        let call = centre.place(caller: caller, callee: callee, destination: destination, at: centre.now)
        let sequence = String(call % 100_000)
        let stamp = String(centre.now.milliseconds)
        let task = stamp + String(repeating: "0", count: 5 - sequence.count) + sequence
        taskIDs[call] = task
        callsByTask[task] = call
        callsByNumber[Self.tail(of: callee), default: []].append(call)
        return call
    }

    /// The id under which a call's details and record are kept: the task id, or one of its own under a fault.
    func contactID(of call: Int) -> String {
        faults.separateContactIDs ? String(2_000_000_001 + call) : taskID(of: call)
    }

    /// The task id of a call; empty for one that another dialect placed.
    func taskID(of call: Int) -> String { taskIDs[call] ?? "" }

    /// Whether this dialect placed a call.
    func isOwn(_ call: Int) -> Bool { taskIDs[call] != nil }

    /// The people who are signed in, as the vendor knows no others.
    var staff: [SimulatedAgent] { centre.agents.filter { !$0.isDialler && $0.state != .signedOut } }

    /// The call of a contact id.
    func call(contactID: String) -> Int? {
        guard faults.separateContactIDs else { return callsByTask[contactID] }
        guard let number = Int(contactID), isOwn(number - 2_000_000_001) else { return nil }
        return number - 2_000_000_001
    }

    /// The digits by which calls to one number are recognised with a dial prefix or without.
    static func tail(of number: String) -> String { String(number.suffix(10)) }

    private static let dialActions: Set<String> = ["DialEx", "StartBack2BackCall"]

    /// The operations that place calls, with the faults that only they have.
    private mutating func dial(_ action: String, _ parameters: AlibabaParameters) throws(AlibabaRefusal) -> WireAnswer {
        dials += 1
        let broken = AlibabaRefusal.gateway("InternalError", 500, "The request processing has failed.")
        if SimulatorFaults.strikes(faults.failBeforeDialEvery, dials) { throw broken }
        if SimulatorFaults.strikes(faults.resetBeforeDialEvery, dials) {
            return WireAnswer(status: 200, body: .object([]), delivery: .hangThenReset)
        }
        if SimulatorFaults.strikes(faults.refuseDialEvery, dials) { return success(Self.refusedDial) }
        var answer = success(try perform(action, parameters))
        if SimulatorFaults.strikes(faults.failAfterDialEvery, dials) { throw broken }
        if SimulatorFaults.strikes(faults.resetAfterDialEvery, dials) { answer.delivery = .hangThenReset }
        return answer
    }

    private static let refusedDial: [(String, JSON)] = [
        ("StatusCode", .string("503")), ("StatusDesc", .string("No line available")), ("TaskId", .string("")),
        ("TimeStamp", .string("")),
    ]
}

/// Who is calling: the gateway's part (`vendors/alibaba-udesk.md`, A1.2, A1.3, A7.2).
extension AlibabaDialect {
    private mutating func authenticate(_ request: WireRequest, at now: Timestamp) throws(AlibabaRefusal) {
        guard request.method == "GET" || request.method == "POST" else {
            throw .gateway("UnsupportedHTTPMethod", 400, "This http method is not supported.")
        }
        let form = request.parameters
        guard form["Format"]?.uppercased() == "JSON" else {
            throw .gateway("UnsupportedFormat", 400, "This simulator answers in JSON only: send Format=JSON.")
        }
        for name in Self.mandatory where (form[name] ?? "").isEmpty {
            throw .gateway("MissingParameter", 400, "The input parameter \(name) that is mandatory is not supplied.")
        }
        guard form["Version"] == "2017-07-05" else {
            throw .gateway("NoSuchVersion", 400, "Specified api version is not supported.")
        }
        guard let action = form["Action"], Self.actions.contains(action) else {
            throw .gateway("InvalidApi.NotFound", 404, "Specified api is not found, please check your url and method.")
        }
        guard form["SignatureMethod"] == "HMAC-SHA1", form["SignatureVersion"] == "1.0" else {
            throw .gateway("InvalidParameter", 400, "Only HMAC-SHA1 signatures of version 1.0 are supported.")
        }
        guard form["AccessKeyId"] == settings.account.accessKeyID else {
            throw .gateway("InvalidAccessKeyId.NotFound", 404, "Specified access key is not found.")
        }
        guard let time = CivilTime(iso: form["Timestamp"] ?? "")?.instant() else {
            throw .gateway("InvalidTimeStamp.Format", 400, "Specified time stamp is not well formatted.")
        }
        guard time >= now - settings.timestampTolerance, time <= now + settings.timestampTolerance else {
            throw .gateway("InvalidTimeStamp.Expired", 400, "Specified time stamp or date value is expired.")
        }
        try checkSignature(request)
        guard nonces.register(form["SignatureNonce"] ?? "", at: now, keptFor: settings.timestampTolerance) else {
            throw .gateway("SignatureNonceUsed", 400, "Specified signature nonce was used already.")
        }
    }

    private func checkSignature(_ request: WireRequest) throws(AlibabaRefusal) {
        let expected = AlibabaSignature.expected(
            method: request.method, parameters: request.parameters, secret: settings.account.accessKeySecret.revealed)
        guard !AlibabaSignature.matches(request.parameters["Signature"] ?? "", expected) else { return }
        let text = AlibabaSignature.stringToSign(method: request.method, parameters: request.parameters)
        throw .gateway(
            "SignatureDoesNotMatch", 400,
            "Specified signature is not matched with our calculation. server string to sign is:"
                + String(decoding: text, as: UTF8.self))
    }

    private static let mandatory = [
        "Action", "Version", "AccessKeyId", "SignatureMethod", "SignatureVersion", "SignatureNonce", "Timestamp",
        "Signature",
    ]
}

/// The envelopes (`vendors/alibaba-udesk.md`, A1.5).
extension AlibabaDialect {
    private static let hostID = "ccc.cn-shanghai.aliyuncs.com"

    private mutating func success(_ payload: [(String, JSON)]) -> WireAnswer {
        let envelope: [(String, JSON)] = [
            ("RequestId", .string(requestID())), ("Success", .bool(true)), ("Code", .string("OK")),
            ("Message", .string("")), ("HttpStatusCode", .number(200)),
        ]
        // A payload may spell a member of the envelope in its own way.
        let own = envelope.filter { member in !payload.contains { $0.0 == member.0 } }
        return WireAnswer(status: 200, body: .object(own + payload))
    }

    private mutating func refusal(_ refusal: AlibabaRefusal) -> WireAnswer {
        switch refusal.layer {
        case .gateway:
            return WireAnswer(
                status: refusal.status,
                body: .object([
                    ("RequestId", .string(requestID())), ("HostId", .string(Self.hostID)),
                    ("Code", .string(refusal.code)), ("Message", .string(refusal.message)),
                ]))
        case .business:
            return WireAnswer(
                status: faults.softErrors ? 200 : refusal.status,
                body: .object([
                    ("RequestId", .string(requestID())), ("Success", .bool(false)), ("Code", .string(refusal.code)),
                    ("Message", .string(refusal.message)), ("HttpStatusCode", .count(refusal.status)),
                ]))
        }
    }

    /// An identifier in the form of an upper-case UUID of version 4.
    private mutating func requestID() -> String {
        func hexadecimal(_ value: UInt64, _ width: Int) -> String {
            let digits = String(value, radix: 16, uppercase: true)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        let (high, low) = (generator.next(), generator.next())
        return [
            hexadecimal(high >> 32, 8), hexadecimal(high >> 16 & 0xFFFF, 4), hexadecimal(high & 0x0FFF | 0x4000, 4),
            hexadecimal(low >> 48 & 0x3FFF | 0x8000, 4), hexadecimal(low & 0xFFFF_FFFF_FFFF, 12),
        ].joined(separator: "-")
    }
}
