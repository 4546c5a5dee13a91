import COpenSSL
import DialModel
import EventWire

/// A CCPaaS tenant over the shared call centre: the other side of the stand-in SDK (`vendors/alibaba-udesk.md`, B6.5 to
/// B6.7).
///
/// The vendor's own texts are documented nowhere; these are `{id,method,args}` in, and `{id,Code,Message,Data,Visible}` and
/// `{event,payload}` out, with everything inside them as the SDK's documents have it. Each call has its agent on the
/// line first.
struct CCPaaSDialect: PushDialect {
    /// A call that an agent made.
    struct Call: Hashable, Sendable {
        /// The vendor's name of it.
        let id: String
        /// Its place in the world's order.
        let ordinal: Int
        /// The agent who made it, by index.
        let agent: Int
        let script: CCPaaSScript?
        /// Names of the two legs: the agent's and the customer's.
        let channels: [String]
    }

    /// What an agent has selected to be shown.
    enum Selection: Hashable, Sendable {
        case number(String)
        case pool(String)
    }

    let vendor = "udesk"
    let tenant: SimulatedCCPaaS
    /// The numbers that may be shown.
    let numbers: [String]
    let regions: [RegionPrefix]
    let blockedCallees: Set<String>
    var faults: SimulatorFaults
    var calls: [Call] = []
    var callsByOrdinal: [Int: Int] = [:]
    /// The agents, by index, whose connections these are; each has one at a time.
    var connections: [ConnectionID: Int] = [:]
    var selections: [Int: Selection] = [:]
    /// The state of each agent that was told last.
    var toldStates: [Int: String] = [:]
    /// Answers that wait until there is news of their calls.
    var lateAnswers: [Int: (ConnectionID, JSON)] = [:]
    /// Connections that are to be cut, and when.
    var cuts: [(connection: ConnectionID, at: Timestamp)] = []
    var dials = 0
    var random: SplitMix64
    private var output: [(ConnectionID, PushOutput)] = []

    init(settings: SimulatorSettings) {
        tenant = settings.ccpaas
        numbers = settings.account.numbers.filter(\.dialsOut).map(\.number)
        regions = settings.regions
        blockedCallees = Set(settings.blockedCallees)
        faults = settings.faults
        random = SplitMix64(seed: settings.seed ^ 0x0DE5_0000_0000_0002)
    }

    var nextDueAt: Timestamp? { cuts.map(\.at).min() }

    func callID(ofCall ordinal: Int) -> String? { callsByOrdinal[ordinal].map { calls[$0].id } }

    func pushes(on path: String) -> Bool { path == SimulatedCCPaaS.socketPath }

    mutating func takeOutput() -> [(ConnectionID, PushOutput)] {
        defer { output = [] }
        return output
    }

    mutating func answer(_ request: RawRequest, in world: inout SimulatedCallCentre) -> RawAnswer? {
        guard request.method == "GET", request.path == SimulatedCCPaaS.sdkPath else { return nil }
        return RawAnswer(
            status: 200, headers: [("Content-Type", "text/javascript; charset=utf-8")],
            body: PackageResources.udesk_sdk_js)
    }

    // MARK: Connections

    mutating func opened(_ connection: ConnectionID, by request: RawRequest, in world: inout SimulatedCallCentre) {
        let form = FormParameters([request.query])
        guard let agent = world.agents.firstIndex(where: { $0.jobNumber == form["AgentId"] && !$0.isDialler }),
            isGood(form, at: world.now)
        else {
            output.append((connection, .close(code: 4401, reason: "token")))
            return
        }
        for (other, _) in connections.filter({ $0.value == agent }) {
            connections[other] = nil
            output.append((other, .close(code: 4409, reason: "connected elsewhere")))
        }
        connections[connection] = agent
    }

    mutating func closed(_ connection: ConnectionID, in world: inout SimulatedCallCentre) {
        connections[connection] = nil
        cuts.removeAll { $0.connection == connection }
    }

    mutating func timePassed(in world: inout SimulatedCallCentre) {
        let due = cuts.filter { $0.at <= world.now }
        cuts.removeAll { $0.at <= world.now }
        for cut in due { output.append((cut.connection, .cut)) }
    }

    /// The formula of F2 (`vendors/alibaba-udesk.md`, B1), over a time that is not too old.
    private func isGood(_ form: FormParameters, at now: Timestamp) -> Bool {
        guard form["appId"] == tenant.appID, let seconds = form["timestamp"].flatMap(Int64.init) else { return false }
        let age = now - Timestamp(milliseconds: seconds * 1000)
        guard age <= tenant.tokenAge, age >= .zero - tenant.tokenAge else { return false }
        return AlibabaSignature.matches(form["token"] ?? "", Self.token(tenant, seconds: seconds))
    }

    private static func token(_ tenant: SimulatedCCPaaS, seconds: Int64) -> String {
        let (key, text) = (Array(tenant.secret.revealed.utf8), Array("\(tenant.appID)\(seconds)".utf8))
        var digest = [UInt8](repeating: 0, count: 20)
        var length: UInt32 = 20
        _ = HMAC(EVP_sha1(), key, Int32(key.count), text, text.count, &digest, &length)
        return digest.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    // MARK: Sending

    /// Tells an agent's SDK of something that happened.
    mutating func tell(_ agent: Int, _ name: String, _ data: JSON) {
        for (connection, owner) in connections where owner == agent {
            output.append((connection, .event(text(Self.event(name, data)))))
        }
    }

    /// Sends what belongs to a connection, which no fault touches.
    mutating func send(_ value: JSON, to connection: ConnectionID) { output.append((connection, .text(text(value)))) }

    static func event(_ name: String, _ data: JSON) -> JSON {
        .object([("event", .string(name)), ("payload", .object(envelope("0000", data: data)))])
    }

    static func envelope(_ code: String, message: String = "", data: JSON, visible: Bool = false) -> [(String, JSON)] {
        [("Code", .string(code)), ("Message", .string(message)), ("Data", data), ("Visible", .bool(visible))]
    }

    private func text(_ value: JSON) -> String { String(decoding: faults.style.bytes(of: value), as: UTF8.self) }
}
