import DialModel
import EventWire

/// WinCall over the simulated call centre: one socket.io session for each agent, and four REST questions
/// (`vendors/well-wincall.md`, B.10).
///
/// Beside the vendor's interface, `POST /wincall/alert?agent=5001&code=100` has a supervisor's or the network's alert
/// sent to an agent, and `POST /wincall/project?agent=5001&callee=…` lets the auto-call project reach a callee for an
/// agent who has entered it. The project also dials by itself: the next row of its table for each agent who is free in it.
///
/// The fault switches of dials mean here: a failure is `Ret` 999, a refusal `Ret` 2, and what hangs is a dial that is never
/// answered, its connection reset after a while.
struct WinCallDialect: PushDialect {
    /// One connection, and the agent whose it has become.
    struct Session: Sendable {
        var agent: Int?
        /// When the server asks next whether the client is there.
        var keepAliveAt: Timestamp?
        /// When the session ends unless the client pings.
        var expiresAt: Timestamp
    }

    /// An agent whose connection broke off, and who counts as signed in until then.
    struct Broken: Sendable {
        var agent: Int
        var until: Timestamp
    }

    let vendor = "wincall"
    let simulation: WinCallSimulation
    /// The numbers that may be shown.
    let callers: [String]
    let blockedCallees: Set<String>
    var faults: SimulatorFaults
    var sessions: [ConnectionID: Session] = [:]
    /// The connection of each agent who has a session, by index.
    var connections: [Int: ConnectionID] = [:]
    var broken: [Broken] = []
    /// Agents who have entered the project, by index.
    var inProject: Set<Int> = []
    /// How many rows of the project's table have been dialled.
    var rowsDialled = 0
    /// The calls of the project by the agents, by index, for whom they are until they end.
    var projectCalls: [Int: Int] = [:]
    /// The rows, from one, of the calls for which the table was read.
    var rowOfCall: [Int: Int] = [:]
    /// The calls that this dialect placed.
    var placed: Set<Int> = []
    /// The call on each agent's phone, by index, and whether the agent has been told its parameters.
    var onPhone: [Int: Int] = [:]
    var toldParameters: Set<Int> = []
    /// Who is told that they are occupied, by index.
    var occupied: Set<Int> = []
    /// Agents whose dial is answered only once they have been told of their phone, by index.
    var answeredLate: [Int] = []
    /// How many calls were asked for.
    var dials = 0
    /// Connections that hang, and when each is reset.
    var hanging: [ConnectionID: Timestamp] = [:]
    /// The sessions that are polled, and how many there have been.
    var polled: [ConnectionID: PolledSession] = [:]
    var pollsBegun = 0
    private var output: [(ConnectionID, PushOutput)] = []
    private var messages = 0

    init(settings: SimulatorSettings) {
        simulation = settings.winCall
        callers = settings.account.numbers.filter(\.dialsOut).map(\.number)
        blockedCallees = Set(settings.blockedCallees)
        faults = settings.faults
    }

    var nextDueAt: Timestamp? {
        let sessions = sessions.values.flatMap { [$0.keepAliveAt, $0.expiresAt].compactMap(\.self) }
        return (sessions + broken.map(\.until) + hanging.values).min()
    }

    func callID(ofCall ordinal: Int) -> String? { placed.contains(ordinal) ? String(880_000_001 + ordinal) : nil }

    func pushes(on path: String) -> Bool { path == "/socket.io/" || path == "/socket.io" }

    mutating func opened(_ connection: ConnectionID, by request: RawRequest, in world: inout SimulatedCallCentre) {
        let query = FormParameters([request.query])
        guard query["EIO"] == "3", query["transport"] == "websocket" else {
            output.append((connection, .close(code: 1008, reason: "EIO=3 and transport=websocket are served")))
            return
        }
        greet(connection, at: world.now)
    }

    /// Begins a session and says so.
    mutating func greet(_ connection: ConnectionID, at now: Timestamp) {
        let expiresAt = now + patience
        sessions[connection] = Session(keepAliveAt: nextKeepAlive(after: now), expiresAt: expiresAt)
        let session = EngineIOSession(
            sid: Self.sid(of: connection), pingInterval: simulation.pingInterval, pingTimeout: simulation.pingTimeout)
        output.append((connection, .text(EngineIOPacket.open(session.text).text)))
        output.append((connection, .text(EngineIOPacket.message(SocketIOPacket(.connect).text).text)))
    }

    /// The name of a session; those that are polled have numbers below zero.
    static func sid(of connection: ConnectionID) -> String { "session\(connection.number)" }

    mutating func received(_ text: String, from connection: ConnectionID, in world: inout SimulatedCallCentre) {
        guard var session = sessions[connection] else { return }
        session.expiresAt = world.now + patience
        sessions[connection] = session
        switch EngineIOPacket(text) {
        case .ping(let data)?: output.append((connection, .text(EngineIOPacket.pong(data).text)))
        case .close?: output.append((connection, .close(code: 1000, reason: "")))
        case .message(let packet)?:
            guard let packet = SocketIOPacket(packet) else { return }
            take(packet, from: connection, in: &world)
        case .open?, .pong?, .upgrade?, .noop?, nil: return
        }
    }

    private mutating func take(
        _ packet: SocketIOPacket, from connection: ConnectionID, in world: inout SimulatedCallCentre
    ) {
        if packet.kind == .disconnect { output.append((connection, .close(code: 1000, reason: ""))) }
        guard let event = packet.event, event.name == "AgentCmd", let command = event.arguments.first else { return }
        perform(command, on: connection, in: &world)
    }

    mutating func closed(_ connection: ConnectionID, in world: inout SimulatedCallCentre) {
        hanging[connection] = nil
        guard let session = sessions.removeValue(forKey: connection), let agent = session.agent else { return }
        connections[agent] = nil
        let life = max(simulation.keepsBrokenSessions, .milliseconds(faults.keepSessionsMs))
        if life > .zero {
            broken.append(Broken(agent: agent, until: world.now + life))
        } else {
            leave(agent, in: &world)
        }
    }

    mutating func timePassed(in world: inout SimulatedCallCentre) {
        var expired: [ConnectionID] = []
        for (connection, session) in sessions.sorted(by: { $0.key < $1.key }) {
            var session = session
            if session.expiresAt <= world.now {
                session.expiresAt = world.now + patience
                output.append((connection, .close(code: 1000, reason: "ping timeout")))
                if polled.removeValue(forKey: connection) != nil { expired.append(connection) }
            }
            if let due = session.keepAliveAt, due <= world.now {
                session.keepAliveAt = nextKeepAlive(after: world.now)
                send([("MT", .count(2))], to: connection)
            }
            sessions[connection] = session
        }
        resetHanging(at: world.now)
        for connection in expired { closed(connection, in: &world) }
        for session in broken where session.until <= world.now && connections[session.agent] == nil {
            leave(session.agent, in: &world)
        }
        broken.removeAll { $0.until <= world.now }
    }

    /// Has a connection reset once it has hung for as long as the switch says.
    mutating func hang(_ connection: ConnectionID, at now: Timestamp) {
        hanging[connection] = hanging[connection] ?? now + .milliseconds(faults.hangMs)
    }

    private mutating func resetHanging(at now: Timestamp) {
        let due = hanging.filter { $0.value <= now }.keys.sorted()
        for connection in due {
            hanging[connection] = nil
            output.append((connection, .cut))
        }
    }

    mutating func takeOutput() -> [(ConnectionID, PushOutput)] {
        collectForPolls()
        defer { output = [] }
        return output
    }

    /// Puts aside what goes to sessions that are polled.
    mutating func collectForPolls() {
        let waiting = output
        output = []
        for (connection, item) in waiting where !keepForPoll(item, connection) { output.append((connection, item)) }
    }

    /// An agent's session is over.
    mutating func leave(_ agent: Int, in world: inout SimulatedCallCentre) {
        inProject.remove(agent)
        world.signOut(agent: agent, at: world.now)
    }

    // MARK: Messages

    /// Sends a message in the spelling of this server.
    mutating func send(_ members: [(String, JSON)], to connection: ConnectionID) {
        messages += 1
        let message = text(.object(members))
        if simulation.quirks.contains(.sendsNoise), messages.isMultiple(of: 3) { push("hello", to: connection) }
        let joined = "\(message)\r\n{\"MT\":5,\"Que\":\(simulation.queueID)}\r\n"
        push(simulation.quirks.contains(.joinsMessages) ? joined : message, to: connection)
    }

    private mutating func push(_ payload: String, to connection: ConnectionID) {
        let name = simulation.quirks.contains(.namesEventsResponse) ? "response" : "toAgent"
        let packet = SocketIOPacket.event(name, [.string(payload)])
        output.append((connection, .event(EngineIOPacket.message(packet.text).text)))
    }

    func text(_ value: JSON) -> String {
        let style = JSONStyle(quotesScalars: simulation.quirks.contains(.stringNumbers))
        return String(decoding: style.bytes(of: value), as: UTF8.self)
    }

    private var patience: Duration { simulation.pingInterval + simulation.pingTimeout }

    private func nextKeepAlive(after now: Timestamp) -> Timestamp? { simulation.keepAlive.map { now + $0 } }
}
