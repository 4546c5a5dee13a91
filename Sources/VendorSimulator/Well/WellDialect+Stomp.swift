import DialModel
import EventWire

/// A client's channel as the broker has it.
struct StompSession: Sendable {
    var decoder = STOMPDecoder()
    /// What the client wants to be told, by the names that it gave.
    var subscriptions: [(id: String, destination: String)] = []
    /// When the broker gives the next sign of life; nil for never.
    var beatsAt: Timestamp?
    var beatInterval = Duration.zero
}

extension WellDialect {
    /// How often the broker offers to give a sign of life, and wants one.
    private static let heartBeat = STOMPHeartBeat(sends: .seconds(10), wants: .seconds(10))

    var nextDueAt: Timestamp? {
        let beats = connections.values.compactMap(\.beatsAt)
        let ends = bindings.values.map { $0.beatAt + tenant.heartbeatLimit }
        return (beats + ends).min()
    }

    func pushes(on path: String) -> Bool { path == SimulatedWell.eventPath }

    mutating func opened(_ connection: ConnectionID, by request: RawRequest, in world: inout SimulatedCallCentre) {
        connections[connection] = StompSession()
    }

    mutating func received(_ text: String, from connection: ConnectionID, in world: inout SimulatedCallCentre) {
        connections[connection]?.decoder.append(text.utf8)
        do {
            while let frame = try connections[connection]?.decoder.next() { take(frame, connection, at: world.now) }
        } catch {
            fail(connection, "the client \(error.reason)")
        }
    }

    private mutating func take(_ frame: STOMPFrame, _ connection: ConnectionID, at now: Timestamp) {
        switch frame.command {
        case "CONNECT", "STOMP": accept(frame, connection, at: now)
        case "SUBSCRIBE":
            guard let id = frame["id"], let destination = frame["destination"] else {
                return fail(connection, "a subscription needs an id and a destination")
            }
            connections[connection]?.subscriptions.append((id, destination))
        case "UNSUBSCRIBE": connections[connection]?.subscriptions.removeAll { $0.id == frame["id"] }
        case "DISCONNECT": output.append((connection, .close(code: 1000, reason: "")))
        default: fail(connection, "no such command")
        }
    }

    mutating func closed(_ connection: ConnectionID, in world: inout SimulatedCallCentre) {
        connections[connection] = nil
    }

    mutating func timePassed(in world: inout SimulatedCallCentre) {
        for (connection, session) in connections.sorted(by: { $0.key < $1.key }) {
            guard let due = session.beatsAt, due <= world.now else { continue }
            connections[connection]?.beatsAt = world.now + session.beatInterval
            output.append((connection, .text(STOMPFrame.heartBeat)))
        }
        for (agent, binding) in bindings.sorted(by: { $0.key < $1.key })
        where binding.beatAt + tenant.heartbeatLimit <= world.now {
            // Who is in a call is signed out after it, and then unbound.
            bindings[agent]?.beatAt = world.now
            world.signOut(agent: agent, at: world.now)
        }
    }

    /// Sends an event to whoever has subscribed to exactly this topic; to nobody else, now or later.
    mutating func publish(_ event: [UInt8], to topic: String) {
        for (connection, session) in connections.sorted(by: { $0.key < $1.key }) {
            for subscription in session.subscriptions where subscription.destination == topic {
                let frame = STOMPFrame(
                    "MESSAGE",
                    [
                        STOMPHeader("subscription", subscription.id),
                        STOMPHeader("message-id", "\(connection.number)-\(serial)"),
                        STOMPHeader("destination", topic),
                        STOMPHeader("content-type", "application/json;charset=UTF-8"),
                    ], body: event)
                output.append((connection, .event(text(frame))))
            }
        }
    }

    private mutating func accept(_ frame: STOMPFrame, _ connection: ConnectionID, at now: Timestamp) {
        let versions = frame["accept-version"]?.split(separator: ",") ?? ["1.0"]
        guard versions.contains("1.1") else { return fail(connection, "version 1.1 is spoken here") }
        if let wishes = frame["heart-beat"].flatMap(STOMPHeartBeat.init),
            let interval = Self.heartBeat.interval(to: wishes)
        {
            connections[connection]?.beatInterval = interval
            connections[connection]?.beatsAt = now + interval
        }
        let answer = STOMPFrame(
            "CONNECTED", [STOMPHeader("version", "1.1"), STOMPHeader("heart-beat", Self.heartBeat.text)])
        output.append((connection, .text(text(answer))))
    }

    private mutating func fail(_ connection: ConnectionID, _ message: String) {
        output.append((connection, .text(text(STOMPFrame("ERROR", [STOMPHeader("message", message)])))))
        output.append((connection, .close(code: 1002, reason: message)))
    }

    private func text(_ frame: STOMPFrame) -> String { String(decoding: frame.encoded, as: UTF8.self) }
}
