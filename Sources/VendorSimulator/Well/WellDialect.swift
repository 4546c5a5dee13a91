import DialModel

/// Well's side: login service, call interface and event channel, over the shared call centre
/// (`vendors/well-wincall.md`, A.10).
struct WellDialect: PushDialect {
    /// An agent's place at a phone.
    struct Binding: Hashable, Sendable {
        var phone: String
        var beatAt: Timestamp
    }

    let vendor = "well"
    let tenant: SimulatedWell
    /// The numbers that the trunk may show.
    let shownNumbers: Set<String>
    var faults = SimulatorFaults()
    var random: SplitMix64
    /// The agents, by index, whose sessions these are.
    var sessions: [String: Int] = [:]
    var bindings: [Int: Binding] = [:]
    var loginStatuses: [String: [Int]]
    var modeStatuses: [String: [Int]]
    var calls: [WellCall] = []
    var callsByOrdinal: [Int: Int] = [:]
    var callsByID: [String: Int] = [:]
    var lastDialAt: [Int: Timestamp] = [:]
    var violations = 0
    var dials = 0
    var sessionRequests = 0
    var serial = 1_379_000
    var connections: [ConnectionID: StompSession] = [:]
    /// Who is told of each topic.
    var listeners: [String: [StompListener]] = [:]
    var beats: [ConnectionID: StompBeat] = [:]
    /// When to look at the clock again; nil for never.
    var wakesAt: Timestamp?
    var output: [(ConnectionID, PushOutput)] = []

    init(settings: SimulatorSettings) {
        tenant = settings.well
        shownNumbers = Set(settings.account.numbers.filter(\.dialsOut).map(\.number))
        random = SplitMix64(seed: settings.seed ^ 0x3E11_0000_0000_0001)
        loginStatuses = tenant.loginStatuses
        modeStatuses = tenant.modeStatuses
    }

    func callID(ofCall ordinal: Int) -> String? { callsByOrdinal[ordinal].map { calls[$0].id } }

    mutating func takeOutput() -> [(ConnectionID, PushOutput)] {
        defer { output = [] }
        return output
    }

    mutating func answer(_ request: RawRequest, in world: inout SimulatedCallCentre) -> RawAnswer? {
        switch (request.method, request.path) {
        case ("POST", SimulatedWell.loginPath): return logIn(request, world)
        case ("GET", "/simulator/well"): return .json(standing(world))
        case (_, let path) where path.hasPrefix("/api/csta/") || path.hasPrefix("/api/operation/"):
            sessionRequests += 1
            guard let agent = request.header("sessionId").flatMap({ sessions[$0] }),
                !SimulatorFaults.strikes(faults.expireSessionEvery, sessionRequests)
            else { return .refused(426) }
            return answer(request, path, of: agent, in: &world)
        default: return nil
        }
    }

    private mutating func answer(
        _ request: RawRequest, _ path: String, of agent: Int, in world: inout SimulatedCallCentre
    ) -> RawAnswer {
        if path == "/api/csta/agent/state" { return changeState(request, of: agent, in: &world) }
        if path == "/api/csta/agent/client-state" { return .json(clientState(of: agent, world)) }
        if path.hasPrefix("/api/csta/agent/heartbeat/") { return beat(path, in: world) }
        if path.hasPrefix("/api/operation/operation/tenants/") { return .json(record(of: agent, world)) }
        if path.hasPrefix(Self.recordingRoot) { return record(request, in: world) }
        if path == WellCallPath.root { return makeCall(request, by: agent, in: &world) }
        guard let place = WellCallPath(path) else { return .refused(404) }
        return control(place, request, in: &world)
    }

    /// What tests and users are told of this vendor beside its own interface.
    private func standing(_ world: SimulatedCallCentre) -> JSON {
        .object([
            ("dials", .count(dials)), ("dial_interval_violations", .count(violations)),
            ("signed_in", .list(bindings.keys.sorted().map { .string(world.agents[$0].jobNumber) })),
            ("connections", .count(connections.count)),
            ("recorded", .list(calls.filter { $0.recordID != nil }.map { .string($0.id) })),
        ])
    }
}

extension RawAnswer {
    /// An answer with a JSON body.
    static func json(_ value: JSON, status: Int = 200) -> RawAnswer {
        RawAnswer(
            status: status, headers: [("Content-Type", "application/json;charset=UTF-8")],
            body: JSONStyle().bytes(of: value))
    }

    /// Success without a body.
    static let done = RawAnswer(status: 204)

    /// One of the vendor's own statuses, without a body.
    static func refused(_ status: Int) -> RawAnswer { RawAnswer(status: status) }
}
